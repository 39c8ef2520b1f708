import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { problemsOf, yamlSentence } from '../../src/domain/content-problem.ts';
import { pageSchema } from '../../src/domain/facts/page.ts';
import { sourceSchema } from '../../src/domain/facts/source.ts';
import { fundingSchema } from '../../src/domain/funding/funding.ts';
import { homeSchema } from '../../src/domain/home.ts';
import { legalPageSchema } from '../../src/domain/legal.ts';
import { navigationSchema } from '../../src/domain/navigation.ts';
import { projectFileSchema } from '../../src/domain/projects/project.ts';
import { publisherSchema } from '../../src/domain/publisher.ts';
import { transparencySchema } from '../../src/domain/transparency.ts';
import { dataOf, ROOT } from './room.ts';

const read = (file: string) => dataOf(readFileSync(path.join(ROOT, 'content', file), 'utf8'));

const fact = { value: 'Une réponse', sources: ['essai'], asOf: '2024' };
const facts = [
  fact,
  {
    ...fact,
    label: 'Au Togo',
    value: ['Un acte', 'Une photo'],
    checkedOn: '2026-11-01',
    validUntil: '2027-11-01',
    disputed: 'L’un dit oui, l’autre non.',
    note: 'Une note.',
    url: 'https://example.org/',
  },
  { label: 'À l’étranger', notFound: 'Demandez à votre ambassade.' },
];
const page = {
  title: 'Faire son passeport',
  description: 'Une phrase assez longue pour être montrée dans la recherche.',
  lastUpdated: '2026-11-22',
  kind: 'demarche',
  questions: ['passeport perdu'],
  draft: true,
  sidebar: { label: 'Passeport' },
  procedure: Object.fromEntries(
    ['forWhom', 'documents', 'cost', 'delay', 'validity', 'where', 'online', 'legalBasis', 'attention'].map((name) => [
      name,
      facts,
    ]),
  ),
};

const { procedure: _procedure, ...rest } = page;
const textPage = { ...rest, kind: 'page' };

/** A right example of every file that editors write. */
const FILES: [string, z.ZodType, Record<string, unknown>][] = [
  ['a page of the guide', pageSchema, page],
  ['a page of text', pageSchema, textPage],
  ['a source', sourceSchema, { ...read('sources/w3c-wcag-2-2.yml'), note: 'Une note.' }],
  ['the menu', navigationSchema, read('navigation.yml')],
  ['the home page', homeSchema, read('accueil.yml')],
  ['the publisher', publisherSchema, { ...read('editeur.yml'), contact: 'equipe@example.org' }],
  [
    'the transparency page',
    transparencySchema,
    {
      ...read('transparence.yml'),
      requests: {
        upTo: '2027-03-01',
        received: [{ on: '2027-02-03', authority: 'un tribunal', asked: 'des réponses', answer: 'refusé' }],
      },
    },
  ],
  ['a legal page', legalPageSchema, read('legal/accessibilite.md')],
  ['a source of funding', fundingSchema, read('financements/pra-osim-microprojets.yml')],
  [
    'a project',
    projectFileSchema,
    {
      ...read('projets/bibliotheque-centre-culturel-siou.md'),
      commune: 'Siou',
      residenceCountry: 'FR',
      budgetTotal: 1000,
      amountRaised: 10,
      needs: ['funding'],
      skillsSought: ['maçonnerie'],
      startWanted: '2027-03',
      durationBand: 'over_2_years',
      localityAgreement: 'yes',
      website: 'https://example.org/',
    },
  ],
];

/** What an editor may write by mistake in the place of anything. */
const MISTAKES: unknown[] = [
  undefined,
  null,
  '',
  'x',
  'É È',
  'x'.repeat(6000),
  '2024-02-30',
  0,
  -1,
  1.5,
  1e300,
  true,
  [],
  ['x'],
  [null],
  {},
  { x: 1 },
  Array(20).fill('x'),
  new Date('2026-11-22T00:00:00Z'),
];

/** The same data with each of its parts, one at a time, replaced by each mistake, or with a word too many. */
function* brokenCopies(data: unknown): Generator {
  yield* MISTAKES;
  if (typeof data !== 'object' || data === null || data instanceof Date) return;
  if (Array.isArray(data)) {
    for (const [index, item] of data.entries()) {
      for (const broken of brokenCopies(item)) yield data.with(index, broken);
    }
    return;
  }
  yield { ...data, inconnu: 'x' };
  for (const [name, item] of Object.entries(data)) {
    for (const broken of brokenCopies(item)) yield { ...data, [name]: broken };
  }
}

function codesOf(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) =>
    issue.code === 'invalid_union' ? [issue.code, ...issue.errors.flatMap(codesOf)] : [issue.code],
  );
}

const ENGLISH =
  /\b(invalid|expected|received|input|string|number|array|object|must|too|required|unrecognized|keys?|pattern|option|undefined|null|NaN|the)\b/i;
const JARGON = /chaîne de caractères|expression régulière|motif|instance|invalide|tableau|booléen|ISO|veuillez/i;

describe.each(FILES)('the mistakes in %s:', (_, schema, data) => {
  test('the right example has none', () => {
    expect(schema.safeParse(data).error?.issues).toBeUndefined();
  });

  test('each is told in plain French, says what to write, and is never vague', () => {
    const sentences = new Set<string>();
    for (const broken of brokenCopies(data)) {
      const { error } = schema.safeParse(broken, { reportInput: true });
      if (error) for (const { message } of problemsOf(error, 'x')) sentences.add(message);
    }
    expect(sentences.size).toBeGreaterThan(3);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[\p{Ll}«].*[.]$/su);
      expect(sentence).not.toMatch(ENGLISH);
      expect(sentence).not.toMatch(JARGON);
      expect(sentence).not.toMatch(/Comparez avec une page qui marche/);
      expect(sentence).toMatch(/(^|[ «])(\p{L}\p{Ll}*ez|au plus|déjà)\b/iu);
    }
  });
});

test('the kinds of mistakes that these files can have are all known: a new one needs a sentence', () => {
  const codes = new Set<string>();
  for (const [, schema, data] of FILES) {
    for (const broken of brokenCopies(data)) codesOf(schema.safeParse(broken).error?.issues ?? []).forEach((code) => codes.add(code));
  }
  expect([...codes].toSorted()).toEqual([
    'custom',
    'invalid_format',
    'invalid_type',
    'invalid_union',
    'invalid_value',
    'too_big',
    'too_small',
    'unrecognized_keys',
  ]);
});

test('a missing value is told as such even when the checker does not report what it read', () => {
  const { error } = publisherSchema.safeParse({});
  const sentences = problemsOf(error!, 'x').map(({ message }) => message);
  expect(new Set(sentences)).toEqual(new Set(['ce champ manque. Ajoutez-le.']));
});

test('whatever the YAML reader complains of, there is a sentence in French', () => {
  for (const code of ['BAD_INDENT', 'MULTIPLE_TAGS', 'CODE_OF_TOMORROW', '']) {
    expect(yamlSentence(code)).toMatch(/^\p{Ll}.*\.$/u);
    expect(yamlSentence(code)).not.toMatch(ENGLISH);
  }
});
