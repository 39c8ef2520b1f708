import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RESERVED_SLUGS } from '../../src/domain/projects/project.ts';
import { onTheSite, open } from '../support/browser.ts';
import { desktop, launchChromium, withoutJavaScript } from '../support/chromium.ts';
import { everyPage } from './kinds-of-pages.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  context = await withoutJavaScript(browser, onTheSite());
  page = await context.newPage();
});
afterAll(() => browser.close());

const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

describe('without JavaScript', () => {
  test.each(['/', '/guide/passeport/', '/inscription/', '/projets/'])(
    'the colours of %s follow the device, and no button promises what it cannot do',
    async (address) => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await open(page, address);
      expect(await background()).toBe('rgb(16, 22, 19)');
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await background()).toBe('rgb(251, 248, 243)');
      expect(await page.locator('button.mode').filter({ visible: true }).count()).toBe(0);
    },
  );

  test('the catalogue is browsed by region, then by sector, down to a project, and back', async () => {
    await open(page, '/projets/');
    const regions = page.getByRole('navigation', { name: 'Par région' });
    const sectors = page.getByRole('navigation', { name: 'Par secteur' });
    expect(await regions.getByRole('link').count()).toBeGreaterThan(1);
    expect(await sectors.getByRole('link').count()).toBeGreaterThan(1);

    await regions.getByRole('link', { name: /^Savanes/ }).click();
    await page.waitForURL('**/projets/region/savanes/');
    expect(await page.locator('h1').innerText()).toBe('Projets dans la région Savanes');
    await sectors.getByRole('link', { name: /^Eau et assainissement/ }).click();
    await page.waitForURL('**/projets/secteur/eau/');
    await page.locator('article a[href="/projets/exemple-forage-tone/"]').click();
    await page.waitForURL('**/projets/exemple-forage-tone/');
    expect(await page.locator('main').innerText()).toMatch(/exemple/i);
    await page.getByRole('navigation', { name: 'D’autres projets' }).getByText('Tous les projets').click();
    await page.waitForURL('**/projets/');
  });

  test('every project is in the page of its region, in the page of its sector and in the whole list', async () => {
    const all = (await everyPage()).filter(
      (address) =>
        /^\/projets\/[a-z0-9-]+\/$/.test(address) && !RESERVED_SLUGS.includes(address.split('/')[2] ?? ''),
    );
    expect(all.length).toBeGreaterThanOrEqual(8);
    /** The projects of a list, page after page. */
    const linksOf = async (address: string): Promise<string[]> => {
      await open(page, address);
      const found = await page
        .locator('article a')
        .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
      const next = page.getByRole('link', { name: 'Page suivante' });
      if ((await next.count()) === 0) return found;
      return [...found, ...(await linksOf((await next.getAttribute('href')) ?? ''))];
    };
    expect((await linksOf('/projets/')).sort()).toEqual([...all].sort());
    for (const kind of ['region', 'secteur']) {
      await open(page, '/projets/');
      const facets = await page.locator(`nav a[href^="/projets/${kind}/"]`).evaluateAll((links) =>
        links.map((link) => ({
          address: link.getAttribute('href') ?? '',
          count: Number(link.querySelector('.count')?.textContent),
        })),
      );
      const found: string[] = [];
      for (const { address, count } of facets) {
        const links = await linksOf(address);
        expect(links, address).toHaveLength(count);
        found.push(...links);
      }
      expect(found.sort(), kind).toEqual([...all].sort());
    }
  });

  test('on a telephone « Rubriques » leads to the whole menu, and « Urgence » is one tap away from everywhere', async () => {
    for (const address of ['/', '/guide/passeport/', '/projets/', '/inscription/']) {
      await open(page, address);
      const bar = page.getByRole('navigation', { name: 'Raccourcis' });
      await bar.getByRole('link', { name: 'Rubriques' }).click();
      const menu = page.getByRole('navigation', { name: 'Toutes les rubriques' });
      await expect
        .poll(
          () =>
            menu
              .getByRole('link')
              .first()
              .evaluate((link) => {
                const { top, bottom } = link.getBoundingClientRect();
                return top >= 0 && bottom <= innerHeight;
              }),
          { timeout: 5000 },
        )
        .toBe(true);
      const links = await menu
        .getByRole('link')
        .evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
      expect(links).toEqual(
        expect.arrayContaining([
          '/guide/',
          '/projets/',
          '/inscription/',
          '/projets/proposer/',
          '/guide/urgence/',
          '/recherche/',
        ]),
      );
      await bar.getByRole('link', { name: 'Urgence' }).click();
      await page.waitForURL('**/guide/urgence/');
    }
  });

  test('on a computer the menu at the top leads to every rubric and says where one is', async () => {
    const wide = await desktop(browser, onTheSite({ javaScriptEnabled: false }));
    const reader = await wide.newPage();
    await open(reader, '/guide/passeport/');
    const menu = reader.getByRole('navigation', { name: 'Menu principal' });
    expect(await menu.locator('[aria-current]').innerText()).toBe('Guide');
    await menu.getByRole('link', { name: 'Projets' }).click();
    await reader.waitForURL('**/projets/');
    expect(await menu.locator('[aria-current=page]').innerText()).toBe('Projets');
    await menu.getByRole('link', { name: 'Urgence' }).click();
    await reader.waitForURL('**/guide/urgence/');
    await wide.close();
  });

  test('« Sur cette page » opens, and the boxes of a list of documents can be ticked', async () => {
    await open(page, '/guide/passeport/');
    await page.getByText('Sur cette page').click();
    await page.locator('details.contents a').first().click();
    expect(new URL(page.url()).hash).not.toBe('');
    const box = page.locator('.ticks input').first();
    await box.check();
    expect(await box.isChecked()).toBe(true);
  });
});
