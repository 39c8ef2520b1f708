import { z } from 'zod';
import { connectionOf, fetchRows, readOrStop, UnreadableError } from './supabase.ts';

const markRow = z.object({ mark: z.uuid() });

/**
 * The mark of the last build that was asked for: the site that carries it holds all that was published before. To be
 * read before anything else.
 *
 * @returns nothing without a database, or when no build was ever asked for
 * @throws Error in French when it can not be read
 */
export async function readBuildMark(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const connection = connectionOf(env, 'un catalogue vide');
  if (!connection) return undefined;
  return readOrStop('La marque de la construction', async () => {
    const [row] = await fetchRows(connection, 'build_mark', { select: 'mark' }, 'marques');
    if (row === undefined) return undefined;
    const read = markRow.safeParse(row);
    if (!read.success) throw new UnreadableError('elle n’a pas la forme attendue');
    return read.data.mark;
  });
}
