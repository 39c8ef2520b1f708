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

  test('is the same for ten and for nineteen: what comes or goes one by one does not show', async () => {
    await add('feedback', 10);
    await erase('retention', 10);
    const ten = await published();
    expect(ten).toMatchObject({ 'kept avis': 10, erased_by_retention: 10, 'kept rumeur': null });
    await add('feedback', 9);
    await erase('retention', 9);
    expect(await published()).toEqual(ten);
    await add('feedback', 1);
    expect(await published()).toEqual({ ...ten, 'kept avis': 20 });
  });

  test('does not count what everybody can count in the catalogue: the rest would be told by a difference', async () => {
    const page = () => ({
      status: 'published',
      slug: `un-${randomUUID()}`,
      published_at: '2026-11-02T10:00:00Z',
    });
    for (let count = 0; count < 12; count += 1) {
      await add('projects', 1, page());
      await add('associations', 1, page());
    }
    expect(await published()).toMatchObject({ 'kept projet': null, 'kept association': null });
  });

  test.each(MAY_BE_ASIDE)('counts in %s neither examples nor what was put aside', async (table) => {
    await add(table, 12, { is_example: true });
    await add(table, 12, { quarantined_at: '2026-11-02T10:00:00Z', quarantine_reasons: '{honeypot}' });
    expect(new Set(Object.values(await published()))).toEqual(new Set([null]));
  });
});
