// On this machine, the server does what Netlify does for the site online: it builds again when something was published,
// withdrawn or erased. The database says when, and keeps what became of it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { EmbeddedDatabase } from './database.ts';

const LOOK_EVERY_MS = 1000;

/** Shorter than online (`claim_build`): here a build costs nothing, and whoever tries the service is watching. */
const CLAIM = `select private.claim_build(now(), '2 seconds', '15 seconds', '10 minutes', null, null) ->> 'id' as id`;

type Connection = Pick<EmbeddedDatabase, 'connection'>;

/** Gives every request there is to a build that is about to start. */
export async function beginBuild({ connection }: Connection): Promise<void> {
  await connection.driver.query('select private.begin_build(now())');
}

/** Says that the site of this folder is online. */
export async function confirmBuild({ connection }: Connection, folder: string): Promise<void> {
  const { mark } = JSON.parse(await readFile(path.join(folder, 'version.json'), 'utf8')) as { mark?: string };
  if (mark !== undefined) await connection.driver.query('select private.confirm_build($1, now())', [mark]);
}

interface Press {
  database: Connection;
  /** Builds, then puts online; rejects when the site before stays. */
  rebuild: (signal: AbortSignal) => Promise<void>;
  /** What a failed build says. */
  complain: (error: unknown) => void;
}

/** Looks for requests until it is stopped. */
export function publishByItself({ database, rebuild, complain }: Press): () => Promise<void> {
  const { driver } = database.connection;
  const stopping = new AbortController();
  const { signal } = stopping;

  const look = async (): Promise<void> => {
    const { rows } = await driver.query<{ id: string | null }>(CLAIM);
    const id = rows[0]?.id;
    if (id === null || id === undefined) return;
    try {
      await rebuild(signal);
    } catch (error) {
      // What was cut short by the end of the service is built at its next start.
      if (signal.aborted) return;
      complain(error);
      await driver.query(`select private.settle_build($1, 'failed', 'build_failed', now())`, [id]);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let under = Promise.resolve();
  const turn = (): void => {
    under = look()
      .catch((error: unknown) => {
        if (!signal.aborted) complain(error);
      })
      .then(() => {
        if (!signal.aborted) timer = setTimeout(turn, LOOK_EVERY_MS).unref();
      });
  };
  turn();
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await under;
  };
}
