// A letter from the sending of a form to the button that answers it, with a real mail server and a real browser. The
// service under test is a second one, that has a mail server; the other has none.
import { createClient } from '@supabase/supabase-js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { SHORTEST_READING } from '../../src/domain/forms/steps.ts';
import { LETTER_WORDS } from '../../src/domain/letters/answer.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { violationsOn } from '../support/axe.ts';
import {
  fillByLabels,
  newAddress,
  readAgain,
  referenceAfter,
  sendButton,
  unique,
} from '../support/browser.ts';
import { launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { startForTests, type TestServer } from '../support/server.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { sending } from './answers.ts';

let smtp: TestSmtp;
let server: TestServer & { stop: () => Promise<void> };
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  smtp = await startSmtp();
  server = await startForTests({
    SANS_CONSTRUCTION: '1',
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Guide <guide@example.org>',
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await smtp.stop();
});
afterEach(() => context.close());

const deliver = async (base: string) =>
  (await fetch(`${base}/.netlify/functions/courrier`)).json() as Promise<unknown>;
const onThatSite = () => ({ baseURL: server.baseUrl, extraHTTPHeaders: { 'X-Forwarded-For': newAddress() } });
const heading = (page: Page, words: string) =>
  page.getByRole('heading', { level: 1, name: fr(words), exact: true });
const press = (page: Page, words: string) =>
  page.getByRole('button', { name: fr(words), exact: true }).click();

async function row(reference: string) {
  const client = createClient(server.baseUrl, server.secretKey, { auth: { persistSession: false } });
  const { data } = await client.from('registrations').select('*').eq('reference', reference);
  return (data as Record<string, unknown>[])[0];
}

/** Sends a registration as a person does, and gives the text of the letter that follows. */
async function sendAndReceive(page: Page): Promise<{ reference: string; text: string }> {
  await page.goto(inscription.page);
  await fillByLabels(page, inscription, sending(inscription, unique('courriel')).typed);
  await readAgain(page);
  // Reading takes longer than that: what is sent faster is put aside, and nobody is written to.
  await page.waitForTimeout(SHORTEST_READING + 200);
  await sendButton(page).click();
  const reference = await referenceAfter(page, inscription);
  expect(await page.locator('[data-note=courriel]').isVisible()).toBe(true);
  expect(await page.locator('[data-note=silence]').isVisible()).toBe(false);
  expect(await deliver(server.baseUrl)).toEqual({ sent: 1, later: 0, never: 0 });
  const [letter] = smtp.letters();
  return { reference, text: letter?.text ?? '' };
}

const linkIn = (text: string, end: string) => new RegExp(`\\S+${end}\\S+`).exec(text)?.[0] ?? '';

describe('a letter', () => {
  test('is answered by opening its link, then by pressing its button, with or without JavaScript; the secret stays out of every address', async () => {
    context = await phone(browser, onThatSite());
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    const page = await context.newPage();
    const { reference, text } = await sendAndReceive(page);
    const link = linkIn(text, '/confirmer/#confirmer\\.');
    expect(link.startsWith(server.baseUrl)).toBe(true);

    await page.goto(link);
    await heading(page, LETTER_WORDS.confirmer.question).waitFor();
    expect(await page.locator('main').innerText()).toContain(reference);
    expect(await violationsOn(page)).toEqual([]);
    expect((await row(reference))?.['confirmed_at']).toBeNull();
    await press(page, LETTER_WORDS.confirmer.button);
    await heading(page, LETTER_WORDS.confirmer.done).waitFor();
    expect((await row(reference))?.['confirmed_at']).not.toBeNull();
    expect(page.url()).toBe(`${server.baseUrl}/confirmer/`);
    expect(asked.filter((address) => address.split('#')[0]!.includes(link.slice(-20)))).toEqual([]);

    await page.goto(linkIn(text, '/suivi/#'));
    await heading(page, 'Votre envoi').waitFor();
    await context.close();

    // The same link, for whoever has no JavaScript: pasted by hand.
    context = await withoutJavaScript(browser, onThatSite());
    const plain = await context.newPage();
    await plain.goto(link);
    await plain.getByLabel('Le lien du courriel').fill(link);
    await press(plain, 'Continuer');
    await heading(plain, LETTER_WORDS.confirmer.question).waitFor();
    await press(plain, LETTER_WORDS.confirmer.button);
    await heading(plain, LETTER_WORDS.confirmer.done).waitFor();
  });
});

test('without a mail server nothing leaves, and the thank-you page says so', async () => {
  const { baseUrl } = inject('server');
  expect(await deliver(baseUrl)).toEqual({ code: 'no-mail' });
  context = await phone(browser, { baseURL: baseUrl });
  const page = await context.newPage();
  await page.goto(`${inscription.page}merci/I-WWYH-FVQ6`);
  expect(await page.locator('[data-note=silence]').isVisible()).toBe(true);
  expect(await page.locator('[data-note=courriel]').isVisible()).toBe(false);
});
