import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { formatProblem, problemsOf, type ContentProblem } from '../domain/content-problem.ts';
import { cardPlanSchema, phrasesSchema } from '../domain/emergency-card/card.ts';
import { citedIn } from '../domain/facts/citations.ts';
import { isKnown } from '../domain/facts/fact.ts';
import { uncitedFigures } from '../domain/facts/figures.ts';
import { factsOfPage, pageSchema, type Page } from '../domain/facts/page.ts';
import { sourceSchema } from '../domain/facts/source.ts';
import { glossarySchema } from '../domain/glossary.ts';
import { checkedFundingPageSchema } from '../domain/funding/funding-page.ts';
import { homeSchema } from '../domain/home.ts';
import { LEGAL_PAGES, LEGAL_WORDS, legalPageSchema, unknownMarks } from '../domain/legal.ts';
import { navigationSchema, pagesOf } from '../domain/navigation.ts';
import { checkedOfferCheckSchema } from '../domain/offer-check/offer-check.ts';
import { projectFileSchema } from '../domain/projects/project.ts';
import { publisherSchema } from '../domain/publisher.ts';
import { checkedRoadmapSchema } from '../domain/roadmap/roadmap.ts';
import { checkedSearchWordsSchema } from '../domain/search/search-words.ts';
import { transparencySchema } from '../domain/transparency.ts';
import { splitFrontMatter, type MarkdownFile } from '../loaders/front-matter.ts';
import { listFiles, readYaml } from '../loaders/read-content.ts';
import { checkYaml, unreadable } from './check-yaml.ts';
import { findCountryProblems } from './find-country-problems.ts';
import { findFileNameProblems } from './find-file-name-problems.ts';
import { findForbiddenWords } from './find-forbidden-words.ts';
import { findFundingProblems } from './find-funding-problems.ts';
import { findHelpLineProblems } from './find-help-line-problems.ts';
import { findRumourProblems } from './find-rumour-problems.ts';
import { findVoiceProblems } from './find-voice-problems.ts';

const PAGE_FOLDERS = ['guide', 'migration', 'programmes'];
const PUBLISHED_FOLDERS = [...PAGE_FOLDERS, 'projets', 'legal'];

/** Everything in `content/` that must be mended, file by file. Paths are from the current folder. */
export function findContentProblems(): ContentProblem[] {
  const sources = checkSources();
  const pages = PAGE_FOLDERS.flatMap((folder) => safely(() => listFiles(`content/${folder}`, '.md')) ?? []);
  const pageIds = new Set(pages.map((path) => path.replace(/^content\/|\.md$/g, '')));
  const helpLines = findHelpLineProblems(sources.ids);
  const fundings = findFundingProblems(sources.ids);
  return [
    ...sources.problems,
    ...checkYaml('content/editeur.yml', publisherSchema),
    ...checkYaml('content/transparence.yml', transparencySchema),
    ...checkYaml('content/accueil.yml', homeSchema),
    ...checkYaml('content/feuille-de-route.yml', checkedRoadmapSchema(pageIds, sources.ids)),
    ...checkYaml('content/verifier-une-offre.yml', checkedOfferCheckSchema(sources.ids, helpLines.ids)),
    ...checkYaml('content/cartes-urgence/carte.yml', cardPlanSchema),
    ...checkYaml('content/cartes-urgence/phrases.yml', phrasesSchema),
    ...checkYaml('content/financer.yml', checkedFundingPageSchema(sources.ids, fundings.ids)),
    ...fundings.problems,
    ...checkYaml('content/recherche.yml', checkedSearchWordsSchema(pageIds)),
    ...checkGlossary(sources.ids),
    ...helpLines.problems,
    ...findRumourProblems(sources.ids, helpLines.ids),
    ...findVoiceProblems(),
    ...pages.flatMap((file) => checkPage(file, sources.ids, helpLines.ids)),
    ...(safely(() => listFiles('content/projets', '.md')) ?? []).flatMap((file) =>
      checkProject(file, sources.ids),
    ),
    ...(safely(() => listFiles('content/legal', '.md')) ?? []).flatMap((file) =>
      checkLegal(file, sources.ids),
    ),
    ...findCountryProblems(sources.ids, pageIds),
    ...checkNavigation(pages),
    ...findForbiddenWords(),
    ...findFileNameProblems(PUBLISHED_FOLDERS),
  ];
}

/** The problems as one French message for the person who builds the site. */
export function contentReport(problems: readonly ContentProblem[]): string {
  const count =
    problems.length === 1 ? 'Un point est à corriger' : `${problems.length} points sont à corriger`;
  return `${count} dans le dossier « content » :\n\n${problems.map((one) => `  • ${formatProblem(one)}`).join('\n')}\n`;
}

function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function checkSources(): { ids: Set<string>; problems: ContentProblem[] } {
  const files = safely(() => listFiles('content/sources', '.yml')) ?? [];
  const firstWithUrl = new Map<string, string>();
  const problems = files.flatMap((file) => {
    const found = checkYaml(file, sourceSchema);
    if (found.length > 0) return found;
    const { url } = readYaml(file) as { url: string };
    const other = firstWithUrl.get(url);
    firstWithUrl.set(url, other ?? file);
    if (!other) return [];
    return [
      { file, field: 'url', message: `cette adresse est déjà celle de ${other}. Gardez une seule source.` },
    ];
  });
  return { ids: new Set(files.map((file) => basename(file, '.yml'))), problems };
}

function openMarkdown(file: string): MarkdownFile | ContentProblem {
  try {
    return splitFrontMatter(readFileSync(file, 'utf8'));
  } catch (error) {
    return unreadable(file, error);
  }
}

function checkPage(file: string, sourceIds: Set<string>, helpLineIds: Set<string>): ContentProblem[] {
  const markdown = openMarkdown(file);
  if ('message' in markdown) return [markdown];
  const result = pageSchema.safeParse(markdown.data, { reportInput: true });
  const problems = result.success ? [] : problemsOf(result.error, file);
  if (result.success) {
    problems.push(...checkMigrationPage(file, result.data, helpLineIds));
    const holder = result.data.kind === 'demarche' ? 'procedure' : result.data.kind;
    for (const [name, facts] of Object.entries(
      factsOfPage(result.data as Parameters<typeof factsOfPage>[0]),
    )) {
      for (const [index, fact] of facts.entries()) {
        if (!isKnown(fact)) continue;
        problems.push(
          ...unknownSources(fact.sources, sourceIds, file, `${holder}.${name}[${index}].sources`),
        );
      }
    }
  }
  return [...problems, ...checkBody(file, markdown, sourceIds)];
}

/** What the section on migration asks for besides: a text to listen to, and numbers that exist. */
function checkMigrationPage(file: string, page: Page, helpLineIds: Set<string>): ContentProblem[] {
  const unknown = page.helpLines
    .filter((id) => !helpLineIds.has(id))
    .map((id) => ({
      file,
      field: 'helpLines',
      message: `la ligne « ${id} » n’existe pas. Créez content/lignes/${id}.yml ou corrigez le nom.`,
    }));
  if (!file.startsWith('content/migration/') || page.keyPoints) return unknown;
  const message = 'il manque « keyPoints » : de trois à six phrases courtes, à lire à haute voix.';
  return [...unknown, { file, message }];
}

function checkBody(file: string, markdown: MarkdownFile, sourceIds: Set<string>): ContentProblem[] {
  const figures = uncitedFigures(markdown.body).map((figure) => ({
    file,
    line: markdown.bodyLine + figure.line,
    message: `« ${figure.excerpt}… » contient un chiffre sans source. Ajoutez [^nom-de-la-source] à la fin de la phrase.`,
  }));
  return [
    ...figures,
    ...checkMarks(file, markdown),
    ...unknownSources(citedIn(markdown.body), sourceIds, file),
  ];
}

/** A mark that is not quite one would be printed as it stands, brackets included. */
function checkMarks(file: string, markdown: MarkdownFile): ContentProblem[] {
  return markdown.body.split('\n').flatMap((text, index) => {
    const line = markdown.bodyLine + index + 1;
    if (/^\s*\[\^[^\]]*\]:/.test(text)) {
      return [
        {
          file,
          line,
          message:
            'une note de bas de page n’a pas sa place ici. Décrivez la source dans content/sources/ et citez-la dans la phrase.',
        },
      ];
    }
    return [...text.matchAll(/\[\^([^\]]*)\]/g)]
      .map((match) => match[1] ?? '')
      .filter((id) => !/^[a-z0-9-]+$/.test(id))
      .map((id) => ({
        file,
        line,
        message: `« [^${id}] » n’est pas un nom de source. Écrivez-le en minuscules, sans accent ni espace, comme le nom du fichier.`,
      }));
  });
}

function unknownSources(
  ids: readonly string[],
  known: Set<string>,
  file: string,
  field?: string,
): ContentProblem[] {
  return ids
    .filter((id) => !known.has(id))
    .map((id) => ({
      file,
      ...(field === undefined ? {} : { field }),
      message: `la source « ${id} » n’existe pas. Créez content/sources/${id}.yml ou corrigez le nom.`,
    }));
}

function checkProject(file: string, sourceIds: Set<string>): ContentProblem[] {
  const markdown = openMarkdown(file);
  if ('message' in markdown) return [markdown];
  const result = projectFileSchema.safeParse(markdown.data, { reportInput: true });
  if (!result.success) return problemsOf(result.error, file);
  return [
    ...unknownSources(result.data.sources, sourceIds, file, 'sources'),
    ...checkBody(file, markdown, sourceIds),
  ];
}

/** Figures need no source here: most are the site's own promises. */
function checkLegal(file: string, sourceIds: Set<string>): ContentProblem[] {
  const names: readonly string[] = LEGAL_PAGES;
  if (!names.includes(basename(file, '.md'))) {
    return [
      { file, message: `ce dossier contient seulement ${names.join('.md, ')}.md. Mettez la page ailleurs.` },
    ];
  }
  const markdown = openMarkdown(file);
  if ('message' in markdown) return [markdown];
  const result = legalPageSchema.safeParse(markdown.data, { reportInput: true });
  return [
    ...(result.success ? [] : problemsOf(result.error, file)),
    ...checkMarks(file, markdown),
    ...unknownSources(citedIn(markdown.body), sourceIds, file),
    ...unknownMarks(markdown.body).map((mark) => ({
      file,
      message: `« {{${mark}}} » n’est remplacé par rien ici. Dans une phrase, on peut écrire ${LEGAL_WORDS.map((word) => `{{${word}}}`).join(', ')}.`,
    })),
  ];
}

function checkGlossary(sourceIds: Set<string>): ContentProblem[] {
  const file = 'content/glossaire.yml';
  const problems = checkYaml(file, glossarySchema);
  if (problems.length > 0) return problems;
  const entries = glossarySchema.parse(readYaml(file));
  return entries.flatMap((entry, index) =>
    unknownSources(entry.sources, sourceIds, file, `[${index}].sources`),
  );
}

function checkNavigation(pages: readonly string[]): ContentProblem[] {
  const file = 'content/navigation.yml';
  const problems = checkYaml(file, navigationSchema);
  if (problems.length > 0) return problems;
  const named = pagesOf(navigationSchema.parse(readYaml(file)));
  const ids = pages.map((path) => path.replace(/^content\/|\.md$/g, ''));
  const drafts = new Set(ids.filter((id) => isDraft(`content/${id}.md`)));
  return [
    ...named
      .filter((id, index) => named.indexOf(id) !== index)
      .map((id) => ({ file, message: `la page « ${id} » est citée deux fois. Gardez une seule ligne.` })),
    ...named
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        file,
        message: `la page « ${id} » n’existe pas : il manque le fichier content/${id}.md.`,
      })),
    ...ids
      .filter((id) => !named.includes(id) && !drafts.has(id))
      .map((id) => ({
        file: `content/${id}.md`,
        message: `cette page n’est pas dans le menu. Ajoutez « ${id} » dans ${file}.`,
      })),
  ];
}

function isDraft(file: string): boolean {
  const markdown = openMarkdown(file);
  return 'data' in markdown && (markdown.data as { draft?: unknown } | null)?.draft === true;
}
