import { countRowSchema, type CountRow } from '../domain/transparency.ts';
import { connectionOf, fetchRows, readOrStop, UnreadableError } from './supabase.ts';

/**
 * Reads how much is kept, as it may be published. Without `SUPABASE_URL` there is no database to speak of; with it,
 * anything but a complete answer stops the build.
 *
 * @throws Error in French naming what failed
 */
export async function readCounts(env: NodeJS.ProcessEnv): Promise<CountRow[] | undefined> {
  const connection = connectionOf(env, 'une page Transparence vide');
  if (!connection) return undefined;
  return readOrStop('Le compte des dossiers', async () => {
    const rows = await fetchRows(connection, 'transparency', { select: '*' }, 'nombres');
    const result = countRowSchema.array().min(1).safeParse(rows);
    // A number that is not rounded must never reach a page, not even by a mistake in the database.
    if (!result.success) throw new UnreadableError('un nombre n’est pas arrondi comme il doit l’être');
    return result.data;
  });
}
