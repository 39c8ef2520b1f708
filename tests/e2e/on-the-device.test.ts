import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { onTheSite, open, watch, type Watched } from '../support/browser.ts';
import { dark, desktop, launchChromium, phone } from '../support/chromium.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(() => context.close());

async function start(make: typeof phone) {
  context = await make(browser, onTheSite());
  watched = await watch(context);
  page = await context.newPage();
}

const isDark = () =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor === 'rgb(16, 22, 19)');

describe('the theme', () => {
  test.each([
    ['a light telephone', phone, false],
    ['a light computer', desktop, false],
    ['a dark telephone', dark, true],
  ] as const)(
    'chosen on %s is kept from page to page, and the button says what it will do',
    async (_name, make, darkDevice) => {
      await start(make);
      await open(page, '/');
      expect(await isDark()).toBe(darkDevice);
      const button = page.locator('button.mode').filter({ visible: true }).first();
      expect(await button.innerText()).toBe(darkDevice ? 'Thème clair' : 'Thème sombre');
      await button.click();
      expect(await isDark()).toBe(!darkDevice);
      expect(await button.innerText()).toBe(darkDevice ? 'Thème sombre' : 'Thème clair');
      for (const address of [
        '/guide/passeport/',
        '/projets/',
        '/inscription/',
        '/cette-page-n-existe-pas/',
      ]) {
        await open(page, address);
        expect(await isDark(), address).toBe(!darkDevice);
      }
      await button.click();
      await open(page, '/');
      expect(await isDark()).toBe(darkDevice);
    },
  );

  test('without a choice, the page follows the device when it changes, and nothing is kept', async () => {
    await start(phone);
    await open(page, '/');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await isDark()).toBe(true);
    await expect.poll(() => page.locator('footer button.mode').innerText()).toBe('Thème clair');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });
});

describe('a list of documents', () => {
  test('keeps its ticks on the device after a reload, and ticking asks nothing of any server', async () => {
    await start(phone);
    await open(page, '/guide/passeport/');
    await page.waitForLoadState('networkidle');
    watched.reset();
    const boxes = page.locator('.ticks input');
    await boxes.nth(0).check();
    await boxes.nth(3).check();
    await boxes.nth(4).check();
    await boxes.nth(4).uncheck();
    expect(watched.requests).toEqual([]);
    await page.reload();
    const ticked = await boxes.evaluateAll((all) =>
      all.flatMap((box, at) => ((box as HTMLInputElement).checked ? at : [])),
    );
    expect(ticked).toEqual([0, 3]);
    // Another list is another list.
    await open(page, '/guide/casier-judiciaire/');
    expect(await page.locator('.ticks input:checked').count()).toBe(0);
    expect(watched.problems).toEqual([]);
    // Another device knows nothing of it.
    const other = await phone(browser, onTheSite());
    const elsewhere = await other.newPage();
    await open(elsewhere, '/guide/passeport/');
    expect(await elsewhere.locator('.ticks input:checked').count()).toBe(0);
    await other.close();
  });

  test('answers to its words as well as to its box, and each box has a name', async () => {
    await start(phone);
    await open(page, '/guide/passeport/');
    const first = page.locator('.ticks label').first();
    await first.locator('span').click();
    expect(await first.locator('input').isChecked()).toBe(true);
    const names = await page
      .locator('.ticks label')
      .evaluateAll((labels) => labels.map((label) => label.textContent.trim()));
    expect(names.length).toBeGreaterThan(5);
    expect(names).not.toContain('');
  });
});

describe('a page of the guide', () => {
  test('« Sur cette page » leads to every part it names, each in sight', async () => {
    await start(phone);
    await open(page, '/guide/passeport/');
    const contents = page.locator('details.contents');
    expect(await contents.locator('a').first().isVisible()).toBe(false);
    await contents.locator('summary').press('Enter');
    const targets = await contents
      .locator('a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(targets.length).toBeGreaterThan(2);
    expect(targets).toEqual(expect.arrayContaining(['#documents', '#sources']));
    for (const target of targets) {
      await contents.locator(`a[href="${target}"]`).click();
      await expect.poll(() => inSight(target), { timeout: 5000, message: target }).toBe(true);
    }
  });

  test('each citation leads to the source of its number, in sight, named, dated and linked', async () => {
    await start(phone);
    await open(page, '/guide/passeport/');
    const citations = await page
      .locator('main a[href^="#source-"]')
      .evaluateAll((links) =>
        links.map((link) => [link.textContent.trim(), link.getAttribute('href') ?? '']),
      );
    expect(citations.length).toBeGreaterThan(5);
    for (const [number, target] of citations) expect(target).toBe(`#source-${number ?? ''}`);
    // Numbers run from 1 without a hole, in the order in which they are first met.
    const met = [...new Set(citations.map(([number]) => Number(number)))];
    expect(met).toEqual(met.map((_, index) => index + 1));
    expect(await page.locator('.sources li').count()).toBe(met.length);
    for (const target of new Set(citations.map(([, one]) => one ?? ''))) {
      await page.locator(`main a[href="${target}"]`).first().click();
      await expect.poll(() => inSight(target), { timeout: 5000, message: target }).toBe(true);
      const source = page.locator(target);
      expect(await source.locator('a').first().getAttribute('href')).toMatch(/^https?:\/\//);
      expect(await source.innerText()).toMatch(/.+, .+, .+\(.+\)/s);
    }
  });

  test('says how sure it is of each fact, and that no service has confirmed it yet', async () => {
    await start(phone);
    await open(page, '/guide/passeport/');
    const brief = page.locator('.brief');
    expect(await brief.locator('dt').allInnerTexts()).toEqual(
      expect.arrayContaining(['Coût', 'Délai', 'Validité']),
    );
    expect(await page.locator('.trust').count()).toBeGreaterThan(5);
    for (const words of await page.locator('.trust').allInnerTexts())
      expect(words).toMatch(/source|information|vérifié|récit|presse|officiel/i);
    expect(await page.locator('main').innerText()).toMatch(/confirmé/);
    expect(await page.locator('main').innerText()).toContain('Non trouvé.');
  });
});

function inSight(target: string): Promise<boolean> {
  return page.evaluate((hash) => {
    const element = document.querySelector(hash);
    const bar = document.querySelector('.thumb')?.getBoundingClientRect().top ?? innerHeight;
    if (!element) return false;
    const { top, height } = element.getBoundingClientRect();
    return decodeURIComponent(location.hash) === hash && height > 0 && top >= -1 && top < bar;
  }, target);
}
