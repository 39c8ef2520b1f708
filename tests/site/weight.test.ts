// The budgets: what a reader pays for. kB are 1,000 bytes, compressed as a CDN sends them.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { FORMS } from '../../src/domain/forms/index.ts';
import { sending } from '../e2e/answers.ts';
import { fillByLabels, readAgain, sendAndBeThanked, unique } from '../support/browser.ts';
import { launchChromium, phone } from '../support/chromium.ts';
import { distPages, median, type Page, type PageKind, type Weight, weightOf } from '../support/dist.ts';
import { countWire, type Hit, type Wire } from '../support/wire.ts';

const weights = distPages()
  .filter((page) => !['book', 'desk'].includes(page.kind))
  .map((page) => ({ page, weight: weightOf(page) }));
const reading = weights.filter(({ page }) => page.kind !== 'form');
const forms = weights.filter(({ page }) => page.kind === 'form');

const blocking = ({ html, css }: Weight): number => html + css;
const firstView = ({ html, css, scripts, favicon }: Weight): number => html + css + scripts + favicon;
const above = (list: typeof weights, measure: (weight: Weight) => number, limit: number): string[] =>
  list
    .filter(({ weight }) => measure(weight) > limit)
    .map(({ page, weight }) => `${page.file}: ${measure(weight)}`);

test('half of the reading pages show their text for 14.0 kB or less, and none asks more than 20 kB', () => {
  expect(median(reading.map(({ weight }) => blocking(weight)))).toBeLessThanOrEqual(14_000);
  expect(above(reading, blocking, 20_000)).toEqual([]);
});

test('half of the reading pages are whole for 25 kB or less, and none weighs more than 32 kB', () => {
  expect(median(reading.map(({ weight }) => firstView(weight)))).toBeLessThanOrEqual(25_000);
  expect(above(reading, firstView, 32_000)).toEqual([]);
});

test('a reading page carries at most 6 kB of scripts, those written in the page included', () => {
  expect(above(reading, ({ scripts, inline }) => scripts + inline, 6_000)).toEqual([]);
});

test('a page takes at most 6 requests', () => {
  expect(above(weights, ({ requests }) => requests, 6)).toEqual([]);
});

test('the desk, which the team alone opens, shows its first words for 14 kB and is whole for 125 kB', () => {
  const [desk] = distPages().filter((page) => page.kind === 'desk');
  expect(blocking(weightOf(desk!))).toBeLessThanOrEqual(14_000);
  expect(firstView(weightOf(desk!))).toBeLessThanOrEqual(125_000);
});

test('a form page weighs at most 40 kB all told', () => {
  expect(forms.length).toBeGreaterThanOrEqual(2);
  expect(above(forms, firstView, 40_000)).toEqual([]);
});

/** The heaviest page of each kind. */
const heaviest = new Map<PageKind, Page>();
for (const { page } of [...weights].sort((a, b) => firstView(b.weight) - firstView(a.weight))) {
  if (!heaviest.has(page.kind)) heaviest.set(page.kind, page);
}

describe('in a browser that has nothing in its cache', () => {
  let browser: Browser;
  let wire: Wire;
  beforeAll(async () => {
    browser = await launchChromium();
    wire = await countWire(inject('server').baseUrl);
  });
  afterAll(async () => {
    await browser.close();
    await wire.close();
  });

  test.for([...heaviest.values()].map((page) => [page.kind, page] as const))(
    'the heaviest page of kind « %s » keeps to its budget on the wire and asks nothing of anyone else',
    async ([, page]) => {
      const context = await phone(browser, { baseURL: wire.url });
      const asked: string[] = [];
      context.on('request', (request) => asked.push(request.url()));
      wire.take();
      const tab = await context.newPage();
      await tab.goto(page.address, { waitUntil: 'load' });
      await tab.waitForTimeout(400);
      const hits = wire.take();
      await context.close();

      const sum = (list: Hit[]): number => list.reduce((total, hit) => total + hit.body, 0);
      const isEngine = ({ path }: Hit): boolean => path.startsWith('/pagefind/');
      const files = hits.filter((hit) => !/^image\/(?!svg)/u.test(hit.type) && !isEngine(hit));
      expect(asked.filter((address) => new URL(address).origin !== wire.url)).toEqual([]);
      // Who opens the search page asks for the search engine; nobody else does.
      if (page.kind !== 'search') expect(hits.filter(isEngine)).toEqual([]);
      expect(files.length).toBeLessThanOrEqual(6);
      expect(sum(files)).toBeLessThanOrEqual(page.kind === 'form' ? 40_000 : 32_000);
      expect(sum(files.filter(({ type }) => type.includes('javascript')))).toBeLessThanOrEqual(6_000);
      // The sums on files, above, would be worth nothing if the browser fetched something else.
      const computed = firstView(weightOf(page));
      expect(Math.abs(sum(files) - computed)).toBeLessThan(computed * 0.1 + 500);
    },
  );

  test('the heaviest form, read again, changed, sent and thanked for, costs at most 60 kB in all', async () => {
    const form = FORMS.find(({ page }) => page === heaviest.get('form')?.address)!;
    const context = await phone(browser, { baseURL: wire.url });
    const tab = await context.newPage();
    wire.take();
    await tab.goto(form.page);
    await fillByLabels(tab, form, sending(form, unique('poids')).typed);
    await readAgain(tab);
    await tab
      .getByRole('button', { name: /^Modifier/u })
      .first()
      .click();
    await sendAndBeThanked(tab, form);
    await tab.waitForTimeout(400);
    const hits = wire.take();
    await context.close();
    expect(hits.filter(({ path }) => path.startsWith('/api/formulaires/'))).toHaveLength(3);
    expect(hits.reduce((total, hit) => total + hit.body, 0)).toBeLessThanOrEqual(60_000);
  });
});
