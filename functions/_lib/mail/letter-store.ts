import { z } from 'zod';
import { STATUSES } from '../../../src/domain/follow-up/submission.ts';
import {
  callDatabase,
  DEFAULT_PATIENCE,
  secretClient,
  type CallAnswer,
  type StoreOptions,
} from '../database-call.ts';
import type { Environment } from '../environment.ts';

const claimedSchema = z.object({
  id: z.uuid(),
  lease: z.uuid(),
  kind: z.enum(['receipt', 'confirmation', 'news', 'yearly', 'offer', 'silence']),
  form: z.string(),
  attempts: z.number().int(),
  reference: z.string(),
  status: z.enum(STATUSES),
  /** Encrypted. */
  email: z.string(),
  confirmed: z.boolean(),
  agreedAt: z.string(),
  idempotencyKey: z.string(),
  contentHash: z.string(),
  followUpHash: z.string().nullable(),
});

/** A letter to send, held for two minutes, with what it takes to write it. */
export type Claimed = z.infer<typeof claimedSchema>;

/** What became of a letter. `code` is one of the mail server or of the network, never a sentence. */
export type Delivery = { outcome: 'sent' } | { outcome: 'later' | 'never'; code: string };

const answeredSchema = z.object({
  outcome: z.enum(['done', 'voided']),
  form: z.string().optional(),
  reference: z.string().optional(),
  status: z.enum(STATUSES).optional(),
});

/** What the database says to the answer to a letter. */
export type Answered =
  | { outcome: 'done'; form: string; reference: string; wasPublic: boolean }
  /** The submission has another address since. */
  | { outcome: 'voided' }
  /** The letter is too old, or its submission was erased. `before`: perhaps by a first call of this very answer. */
  | { outcome: 'gone'; before: boolean }
  | Exclude<CallAnswer, { outcome: 'answered' }>;

/** The letters to send, and the answers to those that were. */
export interface LetterStore {
  /** The next letter to send; `undefined` when there is none; `unavailable` when the database does not answer. */
  claim(): Promise<Claimed | undefined | 'unavailable'>;
  /** Says what became of it: its state then, or `undefined` when it is somebody else's business. */
  settle(letter: Pick<Claimed, 'id' | 'lease'>, delivery: Delivery): Promise<string | undefined>;
  answer(
    line: string,
    answer: 'see' | 'confirm' | 'stop' | 'erase',
    limiter: string | null,
  ): Promise<Answered>;
  /** Writes the « Toujours d’accord ? » of the day: how many, or `undefined`. */
  askAgain(asOf: Date): Promise<number | undefined>;
  /** Asks for news of the projects that have been silent: how many letters, or `undefined`. */
  askForNews(asOf: Date): Promise<number | undefined>;
}

/** The letters of Supabase's database, with the secret key. */
export function supabaseLetters(
  environment: Environment,
  options: StoreOptions = DEFAULT_PATIENCE,
): LetterStore {
  const client = secretClient(environment);
  const call = (name: string, parameters: Record<string, unknown>) =>
    callDatabase(client, name, parameters, options);
  return {
    async claim() {
      const answer = await call('claim_letter', {});
      if (answer.outcome !== 'answered') return 'unavailable';
      return typeof answer.data === 'string' ? claimedSchema.parse(JSON.parse(answer.data)) : undefined;
    },
    async settle({ id, lease }, delivery) {
      const code = 'code' in delivery ? delivery.code : null;
      const answer = await call('settle_letter', { id, lease, outcome: delivery.outcome, code });
      return answer.outcome === 'answered' && typeof answer.data === 'string' ? answer.data : undefined;
    },
    async answer(line, what, limiter) {
      const answer = await call('answer_letter', { line, answer: what, limiter });
      if (answer.outcome !== 'answered') return answer;
      if (typeof answer.data !== 'string') return { outcome: 'gone', before: answer.attempts > 1 };
      const { outcome, form = '', reference = '', status } = answeredSchema.parse(JSON.parse(answer.data));
      return outcome === 'voided'
        ? { outcome }
        : { outcome, form, reference, wasPublic: status === 'published' };
    },
    async askAgain(asOf) {
      const answer = await call('ask_again', { as_of: asOf.toISOString() });
      return answer.outcome === 'answered' ? Number(answer.data) : undefined;
    },
    async askForNews(asOf) {
      const answer = await call('ask_for_news', { as_of: asOf.toISOString() });
      return answer.outcome === 'answered' ? Number(answer.data) : undefined;
    },
  };
}
