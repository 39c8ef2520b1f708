import { describe, expect, test } from 'vitest';
import { CONTINENTS } from '../../src/domain/vocabularies/continents.ts';
import { COUNTRIES } from '../../src/domain/vocabularies/countries.ts';
import { plainText } from '../../src/domain/plain-text.ts';
import { countryEntries, initialOf, postsFor, type Post } from '../../src/domain/representations/lookup.ts';

const fact = { value: 'Un poste.', sources: ['source'], asOf: '2024' };
const post = (id: string, kind: Post['data']['kind'], country: string, jurisdiction: string[]): Post => ({
  id,
  data: {
    kind,
    name: `Poste ${id}`,
    country,
    city: null,
    jurisdiction,
    existence: fact,
    address: fact,
    phone: fact,
    website: fact,
    remarks: [],
  },
});

const posts = [
  post('mission', 'mission-permanente', 'BE', []),
  post('honoraire', 'consulat-honoraire', 'LU', ['LU']),
  post('bruxelles', 'ambassade', 'BE', ['BE', 'LU']),
];

describe('the posts of a country', () => {
  test('come from its own territory and from the embassies in charge of it', () => {
    expect(postsFor('LU', posts).map(({ id }) => id)).toEqual(['bruxelles', 'honoraire']);
  });
  test('put a mission without consular powers last', () => {
    expect(postsFor('BE', posts).map(({ id }) => id)).toEqual(['bruxelles', 'mission']);
  });
});

describe('the list of countries', () => {
  test('holds every country but Togo, in French alphabetical order', () => {
    const names = countryEntries(posts, new Set()).map(({ name }) => name);
    expect(names).not.toContain('Togo');
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'fr')));
  });
  test('gives an address to a country with a post or with notes of its own, and to no other', () => {
    const entries = countryEntries(posts, new Set(['ML']));
    expect(entries.filter(({ address }) => address).map(({ address }) => address)).toEqual([
      '/pays/be/',
      '/pays/lu/',
      '/pays/ml/',
    ]);
  });
  test('files « Émirats » under E and « Åland » under A', () => {
    expect([initialOf('Émirats arabes unis'), initialOf('Åland')]).toEqual(['E', 'A']);
  });
  test('reads a name as it is typed in a hurry', () => {
    expect(plainText('  CÔTE-d’Ivoire ')).toBe('cote d ivoire');
  });
});

test('every country with a post belongs to one continent', () => {
  const codes = CONTINENTS.flatMap(({ countries }) => [...countries]);
  expect(new Set(codes).size).toBe(codes.length);
  const listed = COUNTRIES.map(({ value }) => value as string);
  expect(listed.filter((code) => !codes.includes(code as never))).toEqual([]);
});
