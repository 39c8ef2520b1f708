import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLite } from '../support/lite.ts';
import { decideAs } from './decide.ts';
import { RIGHTS } from './rights.ts';
import { insertRow } from './rows.ts';
import { type TestPostgres, readMigrations, readSeed, startPostgres } from '../support/postgres.ts';

const OFFICER = '00000000-0000-4000-8000-000000000005';
const COUNTS = `select (select count(*)::int from public.projects) as projects,
  (select count(*)::int from public.registrations) as registrations`;

describe('the migrations and the demonstration rows', () => {
  let db: TestPostgres;
  beforeAll(async () => void (db = await startPostgres({ migrate: false })), 60_000);
  afterAll(() => db.stop());

  test('the migrations apply in order on an empty PostgreSQL and leave it empty', async () => {
    const migrations = await readMigrations();
    for (const { sql } of migrations) await db.pool.query(sql);
    expect((await db.pool.query(COUNTS)).rows).toEqual([{ projects: 0, registrations: 0 }]);
    expect(new Set(migrations.map(({ version }) => version)).size).toBe(migrations.length);
    for (const { name } of migrations) expect(name).toMatch(/^[a-z]+_[a-z_]+$/);
  });

  test('the demonstration rows are added once, however often the seed runs', async () => {
    const seed = await readSeed();
    await db.pool.query(seed);
    await db.pool.query(seed);
    expect((await db.pool.query(COUNTS)).rows).toEqual([{ projects: 6, registrations: 2 }]);
  });

  test('a demonstration row can never pass for a real one', async () => {
    const { rows } = await db.pool.query(`
      select is_example, title as name, holder_name as also, email, phone from public.projects
      union all
      select is_example, occupation, occupation, concat(first_names, last_name, email), phone
      from public.registrations
      union all
      select is_example, name, name, concat(contact_name, contact_role, email), phone from public.associations
      union all
      select is_example, office, office, concat(details, email), null from public.difficulties
      union all
      select is_example, claim, claim, null, null from public.rumours`);
    expect(rows.length).toBeGreaterThanOrEqual(14);
    for (const row of rows) {
      expect(row.is_example).toBe(true);
      expect(row.name).toMatch(/^Exemple\u00a0— /);
      expect(row.also).toMatch(/^Exemple\u00a0— /);
      // A sealed answer would need a key: an example has none at all.
      expect(row.email ?? '').toBe('');
      expect(row.phone).toBeNull();
    }
  });

  test('a demonstration request of somebody who comes back holds nothing of anybody', async () => {
    const { rows } = await db.pool.query(
      'select is_example, concat(call_name, contact, safe_hours, details) as sealed from public.return_requests',
    );
    expect(rows).toEqual([{ is_example: true, sealed: '' }]);
  });

  test('the demonstration projects differ in sector, region and stage, and a visitor may read them', async () => {
    const { rows } = await db.runAs(
      'anon',
      {},
      `select count(distinct sector)::int as sectors, count(distinct region)::int as regions,
        count(distinct stage)::int as stages from public.published_projects`,
    );
    expect(rows).toEqual([{ sectors: 6, regions: 5, stages: 4 }]);
  });

  test('names hold any letter, and a length is a number of characters', async () => {
    const name = 'ɖɛƒɣŋɔʋ'.repeat(15).slice(0, 100);
    await db.pool.query(`update public.registrations set city = $1`, [name]);
    await expect(
      db.pool.query(`update public.registrations set city = $1`, [`${name}x`]),
    ).rejects.toMatchObject({ code: '23514' });
  });

  test.each([
    ['registrations', 'consent_registry', 'false'],
    ['registrations', 'phone', `'+33612345678'`],
    ['registrations', 'first_names', `'Kɔfi'`],
    ['projects', 'email', `'kofi@example.org'`],
    ['associations', 'founded_year', `'1815'`],
    ['associations', 'activities', `'{}'`],
    ['associations', 'activities', `array['weapons']`],
    ['associations', 'public_contact', `'chez le président'`],
    ['associations', 'contact_name', `'Kɔfi'`],
    ['associations', 'consent_publication', 'false'],
    ['associations', 'published_at', 'null'],
    ['difficulties', 'details', `'Kɔfi m’a dit'`],
    ['difficulties', 'month_sent', `'2026-13'`],
    ['return_requests', 'contact', `'+22890000000'`],
    ['return_requests', 'call_name', `'Kɔfi'`],
    ['return_requests', 'is_example', 'false'],
    ['rumours', 'link', `'javascript:alert(1)'`],
    ['registrations', 'is_example', 'false'],
    ['registrations', 'residence_country', `'fr'`],
    ['registrations', 'availability', `array['tomorrow']`],
    ['registrations', 'skills', `array_fill('x'::text, array[11])`],
    ['registrations', 'content_hash', `'not a hash'`],
    ['projects', 'consent_publication', 'false'],
    ['projects', 'sector', `'weapons'`],
    ['projects', 'start_wanted', `'2027-13'`],
    ['projects', 'budget_total', '-1'],
    ['projects', 'slug', `'Not A Slug'`],
    ['projects', 'website', `'javascript:alert(1)'`],
  ])('a row of %s is refused when %s is %s', async (table, column, value) => {
    await expect(db.pool.query(`update public.${table} set ${column} = ${value}`)).rejects.toMatchObject({
      code: '23514',
    });
  });
});

describe('a database from before answers were closed', () => {
  let db: TestPostgres;
  beforeAll(async () => void (db = await startPostgres({ migrate: false })), 60_000);
  afterAll(() => db.stop());

  test('is stopped with what to do when it holds answers in clear text, and loses none of them', async () => {
    const migrations = await readMigrations();
    const closing = migrations.findIndex(({ name }) => name === 'protect_answers');
    for (const { sql } of migrations.slice(0, closing)) await db.pool.query(sql);
    const { email_index: _index, ...row } = RIGHTS['registrations']!.row(OFFICER);
    const clear = { ...row, first_names: 'Kɔfi', last_name: 'Test', email: 'kofi@example.org' };
    await insertRow((text, params) => db.pool.query(text, params), 'registrations', clear);
    const close = () => db.pool.query(migrations[closing]!.sql);
    await expect(close()).rejects.toThrow('Cette base contient des réponses en clair.');
    expect((await db.pool.query('select first_names from public.registrations')).rows).toEqual([
      { first_names: 'Kɔfi' },
    ]);

    // Demonstration rows are nobody's: they lose what was in clear text, and stay.
    await db.pool.query('update public.registrations set is_example = true');
    for (const { sql } of migrations.slice(closing)) await db.pool.query(sql);
    expect((await db.pool.query('select first_names, email, city from public.registrations')).rows).toEqual([
      { first_names: null, email: null, city: 'Lyon' },
    ]);
  });
});

describe('hosted Supabase, where the owner is not a superuser', () => {
  let db: TestPostgres;
  beforeAll(async () => void (db = await startPostgres({ migrate: false })), 60_000);
  afterAll(() => db.stop());

  test('the migrations and the seed apply, and the catalogue, the forms and the audit log work', async () => {
    await db.pool.query(`
      create role hosted_owner nosuperuser bypassrls createrole;
      grant create, connect on database guide to hosted_owner;
      grant all on schema public, auth to hosted_owner with grant option;
      grant references on auth.users to hosted_owner`);
    const owner = await db.pool.connect();
    await owner.query('set role hosted_owner');
    for (const { sql } of await readMigrations()) await owner.query(sql);
    await owner.query(await readSeed());
    await owner.query('reset role');
    owner.release();

    const { rows: owners } = await db.pool.query(
      `select distinct tableowner from pg_tables where schemaname in ('public', 'private')`,
    );
    expect(owners).toEqual([{ tableowner: 'hosted_owner' }]);
    expect((await db.runAs('anon', {}, 'select 1 from public.published_projects')).rowCount).toBe(6);
    await expect(db.runAs('anon', {}, 'select 1 from public.projects')).rejects.toMatchObject({
      code: '42501',
    });

    const { last } = (await db.pool.query('select coalesce(max(id), 0) as last from public.audit_log'))
      .rows[0] as { last: string };
    const { reference: _reference, ...payload } = RIGHTS['registrations']!.row(OFFICER);
    const { rows } = await db.runAs('service_role', {}, 'select created from public.submit_form($1, $2)', [
      'inscription',
      JSON.stringify({ ...payload, _limiter: 'hash' }),
    ]);
    expect(rows).toEqual([{ created: true }]);

    await db.pool.query(`insert into auth.users (id) values ('${OFFICER}')`);
    await db.runAs(
      'service_role',
      {},
      `insert into public.officers (user_id, role) values ('${OFFICER}', 'admin')`,
    );
    const stored = await db.pool.query('select reference from public.registrations where not is_example');
    expect(await decideAs(db, OFFICER, stored.rows[0].reference, 'accepted')).toMatchObject({
      outcome: 'done',
    });
    const log = await db.runAs(
      'authenticated',
      { sub: OFFICER },
      `select actor, table_name from public.audit_log where id > ${last} order by id`,
    );
    expect(log.rows).toEqual([
      { actor: null, table_name: 'officers' },
      { actor: OFFICER, table_name: 'registrations' },
      { actor: OFFICER, table_name: 'decisions' },
    ]);
    const verified = await db.runAs(
      'authenticated',
      { sub: OFFICER },
      'select public.verify_audit_log() as answer',
    );
    expect(JSON.parse(verified.rows[0].answer)).toMatchObject({
      links: Number(last) + 3,
      broken: null,
      unlinked: 0,
    });
  });
});

describe('a folder kept by @supabase/lite', () => {
  test('stopping and starting again neither loses a row nor applies anything twice', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'guide-lite-'));
    try {
      const migrations = await readMigrations();
      for (const start of ['first', 'second']) {
        const lite = await startLite({ dataDir, seed: true });
        expect(await lite.sql(COUNTS), `${start} start`).toEqual([{ projects: 6, registrations: 2 }]);
        expect(
          await lite.sql('select version from supabase_migrations.schema_migrations order by 1'),
        ).toEqual(migrations.map(({ version }) => ({ version })));
        const { data } = await lite.anon.from('published_projects').select('slug');
        expect(data).toHaveLength(6);
        await lite.stop();
      }
    } finally {
      await rm(dataDir, { recursive: true });
    }
  }, 60_000);
});
