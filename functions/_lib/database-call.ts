import { createClient } from '@supabase/supabase-js';
import type { Environment } from './environment.ts';
import { log } from './log.ts';

/** Times in milliseconds. The whole must fit in the patience of a person and of the platform. */
export interface StoreOptions {
  totalDeadline: number;
  attemptDeadline: number;
  /** How much shorter pauses are than in production: 1 there. Default: 1. */
  pace?: number;
}

/** What the functions allow the database, at another pace: 1/50 makes every second of production last 20 ms. */
export function patienceAt(pace: number): StoreOptions {
  return { totalDeadline: Math.round(8000 * pace), attemptDeadline: Math.round(3500 * pace), pace };
}

/** What the functions allow the database. */
export const DEFAULT_PATIENCE: StoreOptions = patienceAt(1);

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
  { totalDeadline, attemptDeadline, pace = 1 }: StoreOptions,
  form = '',
): Promise<CallAnswer> {
  const end = Date.now() + totalDeadline;
  let done: 'no' | 'unknown' = 'no';
  for (let attempt = 1; ; attempt++) {
    // A pause may last longer than it was asked to on a busy machine.
    const patience = Math.max(1, Math.min(attemptDeadline, end - Date.now()));
    const answer = await client.rpc(name, parameters).abortSignal(AbortSignal.timeout(patience));
    const { error, status } = answer;
    if (error === null && status === 200) {
      return { outcome: 'answered', data: answer.data as unknown, attempts: attempt };
    }
    const { code = '', hint = '', details = '' } = error ?? {};
    const isOverLimit = code === OVER_LIMIT;
    // An earlier attempt that is still on its way may be let in at the next hour.
    if (isOverLimit && done === 'no') {
      const whose = hint === 'form' ? 'form' : 'sender';
      return { outcome: 'limited', retryAfterSeconds: secondsIn(details), whose };
    }
    if (!isRefusal(status, code)) done = 'unknown';
    log({ event: 'store-failure', form, attempts: attempt, status, code });
    const pause = Math.random() * 250 * pace * 2 ** attempt;
    const isLast = isOverLimit || !isPassing(status) || Date.now() + pause + 200 * pace > end;
    if (isLast) return { outcome: 'unavailable', done };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Raised by our limits, in the database. A gateway on the way may answer 429 too, for reasons of its own. */
const OVER_LIMIT = 'PT429';
/** Raised as a row is written, and the transaction is then undone. */
const DISK_FULL = '53100';

/**
 * Whether this answer is the database's word that nothing was stored. Anything else, an answer that nobody can read
 * included, may hide that it was: by this attempt or by an earlier sending.
 */
function isRefusal(status: number, code: string): boolean {
  return code === DISK_FULL || (status >= 400 && status < 500 && !isFromGateway(status, code));
}

/** Too slow, or too many, says a machine on the way: the database may know otherwise. */
function isFromGateway(status: number, code: string): boolean {
  return status === 408 || (status === 429 && code !== OVER_LIMIT);
}

/** Whether the next attempt may fare better: not after a refusal, but for a conflict of references (409). */
function isPassing(status: number): boolean {
  return status < 400 || status >= 500 || [408, 409, 429].includes(status);
}

function secondsIn(details: string): number {
  const seconds = Number(details);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 3600;
}
