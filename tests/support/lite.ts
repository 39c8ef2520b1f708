/**
 * Supabase in this process: `@supabase/lite` on PGlite (PostgreSQL in WASM), with our migrations.
 *
 *   const lite = await startLite({ seed: true });             // about 3 s; in beforeAll
 *   await lite.service.rpc('submit_form', { form, payload });  // supabase-js with the secret key
 *   const desk = await lite.signIn('agent@example.org', 'reviewer');
 *   await lite.stop();
 *
 * Options: `dataDir` keeps the data in a folder; `postgresUrl` runs on a real PostgreSQL instead of PGlite (give it
 * an empty database: `createDatabase('lite', { bootstrap: false, migrate: false })`); `listen: true` also opens a
 * local port, for code that must be given a real URL. Without it, pass `lite.fetch` to
 * createClient(lite.url, key, { global: { fetch: lite.fetch } }).
 *
 * How an App is made (the same steps serve `npm start`):
 *   1. createPgliteConnection({ url: folder }): `url` is a plain path, created when missing; leave it out for memory.
 *      One process at a time may open a folder.
 *   2. new App({ connection, auth: { enabled: true, jwt_secret, publishable_key, secret_key, … }, api: … }).
 *      config.toml is only read by lite's own CLI: an embedded App is told everything here. Without at least one key
 *      every request is let in. Keys must look like `sb_publishable_…` and `sb_secret_…`; keep them and jwt_secret
 *      from one start to the next, or sessions and clients stop working. Admin mode is off unless asked for.
 *   3. await app.ensureSystemSchema(): creates `auth`, which our migrations refer to, and the migration history.
 *   4. migrateLite(app): each pending file in its own transaction, recorded in supabase_migrations.schema_migrations
 *      like the Supabase CLI does; safe to call at every start.
 *   5. the seed if wanted (idempotent), then app.fetch(request) answers /rest/v1 and /auth/v1.
 * At the first request lite grants every table of `public` to the three API roles, whatever our `revoke` said.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { App, appliedVersions, splitSqlStatements } from '@supabase/lite';
import { createPgliteConnection } from '@supabase/lite/pglite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { API_ROLES_SQL, readMigrations, readSeed } from './postgres.ts';

process.env['DO_NOT_TRACK'] = '1';

export interface LiteOptions {
  /** A folder that keeps the data. Default: memory. */
  dataDir?: string;
  /** An empty database of a real PostgreSQL, used instead of PGlite. */
  postgresUrl?: string;
  /** The demonstration rows. Default: false. */
  seed?: boolean;
  /** Also answer on a free local port, and use it as `url`. Default: false. */
  listen?: boolean;
}

export interface TestLite {
  url: string;
  keys: { publishable: string; secret: string };
  /** Answers in process whatever is asked under `url`. */
  fetch: typeof fetch;
  /** As a visitor. */
  anon: SupabaseClient;
  /** As the functions, with the secret key. */
  service: SupabaseClient;
  /** A client nobody shares, with the publishable key. */
  client(): SupabaseClient;
  /** Creates an account and signs it in; with a role, makes an officer of it. */
  signIn(
    email: string,
    role?: 'reader' | 'reviewer' | 'publisher' | 'admin',
  ): Promise<{ client: SupabaseClient; userId: string }>;
  /** SQL as the owner; the rows of a single statement. */
  sql<Row = Record<string, unknown>>(statement: string): Promise<Row[]>;
  stop(): Promise<void>;
}

export async function startLite(options: LiteOptions = {}): Promise<TestLite> {
  const keys = { publishable: `sb_publishable_${'a'.repeat(31)}`, secret: `sb_secret_${'b'.repeat(31)}` };
  const connection =
    options.postgresUrl === undefined
      ? await createPgliteConnection(options.dataDir === undefined ? {} : { url: options.dataDir })
      : createPostgresConnection({
          url: options.postgresUrl,
          // lite's own `create … if not exists` would print a notice each.
          // Inside a request lite takes a second connection: a small pool starves under parallel requests.
          postgresOptions: { onnotice: () => {}, max: 60 },
        });
  const app = new App({
    connection,
    api: { schemas: ['public'] },
    auth: {
      enabled: true,
      site_url: 'http://localhost:8888',
      jwt_secret: 'only-for-tests-0123456789abcdef0123456789',
      publishable_key: keys.publishable,
      secret_key: keys.secret,
      enable_signup: true,
      email: { enable_signup: true, enable_confirmations: false },
    },
  });
  await app.ensureSystemSchema();
  await migrateLite(app);
  if (options.seed ?? false) await connection.transaction(splitSqlStatements(await readSeed()));

  const server = options.listen ? await listen((request) => app.fetch(request)) : undefined;
  const url = server
    ? `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    : 'http://supabase.localhost';
  const inProcess: typeof fetch = (input, init) => app.fetch(new Request(input, init));
  const connect = (key: string) =>
    createClient(url, key, {
      global: { fetch: inProcess },
      auth: { persistSession: false, autoRefreshToken: false },
    });

  return {
    url,
    keys,
    fetch: inProcess,
    anon: connect(keys.publishable),
    service: connect(keys.secret),
    client: () => connect(keys.publishable),
    async signIn(email, role) {
      const client = connect(keys.publishable);
      const { data, error } = await client.auth.signUp({ email, password: `secret of ${email}` });
      if (error || !data.user || !data.session) throw error ?? new Error(`${email} was not signed in`);
      const userId = data.user.id;
      if (role)
        await connection.exec(`insert into public.officers (user_id, role) values ('${userId}', '${role}')`);
      return { client, userId };
    },
    async sql<Row>(statement: string) {
      return (await connection.exec<{ rows: Row[] }>(statement)).rows;
    },
    async stop() {
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
      await connection.close();
    },
  };
}

/** Applies what is pending, each file and its history row in one transaction. Returns the applied versions. */
export async function migrateLite(app: Pick<App, 'connection'>): Promise<string[]> {
  const { connection } = app;
  // lite creates the roles at the first request; our grants name them before.
  await connection.transaction([API_ROLES_SQL]);
  const done = new Set(await appliedVersions(connection));
  const pending = (await readMigrations()).filter(({ version }) => !done.has(version));
  for (const { version, name, sql } of pending) {
    const statements = splitSqlStatements(sql);
    const history = `insert into supabase_migrations.schema_migrations (version, name, statements)
      values (${[version, name].map(quote).join(', ')}, array[${statements.map(quote).join(', ')}])`;
    await connection.transaction([...statements, history], { intent: 'migration' });
  }
  return pending.map(({ version }) => version);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The few lines that join node:http to a `Request → Response` function. */
async function listen(answer: (request: Request) => Promise<Response>): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const body = incoming.method === 'GET' || incoming.method === 'HEAD' ? null : Readable.toWeb(incoming);
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      body: body as ReadableStream<Uint8Array> | null,
      duplex: 'half',
    } as RequestInit);
    answer(request).then(
      async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        outgoing.end(Buffer.from(await response.arrayBuffer()));
      },
      (error: unknown) => outgoing.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
