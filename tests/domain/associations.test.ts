import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  associationFromRow,
  publishedAssociationRow,
  RESERVED_SLUGS,
} from '../../src/domain/associations/association.ts';
import {
  associationFacets,
  associationsInWords,
  associationTitles,
  byCity,
  byPlace,
  citiesOf,
  type DirectoryEntry,
} from '../../src/domain/associations/directory.ts';
import { endOfListing, isListed, LISTED_MONTHS } from '../../src/domain/associations/listing.ts';
import { organizationOf } from '../../src/domain/associations/organization.ts';
import { association } from '../../src/domain/forms/association.ts';
import { PAGE_SIZE, pagesOf } from '../../src/domain/paging.ts';
import { SECTORS } from '../../src/domain/vocabularies/projects.ts';
import { REGIONS } from '../../src/domain/vocabularies/territories.ts';
import { readPublishedAssociations } from '../../src/loaders/associations.ts';
import { startLite } from '../support/lite.ts';

type Row = ReturnType<typeof publishedAssociationRow.parse>;

/** A row as PostgREST sends it. */
function row(changes: Partial<Row> = {}): Row {
  return {
    slug: 'amis-de-kara',
    published_at: '2026-01-10T09:00:00+00:00',
    confirmed_at: '2026-03-31T09:00:00+00:00',
    name: 'Les amis de Kara',
    country: 'FR',
    city: 'Lyon',
    founded_year: '2009',
    activities: ['water', 'education'],
    description: 'Une fête par an.\n\nUn puits.',
    action_regions: ['kara'],
    size_band: '20_to_49',
    website: 'https://www.example.org/amis',
    public_contact: '+33612345678',
    is_example: false,
    ...changes,
  };
}

const entry = (id: string, changes: Partial<Row> = {}): DirectoryEntry => ({
  id,
  data: associationFromRow(row({ slug: id, ...changes })),
});
const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe('how long an association is listed', () => {
  const dated = (publishedOn: string, confirmedOn: string | null, isExample = false) => ({
    publishedOn,
    confirmedOn,
    isExample,
  });

  test.each([
    ['14 months after its last confirmation', '2026-01-10', '2026-03-05', '2027-05-05'],
    ['14 months after it was published, when nobody has confirmed since', '2026-01-10', null, '2027-03-10'],
    ['on the last day of a month that is too short', '2025-01-01', '2025-12-31', '2027-02-28'],
    ['on 29 February, when there is one', '2026-01-01', '2026-12-30', '2028-02-29'],
    ['in the next year but one', '2026-12-01', '2026-12-01', '2028-02-01'],
    ['after its publication, when its confirmation is older', '2026-06-01', '2026-05-01', '2027-08-01'],
  ])('it ends %s', (_, published, confirmed, end) => {
    expect(endOfListing(dated(published, confirmed))).toBe(end);
  });

  test('it is listed the day before, and no more from that day on', () => {
    const association = dated('2026-01-10', '2026-03-05');
    expect(isListed(association, on('2026-03-05'))).toBe(true);
    expect(isListed(association, on('2027-05-04'))).toBe(true);
    expect(isListed(association, on('2027-05-05'))).toBe(false);
    expect(isListed(association, on('2030-01-01'))).toBe(false);
  });

  test('a new confirmation brings it back', () => {
    expect(isListed(dated('2020-01-10', null), on('2026-11-22'))).toBe(false);
    expect(isListed(dated('2020-01-10', '2026-11-01'), on('2026-11-22'))).toBe(true);
  });

  test('an example is nobody’s and stays', () => {
    expect(isListed(dated('2020-01-10', null, true), on('2030-01-01'))).toBe(true);
  });

  test('the form says the same number of months', () => {
    expect(LISTED_MONTHS).toBe(14);
    expect(association.retention.unconfirmedMonths).toBe(LISTED_MONTHS);
    expect(association.nextSteps.join(' ')).toContain(`${LISTED_MONTHS} mois`);
  });
});

describe('the lists of the directory', () => {
  const entries = [
    entry('lyon-2', { name: 'Zone', city: 'LYON' }),
    entry('abidjan', { country: 'CI', city: 'Abidjan', activities: ['social'], action_regions: [] }),
    entry('lyon-1', { name: 'Éveil' }),
    entry('lille', { city: 'Lille', activities: ['crafts_industry'], action_regions: ['kara', 'savanes'] }),
  ];
  const facets = associationFacets(entries, new Set(['GA']));
  const at = (address: string) => facets.find((facet) => facet.address === address);

  test('go by country, city and name, in the French alphabet', () => {
    expect(byPlace(entries).map(({ id }) => id)).toEqual(['abidjan', 'lille', 'lyon-1', 'lyon-2']);
  });

  test('hold an association under its country, each of its activities and each of its regions', () => {
    expect(at('/associations/pays/fr/')?.entries.map(({ id }) => id)).toEqual(['lille', 'lyon-1', 'lyon-2']);
    expect(at('/associations/activite/artisanat-industrie/')?.entries.map(({ id }) => id)).toEqual(['lille']);
    expect(at('/associations/region/kara/')?.entries).toHaveLength(3);
    expect(at('/associations/region/savanes/')?.entries.map(({ id }) => id)).toEqual(['lille']);
  });

  test('keep an address for every activity, every region and every country asked for, even empty', () => {
    expect(facets).toHaveLength(SECTORS.length + REGIONS.length + 3);
    expect(at('/associations/pays/ga/')?.entries).toEqual([]);
    expect(at('/associations/activite/tourisme/')?.entries).toEqual([]);
  });

  test('a city is one, however it is typed, and two cities in another alphabet are two', () => {
    const groups = byCity(
      byPlace([
        entry('a', { city: '東京' }),
        entry('b', { city: '大阪' }),
        ...entries.slice(0, 1),
        entries[2]!,
      ]),
    );
    expect(groups.map(({ entries: held }) => held.length)).toEqual([2, 1, 1]);
    expect(new Set(groups.map(({ anchor }) => anchor)).size).toBe(3);
    expect(groups.every(({ anchor }) => !/\s/.test(anchor))).toBe(true);
  });

  test('a long list is cut, and each city leads to the page where it begins', () => {
    const many = Array.from({ length: PAGE_SIZE }, (_, index) => entry(`lille-${index}`, { city: 'Lille' }));
    const [france] = associationFacets([...many, ...entries], new Set()).filter(({ slug }) => slug === 'fr');
    expect(citiesOf(france!)).toEqual([
      { name: 'Lille', count: PAGE_SIZE + 1, address: '/associations/pays/fr/#ville-lille' },
      { name: 'Lyon', count: 2, address: '/associations/pays/fr/2/#ville-lyon' },
    ]);
    const pages = pagesOf(france!.entries);
    expect(pages.map((page) => page.entries.length)).toEqual([PAGE_SIZE, 3]);
    expect(pages.flatMap((page) => page.entries)).toEqual(france!.entries);
  });

  test('an empty list has one page, empty', () => {
    expect(pagesOf([])).toEqual([{ number: 1, last: 1, entries: [] }]);
  });

  test('a count is written in words that agree', () => {
    expect([0, 1, 2].map(associationsInWords)).toEqual([
      'Aucune association',
      '1\u00a0association',
      '2\u00a0associations',
    ]);
  });

  test('two associations with one name in one city have two different titles', () => {
    const titles = associationTitles([entry('un'), entry('deux'), entry('trois', { city: 'Metz' })]);
    expect(new Set(titles.values()).size).toBe(3);
    expect(titles.get('trois')).toBe('Les amis de Kara (association, Metz, France)');
  });
});

describe('a published row', () => {
  test('becomes an entry, with the days of its publication and of its confirmation', () => {
    expect(associationFromRow(publishedAssociationRow.parse(row()))).toMatchObject({
      name: 'Les amis de Kara',
      publishedOn: '2026-01-10',
      confirmedOn: '2026-03-31',
    });
    expect(associationFromRow(row({ confirmed_at: null })).confirmedOn).toBeNull();
  });

  test.each<[string, Partial<Row>]>([
    ['an unknown country', { country: 'XX' }],
    ['an unknown activity', { activities: ['gambling'] }],
    ['no activity', { activities: [] }],
    ['an unknown region', { action_regions: ['atlantique'] }],
    ['a script as a web site', { website: 'javascript:alert(1)' }],
    ['no date', { published_at: 'hier' }],
  ])('is refused with %s', (_, changes) => {
    expect(() => associationFromRow(row(changes))).toThrow();
  });

  test.each([...RESERVED_SLUGS, '../guide', 'a/b', 'Majuscule', ''])('is refused at « %s »', (slug) => {
    expect(publishedAssociationRow.safeParse(row({ slug })).success).toBe(false);
  });

  test('may have any address but those of the site’s own pages', () => {
    const pages = readdirSync('src/pages/associations')
      .map((name) => name.replace(/\.astro$/, ''))
      .filter((name) => !['index', '[slug]'].includes(name));
    expect(RESERVED_SLUGS).toEqual(expect.arrayContaining(pages));
  });
});

describe('what search engines are told', () => {
  const url = 'https://example.org/associations/amis-de-kara/';

  test('is an organization, with what its page says', () => {
    expect(organizationOf(associationFromRow(row()), url)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Organization',
      name: 'Les amis de Kara',
      url: 'https://www.example.org/amis',
      mainEntityOfPage: url,
      foundingDate: '2009',
      telephone: '+33612345678',
      address: { '@type': 'PostalAddress', addressLocality: 'Lyon', addressCountry: 'FR' },
      areaServed: [{ name: 'Kara, Togo' }],
    });
  });

  test('has nothing that the association did not give', () => {
    const bare = associationFromRow(row({ website: null, public_contact: null, action_regions: [] }));
    const data = organizationOf(bare, url);
    expect(Object.keys(data)).not.toEqual(expect.arrayContaining(['telephone']));
    expect(data).toMatchObject({ url });
    expect(data).not.toHaveProperty('email');
    expect(data).not.toHaveProperty('areaServed');
    expect(organizationOf(associationFromRow(row({ public_contact: 'a@example.org' })), url)).toMatchObject({
      email: 'a@example.org',
    });
  });
});

describe('the directory read at build', () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((done) => (server ? server.close(done) : done(undefined)));
    server = undefined;
  });

  async function answering(body: unknown) {
    server = createServer((_, response) => response.end(JSON.stringify(body)));
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return { SUPABASE_URL: `http://127.0.0.1:${port}`, SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_test' };
  }

  test('is empty without a database', async () => {
    expect((await readPublishedAssociations({})).size).toBe(0);
  });

  test('stops the build on a row it cannot show, and names the association and the field', async () => {
    const env = await answering([row({ slug: 'bon' }), row({ country: 'XX' })]);
    await expect(readPublishedAssociations(env)).rejects.toThrow(
      /L’annuaire des associations n’a pas pu être lu.*association « amis-de-kara », champ « country ».*La construction s’arrête/s,
    );
  });

  test('reads exactly the columns that the view of the real migrations sends', async () => {
    const lite = await startLite({ seed: true, listen: true });
    try {
      const env = { SUPABASE_URL: lite.url, SUPABASE_PUBLISHABLE_KEY: lite.keys.publishable };
      const associations = await readPublishedAssociations(env);
      expect(associations.size).toBeGreaterThan(0);
      expect([...associations.values()].every((one) => one.isExample)).toBe(true);
      const { data } = await lite.anon.from('published_associations').select('*').limit(1);
      expect(Object.keys(data?.[0] ?? {}).sort()).toEqual(Object.keys(publishedAssociationRow.shape).sort());
    } finally {
      await lite.stop();
    }
  }, 120_000);
});
