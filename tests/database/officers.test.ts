import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
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
  const publish = `update public.projects set status = 'published', slug = 'un-forage', published_at = now()`;

  test.each(Object.keys(RIGHTS['registrations']!.row(ID)))(
    'an admin may not change “%s” of a registration, only its status',
    async (column) => {
      await expect(
        as('admin', `update public.registrations set ${column} = default where true`),
      ).rejects.toMatchObject({ code: '42501' });
    },
  );

  test.each([
    'title',
    'email',
    'consent_publication',
    'is_example',
    'reference',
    'received_at',
    'amount_raised',
  ])('a publisher may not change “%s” of a project', async (column) => {
    const other = column === 'is_example' || column === 'consent_publication' ? `not ${column}` : 'default';
    const change =
      column === 'amount_raised' ? '7' : column === 'received_at' ? `now() - interval '1 year'` : other;
    await expect(as('publisher', `update public.projects set ${column} = ${change}`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('a reviewer may ask for information, accept and refuse', async () => {
    for (const status of ['needs_info', 'accepted', 'refused']) {
      expect((await as('reviewer', `update public.projects set status = '${status}'`)).rowCount).toBe(1);
      expect((await as('reviewer', `update public.registrations set status = '${status}'`)).rowCount).toBe(1);
    }
  });

  test('a reviewer may not publish, nor choose the address of a project', async () => {
    await expect(as('reviewer', publish)).rejects.toMatchObject({ code: '42501' });
    await expect(as('reviewer', `update public.projects set slug = 'un-forage'`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('the day on which an association was confirmed is the publisher’s to write, as its address is', async () => {
    for (const change of [
      'confirmed_at = now()',
      'published_at = now()',
      `slug = 'amis'`,
      `status = 'published'`,
    ]) {
      await expect(as('reviewer', `update public.associations set ${change}`), change).rejects.toMatchObject({
        code: '42501',
      });
    }
    const all = `status = 'published', slug = 'amis', published_at = now(), confirmed_at = now()`;
    expect((await as('publisher', `update public.associations set ${all}`)).rowCount).toBe(1);
    expect((await db.runAs('anon', {}, 'select slug from public.published_associations')).rows).toEqual([
      { slug: 'amis' },
    ]);
    for (const column of ['name', 'public_contact', 'email', 'contact_name', 'is_example']) {
      const other = column === 'is_example' ? 'true' : `'x'`;
      await expect(
        as('admin', `update public.associations set ${column} = ${other}`),
        column,
      ).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('a reader may change nothing', async () => {
    const outcome = as('reader', `update public.projects set status = 'refused'`).then(
      (result) => result.rowCount,
    );
    await expect(outcome).resolves.toBe(0);
  });

  test.each(['publisher', 'admin'] as const)(
    'a %s may publish a project and take it down',
    async (officer) => {
      expect((await as(officer, publish)).rowCount).toBe(1);
      expect((await db.runAs('anon', {}, 'select slug from public.published_projects')).rows).toEqual([
        { slug: 'un-forage' },
      ]);
      expect((await as(officer, `update public.projects set status = 'withdrawn'`)).rowCount).toBe(1);
      expect((await db.runAs('anon', {}, 'select slug from public.published_projects')).rows).toEqual([]);
    },
  );

  test('a reviewer may not take down a published project', async () => {
    await as('publisher', publish);
    await expect(as('reviewer', `update public.projects set status = 'refused'`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('nobody may publish a project without an address and a date', async () => {
    await expect(as('publisher', `update public.projects set status = 'published'`)).rejects.toMatchObject({
      code: '23514',
    });
  });

  test('a status outside the list is refused to everybody', async () => {
    await expect(as('admin', `update public.projects set status = 'invented'`)).rejects.toMatchObject({
      code: '23514',
    });
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
    await as('reviewer', `update public.registrations set status = 'accepted'`);
    const { rows } = await db.pool.query(
      'select actor, action, table_name, row_id, detail from public.audit_log order by id desc limit 1',
    );
    const registration = await db.pool.query('select id from public.registrations');
    expect(rows).toEqual([
      {
        actor: USERS.reviewer,
        action: 'update',
        table_name: 'registrations',
        row_id: registration.rows[0].id,
        detail: { as: 'authenticated', changed: ['status'], values: { status: ['received', 'accepted'] } },
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
      `update public.projects set status = 'accepted'`,
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
