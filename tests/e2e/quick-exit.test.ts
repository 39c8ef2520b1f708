// « Quitter vite »: what a person in danger counts on, tried in the browser.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { retour } from '../../src/domain/forms/retour.ts';
import {
  fillByLabels,
  onTheSite,
  open,
  sendAndBeThanked,
  unique,
  watch,
  type Watched,
} from '../support/browser.ts';
import { desktop, launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { sending } from './answers.ts';

const ELSEWHERE = 'https://fr.wikipedia.org/';
const BEFORE = '/guide/revenir/';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let watched: Watched;
/** What the other site is told of where the person comes from, at each visit. */
let told: (string | undefined)[];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(() => context.close());

async function start(make: typeof phone) {
  context = await make(browser, onTheSite());
  watched = await watch(context);
  page = await context.newPage();
  told = [];
  await context.route(`${ELSEWHERE}**`, async (route) => {
    told.push(route.request().headers()['referer']);
    await route.fulfill({ contentType: 'text/html', body: '<title>Wikipédia</title><p>Accueil</p>' });
  });
}

const exit = () => page.getByRole('link', { name: 'Quitter vite' });

describe('« Quitter vite »', () => {
  test('puts a neutral page in the place of this one: « back » never shows it, and nobody is told where from', async () => {
    await start(phone);
    await open(page, BEFORE);
    await open(page, retour.page);
    await page.getByLabel('Comment vous appeler', { exact: false }).fill('Ami d’Édem');
    expect(watched.problems).toEqual([]);
    await exit().click();
    await page.waitForURL(ELSEWHERE);
    expect(told).toEqual([undefined]);
    expect(await page.evaluate(() => document.referrer)).toBe('');
    expect(context.pages()).toHaveLength(1);
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe(BEFORE);
    await page.goForward();
    expect(page.url()).toBe(ELSEWHERE);
  });

  test('answers to three presses of Escape running, says how many are left, and not to fewer', async () => {
    await start(desktop);
    await open(page, BEFORE);
    await open(page, retour.page);
    for (const key of ['Escape', 'Escape', 'Tab', 'Escape']) await page.keyboard.press(key);
    expect(new URL(page.url()).pathname).toBe(retour.page);
    expect(await page.getByRole('status').first().innerText()).toBe(
      'Encore 2 fois Échap pour quitter cette page.',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.waitForURL(ELSEWHERE);
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe(BEFORE);
  });

  test('forgets the copy of the answers on the thank-you page', async () => {
    await start(phone);
    await open(page, retour.page);
    await fillByLabels(page, retour, sending(retour, unique('vite')).typed);
    await sendAndBeThanked(page, retour);
    await page.locator('[data-copy]').waitFor();
    const thanks = page.url();
    await exit().click();
    await page.waitForURL(ELSEWHERE);
    await open(page, thanks);
    expect(await page.locator('[data-copy]').isVisible()).toBe(false);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test('is a plain link without JavaScript, which tells nobody where from', async () => {
    await start(withoutJavaScript);
    await open(page, retour.page);
    expect(await exit().getAttribute('rel')).toBe('noreferrer noopener');
    await exit().click();
    await page.waitForURL(ELSEWHERE);
    expect(told).toEqual([undefined]);
  });

  test.each([
    ['telephone', phone],
    ['computer', desktop],
  ] as const)(
    'on a %s, stays in sight down to the end of the page, large enough for a thumb',
    async (_, make) => {
      await start(make);
      await open(page, retour.page);
      for (const where of [0, 900, 100_000]) {
        await page.evaluate((top) => {
          scrollTo(0, top);
        }, where);
        const box = await exit().boundingBox();
        expect(box?.height).toBeGreaterThanOrEqual(44);
        expect(box?.width).toBeGreaterThanOrEqual(44);
        expect(box?.y).toBeGreaterThanOrEqual(0);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
      }
    },
  );
});
