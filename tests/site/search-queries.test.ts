// What people type, played in a browser through the site's own search. Prints the rank of each query's page.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { launchChromium, phone } from '../support/chromium.ts';
import { brotliSize, DIST, distPages, ROOT } from '../support/dist.ts';

interface Query {
  list: string;
  words: string;
  wanted: string[];
}

/** What `src/scripts/search.ts` offers to this test. */
interface SearchBox extends HTMLElement {
  find(query: string): Promise<{ found: { data(): Promise<{ url: string }> }[] }>;
}

const lists = parse(readFileSync(path.join(ROOT, 'tests/site/queries.yml'), 'utf8')) as Record<
  string,
  [string, string[]][]
>;
const queries = Object.entries(lists).flatMap(([list, entries]) =>
  entries.map(([words, pages]): Query => ({ list, words, wanted: pages.map(addressOf) })),
);

/** « passeport » is a page of the guide, « pays/gh » any other, « /inscription/ » an address. */
function addressOf(page: string): string {
  if (page.startsWith('/')) return page;
  return page.includes('/') ? `/${page}/` : `/guide/${page}/`;
}

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  const context = await phone(browser, { baseURL: inject('server').baseUrl });
  page = await context.newPage();
  await page.goto('/');
  await page.evaluate(() => customElements.whenDefined('search-box').then(() => undefined));
});
afterAll(() => browser.close());

/** The addresses of the first ten pages found. */
function search(words: string): Promise<string[]> {
  return page.evaluate(async (query) => {
    const box = document.querySelector<SearchBox>('search-box');
    const { found } = (await box?.find(query)) ?? { found: [] };
    const first = await Promise.all(found.slice(0, 10).map((result) => result.data()));
    return first.map(({ url }) => url);
  }, words);
}

test('the list is long enough, without repeats, and its pages exist', () => {
  expect(queries.length).toBeGreaterThanOrEqual(130);
  expect(queries.filter(({ list }) => list === 'fautes').length).toBeGreaterThanOrEqual(40);
  expect(new Set(queries.map(({ words }) => words)).size).toBe(queries.length);
  const addresses = new Set(distPages().map(({ address }) => address));
  const missing = queries.flatMap(({ words, wanted }) =>
    wanted.filter((address) => !addresses.has(address)).map((address) => `${words} → ${address}`),
  );
  expect(missing).toEqual([]);
});

test('95 % of what people type finds its page among the first three', { timeout: 180_000 }, async () => {
  const ranks: { list: string; words: string; rank: number; first: string | undefined }[] = [];
  for (const { list, words, wanted } of queries) {
    const found = await search(words);
    ranks.push({
      list,
      words,
      rank: found.findIndex((address) => wanted.includes(address)) + 1,
      first: found[0],
    });
  }
  const lines = ranks.map(
    ({ words, rank, first }) =>
      `${String(rank || '–').padStart(2)}  ${words}${rank === 1 ? '' : `  (d’abord ${first ?? 'rien'})`}`,
  );
  const good = ranks.filter(({ rank }) => rank > 0 && rank <= 3);
  const first = ranks.filter(({ rank }) => rank === 1).length;
  console.log(
    `Rang de la page attendue\n${lines.join('\n')}\n\n${queries.length} recherches : ${first} en tête, ${good.length} dans les trois premières`,
  );
  for (const list of Object.keys(lists)) {
    const share = good.filter((one) => one.list === list).length / (lists[list]?.length ?? 0);
    expect(share, `the list « ${list} »`).toBeGreaterThanOrEqual(0.95);
  }
});

describe('when words are wrong', () => {
  test('it says what it looked for instead', async () => {
    await page.locator('#q').fill('natinalité');
    await page
      .locator('.search-results > p', { hasText: /trouvées pour «\u00a0nationalité\u00a0»\.$/ })
      .waitFor();
  });

  test('it proposes words that exist when nothing is found, and they find something', async () => {
    await page.locator('#q').fill('xanpassportq');
    const none = page.locator('.search-results > p', { hasText: 'Aucun résultat' });
    await none.waitFor();
    expect(await none.innerText()).toMatch(/Vouliez-vous dire .+\u00a0\?$/);
    const words = await none.locator('a').allInnerTexts();
    expect(words).toContain('passeport');
    for (const word of words) expect((await search(word)).length, word).toBeGreaterThan(0);
    expect(await page.locator('.search-results').innerText()).toContain('Toutes les pages, de A à Z');
  });

  test('the words it knows weigh at most 3 kB', () => {
    expect(brotliSize(readFileSync(path.join(DIST, 'recherche-mots.json'), 'utf8'))).toBeLessThanOrEqual(
      3000,
    );
  });
});

test('a word is found behind an elision, and results keep their apostrophes', async () => {
  expect((await search('école')).slice(0, 3).some((address) => address.startsWith('/guide/ecole-'))).toBe(
    true,
  );
  await page.locator('#q').fill('école des enfants');
  const titles = page.locator('.search-results li a');
  await titles.first().waitFor();
  const shown = await page.locator('.search-results ol').innerText();
  expect(shown).toMatch(/L’école/);
  expect(shown).not.toMatch(/\p{L}'\p{L}/u);
});
