import { describe, expect, test } from 'vitest';
import { associationFromRow } from '../../src/domain/associations/association.ts';
import type { DirectoryEntry } from '../../src/domain/associations/directory.ts';
import { ASSOCIATIONS_DATASET } from '../../src/domain/open-data/associations.ts';
import { csvOf } from '../../src/domain/open-data/csv.ts';
import { datasetAsCsv, datasetAsJson } from '../../src/domain/open-data/dataset.ts';
import { PROJECTS_DATASET } from '../../src/domain/open-data/projects.ts';
import type { CatalogueEntry } from '../../src/domain/projects/catalogue.ts';
import { projectSchema } from '../../src/domain/projects/project.ts';
import { readCsv } from '../support/csv.ts';

const site = new URL('https://example.org');
const making = { today: new Date('2026-11-22T10:00:00Z'), site, publisher: 'Le guide' };

const association: DirectoryEntry = {
  id: 'amis',
  data: associationFromRow({
    slug: 'amis',
    published_at: '2026-01-10T09:00:00Z',
    confirmed_at: '2026-03-31T09:00:00Z',
    name: '=HYPERLINK("http://mal.example";"Les amis")',
    country: 'FR',
    city: 'Lyon',
    founded_year: '2009',
    activities: ['water', 'education'],
    description: 'Un puits ; « deux » fêtes.\nÀ la ligne "ici".',
    action_regions: [],
    size_band: null,
    website: null,
    public_contact: '+33612345678',
    is_example: false,
  }),
};

const project = (holderType: string): CatalogueEntry => ({
  id: 'forage',
  data: projectSchema.parse({
    title: 'Un forage',
    summary: 'Trois villages, un forage.',
    description: 'Un puits à sec.',
    sector: 'water',
    region: 'savanes',
    stage: 'study',
    holderType,
    holderName: 'Kofi Mensah',
    budgetTotal: 1000,
    needs: ['funding', 'skills'],
    publishedOn: '2026-05-15',
    origin: 'submitted',
  }),
});

describe('a CSV file', () => {
  test('begins with the mark of UTF-8 and has one line for each row, with as many cells as titles', () => {
    const csv = csvOf(
      ['a', 'b'],
      [
        ['1', 2],
        [null, ['x', 'y']],
        [true, ''],
      ],
    );
    expect(csv).toBe('\ufeffa;b\r\n1;2\r\n;x | y\r\noui;\r\n');
  });

  test('holds whatever people type, and gives it back as it was', () => {
    const odd = ['a;b', 'a"b', 'a\nb', 'a\r\nb', '"', ';', 'é « à »', '  a  '];
    expect(
      readCsv(
        csvOf(
          ['x'],
          odd.map((cell) => [cell]),
        ),
      ),
    ).toEqual([['x'], ...odd.map((cell) => [cell])]);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=1', '＝1', '=cmd|" /C calc"!A0'])(
    'a cell that a spreadsheet would run is only text: %j',
    (cell) => {
      expect(readCsv(csvOf(['x'], [[cell]]))[1]).toEqual([`'${cell}`]);
      expect(readCsv(csvOf(['x'], [[[cell, 'b']]]))[1]?.[0]).toMatch(/^'/);
    },
  );

  test('a number stays a number', () => {
    expect(csvOf(['x'], [[-5], [1000]])).toContain('\r\n-5\r\n1000');
  });
});

describe('the tables given away', () => {
  const read = (json: string) =>
    JSON.parse(json) as { schema: { nom: string }[]; donnees: Record<string, unknown>[] };

  test.each([
    ['projets', datasetAsJson(PROJECTS_DATASET, [project('association')], making), PROJECTS_DATASET.columns],
    [
      'associations',
      datasetAsJson(ASSOCIATIONS_DATASET, [association], making),
      ASSOCIATIONS_DATASET.columns,
    ],
  ])(
    '%s.json has its licence, its date, its schema, and just the columns of the schema',
    (id, json, columns) => {
      const table = read(json);
      expect(table).toMatchObject({
        licence: { adresse: 'https://creativecommons.org/licenses/by-sa/4.0/deed.fr' },
        date: '2026-11-22',
        nombre: 1,
        adresse: `https://example.org/donnees/${id}.json`,
        a_citer: 'Le guide',
      });
      const names = columns.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(table.schema.map(({ nom }) => nom)).toEqual(names);
      expect(Object.keys(table.donnees[0] ?? {})).toEqual(names);
    },
  );

  test('the CSV has the columns and the values of the JSON', () => {
    const [titles = [], values = []] = readCsv(datasetAsCsv(ASSOCIATIONS_DATASET, [association], making));
    const [line = {}] = read(datasetAsJson(ASSOCIATIONS_DATASET, [association], making)).donnees;
    expect(titles).toEqual(Object.keys(line));
    expect(values[titles.indexOf('nom')]).toBe(`'${association.data.name}`);
    expect(values[titles.indexOf('activites')]).toBe('water | education');
    expect(values[titles.indexOf('presentation')]).toBe(association.data.description);
    expect(line).toMatchObject({
      page: 'https://example.org/associations/amis/',
      annee_creation: 2009,
      confirmee_le: '2026-03-31',
      fin_le: '2027-05-31',
    });
  });

  test('neither the telephone of an association nor the name of a person is in them', () => {
    const all = [
      datasetAsJson(ASSOCIATIONS_DATASET, [association], making),
      datasetAsCsv(ASSOCIATIONS_DATASET, [association], making),
      datasetAsJson(PROJECTS_DATASET, [project('person')], making),
      datasetAsCsv(PROJECTS_DATASET, [project('person')], making),
    ].join('');
    expect(all).not.toContain('612345678');
    expect(all).not.toContain('Mensah');
    expect(datasetAsJson(PROJECTS_DATASET, [project('association')], making)).toContain('Mensah');
  });
});
