import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { violationsOn } from '../support/axe.ts';
import { onTheSite, open, watch, type Watched } from '../support/browser.ts';
import { dark, launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { pageAt, weightOf } from '../support/dist.ts';

const ADDRESS = '/projets/financer/';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  context = await phone(browser, onTheSite());
  watched = await watch(context);
  page = await context.newPage();
  await page.clock.setFixedTime(new Date('2026-11-22T10:00:00Z'));
});
afterEach(async () => {
  expect(watched.problems).toEqual([]);
  await context.close();
});

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
const group = (verdict: string) => page.locator(`[data-verdict=${verdict}]`);
const card = (id: string) => page.locator(`article#${id}`);
const said = async (id: string) => spaced(await card(id).locator('.found').innerText());
const row = async (id: string) => spaced(await page.locator(`[data-row=${id}] td`).innerText());

async function answer(tab: Page): Promise<void> {
  await tab.getByLabel('Qui demande ?').selectOption({ label: 'Une association' });
  await tab.getByLabel('Où vivez-vous ?').selectOption({ label: 'En France' });
  await tab.getByLabel('De quoi s’agit-il ?').selectOption({ label: 'Eau et assainissement' });
  await tab.getByLabel('Combien coûte le projet').fill('10 000 000');
  await tab.getByLabel('Combien avez-vous déjà réuni ?').fill('2 000 000');
  await tab.getByLabel('La localité et un partenaire').selectOption({ label: 'Oui, elle est d’accord' });
}

test('answers sort the sources of funding with reasons, fill in the plan, and leave nothing behind', async () => {
  await page.goto(ADDRESS, { waitUntil: 'networkidle' });
  const cards = await page.locator('.funding').count();
  expect(cards).toBeGreaterThanOrEqual(8);
  expect(await page.locator('.fund-group:visible').count()).toBe(0);
  watched.reset();
  await answer(page);

  expect(await page.locator('.fund-group:visible .funding').count()).toBe(cards);
  expect(await group('manque').locator('#la-guilde-microprojets').count()).toBe(1);
  expect(await said('la-guilde-microprojets')).toMatch(
    /Encore 500 000 F CFA\. Source institutionnelle, 2026\./u,
  );
  expect(await said('la-guilde-microprojets')).toContain('À préciser : Où en est le projet.');
  expect(await group('clos').locator('#pra-osim-microprojets').count()).toBe(1);
  expect(await said('meet-africa-2')).toMatch(/^Un projet au Togo n’est pas accepté\. Information ancienne/u);
  expect(spaced(await page.locator('.fund-state').innerText())).toMatch(/Il manque quelque chose : \d+/u);

  expect(await row('rest')).toBe('8 000 000 F CFA, soit 80 %');
  await page.getByLabel('Pour quel dispositif ?').selectOption({ label: 'PRA/OSIM, les microprojets' });
  expect(await row('aid')).toBe('7 000 000 F CFA, soit 70 %');
  expect(await row('rest')).toBe('1 000 000 F CFA, soit 10 %');
  expect(await page.locator('.fund-asked').innerText()).toContain('opérateur d’appui');

  await page.getByLabel('Combien avez-vous déjà réuni ?').fill('beaucoup');
  await page.getByLabel('Où, au Togo ?').focus();
  expect(spaced(await page.getByRole('alert').filter({ hasText: /./ }).innerText())).toBe(
    'Écrivez une somme en chiffres, sans virgule, comme 1 500 000.',
  );

  expect(watched.requests.filter((path) => path !== '/favicon.svg')).toEqual([]);
  expect(new URL(page.url()).hash).toBe('');
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  await page.getByRole('button', { name: 'Effacer mes réponses' }).click();
  expect(await page.locator('.fund-group:visible, .found:visible').count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('questions');
  await answer(page);
  await page.reload();
  expect(await page.getByLabel('Qui demande ?').inputValue()).toBe('');
});

test('on paper there is the plan to fill in, and nothing else', async () => {
  await open(page, ADDRESS);
  await answer(page);
  await page.evaluate(() => {
    window.print = () =>
      document.body.setAttribute(
        'data-printed',
        document.querySelector('.fund')?.getAttribute('data-paper') ?? '',
      );
  });
  await page.getByRole('button', { name: 'Imprimer le plan du dossier' }).click();
  expect(await page.locator('body').getAttribute('data-printed')).toBe('outline');
  await page.locator('.fund').evaluate((main) => main.setAttribute('data-paper', 'outline'));
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.fund > :visible').count()).toBe(1);
  expect(await page.getByRole('heading', { name: 'Le budget, et qui paie quoi' }).isVisible()).toBe(true);
});

test('without JavaScript every source of funding is there with its conditions, and no control that does nothing', async () => {
  const plain = await withoutJavaScript(browser, onTheSite());
  const tab = await plain.newPage();
  await open(tab, ADDRESS);
  expect(await tab.locator('.funding:visible').count()).toBeGreaterThanOrEqual(8);
  expect(await tab.locator('article#pra-osim-microprojets dd:visible').count()).toBeGreaterThanOrEqual(6);
  expect(await tab.locator('main').locator('select:visible, input:visible, button:visible').count()).toBe(0);
  await tab.getByRole('link', { name: 'WIDU.africa' }).click();
  expect(await tab.locator('.sources li').count()).toBeGreaterThanOrEqual(3);
  await plain.close();
});

test('it suits everyone: no violation by day or by night, no wider than 320 pixels, at most 30 kB', async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, ADDRESS);
  await answer(page);
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  const night = await dark(browser, onTheSite());
  const tab = await night.newPage();
  await open(tab, ADDRESS);
  await answer(tab);
  expect(await violationsOn(tab)).toEqual([]);
  await night.close();

  const { html, css, scripts, inline, favicon, requests } = weightOf(pageAt(ADDRESS));
  expect(html + css + scripts + favicon).toBeLessThanOrEqual(30_000);
  expect(scripts + inline).toBeLessThanOrEqual(6_000);
  expect(requests).toBeLessThanOrEqual(6);
});
