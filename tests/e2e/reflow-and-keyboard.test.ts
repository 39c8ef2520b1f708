import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { difficulte } from '../../src/domain/forms/difficulte.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import {
  fillByLabels,
  onTheSite,
  open,
  searchFor,
  readAgain,
  referenceAfter,
  sendButton,
  unfold,
  unique,
} from '../support/browser.ts';
import { desktop, launchChromium, phone } from '../support/chromium.ts';
import { sending } from './answers.ts';
import { oneOfEachKind } from './kinds-of-pages.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** What sticks out of the window, if anything does. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map((element) => `${scrollWidth} > ${clientWidth}: ${element.outerHTML.slice(0, 120)}`)
      .slice(0, 5);
  });
}

describe.each([
  ['at 320 pixels', { width: 320, height: 640 }, 2],
  // 1280 × 800 pixels seen at 400 %.
  ['on a computer at 400 %', { width: 320, height: 200 }, 4],
])('%s', (_words, viewport, deviceScaleFactor) => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    context = await browser.newContext({ ...onTheSite({ locale: 'fr-FR' }), viewport, deviceScaleFactor });
    page = await context.newPage();
  });
  afterAll(() => context.close());

  test('no page scrolls sideways, folded parts open', async () => {
    const found: string[] = [];
    for (const address of await oneOfEachKind()) {
      await open(page, address);
      await unfold(page);
      found.push(...(await overflow(page)).map((line) => `${address} ${line}`));
    }
    expect(found).toEqual([]);
  });

  // Only the height of the window differs the second time.
  const forms = viewport.height > 320 ? FORMS : [projet];
  test('neither do the search with its results, a form with all its errors, nor a thank-you page with its copy', async () => {
    await open(page, '/');
    await searchFor(page, 'passeport');
    expect(await overflow(page)).toEqual([]);
    await searchFor(page, 'anticonstitutionnellement-introuvable-ici-et-ailleurs');
    expect(await overflow(page)).toEqual([]);
    for (const form of forms) {
      await open(page, form.page);
      await sendButton(page).click();
      await page.locator('.form-alert').waitFor();
      expect(await overflow(page), form.slug).toEqual([]);
      await fillByLabels(
        page,
        form,
        sending(form, unique('adresse-tres-tres-tres-longue-sans-un-seul-blanc')).typed,
      );
      await readAgain(page);
      expect(await overflow(page), `${form.slug}, read again`).toEqual([]);
      // The thank-you pages are one component, with a link to follow or without.
      if (form !== projet && form !== difficulte) continue;
      await sendButton(page).click();
      await referenceAfter(page, form);
      await page.locator('[data-copy]').waitFor();
      expect(await overflow(page), form.slug).toEqual([]);
    }
  });

  test('no more than a third of the window is covered by what stays in place', async () => {
    await open(page, '/guide/passeport/');
    const covered = await page.evaluate(() => {
      scrollTo(0, 600);
      return [...document.querySelectorAll('body *')]
        .filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
        .reduce((height, element) => height + element.getBoundingClientRect().height, 0);
    });
    expect(covered).toBeLessThan(viewport.height / 3);
  });
});

describe('without styles', () => {
  test('every page is read whole: its title, its text and its links are in sight', async () => {
    const context = await phone(browser, onTheSite());
    await context.route(/\.css(\?|$)/, (route) => route.abort());
    const page = await context.newPage();
    for (const address of await oneOfEachKind()) {
      await open(page, address);
      expect(await page.locator('h1').isVisible(), address).toBe(true);
      const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
      expect(text.length, address).toBeGreaterThan(150);
      // No drawing takes the place of the text.
      const largest = await page
        .locator('svg, img')
        .evaluateAll((drawings) => Math.max(0, ...drawings.map((one) => one.getBoundingClientRect().height)));
      expect(largest, address).toBeLessThan(100);
    }
    await context.close();
  });
});

describe('by keyboard', () => {
  interface Stop {
    what: string;
    outlined: boolean;
    hidden: boolean;
    id: string;
    inMain: boolean;
  }

  /** The element that has the focus: whether it is outlined, and whether the bottom bar or the window hides it. */
  function focused(page: Page): Promise<Stop> {
    return page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const bar = document.querySelector('.thumb');
      const inBar = bar?.contains(element) ?? false;
      const sticks = bar && getComputedStyle(bar).position === 'fixed' && !inBar;
      const floor = sticks ? Math.min(innerHeight, bar.getBoundingClientRect().top) : innerHeight;
      // Of a thing taller than the window, the top is enough.
      const bottom = Math.min(box.bottom, box.top + 48);
      return {
        what: element.outerHTML.slice(0, 100),
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        hidden: bottom > floor + 1 || box.top < -1,
        id: element.id,
        inMain: element.closest('main') !== null,
      };
    });
  }

  const WALKED = ['/', '/guide/passeport/', '/inscription/', '/projets/', '/cette-page-n-existe-pas/'];

  test.each([
    ['telephone', phone],
    ['computer', desktop],
  ] as const)(
    'on a %s, every control can be reached, forwards and backwards, with a focus always seen and never hidden',
    async (_name, make) => {
      const context = await make(browser, onTheSite());
      const page = await context.newPage();
      const wrong: string[] = [];
      for (const address of WALKED) {
        await open(page, address);
        await unfold(page);
        await page.evaluate(() => {
          scrollTo(0, 0);
          // The next Tab starts from the top of the page again.
          document.body.tabIndex = -1;
          document.body.focus();
          document.body.removeAttribute('tabindex');
        });
        const controls = await page
          .locator('a[href], button, input:not([type=hidden]), select, textarea, summary')
          .filter({ visible: true })
          .count();
        for (const key of ['Tab', 'Shift+Tab']) {
          const seen = new Set<string>();
          for (let presses = 0; presses < controls; presses++) {
            await page.keyboard.press(key);
            const stop = await focused(page);
            if (stop.what.startsWith('<body')) break;
            seen.add(stop.what);
            if (!stop.outlined) wrong.push(`${address} ${key}: no outline on ${stop.what}`);
            if (stop.hidden) wrong.push(`${address} ${key}: hidden ${stop.what}`);
          }
          expect(seen.size, `${address} ${key}`).toBeGreaterThan(10);
        }
      }
      expect(wrong).toEqual([]);
      await context.close();
    },
    120_000,
  );

  test('the first key leads to « Aller au contenu », which leads past the menus', async () => {
    const context = await desktop(browser, onTheSite());
    const page = await context.newPage();
    const wrong: string[] = [];
    for (const address of await oneOfEachKind()) {
      // The search page puts the reader in its field at once.
      if (address === '/recherche/') continue;
      await open(page, address);
      await page.keyboard.press('Tab');
      const link = page.locator(':focus');
      if ((await link.innerText()) !== 'Aller au contenu') wrong.push(`${address} begins elsewhere`);
      if (!(await link.isVisible())) wrong.push(`${address} hides the link`);
      await page.keyboard.press('Enter');
      const there = await focused(page);
      if (!there.inMain) wrong.push(`${address} leads to ${there.what}`);
      await page.keyboard.press('Tab');
      const next = await focused(page);
      if (!next.inMain && !/section-menu|foot|class="mode|<a/.test(next.what))
        wrong.push(`${address} then ${next.what}`);
    }
    expect(wrong).toEqual([]);
    await context.close();
  });
});
