import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { onTheSite, open, searchFor, watch, type Watched } from '../support/browser.ts';
import { desktop, launchChromium, withoutJavaScript } from '../support/chromium.ts';

interface Menu {
  sections: { groups?: { pages: string[] }[] }[];
}

let browser: Browser;
let context: BrowserContext;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  context = await desktop(browser, onTheSite());
  watched = await watch(context);
  page = await context.newPage();
});
afterEach(() => context.close());

const ofSearch = () => watched.requests.filter((path) => path.startsWith('/pagefind/'));

/** Title, section and path of each result now shown. */
function results() {
  return page.locator('.search-results ol > li').evaluateAll((items) =>
    items.map((item) => ({
      title: item.querySelector('a')?.textContent ?? '',
      section: item.querySelector('.result-section')?.textContent ?? '',
      path: new URL(item.querySelector('a')?.href ?? '').pathname,
    })),
  );
}

describe('what search costs', () => {
  test.each(['/', '/recherche/', '/cette-page-n-existe-pas/'])(
    'on %s nothing of it is asked before the reader comes to its field',
    async (address) => {
      await page.goto(address, { waitUntil: 'networkidle' });
      await page.mouse.wheel(0, 3000);
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
      expect(ofSearch()).toEqual([]);
      const asked = page.waitForRequest(/\/pagefind\/pagefind\.js/);
      await page.locator('#q').click();
      await asked;
    },
  );
});

describe('by keyboard only', () => {
  test('from the home page, a reader goes to the field, types, goes to the first result and opens it', async () => {
    await open(page, '/');
    const focused = () => page.evaluate(() => document.activeElement?.id);
    for (let presses = 0; (await focused()) !== 'q'; presses++) {
      expect(presses, 'the field is the first control after the header').toBeLessThan(15);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('passeport');
    await page.locator('.search-results li').first().waitFor();
    // The button that sends, then the results.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const [first] = await results();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(first?.title);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${first?.path ?? ''}`);
    expect(first?.path).toMatch(/^\/guide\/passeport/);
    expect(await page.locator('h1').innerText()).toBe(first?.title);
  });

  test('Enter in the field searches without leaving the page, and what is found is announced', async () => {
    await open(page, '/');
    await page.locator('#q').focus();
    await page.keyboard.type('visa');
    await page.keyboard.press('Enter');
    await page.locator('.search-results li').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    const output = page.locator('.search-results');
    expect(await output.getAttribute('aria-live')).toBe('polite');
    expect(await output.locator('p').first().innerText()).toMatch(/^\d+ pages? trouvées?\.$/);
  });

  test('« Voir plus de résultats » adds results after those already read', async () => {
    await open(page, '/');
    await searchFor(page, 'passeport');
    const before = await results();
    await page.getByRole('button', { name: 'Voir plus de résultats' }).press('Enter');
    await expect.poll(async () => (await results()).length).toBeGreaterThan(before.length);
    expect((await results()).slice(0, before.length)).toEqual(before);
  });
});

describe('what is found', () => {
  test.each([
    ['passeport', '/guide/passeport/', 3],
    ['casier judiciaire', '/guide/casier-judiciaire/', 1],
    ['certificat de nationalite', '/guide/certificat-nationalite/', 1],
    ['acte de naissance', '/guide/copies-actes-etat-civil/', 3],
    ['visa', '/guide/evisa-entree-togo/', 3],
    ['voter', '/guide/vote-etranger/', 3],
    ['PASSEPORT', '/guide/passeport/', 3],
  ])('« %s » gives %s among the first %d, and each result names its section', async (words, wanted, rank) => {
    await open(page, '/');
    await searchFor(page, words);
    const found = await results();
    expect(found.slice(0, rank).map(({ path }) => path)).toContain(wanted);
    for (const { title, section } of found) {
      expect(title).not.toBe('');
      expect(section, title).not.toBe('');
    }
    expect(found.find(({ path }) => path === wanted)?.section).toMatch(/^Guide › \p{L}/u);
  });

  test('words found nowhere get a sentence that helps and links that lead somewhere', async () => {
    await open(page, '/');
    await searchFor(page, 'xyzxyzxyz');
    const output = page.locator('.search-results');
    expect(await output.innerText()).toContain('Aucun résultat pour «\u00a0xyzxyzxyz\u00a0»');
    const links = await output
      .locator('a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links.length).toBeGreaterThanOrEqual(2);
    for (const link of links) expect((await context.request.get(link)).status(), link).toBe(200);
  });

  test('words are shown as they are, never as markup', async () => {
    await open(page, '/');
    await searchFor(page, '<img src=x onerror=alert(1)> zzzz');
    expect(await page.locator('.search-results img').count()).toBe(0);
    expect(watched.problems).toEqual([]);
  });

  test('an address with words in it, /recherche/?q=passeport, opens on their results', async () => {
    await open(page, '/recherche/?q=passeport');
    await page.locator('.search-results li').first().waitFor();
    expect(await page.locator('#q').inputValue()).toBe('passeport');
    expect((await results()).map(({ path }) => path)).toContain('/guide/passeport/');
  });

  test('when the search cannot be loaded, it says so and leads to the list of pages', async () => {
    await open(page, '/');
    await context.setOffline(true);
    await page.locator('#q').fill('passeport');
    const output = page.locator('.search-results');
    await output.getByRole('link', { name: 'Toutes les pages, de A à Z' }).waitFor();
    expect(await output.innerText()).toContain('n’a pas pu se charger');
    // Nothing is lost for having failed once.
    await context.setOffline(false);
    await searchFor(page, 'passeport');
    expect((await results()).map(({ path }) => path)).toContain('/guide/passeport/');
  });
});

test('without JavaScript, /recherche/ lists every page of the menu and the forms, and the field of the home page leads there', async () => {
  const plain = await withoutJavaScript(browser, onTheSite());
  const reader = await plain.newPage();
  await open(reader, '/');
  await reader.locator('#q').fill('passeport');
  await reader.getByRole('button', { name: 'Chercher', exact: true }).click();
  await reader.waitForURL('**/recherche/?q=passeport');
  const listed = await reader
    .locator('main ul a')
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  const { sections } = parse(await readFile('content/navigation.yml', 'utf8')) as Menu;
  const menu = sections.flatMap(({ groups = [] }) =>
    groups.flatMap(({ pages }) => pages.map((id) => `/${id}/`)),
  );
  expect(menu.length).toBeGreaterThan(12);
  expect(listed).toEqual(
    expect.arrayContaining([...menu, '/inscription/', '/projets/proposer/', '/projets/']),
  );
  expect(await reader.locator('main').innerText()).toContain('La recherche a besoin de JavaScript');
  await plain.close();
});
