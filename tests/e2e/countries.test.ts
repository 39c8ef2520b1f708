import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';

const { baseUrl } = inject('server');
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('a country is two taps from the home page, without JavaScript', async () => {
  const context = await withoutJavaScript(browser);
  const page = await context.newPage();
  await page.goto(baseUrl);
  await page.locator('main a[href="/pays/"]').first().click();
  await page.locator('a[href="/pays/ga/"]').first().click();
  await page.waitForURL('**/pays/ga/');
  expect(await page.locator('h1').textContent()).toBe('Gabon');
  await context.close();
});

test('a country is found as it is typed, with or without accents', async () => {
  const context = await phone(browser);
  const page = await context.newPage();
  await page.goto(`${baseUrl}/pays/`);
  for (const typed of ['allem', 'ALLEM', 'etats-unis', 'états unis', 'cote d ivoire']) {
    await page.locator('#pays').fill(typed);
    expect(await page.locator('.country-letter li:not([hidden])').count(), typed).toBe(1);
  }
  await page.locator('#pays').fill('zzz');
  expect(await page.locator('country-search p').textContent()).toContain('Aucun pays');
  await context.close();
});

test('a country page opened once opens again without a network, and so does the list', async () => {
  const context = await phone(browser);
  const page = await context.newPage();
  for (const address of ['/pays/', '/pays/fr/']) {
    await page.goto(baseUrl + address);
    await page.evaluate(async (path) => {
      while (!(await caches.match(path))) await new Promise((resolve) => setTimeout(resolve, 100));
    }, address);
  }
  await context.setOffline(true);
  await page.goto(`${baseUrl}/pays/fr/`);
  expect(await page.locator('h1').textContent()).toBe('France');
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(
    'rgba(0, 0, 0, 0)',
  );
  await page.goto(`${baseUrl}/pays/`);
  await page.locator('#pays').fill('gabon');
  expect(await page.locator('.country-letter li:not([hidden])').count()).toBe(1);
  await context.close();
});
