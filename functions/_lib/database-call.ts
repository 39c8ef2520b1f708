import { createClient } from '@supabase/supabase-js';
import type { Environment } from './environment.ts';
import { log } from './log.ts';

/** Times in milliseconds. The whole must fit in the patience of a person and of the platform. */
export interface StoreOptions {
  totalDeadline: number;
  attemptDeadline: number;
}

/** What the functions allow the database. */
export const DEFAULT_PATIENCE: StoreOptions = { totalDeadline: 8000, attemptDeadline: 3500 };

/** What became of a call to a function of the database. */
export type CallAnswer =
  | { outcome: 'answered'; data: unknown; attempts: number }
  /** `whose` limit it is: the sender's, or everybody's. */
  | { outcome: 'limited'; retryAfterSeconds: number; whose: 'sender' | 'form' }
  /** Whether it did something all the same: an answer that is lost says nothing of what was done. */
  | { outcome: 'unavailable'; done: 'no' | 'unknown' };

/** A client with the secret key. */
export function secretClient(environment: Environment) {
  return createClient(environment.SUPABASE_URL, environment.SUPABASE_SECRET_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
}

/** See {@link secretClient}. */
export type Client = ReturnType<typeof secretClient>;

/**
 * Calls a function of the database until it answers, within the deadline. supabase-js never retries a write: only
 * for functions that may be repeated, where a lost answer costs a second call and does nothing twice.
 *
 * @param form for the log, when it is known
 */
export async function callDatabase(
  client: Client,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  { totalDeadline, attemptDeadline }: StoreOptions,
  form = '',
): Promise<CallAnswer> {
  const end = Date.now() + totalDeadline;
  let done: 'no' | 'unknown' = 'no';
  for (let attempt = 1; ; attempt++) {
    const patience = Math.min(attemptDeadline, end - Date.now());
    const answer = await client.rpc(name, parameters).abortSignal(AbortSignal.timeout(patience));
    const { error, status } = answer;
    if (error === null) return { outcome: 'answered', data: answer.data as unknown, attempts: attempt };
    if (status === 429) {
      const whose = error.hint === 'form' ? 'form' : 'sender';
      return { outcome: 'limited', retryAfterSeconds: secondsIn(error.details), whose };
    }
    if (mayHaveDone(status)) done = 'unknown';
    log({ event: 'store-failure', form, attempts: attempt, status, code: error.code });
    const pause = Math.random() * 250 * 2 ** attempt;
    if (!isPassing(status) || Date.now() + pause + 200 > end) return { outcome: 'unavailable', done };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** No answer at all (0), a conflict of references (409) or a server in trouble may pass; the rest would not. */
function isPassing(status: number): boolean {
  return mayHaveDone(status) || status === 409;
}

/** A refusal is an answer of the database itself; a server in trouble may have lost its answer on the way. */
function mayHaveDone(status: number): boolean {
  return status === 0 || status >= 500;
}

function secondsIn(details: string): number {
  const seconds = Number(details);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 3600;
}
