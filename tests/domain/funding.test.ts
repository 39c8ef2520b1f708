import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { callOf, fundingSchema, sourcesOfFunding, type Funding } from '../../src/domain/funding/funding.ts';
import {
  checkedFundingPageSchema,
  fundingPageSchema,
  sourcesOfPage,
} from '../../src/domain/funding/funding-page.ts';
import {
  outcomeOf,
  stateOn,
  verdictOf,
  VERDICTS,
  type Condition,
  type Outcome,
  type ProjectAnswers,
} from '../../src/domain/funding/judge.ts';
import { formatSum, lackingShare, sharesOf, toCurrency } from '../../src/domain/funding/money.ts';
import { RESIDENCES } from '../../src/domain/vocabularies/residences.ts';
import { SECTORS } from '../../src/domain/vocabularies/projects.ts';
import { listFiles } from '../../src/loaders/read-content.ts';

const answers = (changes: Partial<ProjectAnswers> = {}): ProjectAnswers => ({
  choices: {},
  currency: 'XOF',
  ...changes,
});
const saying = (choices: ProjectAnswers['choices']) => answers({ choices });

describe('a condition', () => {
  const association: Condition = { about: 'who', accepts: ['association'], unmet: 'manque' };

  test('is met by an accepted answer, and missed by another in the way it says', () => {
    expect(outcomeOf(association, saying({ who: 'association' }))).toBe('va');
    expect(outcomeOf(association, saying({ who: 'person' }))).toBe('manque');
    expect(outcomeOf({ ...association, unmet: 'exclu' }, saying({ who: 'person' }))).toBe('exclu');
  });

  test('says nothing of what was not answered', () => {
    expect(outcomeOf(association, answers())).toBe('sans-reponse');
    expect(outcomeOf(association, saying({ who: '' }))).toBe('sans-reponse');
    expect(outcomeOf({ about: 'own', percent: 30, unmet: 'manque' }, answers({ budget: 10 }))).toBe(
      'sans-reponse',
    );
    expect(outcomeOf({ about: 'budget', max: 10, unmet: 'exclu' }, answers({ own: 5 }))).toBe('sans-reponse');
  });

  test('on a sector never shuts out « Autre », which nobody can judge', () => {
    const sector: Condition = { about: 'sector', accepts: ['water'], unmet: 'exclu' };
    expect(SECTORS.some(({ value }) => value === 'other')).toBe(true);
    expect(outcomeOf(sector, saying({ sector: 'other' }))).toBe('sans-reponse');
    expect(outcomeOf(sector, saying({ sector: 'energy' }))).toBe('exclu');
  });

  test('on the budget holds at its bounds, in either currency', () => {
    const budget: Condition = {
      about: 'budget',
      min: 120_000,
      max: 300_000,
      currency: 'EUR',
      unmet: 'exclu',
    };
    const of = (sum: number, currency: 'EUR' | 'XOF') =>
      outcomeOf(budget, answers({ budget: sum, currency }));
    expect([of(119_999, 'EUR'), of(120_000, 'EUR'), of(300_000, 'EUR'), of(300_001, 'EUR')]).toEqual([
      'exclu',
      'va',
      'va',
      'exclu',
    ]);
    expect(of(78_714_840, 'XOF')).toBe('va');
    expect(of(70_000_000, 'XOF')).toBe('exclu');
    const open: Condition = { about: 'budget', max: 10, currency: 'XOF', unmet: 'exclu' };
    expect(outcomeOf(open, answers({ budget: 0 }))).toBe('va');
  });

  test('on the holder’s share is met to the franc', () => {
    const own: Condition = { about: 'own', percent: 30, unmet: 'manque' };
    expect(outcomeOf(own, answers({ budget: 1000, own: 300 }))).toBe('va');
    expect(outcomeOf(own, answers({ budget: 1000, own: 299 }))).toBe('manque');
    expect(outcomeOf(own, answers({ budget: 1000, own: 0 }))).toBe('manque');
  });
});

describe('a call', () => {
  test('is closed once its last day has passed, whatever was written', () => {
    expect(stateOn({ is: 'ouvert', closesOn: '2027-03-01' }, '2027-03-01')).toBe('ouvert');
    expect(stateOn({ is: 'ouvert', closesOn: '2027-03-01' }, '2027-03-02')).toBe('clos');
    expect(stateOn({ is: 'inconnu', closesOn: '2027-03-01' }, '2027-03-02')).toBe('clos');
  });

  test('without an end is open for a year after its last news, then nobody knows', () => {
    const call = { is: 'ouvert', newsOn: '2025-09-19' } as const;
    expect(stateOn(call, '2026-09-19')).toBe('ouvert');
    expect(stateOn(call, '2026-09-20')).toBe('inconnu');
    expect(stateOn({ is: 'ouvert' }, '2026-09-20')).toBe('inconnu');
  });

  test('that is closed or unknown stays so', () => {
    expect(stateOn({ is: 'clos', newsOn: '2026-11-01' }, '2026-11-22')).toBe('clos');
    expect(stateOn({ is: 'inconnu', newsOn: '2026-11-01' }, '2026-11-22')).toBe('inconnu');
  });
});

describe('the verdict', () => {
  const met: Outcome[] = ['va', 'va'];

  test('is that it may suit only when nothing stands in the way', () => {
    expect(verdictOf('oui', 'ouvert', met)).toBe('convient');
    expect(verdictOf('oui', 'inconnu', met)).toBe('convient');
    expect(verdictOf('oui', 'ouvert', ['va', 'sans-reponse'])).toBe('preciser');
    expect(verdictOf('oui', 'ouvert', ['sans-reponse', 'manque'])).toBe('manque');
    expect(verdictOf('oui', 'clos', met)).toBe('clos');
    expect(verdictOf('oui', 'clos', ['manque'])).toBe('clos');
    expect(verdictOf('oui', 'clos', ['manque', 'exclu'])).toBe('exclu');
  });

  test('never lets through a country that is refused, nor one that nobody knows of', () => {
    expect(verdictOf('non', 'ouvert', met)).toBe('exclu');
    expect(verdictOf('inconnu', 'ouvert', met)).toBe('manque');
  });

  test('is one of the five for every combination', () => {
    const outcomes: Outcome[] = ['va', 'sans-reponse', 'manque', 'exclu'];
    const seen = new Set<string>();
    for (const togo of ['oui', 'non', 'inconnu'] as const)
      for (const state of ['ouvert', 'inconnu', 'clos'] as const)
        for (const one of outcomes)
          for (const other of outcomes) {
            const verdict = verdictOf(togo, state, [one, other]);
            seen.add(verdict);
            if (verdict === 'convient') expect([togo, one, other]).toEqual(['oui', 'va', 'va']);
          }
    expect([...seen].toSorted()).toEqual([...VERDICTS].toSorted());
  });
});

describe('money', () => {
  test('is counted in francs or euros at their fixed rate, and printed on one line', () => {
    expect(toCurrency(15_000, 'EUR', 'XOF')).toBe(9_839_355);
    expect(toCurrency(9_839_355, 'XOF', 'EUR')).toBe(15_000);
    expect(toCurrency(7, 'XOF', 'XOF')).toBe(7);
    expect(formatSum(1_500_000, 'XOF')).toBe('1\u00a0500\u00a0000\u00a0F\u00a0CFA');
    expect(formatSum(1500, 'EUR')).toBe('1\u00a0500\u00a0€');
  });

  test('that is lacking is never less than nothing', () => {
    expect(lackingShare(30, { currency: 'XOF', budget: 1001, own: 100 })).toBe(201);
    expect(lackingShare(30, { currency: 'XOF', budget: 1000, own: 500 })).toBe(0);
    expect(lackingShare(30, { currency: 'XOF', budget: 1000 })).toBeUndefined();
  });

  test('asked of a programme is bounded by its ceiling, its share and the need', () => {
    const limits = { currency: 'EUR', ceiling: 15_000, share: 70 } as const;
    const aid = (budget: number, own: number) => sharesOf({ budget, own, currency: 'EUR' }, limits)?.aid.sum;
    expect(aid(10_000, 3000)).toBe(7000);
    expect(aid(10_000, 0)).toBe(7000);
    expect(aid(10_000, 9000)).toBe(1000);
    expect(aid(100_000, 0)).toBe(15_000);
    expect(sharesOf({ budget: 20_000_000, own: 0, currency: 'XOF' }, limits)?.aid.sum).toBe(9_839_355);
    expect(sharesOf({ budget: 1000, own: 100, currency: 'XOF' })?.aid.sum).toBe(0);
  });

  test('always adds up to the budget, and its shares to a hundred', () => {
    const limits = { currency: 'XOF', share: 70 } as const;
    const total = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0);
    for (const budget of [1, 2, 3, 7, 99, 1000, 333_333, 10_000_001])
      for (const part of [0, 1 / 3, 0.5, 0.999, 1, 2]) {
        const shares = Object.values(
          sharesOf({ budget, own: Math.round(budget * part), currency: 'XOF' }, limits)!,
        );
        expect(total(shares.map((one) => one.sum))).toBe(budget);
        expect(total(shares.map((one) => one.percent))).toBe(100);
        for (const { sum } of shares) expect(sum).toBeGreaterThanOrEqual(0);
      }
  });

  test('is not cut up without a budget', () => {
    expect(sharesOf({ currency: 'XOF', own: 10 })).toBeUndefined();
    expect(sharesOf({ currency: 'XOF', budget: 0 })).toBeUndefined();
  });
});

const known = { value: 'Une règle.', sources: ['essai'], asOf: '2024' };
const missing = { notFound: 'Demandez au dispositif.' };
const file = (changes: Record<string, unknown> = {}) => ({
  name: 'Un fonds',
  runBy: 'Une agence',
  gives: 'don',
  what: 'Une aide aux associations, pour un petit projet.',
  call: { is: 'clos', fact: known },
  togo: { is: 'oui', fact: known },
  conditions: [
    {
      about: 'who',
      accepts: ['association'],
      unmet: 'manque',
      say: 'Il manque une association.',
      fact: known,
    },
  ],
  ceiling: [{ ...known, value: '15 000 € par projet.' }],
  share: [{ ...known, value: '70 % du budget.' }],
  asks: [missing],
  limits: { currency: 'EUR', ceiling: 15_000, share: 70 },
  ...changes,
});
const messages = (changes: Record<string, unknown>) =>
  fundingSchema.safeParse(file(changes)).error?.issues.map(({ message }) => message) ?? [];

describe('a file on a source of funding', () => {
  test('is taken when everything in it is proved', () => {
    expect(messages({})).toEqual([]);
  });

  test('cannot say without a source that a call is open or closed, or that Togo is taken or refused', () => {
    for (const is of ['ouvert', 'clos'])
      expect(messages({ call: { is, fact: missing } }).join()).toContain('d’où vous savez');
    for (const is of ['oui', 'non'])
      expect(messages({ togo: { is, fact: missing } }).join()).toContain('d’où vous le savez');
    expect(
      messages({ call: { is: 'inconnu', fact: missing }, togo: { is: 'inconnu', fact: missing } }),
    ).toEqual([]);
  });

  test('cannot compute with a number that its text does not state', () => {
    expect(messages({ limits: { currency: 'EUR', ceiling: 5000 } }).join()).toContain('ce plafond');
    expect(messages({ limits: { currency: 'EUR', share: 7 } }).join()).toContain('cette part');
    const own = { about: 'own', percent: 30, unmet: 'manque', say: 'Il manque votre part.' };
    expect(messages({ conditions: [{ ...own, fact: known }] }).join()).toContain('le nombre 30');
    expect(messages({ conditions: [{ ...own, fact: { ...known, value: 'Au moins 30 %.' } }] })).toEqual([]);
    const budget = { about: 'budget', currency: 'EUR', unmet: 'exclu', say: 'Le budget est trop grand.' };
    const proof = { ...known, value: 'De 120 000 à 300 000 €.' };
    expect(messages({ conditions: [{ ...budget, min: 120_000, max: 300_000, fact: proof }] })).toEqual([]);
    expect(messages({ conditions: [{ ...budget, max: 30_000, fact: proof }] }).join()).toContain(
      'le nombre 30000',
    );
    expect(messages({ conditions: [{ ...budget, fact: proof }] }).join()).toContain('« min », « max »');
  });

  test('has each condition once, and no figure of our own', () => {
    const [one] = file().conditions;
    expect(messages({ conditions: [one, one] }).join()).toContain('deux fois');
    expect(messages({ conditions: [{ ...one, say: 'Il manque 3 membres.' }] }).join()).toContain(
      'sans source',
    );
  });

  test('gives the day of its latest news, as late as its date allows', () => {
    const call = (fact: object) => callOf(fundingSchema.parse(file({ call: { is: 'inconnu', fact } })).call);
    expect(call({ ...known, asOf: '2024' }).newsOn).toBe('2024-12-31');
    expect(call({ ...known, asOf: 'inconnue' }).newsOn).toBeUndefined();
    expect(call(missing).newsOn).toBeUndefined();
  });
});

describe('the files of content/financements/', () => {
  const TODAY = '2026-11-22';
  const files = listFiles('content/financements', '.yml').map((path) => ({
    path,
    data: fundingSchema.parse(parse(readFileSync(path, 'utf8'))),
  }));
  const named = (name: string): Funding => files.find(({ path }) => path.endsWith(`/${name}.yml`))!.data;

  test('have a model to copy that is right', () => {
    const model = readFileSync('content/_redaction/modele-financement.yml', 'utf8');
    expect(fundingSchema.safeParse(parse(model)).error).toBeUndefined();
  });

  test('are at least eight, each with a source', () => {
    expect(files.length).toBeGreaterThanOrEqual(8);
    expect(files.filter(({ data }) => sourcesOfFunding(data).length === 0)).toEqual([]);
  });

  test('leave nobody without an answer, wherever they live', () => {
    for (const { value } of RESIDENCES) {
      const verdicts = files.map(({ data }) =>
        verdictOf(
          data.togo.is,
          stateOn(callOf(data.call), TODAY),
          data.conditions.map((one) => outcomeOf(one, saying({ residence: value }))),
        ),
      );
      expect(verdicts.filter((verdict) => verdict !== 'exclu').length).toBeGreaterThanOrEqual(5);
    }
  });

  test('sort a drilling project of an association in France as their rules do', () => {
    const project = answers({
      choices: { who: 'association', residence: 'france', sector: 'water', locality: 'yes', stage: 'study' },
      currency: 'EUR',
      budget: 20_000,
      own: 6000,
    });
    const verdict = (name: string) => {
      const data = named(name);
      const outcomes = data.conditions.map((one) => outcomeOf(one, project));
      return verdictOf(data.togo.is, stateOn(callOf(data.call), TODAY), outcomes);
    };
    expect(verdict('pra-osim-microprojets')).toBe('clos');
    expect(verdict('la-guilde-microprojets')).toBe('convient');
    expect(verdict('forim-mesoprojets')).toBe('exclu');
    expect(verdict('ambassade-allemagne')).toBe('manque');
    expect(verdict('allemagne-petits-projets')).toBe('exclu');
    expect(verdict('tony-elumelu')).toBe('exclu');
    expect(verdict('meet-africa-2')).toBe('exclu');
  });
});

describe('the words of the page', () => {
  const page = fundingPageSchema.parse(parse(readFileSync('content/financer.yml', 'utf8')));
  const { order, verdicts } = page;
  const problems = (changes: object, sources = sourcesOfPage(page)) =>
    checkedFundingPageSchema(new Set(sources), new Set(order))
      .safeParse({ ...page, ...changes })
      .error?.issues.map(({ message }) => message)
      .join() ?? '';

  test('list every source of funding once', () => {
    expect(problems({})).toBe('');
    expect(problems({ order: [...order, 'perdu'] })).toContain('content/financements/perdu.yml n’existe pas');
    expect(problems({ order: [...order, order[0]] })).toContain('deux fois');
    expect(problems({ order: order.slice(1) })).toContain('manque dans cette liste');
  });

  test('say that the site never holds money, and promise nothing', () => {
    expect(problems({ money: 'Nous aidons à trouver une somme.' })).toContain('jamais d’argent');
    const convient = { title: 'Vous aurez cette aide', text: 'Écrivez au dispositif.' };
    expect(problems({ verdicts: { ...verdicts, convient } })).toContain('jamais une promesse');
  });

  test('cite only registered sources', () => {
    expect(problems({}, [])).toContain('n’existe pas');
  });
});
