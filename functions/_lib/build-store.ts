import { z } from 'zod';
import { callDatabase, DEFAULT_PATIENCE, secretClient, type StoreOptions } from './database-call.ts';
import type { Environment } from './environment.ts';

const claimedSchema = z.object({ id: z.number().int(), mark: z.uuid() });

/** A build to start, which nobody else was given. */
export type ClaimedBuild = z.infer<typeof claimedSchema>;

/** What became of asking for a build. */
export type Asked =
  { outcome: 'started' } | { outcome: 'failed'; code: 'no_hook' | 'hook_refused' | 'hook_unreachable' };

/** The builds that the database asks for, and what became of them. */
export interface BuildStore {
  /** The build to start now; `undefined` when there is none; `unavailable` when the database does not answer. */
  claim(): Promise<ClaimedBuild | undefined | 'unavailable'>;
  /** Says what became of asking. Whether the database heard it. */
  settle(build: ClaimedBuild, asked: Asked): Promise<boolean>;
  /** Says that a site with this mark is online. Whether the database heard it. */
  confirm(mark: string): Promise<boolean>;
}

/** The builds of Supabase's database, with the secret key. */
export function supabaseBuilds(
  environment: Environment,
  options: StoreOptions = DEFAULT_PATIENCE,
): BuildStore {
  const client = secretClient(environment);
  const call = (name: string, parameters: Record<string, unknown>) =>
    callDatabase(client, name, parameters, options);
  return {
    async claim() {
      // When the answer is lost, a second call finds a build under way, which nobody starts: it is called a failure in
      // its time, and tried again.
      const answer = await call('claim_build', {});
      if (answer.outcome !== 'answered') return 'unavailable';
      return typeof answer.data === 'string' ? claimedSchema.parse(JSON.parse(answer.data)) : undefined;
    },
    async settle({ id }, asked) {
      const code = 'code' in asked ? asked.code : null;
      return (await call('settle_build', { build: id, outcome: asked.outcome, code })).outcome === 'answered';
    },
    async confirm(mark) {
      return (await call('confirm_build', { mark })).outcome === 'answered';
    },
  };
}
