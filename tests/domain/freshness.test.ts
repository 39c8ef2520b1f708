import { describe, expect, test } from 'vitest';
import type { KnownFact } from '../../src/domain/facts/fact.ts';
import { recheckList, recheckReasons, sourcesIn } from '../../src/domain/facts/freshness.ts';

const TODAY = new Date('2026-11-22T00:00:00Z');
const fact = (changes: Partial<KnownFact> = {}): KnownFact => ({
  value: '30 000 F CFA',
  sources: ['journal'],
  asOf: '2025',
  ...changes,
});

describe('why a fact must be checked again', () => {
  test.each<[string, Partial<KnownFact>, string[]]>([
    ['recent and confirmed', { checkedOn: '2026-10-01' }, []],
    ['old but confirmed', { asOf: '2014', checkedOn: '2026-10-01' }, []],
    ['confirmed too long ago', { checkedOn: '2020-01-01' }, ['staleCheck']],
    ['recent', {}, ['unchecked']],
    ['old', { asOf: '2014' }, ['old', 'unchecked']],
    ['without a date', { asOf: 'inconnue' }, ['undated', 'unchecked']],
    ['out of date', { validUntil: '2026-11-21', checkedOn: '2026-10-01' }, ['expired']],
    ['disputed', { disputed: 'L’un dit oui, l’autre non.', checkedOn: '2026-10-01' }, ['disputed']],
    [
      'everything at once',
      { asOf: '2014', validUntil: '2020-01-01', disputed: 'L’un dit oui, l’autre non.' },
      ['expired', 'disputed', 'old', 'unchecked'],
    ],
  ])('a fact that is %s', (_, changes, reasons) => {
    expect(recheckReasons(fact(changes), TODAY)).toEqual(reasons);
  });
});

describe('the list of facts to check again', () => {
  const files = [
    {
      file: 'content/guide/a.md',
      data: {
        title: 'Une page',
        procedure: {
          cost: [fact({ asOf: '2024' }), { notFound: 'Demandez à votre ambassade.' }],
          delay: [fact({ asOf: 'inconnue' }), fact({ checkedOn: '2026-10-01' })],
        },
      },
    },
    { file: 'content/autre/b.yml', data: { address: fact({ asOf: '2011-05' }) } },
    { file: 'content/vide.yml', data: null },
  ];

  test('holds the facts of every file, wherever they are, unknown dates first and then the oldest', () => {
    expect(recheckList(files, TODAY).map(({ file, field }) => `${file} ${field}`)).toEqual([
      'content/guide/a.md procedure.delay[0]',
      'content/autre/b.yml address',
      'content/guide/a.md procedure.cost[0]',
    ]);
  });

  test('grows as days pass', () => {
    const all = recheckList(files, new Date('2031-01-01T00:00:00Z'));
    expect(all.map(({ field }) => field)).toContain('procedure.delay[1]');
  });

  test('knows every source that a file cites', () => {
    expect(sourcesIn({ sources: ['a'], list: [{ sources: ['b', 3] }, null], sourcesOf: ['c'] })).toEqual([
      'a',
      'b',
    ]);
  });
});
