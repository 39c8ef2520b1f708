import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { decideAs } from './decide.ts';
import { RIGHTS } from './rights.ts';
import { insertRow } from './rows.ts';

const ID = '00000000-0000-4000-8000-0000000000aa';
const USERS = {
  reader: '00000000-0000-4000-8000-000000000002',
  reviewer: '00000000-0000-4000-8000-000000000003',
  publisher: '00000000-0000-4000-8000-000000000004',
  admin: '00000000-0000-4000-8000-000000000005',
};
type Officer = keyof typeof USERS;

// Column grants are given back on purpose: on @supabase/lite only the triggers are left.
describe.each([
  { world: 'with the grants of the migrations', regrant: false },
  { world: 'when the platform grants every table again', regrant: true },
])('officers, $world', ({ regrant }) => {
  let db: TestPostgres;

  beforeAll(async () => {
    db = await startPostgres();
    for (const [role, id] of Object.entries(USERS)) {
      await db.pool.query('insert into auth.users (id) values ($1)', [id]);
      await insertRow((text, params) => db.pool.query(text, params), 'officers', { user_id: id, role });
    }
    if (regrant) {
      await db.pool.query('grant all on all tables in schema public to anon, authenticated, service_role');
    }
  }, 60_000);
  afterAll(() => db.stop());

  beforeEach(async () => {
    for (const table of ['projects', 'registrations', 'associations']) {
      await db.pool.query(`delete from public.${table}`);
      await insertRow((text, params) => db.pool.query(text, params), table, RIGHTS[table]!.row(ID));
    }
  });

  const as = (officer: Officer, sql: string) => db.runAs('authenticated', { sub: USERS[officer] }, sql);

  test.each(['registrations', 'projects', 'associations'])(
    'nobody changes a column of %s by writing into the table, not even its state',
    async (table) => {
      const { rows } = await db.pool.query<{ name: string }>(
        `select column_name as name from information_schema.columns
         where table_schema = 'public' and table_name = $1`,
        [table],
      );
      const before = await db.pool.query(`select * from public.${table}`);
      for (const { name } of rows)
        for (const officer of Object.keys(USERS) as Officer[])
          await expect(
            as(officer, `update public.${table} set ${name} = default where true`),
            `${officer} ${name}`,
          ).rejects.toMatchObject({ code: '42501' });
      expect((await db.pool.query(`select * from public.${table}`)).rows).toEqual(before.rows);
    },
  );

  test('a publisher publishes by a decision, and takes down by another', async () => {
    const { rows } = await db.pool.query('select reference from public.projects');
    const [{ reference }] = rows as [{ reference: string }];
    await decideAs(db, USERS.publisher, reference, 'published', { slug: 'un-forage' });
    expect((await db.runAs('anon', {}, 'select slug from public.published_projects')).rows).toEqual([
      { slug: 'un-forage' },
    ]);
    await decideAs(db, USERS.publisher, reference, 'unpublished', { reason: 'asked' });
    expect((await db.runAs('anon', {}, 'select slug from public.published_projects')).rows).toEqual([]);
  });

  test('an officer may read their own role, and only an admin may read the others', async () => {
    for (const officer of ['reader', 'reviewer', 'publisher'] as const) {
      const { rows } = await as(officer, 'select user_id, role from public.officers');
      expect(rows).toEqual([{ user_id: USERS[officer], role: officer }]);
    }
    expect((await as('admin', 'select 1 from public.officers')).rowCount).toBe(4);
  });

  test('an officer may not promote themselves', async () => {
    const promotion = as(
      'reviewer',
      `update public.officers set role = 'admin' where user_id = '${USERS.reviewer}'`,
    );
    await promotion.catch(() => {});
    const { rows } = await db.pool.query('select role from public.officers where user_id = $1', [
      USERS.reviewer,
    ]);
    expect(rows).toEqual([{ role: 'reviewer' }]);
  });

  test('a token without a user, or for an unknown one, reads nothing', async () => {
    for (const claims of [{}, { sub: '' }, { sub: ID }]) {
      expect((await db.runAs('authenticated', claims, 'select 1 from public.projects')).rowCount).toBe(0);
    }
  });

  test('a change by an officer leaves a line saying who changed what, without anything personal', async () => {
    const { rows } = await db.pool.query('select id, reference from public.registrations');
    const [{ id, reference }] = rows as [{ id: string; reference: string }];
    await decideAs(db, USERS.reviewer, reference, 'needs_info', { reason: 'unclear', note: 'À Lomé ?' });
    const lines = await db.pool.query(
      'select actor, action, table_name, row_id, detail from public.audit_log order by id desc limit 2',
    );
    const line = { actor: USERS.reviewer, row_id: id };
    expect(lines.rows).toEqual([
      {
        ...line,
        action: 'insert',
        table_name: 'decisions',
        detail: {
          as: 'authenticated',
          values: { kind: [null, 'needs_info'], reason: [null, 'unclear'], undoes: [null, null] },
        },
      },
      {
        ...line,
        action: 'update',
        table_name: 'registrations',
        detail: {
          as: 'authenticated',
          changed: ['status'],
          values: { status: ['received', 'needs_info'] },
        },
      },
    ]);
    await db.pool.query(`update public.registrations set city = 'Lomé', email = email || 'B'`);
    const log = await db.pool.query('select string_agg(detail::text, chr(10)) as text from public.audit_log');
    expect(log.rows[0].text).toContain('email');
    expect(log.rows[0].text).not.toMatch(/enc1|sealed1|Lomé|Lyon/);
  });

  test('a change that is rolled back leaves no line', async () => {
    const count = async () => (await db.pool.query('select count(*) from public.audit_log')).rows[0].count;
    const before = await count();
    await db.runAs(
      'authenticated',
      { sub: USERS.reviewer },
      `select public.decide('projet', reference, 'accepted', seen) from public.desk_submissions
       where form = 'projet'`,
      [],
      { rollback: true },
    );
    expect(await count()).toBe(before);
  });

  test.each([
    'update public.audit_log set actor = null',
    'delete from public.audit_log',
    'truncate public.audit_log',
    'delete from public.audit_log where false',
  ])('even the owner may not rewrite the audit log: %s', async (statement) => {
    await expect(db.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('the secret key may neither delete submissions nor forge a line of the audit log', async () => {
    for (const statement of [
      'delete from public.registrations',
      'delete from public.projects',
      'delete from public.officers',
      'delete from public.associations',
      'delete from public.difficulties',
      'delete from public.return_requests',
      'delete from public.rumours',
      'truncate public.registrations',
      `insert into public.audit_log (action, table_name) values ('update', 'projects')`,
    ]) {
      await expect(db.runAs('service_role', {}, statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('an account that is erased is no longer an officer', async () => {
    await db.pool.query('insert into auth.users (id) values ($1)', [ID]);
    await db.pool.query(`insert into public.officers (user_id, role) values ('${ID}', 'admin')`);
    await db.pool.query('delete from auth.users where id = $1', [ID]);
    expect((await db.pool.query('select 1 from public.officers where user_id = $1', [ID])).rowCount).toBe(0);
  });
});
