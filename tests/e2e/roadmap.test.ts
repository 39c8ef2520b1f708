import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { violationsOn } from '../support/axe.ts';
import { onTheSite, open, watch, type Watched } from '../support/browser.ts';
import { dark, launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { pageAt, weightOf } from '../support/dist.ts';

const ADDRESS = '/guide/ma-feuille-de-route/';
const NOW = new Date('2026-11-22T10:00:00Z');
const RETURN = '#moment=revenir&quand=2027-08&pays=FR&avec=seul';

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
  await page.clock.setFixedTime(NOW);
});
afterEach(async () => {
  expect(watched.problems).toEqual([]);
  await context.close();
});

const fragment = () => page.evaluate(() => decodeURIComponent(location.hash));
const visible = (selector: string) => page.locator(`${selector}:visible`);
const step = (id: string) => page.locator(`[data-step="${id}"]`);
const tick = (id: string) => step(id).getByRole('checkbox');
/** What was asked of the site. A headless browser asks for the icon again whenever the address changes; it says nothing. */
const asked = () => watched.requests.filter((path) => path !== '/favicon.svg');
const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
const summary = async () => spaced(await page.locator('.road-summary').innerText());
const stored = () => page.evaluate(() => JSON.stringify({ ...localStorage }));

/** Headings of the groups now shown, with their dates. */
const headings = async () => (await visible('.road-group h3').allInnerTexts()).map(spaced);

async function answer(moment: string, choices: Record<string, string> = {}): Promise<void> {
  await page.getByRole('radio', { name: moment }).check();
  for (const [question, choice] of Object.entries(choices)) {
    await page.getByLabel(question).selectOption({ label: choice });
  }
}

describe('the journey', () => {
  test('a few answers sort and date the list, at once and without any request', async () => {
    await page.goto(ADDRESS, { waitUntil: 'networkidle' });
    watched.reset();
    expect(await visible('.road').count()).toBe(4);

    await answer('Je rentre au Togo');
    expect(await visible('.road').count()).toBe(1);
    const everything = await visible('.step').count();
    expect(await headings()).toContain('1 an avant');

    await answer('Je rentre au Togo', {
      'D’où rentrez-vous ?': 'France',
      'Qui rentre avec vous ?': 'Personne d’autre',
      'Quand rentrez-vous ?': 'août 2027',
    });
    expect(await fragment()).toBe(RETURN);
    expect(await visible('.step').count()).toBeLessThan(everything);
    expect(await step('revenir-ecole').isVisible()).toBe(false);
    expect(await headings()).toEqual(
      expect.arrayContaining([
        '1 an avant · à faire maintenant',
        '6 mois avant · dès le 1er février 2027',
        '1 semaine avant · dès le 25 juillet 2027',
        'Le jour même · vers le 1er août 2027',
        '1 mois après · vers le 1er septembre 2027',
      ]),
    );
    await page.getByLabel('Qui rentre avec vous ?').selectOption({ label: 'Mes enfants' });
    expect(await step('revenir-ecole').isVisible()).toBe(true);
    expect(await step('revenir-conjoint').isVisible()).toBe(false);

    await tick('revenir-papiers').check();
    expect(await summary()).toMatch(/^France · août 2027 · Mes enfants · \d+ étapes, 1 cochée$/u);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'agenda' }).click();
    await download;
    await page.waitForTimeout(500);
    expect(asked()).toEqual([]);

    // The first request is the one of the link that is followed.
    await step('revenir-retraite').getByRole('link', { name: 'Lire' }).click();
    await page.waitForURL('**/guide/retraite-pension-a-l-etranger/');
    expect(asked()[0]).toBe('/guide/retraite-pension-a-l-etranger/');
  });

  test('the country leads to its own page, and brings its own steps', async () => {
    await open(page, ADDRESS);
    await answer('Je pars du Togo', { 'Où allez-vous ?': 'Maroc' });
    expect(await step('partir-maroc').isVisible()).toBe(true);
    expect(await step('partir-etats-unis').isVisible()).toBe(false);
    const link = step('partir-poste').getByRole('link');
    expect(await link.innerText()).toBe('Le poste du Togo : Maroc');
    expect(await link.getAttribute('href')).toBe('/pays/ma/');
    await page.getByLabel('Où allez-vous ?').selectOption({ label: 'Fidji' });
    expect(await link.getAttribute('href')).toBe('/pays/#sans-poste');
    await page.getByLabel('Où allez-vous ?').selectOption('');
    expect(await link.getAttribute('href')).toBe('/pays/');
  });

  test('an emergency asks what happened, and nothing else', async () => {
    await open(page, ADDRESS);
    await answer('J’ai une urgence', { 'Que se passe-t-il ?': 'Un proche est mort' });
    expect(await headings()).toEqual(['Un proche est mort']);
    expect(await page.getByLabel('Où allez-vous').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'agenda' }).isVisible()).toBe(false);
    expect(await fragment()).toBe('#moment=urgence&cas=deces');
  });

  test('someone in danger leaves no trace of it in the address nor on the device', async () => {
    await open(page, ADDRESS);
    await answer('J’ai une urgence', { 'Que se passe-t-il ?': 'Violences, menaces, travail forcé' });
    await tick('violences-abri').check();
    expect(await headings()).toHaveLength(1);
    expect(await fragment()).toBe('#moment=urgence');
    expect(await stored()).toBe('{}');
    await open(page, '/guide/');
    await open(page, `${ADDRESS}#moment=urgence&cas=violences`);
    expect(await fragment()).toBe('#moment=urgence');
  });
});

describe('what is kept', () => {
  test('the address brings the answers back, in another tab as after a reload', async () => {
    await open(page, `${ADDRESS}${RETURN}`);
    expect(await page.getByRole('radio', { name: 'Je rentre au Togo' }).isChecked()).toBe(true);
    expect(await page.getByLabel('Quand rentrez-vous ?').inputValue()).toBe('2027-08');
    expect(await summary()).toMatch(/^France · août 2027 · Personne d’autre · /u);
    await page.reload();
    expect(await fragment()).toBe(RETURN);
    expect(await visible('.road').count()).toBe(1);
  });

  test('following a source or a shortcut in the page keeps the answers', async () => {
    await open(page, `${ADDRESS}${RETURN}`);
    await page.locator('#revenir .cite a:visible').first().click();
    await page.waitForFunction((wanted) => location.hash === wanted, RETURN);
    expect(await visible('.road').count()).toBe(1);
  });

  test('a link to one list opens it, and what is no answer is left aside', async () => {
    await open(page, `${ADDRESS}#vivre`);
    expect(await visible('.road').getAttribute('id')).toBe('vivre');
    await page.goto(`${ADDRESS}#moment=partir&pays=ZZ&quand=2010-01&avec=chat&cas=rien`);
    expect(await visible('.road').getAttribute('id')).toBe('partir');
    expect(await fragment()).toBe('#moment=partir&quand=2010-01');
    await open(page, '/guide/');
    await open(page, `${ADDRESS}#moment=<img src=x onerror=alert(1)>`);
    expect(await visible('.road').count()).toBe(4);
  });

  test('ticks stay on the device, by the name of their step', async () => {
    await open(page, `${ADDRESS}${RETURN}`);
    await tick('revenir-impots').check();
    await tick('revenir-aides').check();
    expect(await stored()).toBe(JSON.stringify({ 'feuille-de-route': 'revenir-aides,revenir-impots' }));
    await open(page, ADDRESS);
    expect(await tick('revenir-impots').isChecked()).toBe(true);
    expect(await tick('revenir-papiers').isChecked()).toBe(false);
  });

  test('one button erases the answers, the ticks and the address', async () => {
    await open(page, `${ADDRESS}${RETURN}`);
    await tick('revenir-impots').check();
    await page.getByRole('button', { name: 'Effacer mes réponses' }).click();
    expect(await summary()).toBe('Vos réponses et vos coches sont effacées.');
    expect(page.url().endsWith(ADDRESS)).toBe(true);
    expect(await stored()).toBe('{}');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('questions');
    await page.reload();
    expect(await visible('.road').count()).toBe(4);
    expect(await page.locator('.road-questions input:checked, .step input:checked').count()).toBe(0);
  });

  test('where storage is forbidden, the page still works', async () => {
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      });
    });
    await open(page, `${ADDRESS}${RETURN}`);
    await tick('revenir-impots').check();
    expect(await summary()).toMatch(/1 cochée$/u);
  });
});

test('the calendar file holds what is left to do, on its day', async () => {
  await open(page, `${ADDRESS}${RETURN}`);
  await tick('revenir-aides').check();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'agenda' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('ma-feuille-de-route.ics');
  const file = readFileSync(await download.path(), 'utf8');

  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const events = file.replaceAll('\r\n ', '').split('BEGIN:VEVENT').slice(1);
  expect(events).toHaveLength((await visible('.step').count()) - 1);
  const eventOf = (id: string) => events.find((event) => event.includes(`UID:${id}@`)) ?? '';
  expect(eventOf('revenir-aides')).toBe('');
  // What was due in August 2026 is for today.
  expect(eventOf('revenir-papiers')).toContain('DTSTART;VALUE=DATE:20261122\r\nDTEND;VALUE=DATE:20261123');
  expect(eventOf('revenir-cabine')).toContain('DTSTART;VALUE=DATE:20270725\r\n');
  const customs = eventOf('revenir-douane');
  expect(customs).toContain('DTSTAMP:20261122T100000Z\r\n');
  expect(customs).toContain('SUMMARY:Déclarer l’argent liquide\\, demander un reçu\r\n');
  expect(customs).toMatch(/URL:http\S+\/guide\/especes-a-la-frontiere\/\r\n/);
  // Marks of sources are for the page.
  expect(customs).not.toMatch(/Sources|F CFA ?\d/u);
});

describe('without JavaScript', () => {
  test('the four lists are there, with their deadlines and links, and no control that does nothing', async () => {
    const plain = await withoutJavaScript(browser, onTheSite());
    const tab = await plain.newPage();
    await open(tab, ADDRESS);
    expect(await tab.locator('.road:visible').count()).toBe(4);
    expect(await tab.locator('.step:visible').count()).toBeGreaterThanOrEqual(40);
    expect(await tab.getByRole('heading', { name: '6 mois avant' }).count()).toBeGreaterThanOrEqual(2);
    expect(await tab.locator('main').getByRole('button').count()).toBe(0);
    expect(await tab.locator('main select:visible').count()).toBe(0);
    await tab.getByRole('link', { name: 'Je rentre au Togo' }).click();
    expect(new URL(tab.url()).hash).toBe('#revenir');
    await plain.close();
  });
});

describe('for everyone', () => {
  test.each(['', RETURN, '#moment=urgence'])('axe has nothing to say on « %s »', async (hash) => {
    await open(page, `${ADDRESS}${hash}`);
    expect(await violationsOn(page)).toEqual([]);
    const night = await dark(browser, onTheSite());
    const tab = await night.newPage();
    await open(tab, `${ADDRESS}${hash}`);
    expect(await violationsOn(tab)).toEqual([]);
    await night.close();
  });

  test('nothing is wider than a screen of 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const hash of ['', RETURN]) {
      await page.goto(`${ADDRESS}${hash}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }
  });

  test('a keyboard is enough', async () => {
    await open(page, ADDRESS);
    await page.getByRole('radio', { name: 'Je pars du Togo' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await fragment()).toBe('#moment=vivre');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('pays');
    await page.keyboard.type('Gha');
    expect(await fragment()).toBe('#moment=vivre&pays=GH');
  });

  test('on paper there is one list, its answers and its boxes, without the questions', async () => {
    await open(page, `${ADDRESS}${RETURN}`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.road-questions').isVisible()).toBe(false);
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('.road-summary').isVisible()).toBe(true);
    expect(await visible('.road').count()).toBe(1);
    expect(await tick('revenir-papiers').isVisible()).toBe(true);
  });

  test('the page weighs at most 30 kB, of which 6 kB of scripts', () => {
    const { html, css, scripts, inline, favicon, requests } = weightOf(pageAt(ADDRESS));
    expect(html + css + scripts + favicon).toBeLessThanOrEqual(30_000);
    expect(scripts + inline).toBeLessThanOrEqual(6_000);
    expect(requests).toBeLessThanOrEqual(6);
  });
});
