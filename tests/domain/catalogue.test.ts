import { describe, expect, test } from 'vitest';
import { PAGE_SIZE, pageAddress, pagesOf } from '../../src/domain/paging.ts';
import {
  COMMUNE_PAYS_FROM,
  countInWords,
  facetsOf,
  listedProjects,
  newestFirst,
  type CatalogueEntry,
} from '../../src/domain/projects/catalogue.ts';
import {
  choicesOf,
  combine,
  COMBINED_AT_MOST,
  CRITERIA,
  isChosen,
  queryOf,
  SORTS,
  unpackLines,
  wayOut,
  type Choices,
  type PackedLines,
} from '../../src/domain/projects/combination.ts';
import { fileOf, packLines, wholeList } from '../../src/domain/projects/lines.ts';
import { projectFromRow, type PublishedRow } from '../../src/domain/projects/project.ts';
import { NORTH_TO_SOUTH, shadeOf } from '../../src/domain/projects/region-map.ts';
import { NEEDS, SECTOR_SLUGS, SECTORS, STAGES } from '../../src/domain/vocabularies/projects.ts';
import { PREFECTURES, REGIONS } from '../../src/domain/vocabularies/territories.ts';
import { brotliSize } from '../support/dist.ts';
import { projectRows } from '../support/projects.ts';
import { drawsOf } from '../support/random.ts';

const entriesOf = (rows: readonly PublishedRow[]): CatalogueEntry[] =>
  newestFirst(rows.map((row) => ({ id: row.slug, data: projectFromRow(row) })));
const rows = projectRows(300);
const entries = entriesOf(rows);
const facets = facetsOf(entries, new Set(['GA']));
const at = (address: string) => facets.find((facet) => facet.address === address);
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);

test('the lists leave out what is in the archives, and nothing else', () => {
  const [model] = rows;
  const sent = (slug: string, day: string) => ({
    ...model!,
    slug,
    stage: 'ongoing',
    published_at: `${day}T09:00:00+00:00`,
  });
  const shown = listedProjects(
    entriesOf([sent('old', '2026-01-01'), sent('new', '2026-11-01')]),
    new Date('2026-11-22'),
  );
  expect(idsOf(shown)).toEqual(['new']);
});

describe('the lists of the catalogue', () => {
  test('have an address in plain French, of their own', () => {
    const addresses = facets.map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) {
      expect(address).toMatch(/^\/projets\/(?:secteur|region|prefecture|etape|besoin|pays)\/[a-z0-9/-]+\/$/);
    }
    for (const one of [
      '/projets/secteur/eau/',
      '/projets/region/kara/',
      '/projets/prefecture/agoe-nyive/',
      '/projets/etape/en-cours/',
      '/projets/besoin/argent/',
      '/projets/pays/fr/',
    ]) {
      expect(addresses).toContain(one);
    }
    expect(new Set(Object.values(SECTOR_SLUGS)).size).toBe(SECTORS.length);
  });

  test('keep their address without a project, and the countries asked for too', () => {
    const none = facetsOf([], new Set(['GA']));
    expect(none.map(({ entries: held }) => held.length)).toEqual(none.map(() => 0));
    expect(none).toHaveLength(
      SECTORS.length + REGIONS.length + PREFECTURES.length + STAGES.length + NEEDS.length + 1,
    );
  });

  test('hold every project that has their property, newest first, and no other', () => {
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    for (const facet of facets) {
      const wanted = entries.filter(({ data }) => {
        if (facet.kind === 'besoin')
          return (
            data.needs.includes(facet.value) || (facet.value === 'skills' && data.skillsSought.length > 0)
          );
        const property = {
          secteur: data.sector,
          region: data.region,
          prefecture: data.prefecture,
          etape: data.stage,
        };
        if (facet.kind === 'pays') return data.residenceCountry === facet.value;
        if (facet.kind === 'commune') return data.commune === facet.value;
        return property[facet.kind] === facet.value;
      });
      expect(idsOf(facet.entries), facet.address).toEqual(idsOf(wanted));
      expect(facet.entries.every(({ id }) => byId.has(id))).toBe(true);
    }
  });

  test('a commune has one from three projects on, below its prefecture, however people write it', () => {
    const [model] = rows;
    const inKozah = (slug: string, commune: string) =>
      ({ ...model!, slug, commune, region: 'kara', prefecture: 'Kozah' }) satisfies PublishedRow;
    const few = [
      inKozah('a', 'Kozah 1'),
      inKozah('b', 'KOZAH 1'),
      inKozah('c', 'Lassa'),
      inKozah('d', 'Kozah 2'),
    ];
    const communes = (list: PublishedRow[]) =>
      facetsOf(entriesOf(list)).filter(({ kind }) => kind === 'commune');
    expect(COMMUNE_PAYS_FROM).toBe(3);
    expect(communes(few)).toEqual([]);
    const [commune, ...others] = communes([...few, inKozah('e', 'kozah-1')]);
    expect(others).toEqual([]);
    expect(commune).toMatchObject({
      address: '/projets/prefecture/kozah/kozah-1/',
      within: '/projets/prefecture/kozah/',
    });
    expect(idsOf(commune!.entries).toSorted()).toEqual(['a', 'b', 'e']);
  });

  test('are cut into pages that hold each project once', () => {
    for (const facet of facets) {
      const pages = pagesOf(facet.entries);
      expect(pages.flatMap((page) => idsOf(page.entries))).toEqual(idsOf(facet.entries));
      expect(pages.every((page) => page.entries.length <= PAGE_SIZE && page.last === pages.length)).toBe(
        true,
      );
    }
    expect([1, 2].map((number) => pageAddress('/projets/secteur/eau/', number))).toEqual([
      '/projets/secteur/eau/',
      '/projets/secteur/eau/2/',
    ]);
  });

  test('say their count in words that agree', () => {
    expect([0, 1, 2, 10_000].map(countInWords)).toEqual([
      'Aucun projet',
      '1\u00a0projet',
      '2\u00a0projets',
      '10\u202f000\u00a0projets',
    ]);
  });
});

describe('combining several criteria', () => {
  const lines = unpackLines(JSON.parse(JSON.stringify(packLines(entries))) as PackedLines);
  const slugsOf = (kind: string) => facets.filter((facet) => facet.kind === kind).map(({ slug }) => slug);

  test('never shows a project that one of the static pages would not, and forgets none', () => {
    const draw = drawsOf(7);
    let found = 0;
    for (let round = 0; round < 400; round += 1) {
      const choices: Choices = { tri: draw.one(SORTS).value };
      for (const criterion of CRITERIA) if (draw.onceIn(3)) choices[criterion] = draw.one(slugsOf(criterion));
      const pages = CRITERIA.filter((criterion) => choices[criterion]).map(
        (criterion) => new Set(idsOf(at(`/projets/${criterion}/${choices[criterion] ?? ''}/`)!.entries)),
      );
      const wanted = idsOf(entries).filter((id) => pages.every((page) => page.has(id)));
      const shown = idsOf(combine(lines, choices));
      expect(shown.toSorted()).toEqual(wanted.toSorted());
      if (choices.tri === 'recent') expect(shown).toEqual(wanted);
      found += shown.length;
    }
    expect(found).toBeGreaterThan(1000);
  });

  test('sorts by name as French does, and by what is already raised', () => {
    const names = combine(lines, { tri: 'nom' }).map(({ title }) => title);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'fr')));
    const shares = combine(lines, { tri: 'but' }).map(({ percent }) => percent);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares[0]).toBeGreaterThan(90);
    expect(shares.at(-1)).toBe(-1);
  });

  test('holds in an address that can be shared, and takes nothing else from it', () => {
    const choices: Choices = { secteur: 'eau', pays: 'fr', tri: 'but' };
    expect(queryOf(choices)).toBe('?secteur=eau&pays=fr&tri=but');
    expect(choicesOf(queryOf(choices))).toEqual(choices);
    expect(queryOf({ tri: 'recent' })).toBe('');
    const odd = choicesOf('?secteur=<script>&region=KARA&tri=prix&autre=1&etape=');
    expect(odd).toEqual({ tri: 'recent' });
    expect(isChosen(odd)).toBe(false);
  });

  test('says which criterion to give up when nothing is found', () => {
    const [first] = lines;
    const other = slugsOf('region').find((region) => region !== first!.region)!;
    const choices: Choices = { prefecture: first!.prefecture, region: other, tri: 'recent' };
    expect(combine(lines, choices)).toEqual([]);
    expect(wayOut(lines, choices)).toEqual([
      { without: 'region', count: at(`/projets/prefecture/${first!.prefecture}/`)!.entries.length },
      { without: 'prefecture', count: at(`/projets/region/${other}/`)!.entries.length },
    ]);
  });

  test('costs at most 20 kB for 300 projects, and no file holds more than 400', () => {
    expect(brotliSize(JSON.stringify(packLines(entries)))).toBeLessThanOrEqual(20_000);
    const many = entriesOf(projectRows(2000));
    for (const total of [entries, many]) {
      const lists = [wholeList(total), ...facetsOf(total)].filter((list) => fileOf(list, total.length));
      expect(lists.length).toBeGreaterThan(0);
      expect(Math.max(...lists.map((list) => list.entries.length))).toBeLessThanOrEqual(COMBINED_AT_MOST);
    }
    expect(fileOf(wholeList(entries), entries.length)).toBe('/projets/combiner.json');
    expect(fileOf(wholeList(many), many.length)).toBeUndefined();
  });
});

test('the diagram has every region once, and a darker tile never holds fewer projects', () => {
  expect([...NORTH_TO_SOUTH].toSorted()).toEqual(REGIONS.map(({ value }) => value).toSorted());
  const shades = [0, 1, 5, 10, 20, 30].map((count) => shadeOf(count, 30));
  expect(shades).toEqual([0, 1, 1, 1, 2, 3]);
  expect(shadeOf(0, 0)).toBe(0);
});
