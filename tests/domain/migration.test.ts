import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Bibliography } from '../../src/domain/facts/citations.ts';
import { factsOfPage, pageSchema } from '../../src/domain/facts/page.ts';
import type { Source } from '../../src/domain/facts/source.ts';
import { findForbidden, forbiddenListSchema } from '../../src/domain/forbidden-words.ts';
import { keyPointsSchema, recordingSchema } from '../../src/domain/listening.ts';
import { destinationSchema, evidenceOf } from '../../src/domain/migration/destination.ts';
import { helpLineSchema } from '../../src/domain/migration/help-line.ts';
import { viewHelpLine } from '../../src/domain/migration/help-line-view.ts';
import { splitFrontMatter } from '../../src/loaders/front-matter.ts';
import { mayPublish, voiceSchema } from '../../src/domain/migration/voice.ts';

const TODAY = new Date('2026-11-22T12:00:00Z');

const source: Source = {
  title: 'Un article',
  publisher: 'Un journal',
  url: 'https://example.org/',
  kind: 'presse',
  published: '2025',
  accessed: '2026-11-22',
};
const sources = new Map([['journal', source]]);

describe('a help line', () => {
  const line = helpLineSchema.parse({
    name: 'Une ligne',
    place: 'Togo',
    numbers: [{ number: '+228 90 00 00 00' }],
    what: 'Répond aux questions.',
    hours: 'jour et nuit',
    free: true,
    sources: ['journal'],
    asOf: '2025-06',
  });

  test('says that nobody called it, until someone did', () => {
    const view = viewHelpLine(line, sources, new Bibliography(), TODAY);
    expect(view.tested).toContain('non testé');
    expect(viewHelpLine({ ...line, testedOn: '2026-11-20' }, sources, new Bibliography(), TODAY).tested).toBe(
      'Appelé le 20\u00a0novembre\u00a02026',
    );
  });

  test('carries the date of its source, and can be dialled', () => {
    const view = viewHelpLine(line, sources, new Bibliography(), TODAY);
    expect(view.confidence.words).toContain('juin\u00a02025');
    expect(view.numbers[0]?.dialled).toBe('+22890000000');
    expect(view.details).toBe('jour et nuit, gratuit');
    expect(view.sources).toEqual([1]);
  });

  test('is refused without a source, or with a number that is not one', () => {
    expect(helpLineSchema.safeParse({ ...line, sources: [] }).success).toBe(false);
    expect(helpLineSchema.safeParse({ ...line, numbers: [{ number: 'le 17' }] }).success).toBe(false);
  });
});

describe('a destination', () => {
  const unknown = [{ notFound: 'Demandez à l’ambassade.' }];
  const recent = [{ value: 'Un visa', sources: ['journal'], asOf: '2025' }];
  const old = [{ value: 'Un visa', sources: ['journal'], asOf: '2012' }];
  const of = (fields: Record<string, unknown>) =>
    destinationSchema.parse({
      country: 'KW',
      agreement: 'inconnu',
      entry: unknown,
      agreements: unknown,
      sponsorship: unknown,
      conventions: unknown,
      complaint: unknown,
      post: unknown,
      returnees: unknown,
      unknown: ['Le nombre de Togolais.'],
      ...fields,
    });

  test('is graded by what rests on a recent source, and by nothing else', () => {
    expect(evidenceOf(of({}), TODAY).words).toContain('aucun point ne repose');
    expect(evidenceOf(of({ entry: old, post: old }), TODAY).level).toBe('poor');
    const three = of({ entry: recent, post: recent, complaint: recent });
    expect(evidenceOf(three, TODAY)).toEqual({
      level: 'partial',
      words: 'Pays documenté en partie : sur 7, 3 points reposent sur une source récente.',
    });
    const disputed = of({ entry: [{ ...recent[0], disputed: 'Deux journaux se contredisent.' }] });
    expect(evidenceOf(disputed, TODAY).level).toBe('poor');
  });

  test('hands its facts over to the page that prints them, fields that are not facts left out', () => {
    expect(Object.keys(factsOfPage({ destination: of({}) }))).toEqual([
      'entry',
      'agreements',
      'sponsorship',
      'conventions',
      'complaint',
      'post',
      'returnees',
    ]);
  });
});

describe('what is made to be heard', () => {
  test('key points are whole sentences without figures', () => {
    const three = ['Gardez vos papiers.', 'Parlez à un proche.', 'Demandez un contrat.'];
    expect(keyPointsSchema.safeParse(three).success).toBe(true);
    expect(keyPointsSchema.safeParse([...three.slice(1), 'Appelez le 1011.']).success).toBe(false);
    expect(keyPointsSchema.safeParse([...three.slice(1), 'Pas de point final']).success).toBe(false);
  });

  test('a situation without key points is refused', () => {
    const page = {
      title: 'Je veux rentrer',
      description: 'Une phrase assez longue pour être montrée dans la recherche.',
      lastUpdated: '2026-11-22',
      kind: 'situation',
      further: ['/guide/', '/pays/'],
    };
    expect(pageSchema.safeParse(page).success).toBe(false);
    const keyPoints = ['Gardez vos papiers.', 'Parlez à un proche.', 'Demandez un contrat.'];
    expect(pageSchema.safeParse({ ...page, keyPoints }).success).toBe(true);
  });

  test('a recording names its language, its speaker, their agreement and its words', () => {
    const recording = {
      language: 'ee',
      file: '/audio/je-veux-rentrer-ee.opus',
      seconds: 90,
      kilobytes: 400,
      speaker: 'Une lectrice',
      recordedOn: '2026-11-01',
      agreedOn: '2026-11-01',
      transcript: 'Les mots de la lectrice, écrits.',
    };
    expect(recordingSchema.safeParse(recording).success).toBe(true);
    for (const field of ['speaker', 'agreedOn', 'transcript']) {
      expect(recordingSchema.safeParse({ ...recording, [field]: undefined }).success).toBe(false);
    }
  });
});

describe('a testimony', () => {
  const voice = voiceSchema.parse({
    name: 'Un prénom choisi',
    nameIsReal: false,
    from: 'région centrale',
    situation: 'Partie travailler, revenue après un an.',
    text: 'Un texte d’essai, écrit pour ce test, que personne n’a dit : il sert à vérifier la règle.',
    reward: 'benevole',
    consent: {
      givenOn: '2026-01-10',
      until: '2027-01-10',
      how: 'ecrit',
      scopes: ['site'],
      collectedBy: 'Une association',
      risksExplained: true,
      copyGiven: true,
      supportOffered: true,
      withdrawalCodeHash: 'a'.repeat(64),
    },
  });
  const withConsent = (changes: object) => ({ ...voice, consent: { ...voice.consent, ...changes } });

  test('is published only while its consent lasts, covers the site and has not been withdrawn', () => {
    expect(mayPublish(voice, TODAY, new Set())).toBe(true);
    expect(mayPublish(voice, new Date('2027-01-10T00:00:00Z'), new Set())).toBe(false);
    expect(mayPublish(voice, TODAY, new Set(['a'.repeat(64)]))).toBe(false);
    expect(mayPublish(withConsent({ scopes: ['radio'] }), TODAY, new Set())).toBe(false);
  });

  test('is refused when nobody explained the risks, or when the consent has no near end', () => {
    expect(voiceSchema.safeParse(withConsent({ risksExplained: false })).success).toBe(false);
    expect(voiceSchema.safeParse(withConsent({ until: '2029-01-11' })).success).toBe(false);
    expect(voiceSchema.safeParse(withConsent({ until: '2025-01-11' })).success).toBe(false);
  });
});

describe('what must never be published', () => {
  const list = forbiddenListSchema.parse([
    { pattern: '(4|quatre) millions? de togolais', why: 'Ce chiffre est faux.', instead: 'Rien.' },
  ]);

  test('is found whatever the capitals, the kind of space and the fold of the line', () => {
    expect(findForbidden('Bien.\nQuatre\u00a0millions de\nTogolaises', list)).toEqual([
      { line: 2, found: 'Quatre millions de Togolais', forbidden: list[0] },
    ]);
    expect(findForbidden('4 millions de F CFA pour des Togolaises', list)).toEqual([]);
  });

  test('an entry that is not a pattern is refused', () => {
    expect(
      forbiddenListSchema.safeParse([{ pattern: '(quatre', why: 'Une raison.', instead: 'Rien.' }]).success,
    ).toBe(false);
  });
});

describe('the models for editors', () => {
  const modelOf = (name: string) => readFileSync(`content/_redaction/${name}`, 'utf8');

  test.each(['modele-situation.md', 'modele-destination.md'])('%s is accepted as it stands', (name) => {
    expect(pageSchema.safeParse(splitFrontMatter(modelOf(name)).data).error?.issues).toBeUndefined();
  });

  test('modele-ligne.yml is accepted as it stands', () => {
    expect(helpLineSchema.safeParse(parse(modelOf('modele-ligne.yml'))).error?.issues).toBeUndefined();
  });
});
