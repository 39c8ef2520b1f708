import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOn } from '../support/axe.ts';
import { onTheSite, watch } from '../support/browser.ts';
import { launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('criteria are combined at once, kept in the address, undone by « back », and cost nothing to others', async () => {
  const context = await phone(browser, onTheSite());
  const watched = await watch(context);
  const page = await context.newPage();
  const asked = () => watched.requests.filter((address) => /combin|pagefind/.test(address));
  const found = page.locator('[data-found]');
  const cards = page.locator('.combined article a');
  const whole = page.locator('[data-whole-list] article');

  await page.goto('/projets/', { waitUntil: 'networkidle' });
  expect(asked().filter((address) => !address.includes('CombineBox'))).toEqual([]);
  const all = await whole.count();
  expect(await page.getByLabel('Secteur', { exact: true }).isVisible()).toBe(false);

  await page.getByText('Combiner plusieurs critères').click();
  await expect.poll(() => asked().filter((address) => address.endsWith('/combiner.json')).length).toBe(1);
  await page.getByLabel('Région', { exact: true }).selectOption('savanes');
  await expect.poll(() => found.textContent()).toMatch(/projets?\s: Savanes$/u);
  const inSavanes = await cards.count();
  expect(new URL(page.url()).search).toBe('?region=savanes');
  expect(await whole.first().isVisible()).toBe(false);
  expect(await found.getAttribute('role')).toBe('status');

  await page.getByLabel('Secteur', { exact: true }).selectOption('eau');
  await expect.poll(() => new URL(page.url()).search).toBe('?secteur=eau&region=savanes');
  expect(await found.textContent()).toMatch(/: Eau et assainissement, Savanes$/u);
  expect(await cards.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toContain(
    '/projets/exemple-forage-tone/',
  );
  expect(await violationsOn(page)).toEqual([]);

  await page.goBack();
  await expect.poll(() => cards.count()).toBe(inSavanes);
  expect(await page.getByLabel('Secteur', { exact: true }).inputValue()).toBe('');
  await page.goForward();

  // Nothing in the north is about schools: what to give up is said, and giving it up is one press away.
  await page.getByLabel('Secteur', { exact: true }).selectOption('ecole');
  await expect.poll(() => found.textContent()).toMatch(/^Aucun projet/u);
  expect(await page.getByRole('button', { name: 'Voir plus de projets' }).isVisible()).toBe(false);
  await page.getByRole('button', { name: /^Sans « École et enseignement »/u }).click();
  await expect.poll(() => cards.count()).toBe(inSavanes);

  await page.getByRole('button', { name: 'Tout effacer' }).click();
  await expect.poll(() => whole.first().isVisible()).toBe(true);
  expect(await whole.count()).toBe(all);
  expect(new URL(page.url()).search).toBe('');

  // The address alone, as somebody else receives it.
  const shared = await context.newPage();
  await shared.goto('/projets/?secteur=eau&region=savanes');
  await expect
    .poll(() => shared.locator('[data-found]').textContent())
    .toMatch(/Eau et assainissement, Savanes$/u);
  expect(watched.problems).toEqual([]);
  await context.close();
});

test('when its file does not come, the box says so and the lists stay', async () => {
  const context = await phone(browser, onTheSite());
  const page = await context.newPage();
  await page.route('**/combiner.json', (route) => route.abort());
  await page.goto('/projets/');
  await page.getByText('Combiner plusieurs critères').click();
  await page.getByText('Les projets n’ont pas pu se charger.').waitFor();
  expect(await page.locator('[data-whole-list] article').first().isVisible()).toBe(true);
  await context.close();
});

test('a search from the catalogue finds projects only', async () => {
  const context = await phone(browser, onTheSite());
  const page = await context.newPage();
  const addresses = () =>
    page
      .locator('.search-results li a')
      .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  await page.goto('/recherche/?q=forage&genre=projet');
  await page.locator('.search-results li').first().waitFor();
  for (const address of await addresses()) expect(address).toMatch(/^\/projets\/[a-z0-9-]+\/$/u);
  expect(await page.getByLabel('Seulement les projets').isChecked()).toBe(true);
  await context.close();
});

test('without JavaScript no box promises what it cannot do, and shared choices lead to the lists', async () => {
  const context = await withoutJavaScript(browser, onTheSite());
  const page = await context.newPage();
  await page.goto('/projets/?secteur=eau');
  expect(await page.getByText('Combiner plusieurs critères').isVisible()).toBe(false);
  expect(await page.locator('noscript').allTextContents()).toContainEqual(
    expect.stringContaining('il faut JavaScript'),
  );
  await page.getByText('Par préfecture').click();
  await page.getByRole('link', { name: /^Tône/u }).click();
  await page.waitForURL('**/projets/prefecture/tone/');
  await page.getByRole('link', { name: /^De l’argent/u }).click();
  await page.waitForURL('**/projets/besoin/argent/');
  await context.close();
});
