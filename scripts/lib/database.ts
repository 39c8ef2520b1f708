// The embedded Supabase: @supabase/lite over PGlite (PostgreSQL in WebAssembly), in this process, on a folder.
import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { App, type EmailMessage, type IAppConfig } from '@supabase/lite';
import { type PgliteConnection, createPgliteConnection } from '@supabase/lite/pglite';
import { parse as parseToml } from 'smol-toml';
import type { Keys } from './data-folder.ts';
import { UserError, say } from './terminal.mjs';

export interface Migration {
  version: string;
  name: string;
  file: string;
  sql: string;
}

export interface EmbeddedDatabase {
  fetch: (request: Request) => Promise<Response>;
  connection: PgliteConnection;
  applied: string[];
  /** Migrations edited after they were applied here: this folder no longer says what the files say. */
  edited: string[];
  seeded: boolean;
  close: () => Promise<void>;
}

interface DatabaseOptions {
  root: string;
  dataDir: string;
  url: string;
  keys: Keys;
  quiet: boolean;
}

const MIGRATION = /^(\d{14})_([a-z0-9_]+)\.sql$/u;

export function listMigrations(root: string): Migration[] {
  const folder = path.join(root, 'supabase', 'migrations');
  if (!existsSync(folder)) return [];
  const seen = new Map<string, string>();
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const match = MIGRATION.exec(name);
      const [, version, label] = match ?? [];
      if (version === undefined || label === undefined) {
        throw new UserError(
          `La migration « ${name} » n’a pas un nom valable : il faut 14 chiffres, un tiret bas et un nom, par exemple « 20260115093000_create_registrations.sql ».`,
        );
      }
      const twin = seen.get(version);
      if (twin !== undefined) {
        throw new UserError(
          `Les migrations « ${twin} » et « ${name} » portent le même numéro : changez l’un des deux.`,
        );
      }
      seen.set(version, name);
      return { version, name: label, file: name, sql: readFileSync(path.join(folder, name), 'utf8') };
    });
}

interface PgError extends Error {
  code?: string;
  position?: string;
  detail?: string;
  hint?: string;
}

/** « fichier, ligne : ce que dit PostgreSQL », the position counted in the file as its author sees it. */
function describeSqlError(where: string, sql: string, error: unknown): UserError {
  const pg = error as PgError;
  const position = Number(pg.position ?? Number.NaN);
  const line = Number.isNaN(position) ? '' : `, ligne ${String(sql.slice(0, position).split('\n').length)}`;
  const extras = [pg.detail, pg.hint].filter((text) => text !== undefined && text !== '').join('\n');
  return new UserError(
    `${where}${line} est refusé par PostgreSQL : ${pg.message}${pg.code === undefined ? '' : ` (${pg.code})`}.`,
    { details: extras, cause: error },
  );
}

const PREPARE = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin bypassrls; end if;
end $$;`;

/**
 * Applies what is missing, each file in one transaction together with its line in the history table that the
 * Supabase CLI uses: a crash or an error leaves the database exactly between two files.
 */
async function migrate(
  connection: PgliteConnection,
  migrations: Migration[],
): Promise<{ applied: string[]; edited: string[] }> {
  const { driver } = connection;
  await driver.exec(PREPARE);
  const history = await driver.query<{ version: string; statements: string[] | null }>(
    'select version, statements from supabase_migrations.schema_migrations',
  );
  const known = new Map(history.rows.map((row) => [row.version, row.statements?.join('\n')]));
  const applied: string[] = [];
  const edited: string[] = [];
  for (const migration of migrations) {
    if (known.has(migration.version)) {
      if (known.get(migration.version) !== migration.sql) edited.push(migration.file);
      continue;
    }
    try {
      await driver.transaction(async (tx) => {
        await tx.exec(migration.sql);
        await tx.query(
          'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
          [migration.version, migration.name, [migration.sql]],
        );
      });
    } catch (error) {
      throw describeSqlError(`La migration « supabase/migrations/${migration.file} »`, migration.sql, error);
    }
    applied.push(migration.file);
  }
  return { applied, edited };
}

/** Demonstration rows, once per data folder: the mark and the rows are written together or not at all. */
async function seed(connection: PgliteConnection, root: string): Promise<boolean> {
  const file = path.join(root, 'supabase', 'seed.sql');
  if (!existsSync(file)) return false;
  const { driver } = connection;
  const done = await driver.query('select 1 from supabase_migrations.seed_files limit 1');
  if (done.rows.length > 0) return false;
  const sql = readFileSync(file, 'utf8');
  try {
    await driver.transaction(async (tx) => {
      await tx.exec(sql);
      await tx.query('insert into supabase_migrations.seed_files (path, hash) values ($1, $2)', [
        'supabase/seed.sql',
        'local',
      ]);
    });
  } catch (error) {
    throw describeSqlError('Le fichier « supabase/seed.sql »', sql, error);
  }
  return true;
}

/** The Auth and API settings of supabase/config.toml, as the Supabase CLI would read them. */
function readConfig(root: string): Partial<IAppConfig> {
  const file = path.join(root, 'supabase', 'config.toml');
  if (!existsSync(file)) return {};
  let config: Record<string, unknown>;
  try {
    config = parseToml(readFileSync(file, 'utf8'));
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UserError(`Le fichier « supabase/config.toml » ne se lit pas : ${first}.`, { cause: error });
  }
  const substitute = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const name = /^env\((\w+)\)$/u.exec(value)?.[1];
      return name === undefined ? value : (process.env[name] ?? '');
    }
    if (Array.isArray(value)) return value.map(substitute);
    if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) !== Date.prototype) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substitute(inner)]));
    }
    return value;
  };
  const kept = substitute(config) as Partial<IAppConfig>;
  // Where the database lives and which port serves it are this program's business.
  delete kept.db;
  return kept;
}

// @supabase/lite prints the stack of every refused query, its parameters included: personal data has no place in
// a terminal. While it answers a request, what it prints goes to a file of the data folder, without parameters.
const answering = new AsyncLocalStorage<string>();
let muffled = false;
function muffle(): void {
  if (muffled) return;
  muffled = true;
  const loud = console.error.bind(console);
  console.error = (...args: unknown[]) => {
    const journal = answering.getStore();
    if (journal === undefined) {
      loud(...args);
      return;
    }
    const [first] = args;
    const text = first instanceof Error ? first.message : typeof first === 'string' ? first : 'erreur';
    try {
      appendFileSync(journal, `${new Date().toISOString()} ${text.split('\n')[0] ?? ''}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not turn a refused query into a crash.
    }
  };
}

/** Letters that would have been sent: told in the terminal (a desk officer needs the code) and kept in a file. */
function mailbox(dataDir: string, quiet: boolean): { send: (message: EmailMessage) => Promise<void> } {
  const file = path.join(dataDir, 'courriels.jsonl');
  return {
    send(message) {
      const { to, subject, text } = message;
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), to, subject, text })}\n`, {
        mode: 0o600,
      });
      if (!quiet) {
        const code = /\b\d{6}\b/u.exec(text ?? '')?.[0];
        say(
          `✉ Courriel non envoyé, pour ${to}${code === undefined ? '' : ` : code ${code}`} (texte dans ${file})`,
        );
      }
      return Promise.resolve();
    },
  };
}

export async function openDatabase(options: DatabaseOptions): Promise<EmbeddedDatabase> {
  const { root, dataDir, url, keys, quiet } = options;
  const migrations = listMigrations(root);
  const config = readConfig(root);
  const folder = path.join(dataDir, 'postgres');
  muffle();
  let connection: PgliteConnection;
  try {
    connection = await createPgliteConnection({ url: folder });
    await connection.driver.waitReady;
  } catch (error) {
    throw new UserError(
      `La base de données du dossier « ${folder} » ne s’ouvre pas (droits, disque plein ou fichiers abîmés) : corrigez, ou repartez d’une base neuve en renommant ce dossier.`,
      { details: error instanceof Error ? error.message : String(error), cause: error },
    );
  }
  try {
    const app = new App({
      ...config,
      connection,
      auth: {
        ...config.auth,
        enabled: true,
        jwt_secret: keys.jwtSecret,
        publishable_key: keys.publishable,
        secret_key: keys.secret,
        site_url: url,
      },
      options: {
        // Admin mode would run keyless requests above row-level security: never, even here.
        server: { admin: false, disableStudio: true, disableFallback: true },
        drivers: { email: mailbox(dataDir, quiet) },
      },
    });
    await app.init();
    await app.ensureSystemSchema();
    const { applied, edited } = await migrate(connection, migrations);
    const seeded = await seed(connection, root);
    const journal = path.join(dataDir, 'supabase.log');
    return {
      fetch: (request) => answering.run(journal, () => app.fetch(request, { peerAddress: null })),
      connection,
      applied,
      edited,
      seeded,
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}
