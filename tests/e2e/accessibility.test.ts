// axe on every kind of page and in every state of the search and the forms: light and dark, 360 and 1280 pixels wide.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMS } from '../../src/domain/forms/index.ts';
import { COLOURS, violationsOn } from '../support/axe.ts';
import {
  fillByLabels,
  onTheSite,
  open,
  readAgain,
  referenceAfter,
  searchFor,
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

describe.each([
  ['360 pixels wide', phone],
  ['1280 pixels wide', desktop],
] as const)('%s', (_words, make) => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    context = await make(browser, onTheSite());
    page = await context.newPage();
  });
  afterAll(() => context.close());

  /** Both themes of the page as it stands: in dark only its colours are other than in light. */
  async function violations(what: string): Promise<string[]> {
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await violationsOn(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await violationsOn(page, COLOURS);
    return [
      ...light.map((line) => `${what}, light: ${line}`),
      ...dark.map((line) => `${what}, dark: ${line}`),
    ];
  }

  async function expectNoViolation(what: string) {
    expect(await violations(what)).toEqual([]);
  }

  test('axe finds nothing on one page of each kind, folded parts open', async () => {
    const found: string[] = [];
    for (const address of await oneOfEachKind()) {
      await open(page, address);
      await unfold(page);
      found.push(...(await violations(address)));
    }
    expect(found).toEqual([]);
  }, 120_000);

  test('axe finds nothing with the search open on results, and on none', async () => {
    await open(page, '/');
    await searchFor(page, 'passeport');
    await expectNoViolation('results');
    await searchFor(page, 'xyzxyzxyz');
    await expectNoViolation('no result');
  });

  test.each(FORMS.map((form) => [form.slug, form] as const))(
    'axe finds nothing on the form « %s » with all its errors, with its network notice, while the answers wait or are read again, nor on its thank-you page with the copy shown',
    async (_slug, form) => {
      await open(page, form.page);
      await sendButton(page).click();
      await page.locator('.form-alert').waitFor();
      await expectNoViolation('errors');
      await fillByLabels(page, form, sending(form, unique('axe')).typed);
      await context.setOffline(true);
      await sendButton(page).click();
      await page.locator('.form-alert', { hasText: 'La connexion a coupé' }).waitFor();
      await expectNoViolation('notice');
      await page.getByRole('button', { name: 'Envoyer quand le réseau revient' }).click();
      await expectNoViolation('waiting');
      await page.getByRole('button', { name: 'Ne plus envoyer' }).click();
      await context.setOffline(false);
      await readAgain(page);
      await expectNoViolation('answers read again');
      await sendButton(page).click();
      await referenceAfter(page, form);
      await page.locator('[data-copy]').waitFor();
      await expectNoViolation('thanks');
    },
  );
});

test('axe itself sees a text too pale and a field without a name', async () => {
  const context = await phone(browser, onTheSite());
  const page = await context.newPage();
  await open(page, '/inscription/');
  await page.evaluate(() => {
    document.querySelector('label[for=city]')?.remove();
    document.querySelector('h1')?.style.setProperty('color', '#ccc');
  });
  const violations = (await violationsOn(page)).join('\n');
  expect(violations).toMatch(/^label: /m);
  expect(violations).toMatch(/^color-contrast: /m);
  await context.close();
});
