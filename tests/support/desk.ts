// What tests of the desk need on a running service: officers with accounts, and submissions as people send them.
import { randomBytes } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Page } from 'playwright-core';
import type { Role } from '../../src/domain/desk/roles.ts';
import type { Form } from '../../src/domain/forms/form.ts';
import { goodAnswers, urlencoded } from './forms.ts';
import type { TestServer } from './server.ts';

/** Somebody who can sign in. */
export interface Account {
  id: string;
  email: string;
  password: string;
}

const options = { auth: { persistSession: false, autoRefreshToken: false } };

/** The database of a service, above every right. */
export function asService({ baseUrl, secretKey }: TestServer): SupabaseClient {
  return createClient(baseUrl, secretKey, options);
}

/** A new account; an officer when given a role. */
export async function createAccount(server: TestServer, role?: Role): Promise<Account> {
  const email = `agent-${randomBytes(4).toString('hex')}@example.org`;
  const password = randomBytes(12).toString('hex');
  const { data, error } = await createClient(server.baseUrl, server.publishableKey, options).auth.signUp({
    email,
    password,
  });
  if (error || !data.user) throw new Error(error?.message ?? 'no account was made');
  if (role) {
    const named = await asService(server).rpc('name_officer', { email, role });
    if (named.error) throw new Error(named.error.message);
  }
  return { id: data.user.id, email, password };
}

/** A page must have been in front of somebody for two seconds, at the server's clock. */
const READING_MS = 2100;

/**
 * Submissions as people send them, one for each mark, each from an address of its own.
 *
 * @returns their references, in the order of the marks
 */
export async function sendFiles(
  server: TestServer,
  form: Form,
  marks: readonly string[],
  { aside = false, change = {} }: { aside?: boolean; change?: Record<string, string[]> } = {},
): Promise<string[]> {
  async function send(answers: Record<string, string[]>): Promise<Record<string, string>> {
    const response = await fetch(`${server.baseUrl}/api/formulaires/${form.slug}`, {
      method: 'POST',
      body: urlencoded(answers),
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-Forwarded-For': `2001:db8::${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}`,
      },
    });
    if (!response.ok) throw new Error(`${form.slug} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  }

  const all = marks.map((mark): Record<string, string[]> => ({ ...goodAnswers(form, mark), ...change }));
  const proofs: Record<string, string[]>[] = [];
  if (!aside) {
    for (const answers of all) {
      const { jeton = '' } = await send({ ...answers, etape: ['verifier'] });
      proofs.push({ jeton: [jeton] });
    }
    await new Promise((resolve) => setTimeout(resolve, READING_MS));
  }
  const references: string[] = [];
  for (const [index, answers] of all.entries()) {
    const { reference = '' } = await send({ ...answers, ...proofs[index] });
    references.push(reference);
  }
  return references;
}

/** Enters the desk by the door, with a password. */
export async function enterDesk(page: Page, { email, password }: Account): Promise<void> {
  await page.goto('/gestion/');
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrer', exact: true }).click();
}

/** Goes to a place of the desk, inside the page that is open. */
export async function goInDesk(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}

/** The reference of the file that is open and can be decided upon. */
export async function openReference(page: Page): Promise<string> {
  await page.locator('.desk-decide').waitFor();
  return page.locator('.desk-file .desk-ref').first().innerText();
}

/** One file accepted by keyboard. */
export interface PlainAccept {
  reference: string;
  /** Keys pressed since the file before was done. */
  interactions: number;
  /** From the key to the next file, ready to be decided upon. */
  milliseconds: number;
}

/** Accepts the files of the queue that is shown, one after the other, as an officer at the keyboard does. */
export async function acceptByKeyboard(page: Page, wanted: number): Promise<PlainAccept[]> {
  const done: PlainAccept[] = [];
  let interactions = 0;
  const press = async (key: string) => {
    interactions += 1;
    await page.keyboard.press(key);
  };
  await page.locator('.desk-list').waitFor();
  await press('j');
  while (done.length < wanted) {
    const reference = await openReference(page);
    const began = performance.now();
    await press('a');
    const next = page.locator('.desk-file').filter({ hasNotText: reference }).locator('.desk-decide');
    await next.or(page.locator('.desk-nothing-open')).first().waitFor();
    done.push({ reference, interactions, milliseconds: performance.now() - began });
    interactions = 0;
  }
  return done;
}
