import { submissionRecord, type SubmissionRecord } from '../../src/domain/follow-up/submission.ts';
import {
  callDatabase,
  DEFAULT_PATIENCE,
  secretClient,
  type CallAnswer,
  type StoreOptions,
} from './database-call.ts';
import type { Environment } from './environment.ts';

/** Who asks, and for what. */
export interface Asked {
  /** The fingerprint of the link. */
  hash: string;
  /** The keyed hash of the network address; null: no limit. */
  limiter: string | null;
}

/** What the database says of a link. */
export type Followed =
  | { outcome: 'found'; record: SubmissionRecord; changed: boolean; full: boolean; closed: boolean }
  /** No submission has this link: it is wrong, or was erased. */
  | { outcome: 'unknown' }
  | Exclude<CallAnswer, { outcome: 'answered' }>;

/** Submissions, as the holders of their links reach them. Each act may be repeated and is done once. */
export interface FollowUpStore {
  see(asked: Asked): Promise<Followed>;
  /** `changed` when it was corrected elsewhere since that revision: nothing is then written. */
  amend(asked: Asked, correction: { row: object; revision: number; fingerprint: string }): Promise<Followed>;
  /** `full` when no more message is taken. */
  add(asked: Asked, message: { body: string; fingerprint: string }): Promise<Followed>;
  withdraw(asked: Asked): Promise<Followed>;
  /** News of a project. `closed` when it is not in the catalogue, `full` when too many wait to be read. */
  tell(asked: Asked, news: { row: object; fingerprint: string }): Promise<Followed>;
  /** Takes news back. */
  unsay(asked: Asked, reference: string): Promise<Followed>;
  /** The submission as it was. */
  erase(asked: Asked): Promise<Followed | { outcome: 'erased-before' }>;
}

/** The links of Supabase's database, with the secret key. */
export function supabaseFollowUps(
  environment: Environment,
  options: StoreOptions = DEFAULT_PATIENCE,
): FollowUpStore {
  const client = secretClient(environment);
  const call = (name: string, { hash, limiter }: Asked, more: Record<string, unknown> = {}) =>
    callDatabase(client, name, { link_hash: hash, limiter, ...more }, options);
  return {
    see: async (asked) => followed(await call('follow_up', asked)),
    amend: async (asked, { row, revision, fingerprint }) =>
      followed(await call('follow_up_amend', asked, { payload: JSON.stringify(row), revision, fingerprint })),
    add: async (asked, message) => followed(await call('follow_up_add', asked, message)),
    withdraw: async (asked) => followed(await call('follow_up_withdraw', asked)),
    tell: async (asked, { row, fingerprint }) =>
      followed(await call('follow_up_news', asked, { payload: JSON.stringify(row), fingerprint })),
    unsay: async (asked, reference) => followed(await call('follow_up_unsay', asked, { reference })),
    async erase(asked) {
      const answer = await call('follow_up_erase', asked);
      const result = followed(answer);
      // A first call whose answer was lost had already erased it.
      const repeated = answer.outcome === 'answered' && answer.attempts > 1;
      return result.outcome === 'unknown' && repeated ? { outcome: 'erased-before' } : result;
    },
  };
}

function followed(answer: CallAnswer): Followed {
  if (answer.outcome !== 'answered') return answer;
  if (typeof answer.data !== 'string') return { outcome: 'unknown' };
  const { outcome, submission } = JSON.parse(answer.data) as { outcome: string; submission: unknown };
  return {
    outcome: 'found',
    record: submissionRecord.parse(submission),
    changed: outcome === 'changed',
    full: outcome === 'full',
    closed: outcome === 'closed',
  };
}
