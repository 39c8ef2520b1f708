import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { STORED_FORMS } from '../../src/domain/forms/index.ts';
import { KEPT_DAYS } from '../../src/domain/forms/retention.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { MAY_BE_ASIDE, RIGHTS, SUBMISSIONS } from './rights.ts';
import { insertRow } from './rows.ts';

let db: TestPostgres;
beforeAll(async () => void (db = await startPostgres()), 60_000);
afterAll(() => db.stop());

const sql = (text: string, params: unknown[] = []) => db.pool.query(text, params);

/** The first day of the tests. Each of them goes on from there, on a clock of its own. */
const DAY_ONE = '2026-11-22T10:00:00Z';

beforeEach(async () => {
  for (const table of SUBMISSIONS) await sql(`delete from public.${table}`);
  // Tombstones only go with the table: the rest of the world may not touch them.
  await sql(
    'alter table public.erasures disable trigger all; delete from public.erasures; alter table public.erasures enable trigger all',
  );
});

/** Stores one submission that arrived on day one, with what is told about it. */
async function received(table: string, columns: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  const row = { ...RIGHTS[table]!.row(id), id, received_at: DAY_ONE, consent_at: DAY_ONE, ...columns };
  await insertRow(sql, table, row);
  await sql('update public.submission_events set at = $1 where row_id = $2', [DAY_ONE, id]);
  return id;
}

/** Something happens to a submission, on a day. */
async function changed(table: string, id: string, status: string, day: string): Promise<void> {
  await sql(`update public.${table} set status = $1 where id = $2`, [status, id]);
  await sql(
    `update public.submission_events set at = $1
     where id = (select max(id) from public.submission_events where row_id = $2)`,
    [day, id],
  );
}

async function purge(asOf: string): Promise<Record<string, number>> {
  return (await sql('select private.purge_expired($1) as done', [asOf])).rows[0].done;
}

async function isThere(table: string, id: string): Promise<boolean> {
  return (await sql(`select 1 from public.${table} where id = $1`, [id])).rowCount === 1;
}

/** Erased after the second moment, and still there at the first. */
async function expectErasedBetween(table: string, id: string, before: string, after: string): Promise<void> {
  await purge(before);
  expect(await isThere(table, id), `on ${before}`).toBe(true);
  await purge(after);
  expect(await isThere(table, id), `on ${after}`).toBe(false);
}

const tombstones = async () =>
  (await sql('select form, reason, count(*)::int as lines from public.erasures group by 1, 2 order by 1'))
    .rows;

describe('the declarations and the database', () => {
  test('say the same of how long each form is kept', async () => {
    const { rows } = await sql('select * from private.retention order by form');
    const declared = STORED_FORMS.map(({ slug, retention }) => ({
      form: slug,
      months: retention.months,
      counted_from: retention.from,
      while_published: retention.whilePublished ?? false,
      unconfirmed_months: retention.unconfirmedMonths ?? null,
      closed_months: retention.closedMonths ?? null,
      answers: retention.answers ?? {},
    }));
    expect(rows).toEqual(declared.toSorted((a, b) => (a.form < b.form ? -1 : 1)));
  });

  test('say the same of what is kept for some days', async () => {
    const { rows } = await sql('select what, days from private.kept_days');
    expect(Object.fromEntries(rows.map(({ what, days }) => [what, days]))).toEqual(KEPT_DAYS);
  });

  test('name answers that exist', async () => {
    for (const { table, retention } of STORED_FORMS) {
      for (const name of Object.keys(retention.answers ?? {})) {
        const { rowCount } = await sql(
          'select 1 from information_schema.columns where table_name = $1 and column_name = $2 and is_nullable = $3',
          [table, name, 'YES'],
        );
        expect(rowCount, `${table}.${name}`).toBe(1);
      }
    }
  });
});

describe('a submission is erased when its time has come, and not a day before:', () => {
  test.each([
    ['feedback', '2027-11-21T10:00:00Z', '2027-11-22T10:00:00Z'],
    ['rumours', '2027-11-21T10:00:00Z', '2027-11-22T10:00:00Z'],
    ['difficulties', '2028-11-21T10:00:00Z', '2028-11-22T10:00:00Z'],
    ['return_requests', '2027-05-21T10:00:00Z', '2027-05-22T10:00:00Z'],
    ['projects', '2027-11-21T10:00:00Z', '2027-11-22T10:00:00Z'],
    ['associations', '2027-11-21T10:00:00Z', '2027-11-22T10:00:00Z'],
    ['registrations', '2028-11-21T10:00:00Z', '2028-11-22T10:00:00Z'],
  ])('%s, of which nobody has heard since it arrived', async (table, before, after) => {
    await expectErasedBetween(table, await received(table), before, after);
    const form = STORED_FORMS.find((one) => one.table === table)!.slug;
    expect(await tombstones()).toEqual([{ form, reason: 'retention', lines: 1 }]);
  });

  test('a registration, counted from the last time its author agreed', async () => {
    const kept = await received('registrations', { confirmed_at: '2028-01-15T10:00:00Z' });
    await expectErasedBetween('registrations', kept, '2030-01-14T10:00:00Z', '2030-01-15T10:00:00Z');
    const corrected = await received('registrations', { consent_at: '2027-03-01T10:00:00Z' });
    await expectErasedBetween('registrations', corrected, '2029-02-28T10:00:00Z', '2029-03-01T10:00:00Z');
  });

  test('a request of somebody who comes back, counted from the last thing that happened', async () => {
    const id = await received('return_requests');
    await changed('return_requests', id, 'accepted', '2027-04-01T10:00:00Z');
    await expectErasedBetween('return_requests', id, '2027-09-30T10:00:00Z', '2027-10-01T10:00:00Z');
  });

  test('a project that is published stays, and a year more once it is not', async () => {
    const id = await received('projects', {
      status: 'published',
      slug: 'un-exemple',
      published_at: '2026-12-01T10:00:00Z',
    });
    await purge('2036-11-22T10:00:00Z');
    expect(await isThere('projects', id)).toBe(true);
    await changed('projects', id, 'accepted', '2036-12-01T10:00:00Z');
    await expectErasedBetween('projects', id, '2037-11-30T10:00:00Z', '2037-12-01T10:00:00Z');
  });

  test('a published association six months after it left the directory: fourteen without a confirmation', async () => {
    const published = { status: 'published', slug: 'une-association', published_at: '2026-12-01T10:00:00Z' };
    const silent = await received('associations', published);
    await expectErasedBetween('associations', silent, '2028-07-31T10:00:00Z', '2028-08-01T10:00:00Z');

    const confirmed = await received('associations', { ...published, confirmed_at: '2027-11-15T10:00:00Z' });
    await expectErasedBetween('associations', confirmed, '2029-07-14T10:00:00Z', '2029-07-15T10:00:00Z');
  });

  test('an association that is published no more, a year later', async () => {
    const id = await received('associations', {
      slug: 'une-association',
      published_at: '2026-12-01T10:00:00Z',
    });
    await changed('associations', id, 'accepted', '2027-03-01T10:00:00Z');
    await expectErasedBetween('associations', id, '2028-02-29T10:00:00Z', '2028-03-01T10:00:00Z');
  });

  test.each(['refused', 'withdrawn'])('a project six months after it was %s', async (status) => {
    const id = await received('projects');
    await changed('projects', id, status, '2027-01-10T10:00:00Z');
    await expectErasedBetween('projects', id, '2027-07-09T10:00:00Z', '2027-07-10T10:00:00Z');
  });

  test.each(MAY_BE_ASIDE)('one of %s that was put aside, thirty days after', async (table) => {
    const id = await received(table, { quarantined_at: DAY_ONE, quarantine_reasons: '{honeypot}' });
    await expectErasedBetween(table, id, '2026-12-21T10:00:00Z', '2026-12-22T10:00:00Z');
  });
});

describe('what goes with it', () => {
  test('is everything about it: history, messages and letters, and nothing of anybody else', async () => {
    const id = await received('registrations');
    const other = await received('registrations', { confirmed_at: '2028-06-01T10:00:00Z' });
    for (const one of [id, other]) {
      await sql(
        `insert into public.submission_messages (form, row_id, body) values ('inscription', $1, $2)`,
        [one, RIGHTS['submission_messages']!.row(one)['body']],
      );
      await sql(`insert into private.outbox (kind, form, row_id) values ('receipt', 'inscription', $1)`, [
        one,
      ]);
    }
    await purge('2028-11-22T10:00:00Z');
    const left = async (table: string) =>
      (await sql(`select distinct row_id from ${table}`)).rows.map(({ row_id }) => row_id);
    for (const table of ['public.submission_events', 'public.submission_messages', 'private.outbox'])
      expect(await left(table), table).toEqual([other]);
  });
});

describe('an answer kept less long than the rest', () => {
  test('is emptied with its index, once, and the rest stays', async () => {
    const { email, email_index } = RIGHTS['registrations']!.row(randomUUID());
    const id = await received('difficulties', { email, email_index, answer_wanted: 'yes' });
    expect(await purge('2027-05-21T10:00:00Z')).toMatchObject({ answers: 0 });
    expect(await purge('2027-05-22T10:00:00Z')).toMatchObject({ answers: 1, submissions: 0 });
    expect(
      (await sql('select email, email_index, office from public.difficulties where id = $1', [id])).rows,
    ).toEqual([{ email: null, email_index: null, office: 'Ambassade de test' }]);
    expect(await purge('2027-05-23T10:00:00Z')).toMatchObject({ answers: 0 });
  });
});

describe('the traces of letters', () => {
  test('go thirty days after they left or were given up, those of « Toujours d’accord ? » after more than a year', async () => {
    const row = await received('registrations', { confirmed_at: '2040-01-01T10:00:00Z' });
    await sql(
      `insert into private.outbox (kind, form, row_id, state, done_at)
       select k, 'inscription', $1, s, $2 from unnest(array['receipt', 'yearly']) as k, unnest(array['sent', 'dead']) as s`,
      [row, DAY_ONE],
    );
    await sql(`insert into private.outbox (kind, form, row_id) values ('news', 'inscription', $1)`, [row]);
    const left = async (asOf: string) => {
      await purge(asOf);
      return (await sql('select kind, state from private.outbox order by 1, 2')).rows.map(
        ({ kind, state }) => `${kind} ${state}`,
      );
    };
    expect(await left('2026-12-21T10:00:00Z')).toHaveLength(5);
    expect(await left('2026-12-22T10:00:00Z')).toEqual(['news pending', 'yearly dead', 'yearly sent']);
    expect(await left('2027-12-27T10:00:00Z')).toEqual(['news pending']);
  });
});

describe('the purge', () => {
  test('leaves the examples alone, however old', async () => {
    const id = await received('projects', { is_example: true });
    await purge('2126-11-22T10:00:00Z');
    expect(await isThere('projects', id)).toBe(true);
  });

  test('does the same once when two of them run together', async () => {
    for (let count = 0; count < 20; count += 1) await received('feedback');
    const done = await Promise.all([1, 2, 3].map(() => purge('2027-11-22T10:00:00Z')));
    expect(await tombstones()).toEqual([{ form: 'avis', reason: 'retention', lines: 20 }]);
    expect(done.map(({ submissions }) => submissions!).reduce((a, b) => a + b)).toBe(20);
  });

  test('takes no date of the future from the secret key: nobody empties the tables with one call', async () => {
    const id = await received('feedback', { received_at: new Date().toISOString() });
    const { rows } = await db.runAs('service_role', {}, `select public.purge_expired('2999-01-01') as done`);
    expect(JSON.parse(rows[0].done)).toEqual({ submissions: 0, answers: 0, letters: 0 });
    expect(await isThere('feedback', id)).toBe(true);
  });

  test('by the secret key erases what is old today', async () => {
    const id = await received('feedback', { received_at: '2020-01-01T10:00:00Z' });
    const { rows } = await db.runAs('service_role', {}, 'select public.purge_expired(now()) as done');
    expect(JSON.parse(rows[0].done)).toMatchObject({ submissions: 1 });
    expect(await isThere('feedback', id)).toBe(false);
  });

  test.each(['anon', 'authenticated'] as const)('is not for %s', async (role) => {
    await sql('grant execute on function public.purge_expired(timestamptz) to anon, authenticated');
    await expect(db.runAs(role, {}, 'select public.purge_expired(now())')).rejects.toMatchObject({
      code: '42501',
    });
    await sql('revoke execute on function public.purge_expired(timestamptz) from anon, authenticated');
  });

  test('stops rather than keep for ever a form that has no delay', async () => {
    await sql(`delete from private.retention where form = 'avis'`);
    await expect(purge(DAY_ONE)).rejects.toThrow('no retention for the form avis');
    await sql(`insert into private.retention (form, months, counted_from) values ('avis', 12, 'received')`);
  });
});
