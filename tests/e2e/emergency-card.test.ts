// An emergency card in the hands of somebody in trouble: found in two taps, printed, opened without a network, left fast.
import { inject } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { COLOURS, violationsOn } from '../support/axe.ts';
import { onTheSite, open, watch } from '../support/browser.ts';
import { launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { everyPage } from './kinds-of-pages.ts';

const LIST = '/migration/carte-urgence/';
const CARD = '/migration/carte-urgence/kw/';

let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(() => context.close());

async function start(make: typeof phone) {
  context = await make(browser, onTheSite());
  page = await context.newPage();
}

test('without JavaScript, the card of one’s country is two taps from a page for people in trouble', async () => {
  await start(withoutJavaScript);
  await open(page, '/migration/golfe-probleme/');
  await page.getByRole('link', { name: 'Votre carte d’urgence', exact: true }).click();
  await page.getByRole('link', { name: 'Koweït', exact: true }).click();
  await page.waitForURL(`**${CARD}`);
  expect(await page.locator('h1').innerText()).toContain('Koweït');
  expect(await page.locator('.phrase-ar').first().isVisible()).toBe(true);
  expect(await page.getByText('Ce navigateur ne peut pas garder la carte').isVisible()).toBe(true);
  expect(await page.getByText('Restez quelques secondes').isVisible()).toBe(false);
  // Nothing that only works with the script is shown.
  expect(await page.locator('main button').filter({ visible: true }).count()).toBe(0);
});

describe('on paper', () => {
  /** A6 in points, and what the browser adds in rounding. */
  const A6 = { width: 298, height: 420 };

  test('every card holds on the two faces of one A6 sheet', async () => {
    await start(withoutJavaScript);
    const wrong: string[] = [];
    const addresses = (await everyPage()).filter((one) => one.startsWith(LIST) && one !== LIST);
    expect(addresses.length).toBeGreaterThan(25);
    for (const address of addresses) {
      await open(page, address);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const faces = pdf.match(/\/Type \/Page\b/gu)?.length ?? 0;
      const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/gu)];
      const isA6 = boxes.every(
        ([, width, height]) =>
          Math.abs(Number(width) - A6.width) < 1.5 && Math.abs(Number(height) - A6.height) < 1.5,
      );
      if (faces < 1 || faces > 2 || !isA6) wrong.push(`${address}: ${faces} faces, ${String(boxes[0]?.[0])}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('it is black on white, has the dates of its sources and lines for a pen, and no menu', async () => {
    await start(withoutJavaScript);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await open(page, CARD);
    const words = await page.evaluate(() => document.body.innerText);
    expect(words).toContain('Phrases utiles');
    expect(words).toMatch(/\p{Script=Arabic}/u);
    expect(words).toMatch(/Numéro non testé.*9\sdécembre\s2024/u);
    expect(words).toMatch(/novembre\s2013/u);
    expect(words).toMatch(/Mon nom/u);
    expect(words).toContain('non relue par un locuteur natif');
    expect(words).not.toMatch(
      /Quitter vite|Accueil|Guide des Togolais|Rubriques|Imprimer|historique|urgence/u,
    );
    const colours = await page
      .locator('.phrase-fr, .phrase-ar, .phrase-en')
      .evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).color))]);
    expect(colours).toEqual(['rgb(0, 0, 0)']);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
  });
});

describe('on a telephone', () => {
  const isKept = () => page.evaluate((path) => caches.match(path).then(Boolean), CARD);
  /** In both themes, whatever the page says of what is kept. */
  const violations = async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await violationsOn(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    return [...light, ...(await violationsOn(page, COLOURS))];
  };
  const said = () => page.locator('[data-keep-choice]').innerText();

  test('a card that was opened opens again without a network, and the list before it', async () => {
    await start(phone);
    const watched = await watch(context);
    await open(page, CARD);
    await page.getByText('Cette carte est gardée sur ce téléphone.').waitFor();
    await open(page, LIST);
    await page.evaluate(async (path) => {
      while (!(await caches.match(path))) await new Promise((resolve) => setTimeout(resolve, 100));
    }, LIST);
    expect(watched.problems).toEqual([]);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('link', { name: 'Koweït', exact: true }).click();
    await page.waitForURL(`**${CARD}`);
    expect(await page.locator('.phrase-ar').first().innerText()).toMatch(/\p{Script=Arabic}/u);
    // With its styles.
    expect(await page.locator('.quick-exit').evaluate((bar) => getComputedStyle(bar).position)).toBe(
      'sticky',
    );
  });

  test('its reader takes it off the telephone, where it doesn’t come back by itself, and may put it back', async () => {
    await start(phone);
    await open(page, CARD);
    await page.getByText('Cette carte est gardée sur ce téléphone.').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Retirer de ce téléphone' }).click();
    await page.getByText('Ce site ne garde plus rien sur ce téléphone.').waitFor();
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(
      0,
    );
    const put = page.getByRole('button', { name: 'Garder cette carte sur ce téléphone' });
    expect(await put.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await violations()).toEqual([]);

    // Opened again, on this page or on another that is kept by itself: nothing comes back.
    await page.clock.install();
    for (const address of [CARD, '/pays/kw/']) {
      await open(page, address);
      await page.clock.fastForward(10_000);
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => caches.keys()), address).toEqual([]);
    }
    await open(page, CARD);
    expect(await said()).toContain('Ce site ne garde plus rien');
    await put.click();
    await page.getByText('Cette carte est gardée sur ce téléphone.').waitFor();
    expect(await isKept()).toBe(true);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test('« Quitter vite » empties the page and the tab at once, and « back » does not bring the card back', async () => {
    await start(phone);
    const { baseUrl } = inject('server');
    const asked: (string | undefined)[] = [];
    await context.route('https://fr.wikipedia.org/**', (route) => {
      asked.push(route.request().headers()['referer']);
      return route.fulfill({ contentType: 'text/html', body: '<title>Wikipédia</title>' });
    });
    await open(page, '/');
    await open(page, CARD);
    await page.evaluate(() => sessionStorage.setItem('une-trace', 'oui'));
    await page.getByRole('link', { name: 'Quitter vite' }).click();
    await page.waitForURL('https://fr.wikipedia.org/');
    expect(asked).toEqual([undefined]);
    await page.goBack();
    expect(page.url()).toBe(`${baseUrl}/`);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });
});
