// The database that commands for officers work on: the Supabase of .env, or the embedded one of the data folder,
// whether the service runs or not.
import { createClient } from '@supabase/supabase-js';
import { lockDataFolder, readKeys, runningService } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { readDataDir, readEnvironment } from './environment.ts';
import { UserError } from './terminal.mjs';

type Client = ReturnType<typeof connect>;

/** A database opened for one command. */
export interface OfficerDatabase {
  /** Whether it is a Supabase elsewhere. */
  hosted: boolean;
  /** With the secret key. */
  service: Client;
  /** With the key that everybody may have; only for the embedded database. */
  visitor: Client | undefined;
  close: () => Promise<void>;
}

/** Opens the database that the environment names. */
export async function openOfficerDatabase(root: string): Promise<OfficerDatabase> {
  const env = readEnvironment(root);
  const hosted = env.SUPABASE_URL ?? '';
  if (hosted !== '') {
    const secret = env.SUPABASE_SECRET_KEY ?? '';
    if (secret === '')
      throw new UserError(
        'SUPABASE_URL est réglée, mais pas SUPABASE_SECRET_KEY : ajoutez-la dans .env, le temps de cette commande.',
      );
    return {
      hosted: true,
      service: connect(hosted, secret),
      visitor: undefined,
      close: () => Promise.resolve(),
    };
  }

  const dataDir = readDataDir(root, env);
  const running = runningService(dataDir);
  if (running !== undefined) {
    const keys = await readKeys(dataDir);
    return {
      hosted: false,
      service: connect(running, keys.secret),
      visitor: connect(running, keys.publishable),
      close: () => Promise.resolve(),
    };
  }
  const url = 'http://localhost:8888';
  const release = lockDataFolder(dataDir, url);
  try {
    const keys = await readKeys(dataDir);
    const database = await openDatabase({ root, dataDir, url, keys, quiet: true });
    const inProcess: typeof fetch = (input, init) => database.fetch(new Request(input, init));
    return {
      hosted: false,
      service: connect(url, keys.secret, inProcess),
      visitor: connect(url, keys.publishable, inProcess),
      close: async () => {
        await database.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function connect(url: string, key: string, fetcher: typeof fetch = fetch) {
  return createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: { fetch: fetcher },
  });
}

/** What a call answered, or the sentence that says why it did not. */
export function answerOf<Data>(result: { data: Data; error: { message: string } | null }): Data {
  if (result.error === null) return result.data;
  throw new UserError(
    'La base de données n’a pas répondu comme prévu : vérifiez SUPABASE_URL et SUPABASE_SECRET_KEY, ou relancez « npm start ».',
    { details: result.error.message },
  );
}
