import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { RIGHTS, SEALED } from './rights.ts';
import { insertRow } from './rows.ts';

const STATUSES = ['received', 'needs_info', 'accepted', 'published', 'refused', 'withdrawn'];
const PROJECT_COLUMNS = [
  'slug', 'published_at', 'title', 'summary', 'description', 'sector', 'region', 'prefecture', 'commune', 'stage',
  'holder_type', 'holder_name', 'residence_country', 'budget_total', 'amount_raised', 'needs', 'skills_sought',
  'start_wanted', 'duration_band', 'locality_agreement', 'website', 'is_example',
  'news', 'qualification',
]; // prettier-ignore

const ASSOCIATION_COLUMNS = [
  'slug', 'published_at', 'confirmed_at', 'name', 'country', 'city', 'founded_year', 'activities', 'description',
  'action_regions', 'size_band', 'website', 'public_contact', 'is_example',
]; // prettier-ignore

describe.each([
  { view: 'published_projects', table: 'projects', columns: PROJECT_COLUMNS },
  { view: 'published_associations', table: 'associations', columns: ASSOCIATION_COLUMNS },
])('$view, which a visitor reads,', ({ view, table, columns }) => {
  let db: TestPostgres;

  beforeAll(async () => {
    db = await startPostgres();
    for (const [index, status] of STATUSES.entries()) {
      await insertRow((text, params) => db.pool.query(text, params), table, {
        ...RIGHTS[table]!.row(`00000000-0000-4000-8000-00000000000${index}`),
        status,
        slug: `fiche-${status.replace('_', '-')}`,
        published_at: '2026-11-02T10:00:00Z',
        phone: SEALED,
      });
    }
  }, 60_000);
  afterAll(() => db.stop());

  test('a visitor may read exactly the public columns, and no e-mail, telephone, identifier or hash', async () => {
    const { fields, rows } = await db.runAs('anon', {}, `select * from public.${view}`);
    expect(fields.map(({ name }) => name)).toEqual(columns);
    const everything = JSON.stringify(rows);
    const { rows: stored } = await db.pool.query(
      `select id, reference, idempotency_key, content_hash, email, email_index, phone from public.${table}`,
    );
    for (const row of stored) {
      for (const secret of Object.values(row)) expect(everything).not.toContain(secret);
    }
  });

  test('shows what is published only, never what waits, was refused or withdrawn', async () => {
    const { rows } = await db.runAs('anon', {}, `select slug from public.${view}`);
    expect(rows).toEqual([{ slug: 'fiche-published' }]);
  });

  test('gives a visitor no right at all on the table behind it', async () => {
    await expect(db.runAs('anon', {}, `select slug from public.${table}`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('a visitor’s filter is never evaluated on a hidden row', async () => {
    // `leak` is cheap, so without security_barrier the planner would call it first and the notices would tell.
    await db.pool.query(`
      create function public.leak(text) returns boolean language plpgsql cost 0.0000001
      as $$ begin raise exception 'leaked %', $1; end $$;
      grant execute on function public.leak(text) to anon`);
    await expect(
      db.runAs(
        'anon',
        {},
        `select slug from public.${view} where slug <> 'fiche-published' and public.leak(slug)`,
      ),
    ).resolves.toMatchObject({ rowCount: 0 });
    await db.pool.query('drop function public.leak(text)');
  });

  test.each([
    `insert into public.${view} (slug) values ('forged')`,
    `update public.${view} set slug = 'forged'`,
    `delete from public.${view}`,
  ])('nobody may write through it, whatever the platform grants: %s', async (statement) => {
    await db.pool.query(`grant all on public.${view} to anon, authenticated, service_role`);
    for (const role of ['anon', 'authenticated', 'service_role'] as const) {
      await expect(db.runAs(role, {}, statement)).rejects.toMatchObject({ code: '55000' });
    }
    await expect(db.pool.query(statement)).rejects.toMatchObject({ code: '55000' });
  });
});
