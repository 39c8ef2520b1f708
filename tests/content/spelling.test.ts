import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeTrie } from 'cspell-trie-lib';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FORMS } from '../../src/domain/forms/index.ts';
import { fieldsOf } from '../../src/domain/forms/form.ts';
import { COUNTRIES } from '../../src/domain/vocabularies/countries.ts';
import { PREFECTURES, REGIONS } from '../../src/domain/vocabularies/territories.ts';
import { contentFiles, passagesOf, readPassages, type Passage } from './prose.ts';
import { ROOT } from './room.ts';

const ACCEPTED_FILE = 'content/_redaction/mots-acceptes.txt';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const curly = (text: string) => text.replaceAll("'", '’');

const WORD = /[\p{L}\p{M}\d]+(?:[’-][\p{L}\p{M}\d]+)*/gu;
const wordsIn = (text: string) => [...curly(text).matchAll(WORD)].map(([word]) => word);

const DICTIONARY_FILE = new URL('fr-fr.trie.gz', import.meta.resolve('@cspell/dict-fr-fr'));
const dictionary = decodeTrie(new Uint8Array(gunzipSync(readFileSync(DICTIONARY_FILE))));

const accepted = curly(read(ACCEPTED_FILE))
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));

/** « Republic of Togo » is accepted as a whole: « of » alone is not. */
const acceptedPhrases = accepted
  .filter((entry) => entry.includes(' '))
  .flatMap((entry) => [entry, entry.charAt(0).toUpperCase() + entry.slice(1)]);

interface Term {
  term: string;
  also?: string[];
}

/** What the project itself spells: the accepted list, the glossary, the countries, the territories of Togo. */
const ownWords = new Set([
  ...accepted,
  ...(parse(read('content/glossaire.yml')) as Term[]).flatMap(({ term, also = [] }) =>
    [term, ...also].flatMap(wordsIn),
  ),
  ...[
    ...COUNTRIES.map(({ label }) => label),
    ...REGIONS.map(({ label }) => label),
    ...PREFECTURES.flatMap(({ name, communes }) => [name, ...communes]),
  ].flatMap((name) => wordsIn(name).flatMap((word) => [word, ...word.split('-')])),
]);

const ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)’(.+)$/iu;

function isKnown(word: string): boolean {
  const written = (one: string) => ownWords.has(one) || dictionary.hasWord(one, true);
  if (/\d/.test(word) || written(word) || written(word.toLowerCase())) return true;
  const rest = ELISION.exec(word)?.[1];
  if (rest !== undefined) return isKnown(rest);
  const parts = word.split('-');
  // The « t » of « a-t-il » is not a word.
  return parts.length > 1 && parts.every((part, index) => isKnown(part) || (index > 0 && part === 't'));
}

interface UnknownWord {
  file: string;
  line: number;
  word: string;
}

function unknownWords(passages: readonly Passage[]): UnknownWord[] {
  return passages.flatMap(({ file, line, text }) =>
    readable(text)
      .split('\n')
      .flatMap((one, index) =>
        wordsIn(one)
          .filter((word) => !isKnown(word))
          .map((word) => ({ file, line: line + index, word })),
      ),
  );
}

/** The text without code, addresses, and the phrases that are accepted as they are. */
function readable(text: string): string {
  const bare = curly(text).replace(/`[^`]*`|https?:\/\/\S+|\S+@\S+|[\w-]+(?:\.[\w-]+)+(?:\/\S*)?/g, ' ');
  return acceptedPhrases.reduce((left, phrase) => left.replaceAll(phrase, ' '), bare);
}

/** The unknown words, file by file, for the person who wrote them. */
function report(unknown: readonly UnknownWord[]): string {
  if (unknown.length === 0) return '';
  const files = Map.groupBy(unknown, ({ file }) => file);
  const lists = [...files].map(([file, words]) => {
    const lines = words.map(({ line, word }) => `  ligne ${line} : « ${word} »${suggestion(word)}`);
    return [file, ...lines].join('\n');
  });
  const count = unknown.length === 1 ? 'Un mot inconnu' : `${unknown.length} mots inconnus`;
  return `${count} du dictionnaire. Corrigez la faute ; si le mot est juste, ajoutez-le dans ${ACCEPTED_FILE}.\n\n${lists.join('\n\n')}\n`;
}

function suggestion(word: string): string {
  // Nothing resembles an acronym.
  if (/\p{Lu}{2}/u.test(word)) return '';
  const [best] = dictionary.suggest(word, { numSuggestions: 1, timeout: 500 });
  return best === undefined ? '' : ` (« ${best} » ?)`;
}

/** Names of newspapers, and what people type in a search, faults included, are not ours to spell. */
const isOurs = ({ file, field }: Passage) =>
  field !== 'questions' &&
  file !== 'content/recherche.yml' &&
  !(field === 'publisher' && file.startsWith('content/sources/'));

/** The French of a TypeScript file: its texts with a space or a capital, templates without their holes. */
function literalsOf(file: string): Passage[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: Passage[] = [];
  const look = (node: ts.Node) => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && /[\p{L}»] |^ |^\p{Lu}\p{Ll}/u.test(node.text) && !ts.isImportDeclaration(node.parent)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ file, line, text: node.text, kind: 'field', field: '', cited: false });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

const NAMES = ['countries.ts', 'territories.ts'];
const formPassages = ['src/domain/forms', 'src/domain/vocabularies', 'src/domain/letters'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith('.ts') && !NAMES.includes(file))
    .toSorted()
    .flatMap((file) => literalsOf(`${folder}/${file}`)),
);

describe('spelling', () => {
  test('every word of content/ is in the French dictionary or accepted', () => {
    const files = contentFiles();
    expect(files.length).toBeGreaterThan(500);
    const passages = files.flatMap(readPassages);
    expect(passages.flatMap(({ text }) => wordsIn(text)).length).toBeGreaterThan(50_000);
    expect(report(unknownWords(passages.filter(isOurs)))).toBe('');
  });

  test('every word of the forms is too', () => {
    expect(report(unknownWords(formPassages))).toBe('');
  });

  test('no sentence of a form escapes the check', () => {
    const checked = new Set([
      ...formPassages.map(({ text }) => text),
      ...COUNTRIES.map(({ label }) => label),
      ...PREFECTURES.flatMap(({ name, communes }) => [name, ...communes]),
      ...REGIONS.map(({ label }) => label),
    ]);
    const shown = FORMS.flatMap((form) => [
      ...[form.title, form.submit, form.purpose, form.thanks, ...form.nextSteps],
      ...form.sections.flatMap(({ title, intro }) => [title, intro]),
      ...fieldsOf(form).flatMap((field) => [
        ...[field.label, field.hint, field.why, field.missing],
        ...('choices' in field ? field.choices.flatMap(({ label, hint }) => [label, hint]) : []),
      ]),
    ]).filter((text) => text !== undefined);
    expect(shown.length).toBeGreaterThan(100);
    // « 1 à 5 » and the like have no word.
    expect(shown.filter((text) => !checked.has(text) && /\p{L}{2}/u.test(text))).toEqual([]);
  });
});

describe('a wrong word', () => {
  const PAGE = `---
title: 'L''acte de naissanse'
questions: [acte de naisance]
sidebar: { label: Nésance }
description: >-
  Une phrase juste,
  puis une fote.
procedure:
  cost:
    - value:
        - Un acte
        - 'Une foto d’identité'
      sources: [une-sourse]
      asOf: inconnue
---

## Un titre avec une erreurre

Un paragraphe
sur deux lignnes[^une-sourse].

- Le **dossié** [un liien](/guide/passport/) vers servise.gouv.tg
- Etat, A-t-il, qu’il l'écolle, peut-etre, rendez-vous, aujourd'hui, 1er

| Cas | Delai |
| --- | ----- |
| Un  | dex   |

:::caution[Atention]
Un avis.
:::
`;

  test('is found wherever it is written, with its line, and nothing else is', () => {
    const found = unknownWords(passagesOf('content/guide/essai.md', PAGE).filter(isOurs));
    expect(found.map(({ line, word }) => `${line} ${word}`)).toEqual([
      '2 naissanse',
      '4 Nésance',
      '7 fote',
      '12 foto',
      '17 erreurre',
      '20 lignnes',
      '22 dossié',
      '22 liien',
      '23 Etat',
      '23 l’écolle',
      '23 peut-etre',
      '25 Delai',
      '27 dex',
      '29 Atention',
    ]);
  });

  test('is reported in French, file by file', () => {
    const unknown = unknownWords(
      passagesOf('content/sources/essai.yml', 'title: Un titre\nnote: Une nnote\n'),
    );
    expect(report(unknown)).toBe(
      'Un mot inconnu du dictionnaire. Corrigez la faute ; si le mot est juste, ajoutez-le dans content/_redaction/mots-acceptes.txt.\n\n' +
        'content/sources/essai.yml\n  ligne 2 : « nnote » (« note » ?)\n',
    );
  });
});

describe('the accepted words', () => {
  const groups = curly(read(ACCEPTED_FILE))
    .trim()
    .split(/\n\n+/)
    .map((group) => group.split('\n'));

  test('are in groups that say what they are, in alphabetical order, one a line', () => {
    expect(groups.length).toBeGreaterThan(3);
    for (const group of groups.slice(1)) {
      const words = group.filter((line) => !line.startsWith('#'));
      expect(group[0]).toMatch(/^# \p{Lu}/u);
      expect(words).toEqual(words.toSorted(new Intl.Collator('fr').compare));
    }
    expect(accepted.every((entry) => entry === entry.trim())).toBe(true);
    expect(new Set(accepted).size).toBe(accepted.length);
  });

  test('are not words that the dictionary knows already', () => {
    expect(accepted.filter((entry) => !entry.includes(' ') && dictionary.hasWord(entry, true))).toEqual([]);
  });
});
