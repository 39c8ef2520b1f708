// axe on every kind of page and in every state of the search and the forms, in light and dark. Everything is seen on a
// telephone; a computer only arranges the same pages otherwise: there, one page of each kind and one form.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { COLOURS, violationsOn } from '../support/axe.ts';
import {
  fillByLabels,
  onTheSite,
  open,
  readAgain,
  referenceAfter,
  searchFor,
  sendButton,
  unique,
} from '../support/browser.ts';
import { desktop, launchChromium, phone } from '../support/chromium.ts';
import { followUpStates, letterStates, refusalStates, statesOf, type State } from '../support/form-states.ts';
import { sending } from './answers.ts';
import { oneOfEachKind } from './kinds-of-pages.ts';

let browser: Browser;

beforeAll(async () => {
  // What the functions write of each answer.
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  browser = await launchChromium();
});
afterAll(() => browser.close());

let context: BrowserContext;
let page: Page;

/**
 * The page as it stands, its folded parts open. In dark only its colours are other than in light, and they are those of
 * a telephone on a computer too.
 */
async function violations(what: string): Promise<string[]> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll('main details')) part.setAttribute('open', '');
  });
  const light = await violationsOn(page);
  if ((page.viewportSize()?.width ?? 0) > 1000) return light.map((line) => `${what}: ${line}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violationsOn(page, COLOURS);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light.map((line) => `${what}, light: ${line}`), ...dark.map((line) => `${what}, dark: ${line}`)];
}

async function expectNoViolation(what: string) {
  expect(await violations(what)).toEqual([]);
}

/** Pages that the functions answered with, shown where the site is: with its styles and scripts. */
async function expectNoViolationIn(states: readonly State[]) {
  const found: string[] = [];
  const { baseURL = '' } = onTheSite();
  for (const { what, response } of states) {
    const answer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
    await page.route(`${baseURL}/etat/`, (route) => route.fulfill(answer), { times: 1 });
    await open(page, '/etat/');
    found.push(...(await violations(what)));
  }
  expect(found).toEqual([]);
}

const start = async (make: typeof phone) => {
  context = await make(browser, onTheSite({ colorScheme: 'light' }));
  page = await context.newPage();
};

describe.each([
  ['360 pixels wide', phone, FORMS],
  ['1280 pixels wide', desktop, [inscription]],
] as const)('%s', (_words, make, forms) => {
  beforeAll(() => start(make));
  afterAll(() => context.close());

  test('axe finds nothing on one page of each kind', async () => {
    const found: string[] = [];
    for (const address of await oneOfEachKind()) {
      await open(page, address);
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

  test.each(forms.map((form) => [form.slug, form] as const))(
    'axe finds nothing on the form « %s » empty, with all its errors, its answers read again or refused, nor on its thank-you page',
    async (_slug, form) => {
      await open(page, form.page);
      await expectNoViolation('empty');
      await expectNoViolationIn(await statesOf(form));
    },
  );
});

describe('on a telephone', () => {
  beforeAll(() => start(phone));
  afterAll(() => context.close());

  test('axe finds nothing on any page that says why a sending was not taken', async () => {
    await expectNoViolationIn(await refusalStates(inscription));
  });

  test('axe finds nothing on the follow-up page, whatever it shows, every act open', async () => {
    await expectNoViolationIn(await followUpStates());
  });

  test('axe finds nothing on the page that answers letters', async () => {
    await expectNoViolationIn(await letterStates());
  });

  test('axe finds nothing in what scripts add to a form: its draft, its network notice, what waits, the copy of the answers', async () => {
    await open(page, inscription.page);
    await fillByLabels(page, inscription, sending(inscription, unique('axe')).typed);
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
    await referenceAfter(page, inscription);
    await page.locator('[data-copy]').waitFor();
    await expectNoViolation('thanks');
    await open(page, inscription.page);
    await page.locator('[data-sent]').waitFor();
    await expectNoViolation('sent before');
  });

  test('axe itself sees a text too pale and a field without a name', async () => {
    await open(page, '/inscription/');
    await page.evaluate(() => {
      document.querySelector('label[for=city]')?.remove();
      document.querySelector('h1')?.style.setProperty('color', '#ccc');
    });
    const found = (await violationsOn(page)).join('\n');
    expect(found).toMatch(/^label: /m);
    expect(found).toMatch(/^color-contrast: /m);
  });
});
