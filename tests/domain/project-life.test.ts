import { describe, expect, test } from 'vitest';
import { accountsOf, stepsOf } from '../../src/domain/projects/life.ts';
import { projectFromRow, type Project } from '../../src/domain/projects/project.ts';
import { CRITERIA, isQualified, opinionProblem, readGrid } from '../../src/domain/projects/qualification.ts';
import { lastNewsOn, silenceOf } from '../../src/domain/projects/silence.ts';
import { projectPageOf } from '../../src/domain/projects/structured-data.ts';

const ROW: Parameters<typeof projectFromRow>[0] = {
  slug: 'forage-tone',
  title: 'Un forage pour la Tône',
  summary: 'Trois villages, un forage.',
  description: 'Un puits à sec.',
  sector: 'water',
  region: 'savanes',
  prefecture: 'Tône',
  commune: null,
  stage: 'study',
  holder_type: 'association',
  holder_name: 'De l’eau pour demain',
  residence_country: 'FR',
  budget_total: 32_000_000,
  amount_raised: 4_500_000,
  needs: ['funding'],
  skills_sought: [],
  start_wanted: null,
  duration_band: null,
  locality_agreement: 'yes',
  website: null,
  published_at: '2026-06-01T09:00:00+00:00',
  is_example: false,
};

const news = (at: string, stage: string, received: number | null = null, spent: number | null = null) => ({
  at,
  stage,
  body: 'Le puits est creusé.',
  amount_received: received,
  amount_spent: spent,
  picture: null,
});

/** A project as the site reads it from the database. */
const project = (changes: Partial<typeof ROW> = {}) => projectFromRow({ ...ROW, ...changes });

/** An opinion on every point, or on some. */
const opinions = (criteria: readonly { value: string }[] = CRITERIA) =>
  criteria.map(({ value }) => ({
    criterion: value,
    score: 'clear',
    sentence: 'Lu.',
    at: '2026-06-02T09:00:00Z',
  }));

const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe('a project as its holder last said it', () => {
  const told = project({
    news: [
      news('2026-07-01T09:00:00+00:00', 'ongoing', 6_000_000, 1_000_000),
      news('2026-08-01T23:30:00+00:00', 'ongoing', null, 2_000_000),
    ],
  });

  test('has the stage and the sums of the last news that give them, and the rest as it was sent', () => {
    expect(told).toMatchObject({ stage: 'ongoing', amountRaised: 6_000_000, amountSpent: 2_000_000 });
    expect(accountsOf(told)).toEqual({ planned: 32_000_000, received: 6_000_000, spent: 2_000_000 });
    expect(told.news.map((one) => one.on)).toEqual(['2026-07-01', '2026-08-01']);
  });

  test('without news is what was sent; what was not said is said to be so, never zero', () => {
    expect(project()).toMatchObject({ stage: 'study', amountRaised: 4_500_000, amountSpent: null, news: [] });
    expect(accountsOf(project({ amount_raised: 0 }))).toMatchObject({ received: null, spent: null });
  });

  test('is refused by the build when its news or its opinions are not what the site knows', () => {
    expect(() => project({ news: [news('2026-07-01T09:00:00Z', 'abandoned')] })).toThrow();
    expect(() => project({ qualification: [{ ...opinions()[0]!, score: 'wonderful' }] })).toThrow();
  });
});

describe('the steps of a project', () => {
  const states = (changes: Partial<typeof ROW>) => stepsOf(project(changes)).map(({ state }) => state);

  test.each([
    ['idea', ['current', 'next', 'next', 'next', 'next']],
    ['study', ['current', 'next', 'next', 'next', 'next']],
    ['ongoing', ['done', 'unread', 'current', 'next', 'next']],
    ['delivered', ['done', 'unread', 'done', 'current', 'next']],
    ['in_service', ['done', 'unread', 'done', 'done', 'current']],
  ])('at the stage « %s » never say that it is qualified when nobody has read it', (stage, expected) => {
    expect(states({ stage })).toEqual(expected);
  });

  test('say that it is qualified when the six points have been read, not one less', () => {
    expect(states({ stage: 'idea', qualification: opinions() })[1]).toBe('current');
    expect(states({ stage: 'ongoing', qualification: opinions() })).toEqual([
      'done',
      'done',
      'current',
      'next',
      'next',
    ]);
    expect(states({ stage: 'idea', qualification: opinions(CRITERIA.slice(1)) })[1]).toBe('next');
    expect(isQualified([])).toBe(false);
  });

  test('are always five, and exactly one of them is where the project is', () => {
    for (const stage of ['idea', 'study', 'ongoing', 'delivered', 'in_service'])
      for (const qualification of [[], opinions()]) {
        const found = states({ stage, qualification });
        expect(found).toHaveLength(5);
        expect(found.filter((state) => state === 'current')).toHaveLength(1);
      }
  });
});

describe('the silence of a project, by a clock that moves,', () => {
  const silence = (day: string, changes: Partial<typeof ROW> = {}, more: Partial<Project> = {}) =>
    silenceOf({ ...project(changes), ...more }, on(day));

  test('is said from the ninetieth day without news, and sends it to the archives from the hundred and eightieth', () => {
    expect(silence('2026-08-29')).toBe('heard');
    expect(silence('2026-08-30')).toBe('silent');
    expect(silence('2026-11-27')).toBe('silent');
    expect(silence('2026-11-28')).toBe('archived');
  });

  test('starts again from the last news, which bring a project back from the archives', () => {
    const told = { news: [news('2027-03-01T09:00:00Z', 'ongoing'), news('2027-02-01T09:00:00Z', 'ongoing')] };
    expect(lastNewsOn(project(told))).toBe('2027-03-01');
    expect(lastNewsOn(project())).toBe('2026-06-01');
    expect(silence('2027-03-02')).toBe('archived');
    expect(silence('2027-03-02', told)).toBe('heard');
    expect(silence('2027-05-30', told)).toBe('silent');
  });

  test('of a delivered project is said after a year and never hides it; one still in use is left in peace', () => {
    expect(silence('2027-05-31', { stage: 'delivered' })).toBe('heard');
    expect(silence('2027-06-01', { stage: 'delivered' })).toBe('silent');
    expect(silence('2040-01-01', { stage: 'delivered' })).toBe('silent');
    expect(silence('2040-01-01', { stage: 'in_service' })).toBe('heard');
  });

  test('is not that of an example, nor of a project that editors tell of with their own sources', () => {
    expect(silence('2040-01-01', { is_example: true })).toBe('heard');
    expect(silence('2040-01-01', {}, { origin: 'editorial' })).toBe('heard');
  });

  test('does not begin before the project: a clock set in the past says nothing', () => {
    expect(silence('2020-01-01')).toBe('heard');
  });
});

describe('the grid', () => {
  test('is read in its order, with what was made of each point', () => {
    const [first, ...others] = readGrid(
      project({ qualification: opinions(CRITERIA.slice(0, 1)) }).qualification,
    );
    expect(first).toMatchObject({
      criterion: { value: 'need' },
      opinion: { score: 'clear', on: '2026-06-02' },
    });
    expect(others.map(({ opinion }) => opinion)).toEqual(Array.from({ length: 5 }));
  });

  test.each([
    ['clear', 'Trois villages sont nommés.', undefined],
    ['', 'Lu.', 'Choisissez un avis.'],
    ['clear', '  ', 'Écrivez une phrase : elle dit ce que vous avez lu.'],
    ['clear', 'x'.repeat(281), 'La phrase fait 280 signes au plus. Raccourcissez-la.'],
    ['clear', '😀'.repeat(280), undefined],
  ])('takes « %s » with a sentence, or says what is missing', (score, sentence, problem) => {
    expect(opinionProblem(score, sentence)).toBe(problem);
  });
});

describe('what search engines read', () => {
  const page = (changes: Partial<typeof ROW> = {}) =>
    projectPageOf(project(changes), {
      url: 'https://exemple.org/projets/forage-tone/',
      publisher: { name: 'Guide', url: 'https://exemple.org/' },
    });

  test('is the page, its dates, and the project it is about with its place and the organisation that carries it', () => {
    expect(page({ news: [news('2026-08-01T09:00:00Z', 'ongoing')] })).toMatchObject({
      '@type': 'WebPage',
      datePublished: '2026-06-01',
      dateModified: '2026-08-01',
      about: {
        '@type': 'Project',
        location: { name: 'Tône, Savanes, Togo' },
        parentOrganization: { name: 'De l’eau pour demain' },
      },
    });
  });

  test('never names a person', () => {
    expect(JSON.stringify(page({ holder_type: 'person', holder_name: 'Ama Essai' }))).not.toContain(
      'Ama Essai',
    );
  });
});
