// What the browser tests share: fields found by their label as a person does, answers read back from the database,
// and a watch on everything a page must never do.
import { randomBytes } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { BrowserContext, BrowserContextOptions, Page, Response } from 'playwright-core';
import { inject } from 'vitest';
import type { Field } from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { localKeys } from './local-keys.ts';
import { openedRow } from './sealing.ts';

/** A made-up network address, so that the hourly limit of one test is not another's. */
export function newAddress(): string {
  return `2001:db8::${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}`;
}

/** Options of a context on the served site, with an address of its own. */
export function onTheSite(options: BrowserContextOptions = {}): BrowserContextOptions {
  const { baseUrl } = inject('server');
  return { baseURL: baseUrl, extraHTTPHeaders: { 'X-Forwarded-For': newAddress() }, ...options };
}

/** A word nobody else has typed. */
export function unique(word: string): string {
  return `${word}-${randomBytes(4).toString('hex')}`;
}

/** The embedded Supabase, with the secret key. */
export function database(): SupabaseClient {
  const { baseUrl, secretKey } = inject('server');
  return createClient(baseUrl, secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
}

/** The rows of a form's table whose column holds exactly this, their protected answers opened. */
export async function rowsWhere(
  form: Form,
  column: string,
  value: string,
): Promise<Record<string, unknown>[]> {
  const by = await localKeys(inject('server').dataDir);
  const protection = fieldsOf(form).find(({ name }) => name === column)?.protection;
  const rows = database().from(form.table).select('*');
  const { data, error } = await (protection === 'encrypted'
    ? rows.eq(`${column}_index`, by.keys.emailIndex(value, { form: form.slug, field: column }))
    : protection === 'sealed'
      ? rows.eq('is_example', false)
      : rows.eq(column, value));
  if (error) throw new Error(error.message);
  const opened = await Promise.all(
    (data as Record<string, unknown>[]).map((row) => openedRow(form, row, by)),
  );
  return opened.filter((row) => row[column] === value);
}

/** What a person writes or picks: words for a text, the label of one choice, the labels of several, or a tick. */
export type Typed = string | readonly string[] | true;

/** Answers by field name. */
export type TypedAnswers = Readonly<Record<string, Typed>>;

/** The label of the choice stored under this code. */
export function choiceLabel(form: Form, name: string, value: string): string {
  const field = fieldsOf(form).find((one) => one.name === name);
  const choices = field && 'choices' in field ? field.choices : [];
  const label = choices.find((choice) => choice.value === value)?.label;
  if (label === undefined) throw new Error(`${form.slug}.${name} has no choice « ${value} »`);
  return label;
}

/** Fills a form in as a person does: by the words beside each field. Opens the folded parts first. */
export async function fillByLabels(page: Page, form: Form, answers: TypedAnswers): Promise<void> {
  await unfold(page);
  for (const field of fieldsOf(form)) {
    const typed = answers[field.name];
    if (typed !== undefined) await fillOne(page, field, typed);
  }
}

async function fillOne(page: Page, field: Field, typed: Typed): Promise<void> {
  if (field.kind === 'choices' || (field.kind === 'choice' && field.display === 'radios')) {
    const group = page.getByRole('group', { name: fr(field.label), exact: true });
    for (const label of typed === true ? [] : [typed].flat()) {
      await group.getByLabel(fr(label), { exact: true }).check();
    }
    return;
  }
  const control = page.getByLabel(fr(field.label), { exact: true });
  if (field.kind === 'consent') await control.check();
  else if (field.kind === 'choice') await control.selectOption({ label: fr(String(typed)) });
  else await control.fill(String(typed));
}

/** Opens the folded parts of a page. */
export async function unfold(page: Page): Promise<void> {
  for (const part of await page.locator('main details').all()) {
    // Some parts are shown by scripts only.
    const closed = (await part.getAttribute('open')) === null && (await part.isVisible());
    if (closed) await part.locator('> summary').click();
  }
}

/** The button at the end of the questions, and the one that sends, at the end of the answers read again. */
export function sendButton(page: Page) {
  return page.locator('form[data-form] .form-end button:not([name])');
}

/** Turns to the page that shows every answer again. */
export async function readAgain(page: Page): Promise<void> {
  await sendButton(page).click();
  await page.locator('form[data-check]').waitFor();
}

/** Reads the answers again, sends them and waits for the thank-you page. Gives the reference in its address. */
export async function sendAndBeThanked(page: Page, form: Form): Promise<string> {
  await readAgain(page);
  await sendButton(page).click();
  return referenceAfter(page, form);
}

/** Waits for the thank-you page. Gives the reference in its address. */
export async function referenceAfter(page: Page, form: Form): Promise<string> {
  await page.waitForURL(`**${form.page}merci/*`);
  return new URL(page.url()).pathname.split('/').filter(Boolean).at(-1) ?? '';
}

/** Every answer now in the form, by field name, as the browser would send it. */
export function answersIn(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form[data-form]');
    const answers: Record<string, string[]> = {};
    for (const [name, value] of new FormData(form ?? undefined)) {
      // A text sent by a form has CRLF line breaks; the field itself has LF.
      if (typeof value === 'string') (answers[name] ??= []).push(value.replaceAll('\r\n', '\n'));
    }
    return answers;
  });
}

/** What a watched context must stay free of. */
export interface Watched {
  /** Console errors, uncaught errors, violations of the Content-Security-Policy, requests to elsewhere. */
  readonly problems: readonly string[];
  /** Paths asked of the site, in order. */
  readonly requests: readonly string[];
  /** Forgets everything seen so far. */
  reset(): void;
}

/**
 * Starts to note what the pages of a context do. Call before the first page opens.
 *
 * @param origin where the site is, when something stands between the browser and the server
 */
export async function watch(
  context: BrowserContext,
  { origin } = new URL(inject('server').baseUrl),
): Promise<Watched> {
  const problems: string[] = [];
  const requests: string[] = [];
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() !== 'error' && !/content security policy|refused to/i.test(message.text())) return;
    // The browser itself writes this line for every 4xx answer, the ones a form is meant to get included.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    problems.push(`${message.page()?.url() ?? ''} console: ${message.text()}`);
  });
  context.on('weberror', (error) => problems.push(`${error.page()?.url() ?? ''} ${error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'data:' || url.protocol === 'blob:') return;
    if (url.origin === origin) requests.push(url.pathname);
    else problems.push(`request to ${request.url()}`);
  });
  return {
    problems,
    requests,
    reset() {
      problems.length = 0;
      requests.length = 0;
    },
  };
}

/** Opens an address of the site and gives its answer. */
export async function open(page: Page, address: string): Promise<Response> {
  const response = await page.goto(address);
  if (!response) throw new Error(`${address} gave no answer`);
  return response;
}

/** Types in the search field and waits for the answer to these words. */
export async function searchFor(page: Page, words: string): Promise<void> {
  const box = page.locator('search-box').first();
  await box.getByRole('searchbox').fill(words);
  await box
    .locator('.search-results > p')
    .first()
    .filter({ hasText: /trouvée|Aucun résultat/ })
    .waitFor();
}
