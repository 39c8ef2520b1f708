import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { STORED_FORMS } from '../../src/domain/forms/index.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { MAY_BE_ASIDE, RIGHTS, SUBMISSIONS } from './rights.ts';
import { insertRow } from './rows.ts';

let db: TestPostgres;
beforeAll(async () => void (db = await startPostgres()), 60_000);
afterAll(() => db.stop());

const sql = (text: string, params: unknown[] = []) => db.pool.query(text, params);

beforeEach(async () => {
  for (const table of SUBMISSIONS) await sql(`delete from public.${table}`);
  await sql(
    'alter table public.erasures disable trigger all; delete from public.erasures; alter table public.erasures enable trigger all',
  );
});

async function add(table: string, count: number, columns: Record<string, unknown> = {}): Promise<void> {
  for (let done = 0; done < count; done += 1)
    await insertRow(sql, table, { ...RIGHTS[table]!.row(randomUUID()), ...columns });
}

const erase = (reason: string, count: number) =>
  sql(`insert into public.erasures (form, reason) select 'avis', $1 from generate_series(1, $2)`, [
    reason,
    count,
  ]);

/** What a visitor reads: a number for each subject, or null for fewer than ten. */
async function published(): Promise<Record<string, number | null>> {
  const { rows } = await db.runAs('anon', {}, 'select * from public.transparency');
  return Object.fromEntries(
    rows.map(({ what, form, at_least }) => [[what, form].filter(Boolean).join(' '), at_least]),
  );
}

describe('what is published of how much is kept', () => {
  test('has a line for every form and every way of erasing, and no total', async () => {
    expect(Object.keys(await published()).toSorted()).toEqual(
      [
        ...STORED_FORMS.map(({ slug }) => `kept ${slug}`),
        'erased_by_person',
        'erased_by_retention',
        'erased_by_officer',
      ].toSorted(),
    );
  });

  test('says nothing of fewer than ten, not even whether there are any', async () => {
    const empty = await published();
    expect(new Set(Object.values(empty))).toEqual(new Set([null]));
    for (const table of SUBMISSIONS) await add(table, 9);
    await erase('person', 9);
    expect(await published()).toEqual(empty);
  });

  test('is never more than what is there, and tells nobody who adds sendings one by one how many were there before', async () => {
    /** What is published of the opinions, whatever this month's secret. */
    const drawn = async () => {
      const numbers = new Set<number | null | undefined>();
      for (let draw = 0; draw < 30; draw += 1) {
        await sql('update private.transparency_blur set secret = $1', [`tirage ${draw}`]);
        numbers.add((await published())['kept avis']);
      }
      return [...numbers].toSorted();
    };
    await add('feedback', 9);
    expect(await drawn()).toEqual([null]);
    await add('feedback', 5);
    // Some see a ten there and some do not: the number at which it comes says nothing.
    expect(await drawn()).toEqual([10, null]);
    await add('feedback', 6);
    expect(await drawn()).toEqual([10, 20]);
    await add('feedback', 9);
    expect(await drawn()).toEqual([20]);
  });

  test('has its secret where neither visitors nor officers nor the functions read it', async () => {
    for (const role of ['anon', 'authenticated', 'service_role'] as const)
      await expect(db.runAs(role, {}, 'select secret from private.transparency_blur')).rejects.toMatchObject({
        code: '42501',
      });
  });

  test('is all that is counted of what is kept: no other view that visitors read counts or sums anything', async () => {
    const { rows } = await sql(
      `select c.relname as name from pg_class as c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
         and has_table_privilege('anon', c.oid, 'select')
         and pg_get_viewdef(c.oid) ~* '\\m(count|sum|avg|max|min|row_number|rank)\\('`,
    );
    expect(rows).toEqual([{ name: 'transparency' }]);
  });

  test('does not count what everybody can count in the catalogue: the rest would be told by a difference', async () => {
    const page = () => ({
      status: 'published',
      slug: `un-${randomUUID()}`,
      published_at: '2026-11-02T10:00:00Z',
    });
    for (let count = 0; count < 30; count += 1) {
      await add('projects', 1, page());
      await add('associations', 1, page());
    }
    expect(await published()).toMatchObject({ 'kept projet': null, 'kept association': null });
  });

  test.each(MAY_BE_ASIDE)('counts in %s neither examples nor what was put aside', async (table) => {
    await add(table, 30, { is_example: true });
    await add(table, 30, { quarantined_at: '2026-11-02T10:00:00Z', quarantine_reasons: '{honeypot}' });
    expect(new Set(Object.values(await published()))).toEqual(new Set([null]));
  });
});
