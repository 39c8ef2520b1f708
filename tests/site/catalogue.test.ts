// The lists of the catalogue as readers get them: the demonstration rows, and what editors wrote.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, inject, test } from 'vitest';
import { unpackLines, type PackedLines } from '../../src/domain/projects/combination.ts';
import { SECTOR_SLUGS, SECTORS } from '../../src/domain/vocabularies/projects.ts';
import { PREFECTURES } from '../../src/domain/vocabularies/territories.ts';
import {
  attribute,
  brotliSize,
  DIST,
  distPages,
  elementsOf,
  hasClass,
  pageAt,
  ROOT,
  textOf,
  weightOf,
  type Element,
  type Page,
} from '../support/dist.ts';

const home = pageAt('/projets/');
const projects = distPages().filter(({ html }) => html.includes('data-pagefind-filter="genre:projet"'));
const lists = distPages().filter(
  ({ kind, address }) =>
    kind === 'list' && address.startsWith('/projets/') && address !== '/projets/archives/',
);

const linksOf = (page: Page) => elementsOf(page.document, 'a').map((link) => attribute(link, 'href') ?? '');
const cardsOf = (page: Page) =>
  elementsOf(page.document, 'article')
    .filter((one) => hasClass(one, 'card'))
    .flatMap((card) => elementsOf(card, 'a').map((link) => attribute(link, 'href') ?? ''));
/** The projects of a list, page after page. */
function wholeListOf(page: Page): string[] {
  const [next] = elementsOf(page.document, 'a').filter((link) => attribute(link, 'rel') === 'next');
  return [...cardsOf(page), ...(next ? wholeListOf(pageAt(attribute(next, 'href') ?? '')) : [])];
}
const ways = (page: Page): Element[] =>
  elementsOf(page.document, 'nav')
    .filter((nav) => hasClass(nav, 'facets') || hasClass(nav, 'map'))
    .flatMap((nav) => elementsOf(nav, 'a'));

describe('the lists', () => {
  test('all of them show each project once, whatever the number of pages', () => {
    const whole = wholeListOf(home);
    expect(new Set(whole).size).toBe(whole.length);
    const addresses = new Set(projects.map(({ address }) => address));
    expect(whole.filter((address) => !addresses.has(address))).toEqual([]);
    expect(whole.length).toBeGreaterThanOrEqual(8);
  });

  test('count right: each way in leads to as many projects as it says', () => {
    const counted = [home, pageAt('/projets/region/kara/')].flatMap(ways);
    expect(counted.length).toBeGreaterThan(25);
    const kinds = new Set(counted.map((way) => attribute(way, 'href')?.split('/')[2]));
    expect([...kinds].toSorted()).toEqual(['besoin', 'etape', 'pays', 'prefecture', 'region', 'secteur']);
    for (const way of counted) {
      const [count] = elementsOf(way).filter((one) => hasClass(one, 'count'));
      const target = attribute(way, 'href') ?? '';
      const { length } = wholeListOf(pageAt(target));
      expect({ target, count: Number(textOf(count!)) }).toEqual({ target, count: length });
    }
  });

  test('show their text for 14 kB at most, without any script on those of one criterion', () => {
    const heavy = lists
      .map((page) => ({ address: page.address, weight: weightOf(page) }))
      .filter(({ weight }) => weight.html + weight.css > 14_000);
    expect(heavy).toEqual([]);
    expect(weightOf(pageAt('/projets/secteur/eau/')).scripts).toBe(0);
  });

  test('without a project say so, say what to do, and stay out of search engines', () => {
    const empty = lists.filter((page) => cardsOf(page).length === 0);
    expect(empty.length).toBeGreaterThan(0);
    for (const page of empty) {
      expect(textOf(page.document)).toMatch(/Aucun projet \p{L}+ .* pour le moment\./u);
      expect(linksOf(page)).toEqual(
        expect.arrayContaining(['/projets/proposer/', '/projets/', '/inscription/']),
      );
      expect(page.html).toContain('content="noindex"');
    }
    const full = lists.filter((page) => cardsOf(page).length > 0);
    expect(full.filter((page) => page.html.includes('content="noindex"'))).toEqual([]);
  });

  test('there is one for each prefecture', () => {
    expect(lists.filter(({ address }) => /^\/projets\/prefecture\/[^/]+\/$/u.test(address))).toHaveLength(
      PREFECTURES.length,
    );
  });
});

test('the diagram of the regions says the same thing in words, and that it is not a map', () => {
  const [map] = elementsOf(home.document, 'nav').filter((nav) => hasClass(nav, 'map'));
  const links = elementsOf(map!, 'a');
  expect(links).toHaveLength(5);
  const said = textOf(elementsOf(map!, 'p')[0]!).replace(/\s+/gu, ' ');
  for (const link of links) {
    const [region, count] = elementsOf(link, 'text').map((one) => textOf(one).trim());
    const name = (attribute(link, 'aria-label') ?? '').replace(/\s+/gu, ' ');
    expect(name.startsWith(`${region} ${count} projet`), name).toBe(true);
    expect(said).toContain(`${region}, ${count === '0' ? 'aucun' : count} projet`);
  }
  expect(said).toContain('Un schéma, du nord au sud');
});

test('what combines criteria holds the projects of the lists, in their order', () => {
  const file = readFileSync(path.join(DIST, 'projets/combiner.json'));
  const lines = unpackLines(JSON.parse(file.toString('utf8')) as PackedLines);
  expect(lines.map(({ id }) => `/projets/${id}/`)).toEqual(wholeListOf(home));
  for (const { id, ...line } of lines) {
    const cards = (kind: string, value: string) => wholeListOf(pageAt(`/projets/${kind}/${value}/`));
    for (const kind of ['secteur', 'region', 'prefecture', 'etape', 'pays'] as const) {
      if (line[kind] !== '') expect(cards(kind, line[kind])).toContain(`/projets/${id}/`);
    }
    for (const need of line.besoin.split(' ').filter(Boolean)) {
      expect(cards('besoin', need)).toContain(`/projets/${id}/`);
    }
  }
  expect(brotliSize(file)).toBeLessThanOrEqual(20_000);
});

describe('addresses', () => {
  const { redirects } = parseToml(readFileSync(path.join(ROOT, 'netlify.toml'), 'utf8')) as {
    redirects: { from: string; to: string; status: number }[];
  };

  test.each(['/projets/secteur', '/associations/activite'])(
    'the former ones of %s, in English, lead for ever to those in French',
    (list) => {
      for (const { value } of SECTORS) {
        const [old, now] = [value.replaceAll('_', '-'), SECTOR_SLUGS[value]];
        expect(existsSync(path.join(DIST, list, now, 'index.html')), now).toBe(true);
        if (old === now) continue;
        expect(redirects).toContainEqual({ from: `${list}/${old}/*`, to: `${list}/${now}/`, status: 301 });
      }
    },
  );

  test.each([
    ['/projets/secteur/water/', 301, '/projets/secteur/eau/'],
    [
      '/associations/activite/housing-infrastructure/',
      301,
      '/associations/activite/logement-routes-batiments/',
    ],
    // A list that has shrunk, and a commune that has too few projects by now.
    ['/projets/secteur/eau/99/', 302, '/projets/secteur/eau/'],
    ['/projets/prefecture/kozah/kozah-1/', 302, '/projets/prefecture/kozah/'],
    ['/projets/page/99/', 302, '/projets/'],
    ['/projets/secteur/', 302, '/projets/'],
  ])('%s answers %i to %s', async (from, status, to) => {
    const answer = await fetch(`${inject('server').baseUrl}${from}`, { redirect: 'manual' });
    expect(answer.status).toBe(status);
    expect(new URL(answer.headers.get('location') ?? '', 'http://site').pathname).toBe(to);
  });

  test('a page of a list that exists is served, not redirected', async () => {
    for (const address of [
      '/projets/secteur/eau/',
      '/projets/prefecture/assoli/',
      '/projets/combiner.json',
    ]) {
      const answer = await fetch(`${inject('server').baseUrl}${address}`, { redirect: 'manual' });
      expect(answer.status, address).toBe(200);
    }
  });
});
