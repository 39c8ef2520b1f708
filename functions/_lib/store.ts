import { z } from 'zod';
import {
  callDatabase,
  DEFAULT_PATIENCE,
  secretClient,
  type CallAnswer,
  type Client,
  type StoreOptions,
} from './database-call.ts';
import type { Environment } from './environment.ts';

/** What became of a submission. */
export type Stored =
  | {
      outcome: 'stored';
      reference: string;
      /** `again` only when it is certain that an earlier sending stored it. */
      created: 'now' | 'again' | 'perhaps-again';
      /** Put aside until somebody has looked at it. */
      quarantined: boolean;
      /** The key that the stored row was sent with, as long as its link may be given; see follow-up-link.ts. */
      linkKey: string | null;
    }
  | Exclude<CallAnswer, { outcome: 'answered' }>;

const purgedSchema = z.object({
  counters: z.number().int(),
  submissions: z.number().int(),
  answers: z.number().int(),
  letters: z.number().int(),
});

/** How much was erased of each kind. */
export type Purged = z.infer<typeof purgedSchema>;

/** One row to store, by column, with the reserved `_limiter` and `_mail`. */
export type Payload = Readonly<Record<string, unknown>>;

/** Where submissions go. */
export interface Store {
  /** Stores a submission once, however often it is sent. */
  submit(form: string, payload: Payload): Promise<Stored>;
  /**
   * Erases what was kept long enough at this moment, expired rate-limit counters among it: how much of each, or
   * `undefined` when the database does not answer.
   */
  purge(asOf: Date): Promise<Purged | undefined>;
  /** Answers that this key closed, oldest first, or `undefined` when the database does not answer. */
  closedWith(
    table: string,
    column: string,
    keyId: string,
    limit: number,
  ): Promise<{ id: string; value: string }[] | undefined>;
  /** Replaces an answer, unless somebody changed it in the meantime. Whether it was replaced. */
  replace(table: string, column: string, change: Replacement): Promise<boolean>;
  /** Whether a project of the catalogue has this address, or `undefined` when the database does not answer. */
  hasProject(slug: string): Promise<boolean | undefined>;
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

/** A store on Supabase, with the secret key. */
export function supabaseStore(environment: Environment, options: StoreOptions = DEFAULT_PATIENCE): Store {
  const client = secretClient(environment);
  return {
    submit: (form, payload) => submit(client, form, JSON.stringify(payload), options),
    async purge(asOf) {
      const counters = await callDatabase(client, 'purge_rate_limits', {}, options);
      const rows = await callDatabase(client, 'purge_expired', { as_of: asOf.toISOString() }, options);
      if (counters.outcome !== 'answered' || rows.outcome !== 'answered') return undefined;
      return purgedSchema.parse({ counters: counters.data, ...JSON.parse(String(rows.data)) });
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
    async hasProject(slug) {
      const { data } = await client
        .from('published_projects')
        .select('slug')
        .eq('slug', slug)
        .limit(1)
        .abortSignal(AbortSignal.timeout(options.attemptDeadline));
      return data === null ? undefined : data.length === 1;
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
  quarantined: boolean;
  link_key: string | null;
}

/** May be repeated: the database gives the same reference for the same submission. */
async function submit(client: Client, form: string, payload: string, options: StoreOptions): Promise<Stored> {
  const answer = await callDatabase(client, 'submit_form', { form, payload }, options, form);
  if (answer.outcome !== 'answered') return answer;
  const row = (answer.data as StoredRow[] | null)?.[0];
  if (!row) return { outcome: 'unavailable', done: 'unknown' };
  const { reference, quarantined, link_key: linkKey } = row;
  // After a first call whose answer was lost, the row may be the one that call stored.
  const created = row.created ? 'now' : answer.attempts === 1 ? 'again' : 'perhaps-again';
  return { outcome: 'stored', reference, created, quarantined, linkKey };
}
