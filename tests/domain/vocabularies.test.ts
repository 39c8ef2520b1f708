import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { labelOf, valuesOf, type Choice } from '../../src/domain/vocabularies/choice.ts';
import { COUNTRIES } from '../../src/domain/vocabularies/countries.ts';
import * as associations from '../../src/domain/vocabularies/associations.ts';
import * as difficulties from '../../src/domain/vocabularies/difficulties.ts';
import * as projects from '../../src/domain/vocabularies/projects.ts';
import { PREFECTURES, REGIONS } from '../../src/domain/vocabularies/territories.ts';
import * as returns from '../../src/domain/vocabularies/returns.ts';
import * as rumours from '../../src/domain/vocabularies/rumours.ts';
import * as work from '../../src/domain/vocabularies/work.ts';

const NAMES = createRequire(import.meta.url)('i18n-iso-countries/langs/fr.json') as {
  countries: Record<string, string | string[]>;
};

/** Where our name is plainer than the package's, or the one people use. */
const PLAINER: Record<string, string> = {
  AE: 'Émirats arabes unis',
  CD: 'Congo (République démocratique)',
  CG: 'Congo (Brazzaville)',
  CI: 'Côte d’Ivoire',
  CZ: 'République tchèque',
  SZ: 'Eswatini',
  US: 'États-Unis',
  VA: 'Vatican',
};

/** Ice, reefs and bases: nobody has a home there. */
const UNINHABITED = ['AQ', 'BV', 'GS', 'HM', 'TF', 'UM'];

describe('countries', () => {
  const official = (code: string) => [NAMES.countries[code] ?? ''].flat()[0];

  test('are every country and territory of ISO 3166 where people live, each once', () => {
    expect(valuesOf(COUNTRIES).toSorted()).toEqual(
      Object.keys(NAMES.countries)
        .filter((code) => !UNINHABITED.includes(code))
        .toSorted(),
    );
  });

  test('have the names of i18n-iso-countries, but for the plainer ones listed here', () => {
    const differing = COUNTRIES.filter(({ value, label }) => official(value) !== label);
    expect(Object.fromEntries(differing.map(({ value, label }) => [value, label]))).toEqual(PLAINER);
  });

  test('are in the order of the French alphabet', () => {
    const names = COUNTRIES.map(({ label }) => label);
    expect(names).toEqual(names.toSorted(new Intl.Collator('fr').compare));
  });
});

describe('the territory of Togo', () => {
  test('has five regions, 39 prefectures and 117 communes', () => {
    expect(REGIONS).toHaveLength(5);
    expect(PREFECTURES).toHaveLength(39);
    expect(PREFECTURES.flatMap(({ communes }) => communes)).toHaveLength(117);
  });

  test('puts every prefecture in one of the regions, and names nothing twice', () => {
    for (const { region, name } of PREFECTURES) expect(valuesOf(REGIONS), name).toContain(region);
    const names = PREFECTURES.map(({ name }) => name);
    const communes = PREFECTURES.flatMap((prefecture) => prefecture.communes);
    expect(new Set(names).size).toBe(39);
    expect(new Set(communes).size).toBe(117);
  });

  test('numbers the communes of each prefecture from one', () => {
    for (const { name, communes } of PREFECTURES) {
      expect(communes).toEqual(communes.map((_, index) => `${name} ${index + 1}`));
    }
  });
});

describe('families of occupations', () => {
  const codes = valuesOf(work.OCCUPATION_FAMILIES);

  test('are codes of ROME: a domain, or a domain and a second level', () => {
    for (const code of codes) expect(code).toMatch(/^[A-N]([0-9]{2})?$/);
  });

  test('cover the fourteen domains', () => {
    expect([...new Set(codes.map((code) => code.charAt(0)))].toSorted()).toEqual([...'ABCDEFGHIJKLMN']);
  });

  test('leave every domain its own entry, so that an occupation of no listed second level finds a place', () => {
    for (const code of codes) expect(codes, code).toContain(code.charAt(0));
  });
});

describe('every closed list', () => {
  const modules = Object.entries({
    COUNTRIES,
    REGIONS,
    ...associations,
    ...difficulties,
    ...projects,
    ...returns,
    ...rumours,
    ...work,
  }) as [string, readonly Choice[] | Readonly<Record<string, string>>][];
  const lists = modules.filter((one): one is [string, readonly Choice[]] => Array.isArray(one[1]));
  const slugs = modules.filter((one): one is [string, Record<string, string>] => !Array.isArray(one[1]));

  test.each(lists)('%s has codes and labels that are each there once, and labels for people', (_, list) => {
    const values = valuesOf(list);
    expect(new Set(values).size).toBe(values.length);
    expect(new Set(list.map(({ label }) => label)).size).toBe(values.length);
    for (const { value, label } of list) {
      expect(value).toMatch(/^[A-Za-z0-9_+-]+$/);
      expect(label).toMatch(/^\p{Lu}/u);
      expect(labelOf(list, value)).toBe(label);
    }
    expect(labelOf(list, 'inconnu')).toBe('inconnu');
  });

  test.each(slugs)(
    '%s gives each code an end of address of its own, without capital or accent',
    (_, list) => {
      const ends = Object.values(list);
      expect(new Set(ends).size).toBe(ends.length);
      for (const end of ends) expect(end).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    },
  );
});
