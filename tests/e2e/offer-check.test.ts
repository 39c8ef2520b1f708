import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { OfferCheck } from '../../src/domain/offer-check/offer-check.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { violationsOn } from '../support/axe.ts';
import { onTheSite, open, watch, type Watched } from '../support/browser.ts';
import { dark, launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { pageAt, weightOf } from '../support/dist.ts';

const ADDRESS = '/migration/verifier-une-offre/';
const { points, verdicts } = parse(readFileSync('content/verifier-une-offre.yml', 'utf8')) as OfferCheck;
/** The harmless answer to every question, by question. */
const HARMLESS = Object.fromEntries(
  points.map(({ id, answers }) => [id, answers.find(({ concern }) => concern === 'rien')?.id ?? '']),
);
const WORRYING = { argent: 'avant', recruteur: 'agence', passeport: 'patron' };

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
});
afterEach(async () => {
  expect(watched.problems).toEqual([]);
  await context.close();
});

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
const box = (tab: Page, point: string, answer: string) =>
  tab.locator(`#question-${point} input[value="${answer}"]`);
const verdict = () => page.locator('.offer-verdict h3:visible').allInnerTexts();
const list = async (group: string) => spaced(await page.locator(`[data-group="${group}"]`).innerText());

async function answer(tab: Page, answers: Record<string, string>): Promise<void> {
  for (const [point, chosen] of Object.entries(answers)) await box(tab, point, chosen).check();
}

/** Waits until the page is kept for offline, which happens whether the reader answers or not. */
const kept = () =>
  page.evaluate(async (path) => {
    while (!(await caches.match(path))) await new Promise((resolve) => setTimeout(resolve, 100));
  }, ADDRESS);

describe('answering', () => {
  test('gives reasons, questions to ask and people to call, and asks nothing of any server', async () => {
    await open(page, ADDRESS);
    await kept();
    watched.reset();
    expect(await verdict()).toEqual([]);

    await answer(page, { argent: 'avant' });
    expect(await verdict()).toEqual([verdicts['un-arret'].title]);
    const meaning = page.locator('#question-argent .offer-meaning:visible');
    expect(spaced(await meaning.innerText())).toMatch(/^Doit vous arrêter .*OIT.* À faire : Ne payez pas/u);

    await answer(page, WORRYING);
    expect(await verdict()).toEqual([verdicts['plusieurs-arrets'].title]);
    expect(await list('arreter')).toMatch(/argent \?.*Votre réponse : Oui.*passeport là-bas \?.*À faire :/u);
    expect(await list('eclaircir')).toMatch(/Qui vous propose cette offre \?.*Notre conseil.*À faire :/u);
    expect(await list('sans-reponse')).toMatch(/Qui paie le billet/);
    expect(await page.locator('.offer-state').innerText()).toMatch(/^Il reste \d+\s?questions\.$/);
    expect(await page.getByRole('link', { name: '117' }).count()).toBe(1);

    await answer(page, HARMLESS);
    expect(await verdict()).toEqual([verdicts.rien.title]);
    expect(await page.locator('[data-group="sans-reponse"]').isVisible()).toBe(false);
    await answer(page, { recruteur: 'proche' });
    expect(await verdict()).toEqual([fr(verdicts.eclaircir.title)]);

    await page.waitForTimeout(500);
    expect(watched.requests).toEqual([]);
    expect(new URL(page.url()).pathname + new URL(page.url()).search + new URL(page.url()).hash).toBe(
      ADDRESS,
    );
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).toBe(
      '[{},{}]',
    );
    expect(await context.cookies()).toEqual([]);
  });

  test('is forgotten with one button, and by a reload', async () => {
    await open(page, ADDRESS);
    await answer(page, WORRYING);
    await page.getByRole('button', { name: 'Effacer mes réponses' }).click();
    expect(await page.locator('.offer-point input:checked').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('questions');
    await answer(page, WORRYING);
    await page.reload();
    expect(await page.locator('.offer-point input:checked').count()).toBe(0);
    expect(await verdict()).toEqual([]);
  });

  test('needs only a keyboard, and never sends the page', async () => {
    await open(page, ADDRESS);
    await box(page, 'argent', 'non').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await verdict()).toEqual([verdicts['un-arret'].title]);
    expect(new URL(page.url()).search).toBe('');
  });

  test('works without a network once the page was opened, and leaves no trace of the pages around it', async () => {
    await open(page, ADDRESS);
    await kept();
    await open(page, '/migration/');
    await context.setOffline(true);
    await page.goto(ADDRESS);
    await answer(page, WORRYING);
    expect(await verdict()).toEqual([verdicts['plusieurs-arrets'].title]);
    expect(await page.evaluate(async () => Boolean(await caches.match('/migration/')))).toBe(false);
  });
});

describe('without JavaScript', () => {
  test('the page is a list to read and to print: every answer with what it means, and every verdict', async () => {
    const plain = await withoutJavaScript(browser, onTheSite());
    const tab = await plain.newPage();
    await open(tab, ADDRESS);
    const meanings = points.reduce((sum, { answers }) => sum + answers.length, 0);
    expect(await tab.locator('.offer-meaning:visible').count()).toBe(meanings);
    expect(await tab.locator('.offer-verdict:visible').count()).toBe(Object.keys(verdicts).length);
    expect(await tab.locator('.offer-check').getByRole('button').count()).toBe(0);
    await tab.emulateMedia({ media: 'print' });
    expect(await tab.locator('.offer-meaning:visible').count()).toBe(meanings);
    await plain.close();
  });
});

describe('for everyone', () => {
  test.each([
    ['nothing', {}],
    ['worrying answers', WORRYING],
    ['harmless answers', HARMLESS],
  ])('axe has nothing to say after %s, by day and by night', async (_what, answers) => {
    await open(page, ADDRESS);
    await answer(page, answers);
    expect(await violationsOn(page)).toEqual([]);
    const night = await dark(browser, onTheSite());
    const tab = await night.newPage();
    await open(tab, ADDRESS);
    await answer(tab, answers);
    expect(await violationsOn(tab)).toEqual([]);
    await night.close();
  });

  test('nothing is wider than a screen of 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, ADDRESS);
    await answer(page, WORRYING);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  test('on paper there is the result and its reasons; before any answer, the list of questions', async () => {
    await open(page, ADDRESS);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.offer-meaning:visible').count()).toBeGreaterThan(40);
    await page.emulateMedia({ media: 'screen' });
    await answer(page, WORRYING);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.offer-questions').isVisible()).toBe(false);
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    expect(await list('arreter')).toContain('À faire');
  });

  test('the page weighs at most 30 kB, of which 3 kB of scripts', () => {
    const { html, css, scripts, inline, favicon, requests } = weightOf(pageAt(ADDRESS));
    expect(html + css + scripts + favicon).toBeLessThanOrEqual(30_000);
    expect(scripts + inline).toBeLessThanOrEqual(3_000);
    expect(requests).toBeLessThanOrEqual(6);
  });
});
