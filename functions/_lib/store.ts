import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Environment } from './environment.ts';
import { log } from './log.ts';

/** What became of a submission. */
export type Stored =
  | {
      outcome: 'stored';
      reference: string;
      created: boolean;
      /** The key that the stored row was sent with, as long as its link may be given; see follow-up-link.ts. */
      linkKey: string | null;
    }
  | { outcome: 'limited'; retryAfterSeconds: number }
  | { outcome: 'unavailable' };

/** One row to store, by column, with the reserved `_limiter`. */
export type Payload = Readonly<Record<string, unknown>>;

/** Where submissions go. */
export interface Store {
  /** Stores a submission once, however often it is sent. */
  submit(form: string, payload: Payload): Promise<Stored>;
  /** Erases expired rate-limit counters: how many, or `undefined` when the database does not answer. */
  purge(): Promise<number | undefined>;
  /** Answers that this key closed, oldest first, or `undefined` when the database does not answer. */
  closedWith(
    table: string,
    column: string,
    keyId: string,
    limit: number,
  ): Promise<{ id: string; value: string }[] | undefined>;
  /** Replaces an answer, unless somebody changed it in the meantime. Whether it was replaced. */
  replace(table: string, column: string, change: Replacement): Promise<boolean>;
  /** Whether the database answers. */
  isReachable(): Promise<boolean>;
}

/** One answer to replace in one row. */
export interface Replacement {
  id: string;
  /** What the column holds now. */
  from: string;
  /** What to write, by column. */
  to: Readonly<Record<string, string>>;
}

/** Times in milliseconds. The whole must fit in the patience of a person and of the platform. */
export interface StoreOptions {
  totalDeadline: number;
  attemptDeadline: number;
}

const DEFAULTS: StoreOptions = { totalDeadline: 8000, attemptDeadline: 3500 };

/** A store on Supabase, with the secret key. */
export function supabaseStore(environment: Environment, options: StoreOptions = DEFAULTS): Store {
  const client = createClient(environment.SUPABASE_URL, environment.SUPABASE_SECRET_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  return {
    submit: (form, payload) => submitWithRetry(client, form, JSON.stringify(payload), options),
    async purge() {
      const answer = await client
        .rpc('purge_rate_limits')
        .abortSignal(AbortSignal.timeout(options.totalDeadline));
      return answer.error ? undefined : Number(answer.data);
    },
    async closedWith(table, column, keyId, limit) {
      const { data } = await client
        .from(table)
        .select(`id, value:${column}`)
        .like(column, `%.${keyId}.%`)
        .order('received_at')
        .limit(limit)
        .abortSignal(AbortSignal.timeout(options.totalDeadline));
      return (data as { id: string; value: string }[] | null) ?? undefined;
    },
    async replace(table, column, { id, from, to }) {
      const { data } = await client
        .from(table)
        .update(to)
        .eq('id', id)
        .eq(column, from)
        .select('id')
        .abortSignal(AbortSignal.timeout(options.totalDeadline));
      return data?.length === 1;
    },
    async isReachable() {
      const { error } = await client
        .from('published_projects')
        .select('slug')
        .limit(1)
        .abortSignal(AbortSignal.timeout(options.attemptDeadline));
      return error === null;
    },
  };
}

interface StoredRow {
  reference: string;
  created: boolean;
  link_key: string | null;
}

/*
 * supabase-js never retries a write. Repeating is safe here: the database gives the same reference for the same
 * submission, so a lost answer costs a second call and never a second row.
 */
async function submitWithRetry(
  client: SupabaseClient,
  form: string,
  payload: string,
  { totalDeadline, attemptDeadline }: StoreOptions,
): Promise<Stored> {
  const end = Date.now() + totalDeadline;
  for (let attempt = 1; ; attempt++) {
    const patience = Math.min(attemptDeadline, end - Date.now());
    const answer = await client
      .rpc('submit_form', { form, payload })
      .abortSignal(AbortSignal.timeout(patience));
    const { error, status } = answer;
    const row = (answer.data as StoredRow[] | null)?.[0];
    if (row) {
      const { reference, created, link_key: linkKey } = row;
      return { outcome: 'stored', reference, created, linkKey };
    }
    if (status === 429) return { outcome: 'limited', retryAfterSeconds: secondsIn(error?.details) };
    log({ event: 'store-failure', form, attempts: attempt, status, code: error?.code ?? '' });
    const pause = Math.random() * 250 * 2 ** attempt;
    if (!isPassing(status) || Date.now() + pause + 200 > end) return { outcome: 'unavailable' };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** No answer at all (0), a conflict of references (409) or a server in trouble may pass; the rest would not. */
function isPassing(status: number): boolean {
  return status === 0 || status === 409 || status >= 500;
}

function secondsIn(details: string | null | undefined): number {
  const seconds = Number(details);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 3600;
}
