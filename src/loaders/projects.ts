import type { Loader } from 'astro/loaders';
import { basename } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { ZodError } from 'zod';
import { formatProblem, problemsOf } from '../domain/content-problem.ts';
import { listFiles } from './read-content.ts';
import { splitFrontMatter } from './front-matter.ts';
import {
  projectFileSchema,
  projectFromRow,
  projectSlug,
  publishedRowSchema,
  type Project,
} from '../domain/projects/project.ts';

const PAGE_SIZE = 500;
const DEADLINE_MS = 20_000;

/** The catalogue: what editors wrote in `content/projets/` and what officers published in Supabase. */
export function projectsLoader(): Loader {
  return {
    name: 'projects',
    async load({ store, parseData, renderMarkdown, logger }) {
      const rows = await readPublishedProjects(process.env);
      const entries = new Map<string, Project>(rows);
      for (const path of listProjectFiles()) {
        const slug = basename(path, '.md');
        if (!projectSlug.safeParse(slug).success) {
          throw new Error(`${path} : l’adresse /projets/${slug}/ n’est pas libre. Renommez le fichier.`);
        }
        if (entries.has(slug)) {
          throw new Error(
            `${path} : un projet publié porte déjà l’adresse /projets/${slug}/. Renommez le fichier.`,
          );
        }
        entries.set(slug, readProjectFile(path));
      }
      store.clear();
      for (const [id, project] of entries) {
        const data = await parseData({ id, data: project });
        // Only editors' text is markdown: what people submitted is shown as plain paragraphs.
        const rendered =
          project.origin === 'editorial' ? await renderMarkdown(project.description) : undefined;
        store.set({ id, data, body: project.description, ...(rendered ? { rendered } : {}) });
      }
      logger.info(`${entries.size} projets (${rows.size} publiés, ${entries.size - rows.size} rédigés)`);
    },
  };
}

/** Git keeps no empty folder: with the last file gone, `content/projets/` is gone too. */
function listProjectFiles(): string[] {
  return existsSync('content/projets') ? listFiles('content/projets', '.md') : [];
}

function readProjectFile(path: string): Project {
  const { data, body } = splitFrontMatter(readFileSync(path, 'utf8'));
  return {
    ...projectFileSchema.parse(data),
    description: body.trim(),
    origin: 'editorial',
    isExample: false,
  };
}

/**
 * Reads every published project. Without `SUPABASE_URL` the catalogue only holds the editors' files; with it,
 * anything but a complete answer stops the build, so that the site already online stays up.
 *
 * @throws Error in French naming what failed
 */
export async function readPublishedProjects(env: NodeJS.ProcessEnv): Promise<Map<string, Project>> {
  const projects = new Map<string, Project>();
  const base = env['SUPABASE_URL'];
  if (!base) return projects;
  const key = env['SUPABASE_PUBLISHABLE_KEY'];
  if (!key) {
    throw new Error(
      'SUPABASE_URL est réglée mais pas SUPABASE_PUBLISHABLE_KEY : la construction s’arrête pour ne pas publier un catalogue vide.',
    );
  }
  try {
    // A server may cap a page below what is asked: only a page that brings nothing new is the end.
    for (let last = ''; ;) {
      const before = projects.size;
      for (const row of await fetchPage(base, key, last)) {
        const [slug, project] = readRow(row);
        projects.set(slug, project);
        last = slug;
      }
      if (projects.size === before) return projects;
    }
  } catch (error) {
    throw new Error(
      `Le catalogue des projets n’a pas pu être lu dans Supabase : ${reasonOf(error)}. La construction s’arrête : le site déjà en ligne reste en place.`,
      { cause: error },
    );
  }
}

async function fetchPage(base: string, key: string, after: string): Promise<unknown[]> {
  const url = new URL('/rest/v1/published_projects', base);
  url.searchParams.set('select', '*');
  url.searchParams.set('order', 'slug');
  url.searchParams.set('limit', String(PAGE_SIZE));
  if (after) url.searchParams.set('slug', `gt.${after}`);
  const response = await fetch(url, {
    headers: { apikey: key, Accept: 'application/json' },
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) throw new UnreadableError(`le serveur a répondu ${response.status}`);
  const rows: unknown = await response.json();
  if (!Array.isArray(rows)) throw new UnreadableError('la réponse n’est pas une liste de projets');
  return rows as unknown[];
}

function readRow(row: unknown): [slug: string, project: Project] {
  try {
    const published = publishedRowSchema.parse(row, { reportInput: true });
    return [published.slug, projectFromRow(published)];
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const slug = (row as { slug?: unknown } | null)?.slug;
    const where = typeof slug === 'string' ? `projet « ${slug} »` : 'projet sans adresse';
    const problems = problemsOf(error, where).map(formatProblem);
    throw new UnreadableError(problems.join(' ; ').replace(/\.$/, ''));
  }
}

/** Its message is already what the reader of the build log needs. */
class UnreadableError extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  if (error instanceof SyntaxError) return 'la réponse n’est pas du JSON, l’adresse est-elle la bonne ?';
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `pas de réponse en ${DEADLINE_MS / 1000} secondes`;
  // fetch hides why behind « fetch failed »: the code is on its cause.
  const code = (error.cause as { code?: string } | undefined)?.code ?? (error as { code?: string }).code;
  if (code === 'ERR_INVALID_URL') return 'l’adresse SUPABASE_URL n’est pas une adresse';
  if (code === 'ECONNREFUSED') return 'connexion refusée, le serveur ne répond pas à cette adresse';
  if (code === 'ENOTFOUND') return 'ce nom de serveur n’existe pas';
  return code === undefined ? error.message : `connexion impossible (${code})`;
}
