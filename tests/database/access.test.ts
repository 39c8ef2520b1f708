import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SupabaseClient } from '@supabase/supabase-js';
import { type TestLite, startLite } from '../support/lite.ts';
import {
  type ApiRole,
  type Claims,
  type Database,
  type TestPostgres,
  startPostgres,
} from '../support/postgres.ts';
import { insertRow } from './rows.ts';
import {
  type OfficerRole,
  REFUSALS,
  CALLS,
  PUBLISHED,
  RIGHTS,
  ROLES,
  HISTORY,
  SUBMISSIONS,
  type Role,
  type Row,
  VERBS,
  isAllowed,
  sentence,
} from './rights.ts';

const TARGET = '00000000-0000-4000-8000-0000000000ff';
const USERS: Record<Exclude<Role, 'anon' | 'service_role'>, string> = {
  stranger: '00000000-0000-4000-8000-000000000001',
  reader: '00000000-0000-4000-8000-000000000002',
  reviewer: '00000000-0000-4000-8000-000000000003',
  publisher: '00000000-0000-4000-8000-000000000004',
  admin: '00000000-0000-4000-8000-000000000005',
};
const TABLES = Object.keys(RIGHTS);
const CELLS = TABLES.flatMap((table) =>
  VERBS.flatMap((verb) => ROLES.map((role) => ({ table, verb, role }))),
);

function keyOf(table: string, id: string): { column: string; value: unknown } {
  const { key, row } = RIGHTS[table]!;
  return { column: key, value: row(id)[key] };
}

/** One row of each table that every test may try to read and change. */
async function insertTargets(sql: (text: string, params?: unknown[]) => Promise<unknown>): Promise<void> {
  await sql(`insert into auth.users (id, email) values ('${TARGET}', 'target@example.org')`);
  for (const table of [...SUBMISSIONS, ...HISTORY]) await insertRow(sql, table, RIGHTS[table]!.row(TARGET));
  for (const [view, table] of Object.entries(PUBLISHED)) {
    await insertRow(sql, table, {
      ...RIGHTS[table]!.row(randomUUID()),
      status: 'published',
      slug: keyOf(view, TARGET).value,
      published_at: '2026-11-02T10:00:00Z',
    });
  }
  await insertRow(sql, 'officers', RIGHTS['officers']!.row(TARGET));
  await insertRow(sql, 'audit_chain', RIGHTS['audit_chain']!.row(TARGET));
  await insertRow(sql, 'project_qualifications', RIGHTS['project_qualifications']!.row(TARGET));
  await sql(
    `insert into private.outbox (id, kind, form, row_id, state)
     values ('${TARGET}', 'receipt', 'projet', '${TARGET}', 'dead')`,
  );
  await sql(
    `insert into private.builds (id, mark, wanted_at, asked_at) overriding system value
     values (${String(keyOf('desk_builds', TARGET).value)}, '${TARGET}', now(), now())`,
  );
}

describe('the matrix of rights covers the whole database', () => {
  let db: TestPostgres;
  beforeAll(async () => void (db = await startPostgres()), 60_000);
  afterAll(() => db.stop());

  test('every table and view of public is classified in rights.ts', async () => {
    const { rows } = await db.pool.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r','p','v','m','f')`,
    );
    for (const { relname } of rows) {
      expect(
        TABLES,
        `“${relname}” is new: classify it in tests/database/rights.ts by writing who may read, insert, update and delete`,
      ).toContain(relname);
    }
    expect(TABLES.toSorted()).toEqual(rows.map(({ relname }) => relname).toSorted());
  });

  test('row-level security is on for every table of public', async () => {
    const { rows } = await db.pool.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r','p') and not relrowsecurity`,
    );
    expect(rows).toEqual([]);
  });

  test('no API role may truncate a table or call a function of public that is not meant for it', async () => {
    const { rows: truncations } = await db.pool.query(
      `select c.relname, r.rolname from pg_class c, pg_roles r
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and r.rolname in ('anon', 'authenticated', 'service_role') and has_table_privilege(r.oid, c.oid, 'truncate')`,
    );
    expect(truncations).toEqual([]);
    const { rows: calls } = await db.pool.query(
      `select p.proname, r.rolname from pg_proc p, pg_roles r
       where p.pronamespace = 'public'::regnamespace
         and r.rolname in ('anon', 'authenticated', 'service_role') and has_function_privilege(r.oid, p.oid, 'execute')
       order by p.proname, r.rolname`,
    );
    expect(calls).toEqual(CALLS);
  });

  test('on hosted Supabase the API roles are granted this and nothing else', async () => {
    const { rows } = await db.pool.query<{ line: string }>(
      `select format('%s: %s %s', r.rolname, string_agg(p.privilege, ', ' order by p.privilege), c.relname) as line
       from pg_class c, pg_roles r, unnest(array['select', 'insert', 'update', 'delete', 'references', 'trigger']) as p (privilege)
       where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'v')
         and r.rolname in ('anon', 'authenticated', 'service_role') and has_table_privilege(r.oid, c.oid, p.privilege)
       group by r.rolname, c.relname order by 1`,
    );
    expect(rows.map(({ line }) => line)).toEqual([
      'anon: select build_mark',
      'anon: select published_associations',
      'anon: select published_projects',
      'anon: select transparency',
      'authenticated: select associations',
      'authenticated: select audit_chain',
      'authenticated: select audit_log',
      'authenticated: select build_mark',
      'authenticated: select decisions',
      'authenticated: select desk_builds',
      'authenticated: select desk_counts',
      'authenticated: select desk_letters',
      'authenticated: select desk_settings',
      'authenticated: select desk_submissions',
      'authenticated: select difficulties',
      'authenticated: select erasures',
      'authenticated: select feedback',
      'authenticated: select help_offers',
      'authenticated: select officers',
      'authenticated: select project_qualifications',
      'authenticated: select project_updates',
      'authenticated: select projects',
      'authenticated: select published_associations',
      'authenticated: select published_projects',
      'authenticated: select registrations',
      'authenticated: select return_requests',
      'authenticated: select rumours',
      'authenticated: select submission_events',
      'authenticated: select submission_messages',
      'authenticated: select testimony_withdrawals',
      'authenticated: select transparency',
      'service_role: delete, insert, select, update rate_limits',
      'service_role: insert, select, update associations',
      'service_role: insert, select, update difficulties',
      'service_role: insert, select, update feedback',
      'service_role: insert, select, update help_offers',
      'service_role: insert, select, update officers',
      'service_role: insert, select, update project_updates',
      'service_role: insert, select, update projects',
      'service_role: insert, select, update registrations',
      'service_role: insert, select, update return_requests',
      'service_role: insert, select, update rumours',
      'service_role: insert, select, update testimony_withdrawals',
      'service_role: select audit_chain',
      'service_role: select audit_log',
      'service_role: select build_mark',
      'service_role: select decisions',
      'service_role: select desk_counts',
      'service_role: select desk_settings',
      'service_role: select desk_submissions',
      'service_role: select erasures',
      'service_role: select forms',
      'service_role: select project_qualifications',
      'service_role: select published_associations',
      'service_role: select published_projects',
      'service_role: select submission_events',
      'service_role: select submission_messages',
      'service_role: select transparency',
    ]);
    const { rows: columns } = await db.pool.query(
      `select table_name || '.' || column_name as name from information_schema.column_privileges
       where table_schema = 'public' and grantee = 'authenticated' and privilege_type = 'UPDATE' order by 1`,
    );
    expect(columns).toEqual([]);
  });

  test('submissions close, instead of opening, to an owner without BYPASSRLS', async () => {
    const sql = (text: string, params?: unknown[]) => db.pool.query(text, params);
    for (const table of SUBMISSIONS) await insertRow(sql, table, RIGHTS[table]!.row(TARGET));
    await sql('create role plain_owner; grant usage on schema public to plain_owner');
    for (const table of SUBMISSIONS) {
      await sql(`alter table public.${table} owner to plain_owner`);
      const client = await db.pool.connect();
      await client.query('set role plain_owner');
      const { rowCount } = await client.query(`select 1 from public.${table}`);
      await client.query('reset role');
      client.release();
      expect(rowCount, table).toBe(0);
    }
  });

  test('nobody but the owner and the secret key reaches a table of the private schema', async () => {
    const { rows } = await db.pool.query(
      `select c.relname, r.rolname from pg_class c, pg_roles r
       where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'v', 'm', 'S')
         and r.rolname in ('anon', 'authenticated')
         and (has_schema_privilege(r.oid, 'private', 'create')
           or has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate'))`,
    );
    expect(rows).toEqual([]);
  });
});

describe.each([
  { world: 'with the grants of the migrations', regrant: false },
  { world: 'even when the platform grants every table again', regrant: true },
])('on PostgreSQL, $world,', ({ regrant }) => {
  let server: TestPostgres;
  let db: Database;

  beforeAll(async () => {
    server = await startPostgres();
    db = server;
    const sql = (text: string, params?: unknown[]) => db.pool.query(text, params);
    for (const [role, id] of Object.entries(USERS)) {
      await sql(`insert into auth.users (id, email) values ('${id}', '${role}@example.org')`);
      if (role !== 'stranger') await insertRow(sql, 'officers', { user_id: id, role });
    }
    await insertTargets(sql);
    if (regrant) await sql('grant all on all tables in schema public to anon, authenticated, service_role');
  }, 60_000);
  afterAll(() => server.stop());

  const as = (role: Role): [ApiRole, Claims] =>
    role === 'anon' || role === 'service_role' ? [role, {}] : ['authenticated', { sub: USERS[role] }];

  test.each(CELLS.map((cell) => ({ ...cell, title: sentence(cell.table, cell.verb, cell.role) })))(
    '$title',
    async ({ table, verb, role }) => {
      const target = keyOf(table, TARGET);
      const [column, change] = Object.entries(RIGHTS[table]!.change)[0]!;
      const run = (text: string, params: unknown[]) =>
        db.runAs(...as(role), text, params, { rollback: true });
      const attempt = async (): Promise<number> => {
        switch (verb) {
          case 'select':
            return (await run(`select * from public.${table} where ${target.column} = $1`, [target.value]))
              .rowCount!;
          case 'insert': {
            const id = randomUUID();
            await db.pool.query('insert into auth.users (id) values ($1)', [id]);
            return (await insertRow(run, table, RIGHTS[table]!.row(id))).rowCount!;
          }
          case 'update':
            return (
              await run(`update public.${table} set ${column} = $2 where ${target.column} = $1`, [
                target.value,
                change,
              ])
            ).rowCount!;
          case 'delete':
            return (await run(`delete from public.${table} where ${target.column} = $1`, [target.value]))
              .rowCount!;
        }
      };
      await expectOutcome(isAllowed(table, verb, role), attempt);
    },
  );
});

describe('through @supabase/lite and supabase-js,', () => {
  let lite: TestLite;
  const clients = new Map<Role, SupabaseClient>();

  beforeAll(async () => {
    // lite prints the stack of every refusal, and this file is made of refusals.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    lite = await startLite();
    clients.set('anon', lite.anon).set('service_role', lite.service);
    clients.set('stranger', (await lite.signIn('stranger@example.org')).client);
    for (const role of ['reader', 'reviewer', 'publisher', 'admin'] satisfies OfficerRole[]) {
      clients.set(role, (await lite.signIn(`${role}@example.org`, role)).client);
    }
    await insertTargets((text, params = []) => lite.sql(inline(text, params)));
  }, 60_000);
  afterAll(async () => {
    await lite.stop();
    vi.restoreAllMocks();
  });

  test.each(CELLS.map((cell) => ({ ...cell, title: sentence(cell.table, cell.verb, cell.role) })))(
    '$title',
    async ({ table, verb, role }) => {
      const target = keyOf(table, TARGET);
      const from = clients.get(role)!.from(table);
      const id = randomUUID();
      const stored = async (key: { column: string; value: unknown }) =>
        lite.sql<Row>(`select * from public.${table} where ${key.column} = '${String(key.value)}'`);
      const before = await stored(target);
      const attempt = async (): Promise<number> => {
        switch (verb) {
          case 'select':
            return unwrap(await from.select().eq(target.column, target.value)).length;
          case 'insert': {
            await lite.sql(`insert into auth.users (id) values ('${id}')`);
            const { error } = await from.insert(RIGHTS[table]!.row(id));
            if (error) throw error;
            return 1;
          }
          case 'update':
            return unwrap(await from.update(RIGHTS[table]!.change).eq(target.column, target.value).select())
              .length;
          case 'delete': {
            const { error } = await from.delete().eq(target.column, target.value);
            if (error) throw error;
            return 0;
          }
        }
      };
      const allowed = isAllowed(table, verb, role);
      await expectOutcome(allowed, attempt);
      if (!allowed) {
        expect(await stored(target)).toEqual(before);
        expect(await stored(keyOf(table, id))).toEqual([]);
      }
    },
  );
});

/** Allowed means a row, not merely no error; refused means a refusal or no row, not a constraint met by luck. */
async function expectOutcome(allowed: boolean, attempt: () => Promise<number>): Promise<void> {
  let rows: number;
  try {
    rows = await attempt();
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    expect(allowed, `refused: ${message}`).toBe(false);
    expect(REFUSALS, `refused for another reason: ${code} ${message}`).toContain(code);
    return;
  }
  expect(rows > 0, `${rows} rows`).toBe(allowed);
}

function unwrap<Data>({ data, error }: { data: Data[] | null; error: unknown }): Data[] {
  if (error) throw error;
  return data ?? [];
}

/** lite's own connection takes no parameters. */
function inline(text: string, params: unknown[]): string {
  return text.replace(
    /\$(\d+)/g,
    (_, n: string) => `'${String(params[Number(n) - 1]).replaceAll("'", "''")}'`,
  );
}
