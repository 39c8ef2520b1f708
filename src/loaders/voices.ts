import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Loader } from 'astro/loaders';
import { z } from 'zod';
import { formsAreOpen } from '../domain/forms/opening.ts';
import { mayPublish, voiceSchema, type Voice } from '../domain/migration/voice.ts';
import { today } from './clock.ts';
import { listFiles, readYaml } from './read-content.ts';
import { connectionOf, fetchRows, readOrStop, UnreadableError } from './supabase.ts';

const FOLDER = 'content/voix';
const withdrawnRow = z.object({ code_hash: z.string().regex(/^[0-9a-f]{64}$/) });

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
  const withdrawn = await readWithdrawals(env);
  return new Map(
    files
      .map((file): [string, Voice] => [basename(file, '.yml'), voiceSchema.parse(readYaml(file))])
      .filter(([, voice]) => mayPublish(voice, day, withdrawn)),
  );
}

/** The fingerprints of every code that was used. */
async function readWithdrawals(env: NodeJS.ProcessEnv): Promise<Set<string>> {
  const withdrawn = new Set<string>();
  const connection = connectionOf(env, 'un témoignage retiré');
  if (!connection) return withdrawn;
  return readOrStop('Le registre des retraits de témoignages', async () => {
    // A server may cap a page below what is asked: only a page that brings nothing new is the end.
    for (let last = ''; ;) {
      const before = withdrawn.size;
      const parameters = { select: 'code_hash', order: 'code_hash', limit: '500' };
      const rows = await fetchRows(
        connection,
        'withdrawn_testimonies',
        last ? { ...parameters, code_hash: `gt.${last}` } : parameters,
        'retraits',
      );
      for (const row of rows) {
        const read = withdrawnRow.safeParse(row);
        if (!read.success) throw new UnreadableError('un retrait n’a pas son empreinte');
        last = read.data.code_hash;
        withdrawn.add(last);
      }
      if (withdrawn.size === before) return withdrawn;
    }
  });
}
