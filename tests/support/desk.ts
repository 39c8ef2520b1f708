// What tests of the desk need on a running service: officers with accounts, and submissions as people send them.
import { randomBytes } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
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
