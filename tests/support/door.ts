// The HTTP door of a database, as far as the functions use it: `POST /rest/v1/rpc/<name>`, one transaction a request,
// refusals said as PostgREST documents them (docs.postgrest.org, « Errors »). For tests that kill PostgreSQL:
// `@supabase/lite`, which serves every other test, dies with the database it is on.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';

export interface Door {
  url: string;
  secret: string;
  stop(): Promise<void>;
}

interface Answer {
  status: number;
  body: unknown;
}

/** By the first letters of the database's code: the longest that fits. */
const STATUSES: Readonly<Record<string, number>> = {
  '08': 503,
  '23503': 409,
  '23505': 409,
  '25': 500,
  '25006': 405,
  '40': 500,
  '42501': 403,
  '42883': 404,
  '53': 503,
  '53400': 500,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  XX: 500,
};

/** @param databaseUrl `postgres://…` of a migrated database, as its owner */
export async function startDoor(databaseUrl: string): Promise<Door> {
  const secret = `sb_secret_${'d'.repeat(31)}`;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20, connectionTimeoutMillis: 10_000 });
  // A database that goes away takes its idle connections along.
  pool.on('error', () => undefined);
  const setsOf = new Map<string, boolean>();

  async function call(name: string, parameters: Record<string, unknown>): Promise<Answer> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      // Nothing was asked of the database.
      return refusal(503, { code: 'PGRST000', message: 'Database connection error', details: String(error) });
    }
    // An error between two queries is the next one's.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    let broken = false;
    try {
      await client.query(BEGIN);
      const names = Object.keys(parameters);
      const list = names.map((one, index) => `${pg.escapeIdentifier(one)} => $${index + 1}`).join(', ');
      const sql = `select * from public.${pg.escapeIdentifier(name)}(${list})`;
      const { rows } = await client.query<Record<string, unknown>>(sql, Object.values(parameters));
      const isSet = setsOf.get(name) ?? (await isSetReturning(client, name));
      setsOf.set(name, isSet);
      await client.query('commit');
      return { status: 200, body: isSet ? rows : (Object.values(rows[0] ?? {})[0] ?? null) };
    } catch (error) {
      const { code, message, detail = null, hint = null } = error as pg.DatabaseError;
      // Without a code, it is the connection that broke: before or after the commit.
      if (!code || !/^[0-9A-Z]{5}$/.test(code) || code === 'EPIPE') {
        broken = true;
        return refusal(503, { code: 'PGRST001', message: 'Database client error' });
      }
      broken = code.startsWith('57P');
      await client.query('rollback').catch(() => (broken = true));
      return refusal(statusOf(code), { code, message, details: detail, hint });
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const name = /^\/rest\/v1\/rpc\/(\w+)$/.exec(request.url ?? '')?.[1];
    const body = await text(request);
    if (request.headers['apikey'] !== secret) return refusal(401, { message: 'Invalid API key' });
    if (request.method !== 'POST' || !name)
      return refusal(404, { code: 'PGRST205', message: 'No such path' });
    return call(name, JSON.parse(body || '{}') as Record<string, unknown>);
  }

  const server = createServer((request, response) => {
    request.on('error', () => undefined);
    void answer(request)
      .catch((error: unknown) => refusal(500, { message: String(error) }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret,
    async stop() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await pool.end();
    },
  };
}

/** A transaction under the role of the secret key. */
const BEGIN = `begin; set local role service_role; select set_config('request.jwt.claims', '{"role":"service_role"}', true)`;

async function isSetReturning(client: pg.PoolClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ proretset: boolean }>(
    `select proretset from pg_catalog.pg_proc where proname = $1 and pronamespace = 'public'::regnamespace`,
    [name],
  );
  return rows[0]?.proretset ?? false;
}

function refusal(status: number, error: Record<string, unknown>): Answer {
  return { status, body: { code: null, details: null, hint: null, ...error } };
}

function statusOf(code: string): number {
  const raised = /^PT(\d{3})$/.exec(code)?.[1];
  return raised ? Number(raised) : (STATUSES[code] ?? STATUSES[code.slice(0, 2)] ?? 400);
}
