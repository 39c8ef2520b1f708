import { describe, expect, test } from 'vitest';
import { Bibliography, citedIn, linkCitations } from '../../src/domain/facts/citations.ts';
import { bestKind, confidenceOf, isExpired, isOld } from '../../src/domain/facts/confidence.ts';
import { isKnown, procedureSchema, type Fact, type KnownFact } from '../../src/domain/facts/fact.ts';
import { factsOf, sourceOf, stateOf, viewFacts, type Sources } from '../../src/domain/facts/fiche.ts';
import { uncitedFigures } from '../../src/domain/facts/figures.ts';
import {
  formatPartialDate,
  fullDate,
  latestDayOf,
  partialDate,
} from '../../src/domain/facts/partial-date.ts';
import { sourceSchema, type Source, type SourceKind } from '../../src/domain/facts/source.ts';

/** The day on which every test of this file happens. */
const TODAY = new Date('2026-11-22T00:00:00Z');

const fact = (changes: Partial<KnownFact> = {}): KnownFact => ({
  value: '30 000 F CFA',
  sources: ['journal'],
  asOf: '2025',
  ...changes,
});

const source = (kind: SourceKind = 'presse'): Source => ({
  title: 'Le passeport',
  publisher: 'Un journal',
  url: 'https://example.org/passeport',
  kind,
  published: '2025',
  accessed: '2026-11-22',
});

describe('a date as precise as its source', () => {
  test.each([
    ['2014', '2014'],
    [2014, '2014'],
    ['2022-06', '2022-06'],
    ['2024-02-29', '2024-02-29'],
    [new Date('2024-04-15T00:00:00Z'), '2024-04-15'],
    ['inconnue', 'inconnue'],
  ])('%s is accepted, as text, as a number or as the date YAML makes of it', (written, read) => {
    expect(partialDate.parse(written)).toBe(read);
  });

  test.each(['', '24', '2024-13', '2024-4', '2024-04-32', '15/04/2024', 'avril 2024', 'inconnu', null, true])(
    '%s is refused',
    (written) => {
      expect(partialDate.safeParse(written).success).toBe(false);
    },
  );

  test.each(['2023-02-29', '2024-02-30', '2024-04-31'])('%s is refused: that day does not exist', (day) => {
    expect(partialDate.safeParse(day).success).toBe(false);
    expect(fullDate.safeParse(day).success).toBe(false);
  });

  test('a full date is a day, never a month or a year', () => {
    expect(fullDate.parse('2026-11-22')).toBe('2026-11-22');
    expect(fullDate.parse(new Date('2026-11-22T00:00:00Z'))).toBe('2026-11-22');
    for (const short of ['2026-11', '2026', 2026]) expect(fullDate.safeParse(short).success).toBe(false);
  });

  test('the day a source was read may be written without quotes, as YAML then makes a date of it', () => {
    const read = sourceSchema.parse({ ...source(), accessed: new Date('2026-11-22T00:00:00Z') });
    expect(read.accessed).toBe('2026-11-22');
  });

  test.each([
    ['2024-04-15', '15\u00a0avril\u00a02024'],
    ['2024-04-01', '1er\u00a0avril\u00a02024'],
    ['2024-08-21', '21\u00a0août\u00a02024'],
    ['2024-12-31', '31\u00a0décembre\u00a02024'],
    ['2022-06', 'juin\u00a02022'],
    ['2014', '2014'],
    ['inconnue', 'date inconnue'],
  ])('%s reads « %s » in French, never cut at the end of a line', (date, words) => {
    expect(formatPartialDate(date)).toBe(words);
  });

  test.each([
    ['2022', '2022-12-31'],
    ['2022-06', '2022-06-30'],
    ['2024-02', '2024-02-29'],
    ['2023-12', '2023-12-31'],
    ['2022-06-09', '2022-06-09'],
  ])('a source dated %s may be as late as %s', (date, day) => {
    expect(latestDayOf(date)?.toISOString()).toBe(`${day}T00:00:00.000Z`);
  });

  test('an unknown date has no latest day', () => {
    expect(latestDayOf('inconnue')).toBeUndefined();
  });
});

describe('how far a fact can be trusted', () => {
  test.each([
    ['2023-11-22', false, 'is exactly three years old'],
    ['2023-11-21', true, 'is three years and a day old'],
    ['2023-11', false, 'may be from the end of the month'],
    ['2023-10', true, 'is from a month that is over for three years'],
    ['2023', false, 'may be from 31 December'],
    ['2022', true, 'is from a year that is over for three years'],
    ['inconnue', true, 'is not known'],
  ])('a date of %s is old: %s, since it %s', (asOf, old) => {
    expect(isOld(asOf, TODAY)).toBe(old);
  });

  test('a fact lasts through its last day, and is out of date the day after', () => {
    const until = fact({ validUntil: '2026-11-22' });
    expect(isExpired(until, TODAY)).toBe(false);
    expect(isExpired(until, new Date('2026-11-22T23:59:59Z'))).toBe(false);
    expect(isExpired(until, new Date('2026-11-23T00:00:00Z'))).toBe(true);
    expect(isExpired(fact(), TODAY)).toBe(false);
    expect(isExpired({ notFound: 'Demandez à votre ambassade.' }, TODAY)).toBe(false);
  });

  test('the strongest source speaks for the fact', () => {
    expect(bestKind([source('secondaire'), source('presse'), source('officiel')])).toBe('officiel');
    expect(bestKind([source('secondaire'), source('institutionnel')])).toBe('institutionnel');
    expect(bestKind([])).toBe('secondaire');
  });

  test.each<[string, Partial<KnownFact>, SourceKind, string, string]>([
    ['recent', { asOf: '2025-04-01' }, 'officiel', 'recent', 'source officielle, 1er\u00a0avril\u00a02025'],
    ['recent, from the press', { asOf: '2025' }, 'presse', 'recent', 'presse, 2025'],
    [
      'confirmed',
      { asOf: '2025', checkedOn: '2026-10-01' },
      'officiel',
      'confirmed',
      'source officielle, 2025',
    ],
    [
      'old but confirmed lately',
      { asOf: '2014', checkedOn: '2026-10-01' },
      'officiel',
      'confirmed',
      'source officielle, 2014',
    ],
    [
      'confirmed too long ago',
      { asOf: '2014', checkedOn: '2019-10-01' },
      'officiel',
      'old',
      'information ancienne (2014), à faire confirmer',
    ],
    ['old', { asOf: '2014' }, 'officiel', 'old', 'information ancienne (2014), à faire confirmer'],
    [
      'without a date',
      { asOf: 'inconnue' },
      'secondaire',
      'old',
      'source secondaire, date inconnue, à faire confirmer',
    ],
    [
      'disputed',
      { disputed: 'L’un dit 10 000, l’autre 30 000.' },
      'presse',
      'disputed',
      'les sources se contredisent (2025)',
    ],
    [
      'out of date',
      { validUntil: '2026-01-31' },
      'institutionnel',
      'expired',
      'source institutionnelle, 2025 ; information périmée, à faire confirmer',
    ],
    [
      'out of date and disputed',
      { validUntil: '2026-01-31', disputed: 'L’un dit oui, l’autre non.' },
      'presse',
      'expired',
      'presse, 2025 ; information périmée, à faire confirmer',
    ],
  ])('a fact %s says so in words', (_, changes, kind, level, words) => {
    expect(confidenceOf(fact(changes), [source(kind)], TODAY)).toEqual({ level, words });
  });

  test('the same fact grows old as days pass', () => {
    const levelOn = (day: string) => confidenceOf(fact({ asOf: '2025' }), [source()], new Date(day)).level;
    expect(levelOn('2028-12-31T00:00:00Z')).toBe('recent');
    expect(levelOn('2029-01-01T00:00:00Z')).toBe('old');
  });
});

describe('the numbered sources of a page', () => {
  test('are numbered in the order of their first citation, each once', () => {
    const bibliography = new Bibliography();
    expect(['b', 'a', 'b', 'c'].map((id) => bibliography.numberOf(id))).toEqual([1, 2, 1, 3]);
    expect(bibliography.ids).toEqual(['b', 'a', 'c']);
  });

  test('a text cites each of its sources once, in order', () => {
    expect(citedIn('Un[^b-2]. Deux[^a][^b-2].\n\n- Trois[^c]')).toEqual(['b-2', 'a', 'c']);
    expect(citedIn('Ni [lien](/a/), ni [^Majuscule], ni [^a b], ni ^c.')).toEqual([]);
  });

  test('marks become small links to the list, with words for screen readers', () => {
    const html = linkCitations('<p>Cinq ans[^b][^a], dit-on[^b].</p>', new Bibliography());
    expect(html).toMatch(/#source-1".*#source-2".*, dit-on.*#source-1"/);
    expect(html).toContain('Sources');
    expect(html).not.toContain('[^');
  });

  test('marks keep the numbers that facts above the text have already given', () => {
    const bibliography = new Bibliography();
    bibliography.numberOf('fact');
    const html = linkCitations('Un[^text]. Deux[^fact].', bibliography);
    expect([...html.matchAll(/href="#source-(\d)"/g)].map(([, number]) => number)).toEqual(['2', '1']);
    expect(bibliography.ids).toEqual(['fact', 'text']);
  });

  test('a mark leaves no space before it, and keeps the words apart after it', () => {
    const text = (html: string) => html.replace(/<sup.*?<\/sup>/gs, '*');
    expect(text(linkCitations('Cinq ans [^a]. Fin', new Bibliography()))).toBe('Cinq ans*. Fin');
    expect(text(linkCitations('Cinq ans[^a] au plus', new Bibliography()))).toBe('Cinq ans* au plus');
    expect(text(linkCitations('Cinq ans[^a] [^b]\nau plus', new Bibliography()))).toBe('Cinq ans* au plus');
  });

  test('a source cited twice at the same place has one link', () => {
    expect(linkCitations('Oui[^a][^a].', new Bibliography()).match(/<a /g)).toHaveLength(1);
  });

  test('a text without marks is left as it is', () => {
    const html = '<p>Rien [ici] ^ ni <a href="/a/">là</a>.</p>';
    expect(linkCitations(html, new Bibliography())).toBe(html);
  });
});

describe('a figure without a citation', () => {
  const linesOf = (body: string) => uncitedFigures(body).map(({ line }) => line);

  test.each([
    ['a paragraph', 'Le passeport coûte 30 000 F CFA.'],
    ['a list item', '- Deux photos\n- Un timbre à 500 F', 2],
    ['a numbered item', '1. Allez au guichet\n2. Payez 500 F', 2],
    ['an indented item', '- Au Togo :\n  - 5 ans', 2],
    ['a heading', '## Depuis 2024'],
    ['a table row', '| Cas | Prix |\n|---|---|\n| Adulte | 30 000 |', 3],
    ['a quotation', '> Il faut 5 ans.'],
    ['a line of an aside', ':::note\nComptez 3 semaines.\n:::', 1],
    ['the words of a link', 'Lisez la [loi 2019-014](/loi/).'],
    ['bold words', 'Appelez le **117**.'],
    ['a telephone number', 'Appelez le +228 22 00 00 00.'],
  ])('is found in %s', (_, body, line = 1) => {
    expect(linesOf(body)).toEqual([line]);
  });

  test.each([
    ['the figure is cited', 'Le passeport coûte 30 000 F CFA[^a].'],
    ['a list is numbered', '1. Appelez\n2) Venez\n   10. Payez'],
    ['a link leads to an address with digits', 'Lisez [la loi](https://example.org/2019/014).'],
    [
      'an address with digits is written in full',
      'Voyez <https://example.org/2019> ou https://example.org/2.',
    ],
    ['a link is described below', 'Voyez [la loi].\n\n[la loi]: https://example.org/2019'],
    ['the name of a source has digits', 'Oui[^loi-2019-014].'],
    ['a special space has a number', 'Oui&#8239;! Non&#xa0;: jamais.'],
    ['there is no digit', 'Cinq ans, dit-on.'],
    ['there is nothing', ''],
  ])('is not found when %s', (_, body) => {
    expect(linesOf(body)).toEqual([]);
  });

  test('one citation proves a whole paragraph, on several lines', () => {
    expect(linesOf('En 2022, le prix\nétait de 30 000 F\net il y est resté[^a].')).toEqual([]);
    expect(linesOf('> En 2022, le prix\n> était de 30 000 F[^a].')).toEqual([]);
  });

  test('a citation proves neither the next paragraph, nor the next item, nor the heading above', () => {
    expect(linesOf('Cinq ans[^a].\n\nEn 2022.')).toEqual([3]);
    expect(linesOf('- Cinq ans[^a]\n- 10 ans')).toEqual([2]);
    expect(linesOf('## En 2022\nLe prix est connu[^a].')).toEqual([1]);
    expect(linesOf('Cinq ans[^a].\n> En 2022.')).toEqual([2]);
  });

  test('is named by the line where its block begins and by its first words', () => {
    const body = '## Prix\n\nUne phrase.\n\nLe passeport\ncoûte 30 000 F CFA.\n';
    expect(uncitedFigures(body)).toEqual([{ line: 5, excerpt: 'Le passeport\ncoûte 30 000 F CFA.' }]);
    expect(uncitedFigures(`3 ${'très '.repeat(40)}`)[0]?.excerpt).toHaveLength(60);
  });
});

describe('the facts of a fiche', () => {
  const sources: Sources = new Map([
    ['journal', source()],
    ['loi', source('officiel')],
  ]);
  const missing: Fact = { label: 'À l’ambassade', notFound: 'Demandez le prix à votre ambassade.' };

  test('are printed with their numbers, their confidence and who confirmed them', () => {
    const bibliography = new Bibliography();
    const [first, second] = viewFacts(
      [
        fact({ label: 'Au Togo', sources: ['loi', 'journal'], checkedOn: '2026-11-01', note: 'Une note.' }),
        fact({ value: ['Un', 'Deux'], url: 'https://example.org/' }),
      ],
      sources,
      bibliography,
      TODAY,
    );
    expect(first).toMatchObject({
      label: 'Au Togo',
      lines: ['30 000 F CFA'],
      isList: false,
      sources: [1, 2],
      confidence: { level: 'confirmed', words: 'source officielle, 2025' },
      note: 'Une note.',
      checkedOn: '1er\u00a0novembre\u00a02026',
    });
    expect(second).toMatchObject({
      lines: ['Un', 'Deux'],
      isList: true,
      sources: [2],
      url: 'https://example.org/',
    });
    expect(second?.checkedOn).toBeUndefined();
    expect(bibliography.ids).toEqual(['loi', 'journal']);
  });

  test('a fact nobody found says what to do instead, and cites nothing', () => {
    const bibliography = new Bibliography();
    expect(isKnown(missing)).toBe(false);
    expect(viewFacts([missing], sources, bibliography, TODAY)).toEqual([
      {
        label: 'À l’ambassade',
        notFound: 'Demandez le prix à votre ambassade.',
        lines: [],
        isList: false,
        sources: [],
      },
    ]);
    expect(bibliography.ids).toEqual([]);
  });

  test('a source that does not exist is named', () => {
    expect(() => sourceOf(sources, 'perdue')).toThrow('« perdue »');
    expect(() => viewFacts([fact({ sources: ['perdue'] })], sources, new Bibliography(), TODAY)).toThrow(
      '« perdue »',
    );
  });

  const procedureWith = (cost: Fact[]) =>
    procedureSchema.parse({
      ...Object.fromEntries(
        ['forWhom', 'documents', 'delay', 'validity', 'where', 'online', 'legalBasis'].map((name) => [
          name,
          [missing],
        ]),
      ),
      cost,
    });

  test('a page is confirmed on its oldest confirmation, and only when every known fact is', () => {
    const confirmed = fact({ checkedOn: '2026-10-02' });
    const earlier = fact({ checkedOn: '2026-03-01' });
    expect(stateOf(procedureWith([confirmed, earlier]), TODAY)).toEqual({
      expired: 0,
      unchecked: 0,
      checkedOn: '2026-03-01',
    });
    expect(stateOf(procedureWith([confirmed, fact()]), TODAY)).toEqual({
      expired: 0,
      unchecked: 1,
      checkedOn: undefined,
    });
  });

  test('a page counts the facts that have passed their date', () => {
    const procedure = procedureWith([fact({ validUntil: '2026-11-21' }), fact({ validUntil: '2026-11-22' })]);
    expect(stateOf(procedure, TODAY).expired).toBe(1);
    expect(factsOf(procedure)).toHaveLength(9);
  });

  test('a page without any known fact is not confirmed by anybody', () => {
    expect(stateOf(procedureWith([missing]), TODAY)).toEqual({
      expired: 0,
      unchecked: 0,
      checkedOn: undefined,
    });
  });
});
