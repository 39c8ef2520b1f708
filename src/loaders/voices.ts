import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Loader } from 'astro/loaders';
import { z } from 'zod';
import { formsAreOpen } from '../domain/forms/opening.ts';
import { mayPublish, voiceSchema, type Voice } from '../domain/migration/voice.ts';
import { today } from './clock.ts';
import { listFiles, readYaml } from './read-content.ts';
import { callFunction, connectionOf, readOrStop, UnreadableError } from './supabase.ts';

const FOLDER = 'content/voix';
/** The database refuses a longer question. */
const ASKED_AT_ONCE = 200;
const withdrawalsSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.strictObject({ asked: z.number(), withdrawn: z.array(z.string().regex(/^[0-9a-f]{64}$/)) }));

/** The testimonies that may be published today; the files of the others stay where they are, unread by any page. */
export function voicesLoader(): Loader {
  return {
    name: 'voices',
    async load({ store, parseData, logger }) {
      const voices = await readVoices(process.env, today());
      store.clear();
      for (const [id, voice] of voices) store.set({ id, data: await parseData({ id, data: voice }) });
      logger.info(`${voices.size} témoignages publiés`);
    },
  };
}

/**
 * Reads the testimonies that may be published: agreed to, for this site, for today, and not withdrawn. Without a
 * database, or as long as its form is closed, nobody could withdraw: there is then none.
 *
 * @throws Error in French when the withdrawals can not all be read: no build publishes what was withdrawn
 */
export async function readVoices(env: NodeJS.ProcessEnv, day: Date): Promise<Map<string, Voice>> {
  const files = existsSync(FOLDER) ? listFiles(FOLDER, '.yml') : [];
  if (!env['SUPABASE_URL'] || !formsAreOpen(env) || files.length === 0) return new Map();
  const voices = files.map((file): [string, Voice] => [
    basename(file, '.yml'),
    voiceSchema.parse(readYaml(file)),
  ]);
  const withdrawn = await readWithdrawals(
    env,
    voices.map(([, voice]) => voice),
  );
  return new Map(voices.filter(([, voice]) => mayPublish(voice, day, withdrawn)));
}

/** Those of these testimonies whose code was used, by the fingerprint of the code. */
async function readWithdrawals(env: NodeJS.ProcessEnv, voices: readonly Voice[]): Promise<Set<string>> {
  const withdrawn = new Set<string>();
  const connection = connectionOf(env, 'un témoignage retiré');
  if (!connection) return withdrawn;
  const hashes = voices.map(({ consent }) => consent.withdrawalCodeHash);
  return readOrStop('Le registre des retraits de témoignages', async () => {
    for (let from = 0; from < hashes.length; from += ASKED_AT_ONCE) {
      const asked = hashes.slice(from, from + ASKED_AT_ONCE);
      const answer = await callFunction(connection, 'withdrawn_among', { hashes: asked.join(',') });
      const read = withdrawalsSchema.safeParse(answer);
      // An answer about other testimonies, or about fewer, says nothing of these.
      if (!read.success || read.data.asked !== asked.length)
        throw new UnreadableError('la réponse n’est pas celle d’un registre de retraits');
      for (const hash of read.data.withdrawn) withdrawn.add(hash);
    }
    return withdrawn;
  });
}
