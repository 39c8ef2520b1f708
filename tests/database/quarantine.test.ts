import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { decideAs } from './decide.ts';
import { MAY_BE_ASIDE, PUBLISHED, RIGHTS, SUBMISSIONS, type Row } from './rights.ts';
import { insertRow } from './rows.ts';

const ASIDE = { quarantined_at: '2026-11-22T10:00:00Z', quarantine_reasons: ['no_token'] };
const REVIEWER = '00000000-0000-4000-8000-000000000001';
const READER = '00000000-0000-4000-8000-000000000002';

let db: TestPostgres;
beforeAll(async () => {
  db = await startPostgres();
  for (const [id, role] of [
    [REVIEWER, 'reviewer'],
    [READER, 'reader'],
  ] as const) {
    await db.pool.query('insert into auth.users (id) values ($1)', [id]);
    await db.pool.query('insert into public.officers (user_id, role) values ($1, $2)', [id, role]);
  }
}, 60_000);
afterAll(() => db.stop());
beforeEach(async () => {
  for (const table of SUBMISSIONS) await db.pool.query(`delete from public.${table}`);
  await db.pool.query('delete from private.rate_limits');
  await db.pool.query('update private.forms set hourly_ceiling = default');
});

/** What the functions send of one table's form. */
function submission(changes: Row = {}, table = 'registrations'): Row {
  const { reference: _reference, ...row } = RIGHTS[table]!.row(randomUUID());
  return { ...row, content_hash: createHash('sha256').update(randomUUID()).digest('hex'), ...changes };
}

async function submit(payload: Row, form = 'inscription') {
  const { rows } = await db.runAs('service_role', {}, 'select * from public.submit_form($1, $2)', [
    form,
    JSON.stringify(payload),
  ]);
  return rows[0] as { reference: string; created: boolean; quarantined: boolean };
}

const count = async (where = 'true', table = 'registrations'): Promise<number> =>
  (await db.pool.query(`select count(*)::int as n from public.${table} where ${where}`)).rows[0].n;

const REFUSED = { code: '42501' };
const as = (user: string, sql: string) => db.runAs('authenticated', { sub: user }, sql);

describe('what is put aside', () => {
  test('is stored with its reasons, and the answer says so', async () => {
    expect(await submit(submission(ASIDE))).toMatchObject({ created: true, quarantined: true });
    expect(await submit(submission())).toMatchObject({ created: true, quarantined: false });
    expect(await count(`quarantined_at is not null and quarantine_reasons = '{no_token}'`)).toBe(1);
  });

  test('stays so when the same comes again the same way', async () => {
    const sent = submission(ASIDE);
    const { reference } = await submit(sent);
    expect(await submit(sent)).toMatchObject({ reference, created: false, quarantined: true });
  });

  test('is let out when the same comes again as people send it, and keeps its reasons', async () => {
    const content_hash = submission()['content_hash'];
    const { reference } = await submit(submission({ ...ASIDE, content_hash }));
    expect(await submit(submission({ content_hash }))).toMatchObject({
      reference,
      created: false,
      quarantined: false,
    });
    expect(await count(`quarantined_at is null and quarantine_reasons = '{no_token}'`)).toBe(1);
    // The other way round, nothing is put aside afterwards.
    expect(await submit(submission({ ...ASIDE, content_hash }))).toMatchObject({ quarantined: false });
    expect(await count('quarantined_at is not null')).toBe(0);
  });

  test('always says why, in words of the list', async () => {
    for (const changes of [
      { quarantined_at: ASIDE.quarantined_at },
      { quarantined_at: ASIDE.quarantined_at, quarantine_reasons: ['tête'] },
    ]) {
      await expect(submit(submission(changes))).rejects.toMatchObject({ code: '23514' });
    }
  });

  test.each(MAY_BE_ASIDE)(
    'can neither be accepted nor published in %s before somebody lets it out',
    async (table) => {
      const id = randomUUID();
      const row: Row = { ...RIGHTS[table]!.row(id), ...ASIDE };
      await insertRow((sql, params) => db.pool.query(sql, params), table, row);
      const decide = (decision: string) =>
        decideAs(db, REVIEWER, String(row['reference']), decision, { reason: 'other' });
      await expect(decide('accepted')).rejects.toMatchObject({ code: '22023' });
      // The table itself would refuse.
      await expect(db.pool.query(`update public.${table} set status = 'accepted'`)).rejects.toMatchObject({
        code: '23514',
      });
      // What is plainly a robot's may be refused as it is.
      expect(await decide('refused')).toMatchObject({ outcome: 'done' });
      await decide('released');
      expect(await decide('accepted')).toMatchObject({ outcome: 'done' });
    },
  );

  test('is seen by officers, let out by who may review, and put aside by none of them', async () => {
    const { reference } = await submit(submission(ASIDE));
    const seen = 'select 1 from public.registrations where quarantined_at is not null';
    expect((await as(READER, seen)).rowCount).toBe(1);
    await expect(decideAs(db, READER, reference, 'released')).rejects.toMatchObject(REFUSED);
    expect(await decideAs(db, REVIEWER, reference, 'released')).toMatchObject({ outcome: 'done' });
    await expect(
      as(
        REVIEWER,
        `update public.registrations set quarantined_at = now(), quarantine_reasons = '{no_page}'`,
      ),
    ).rejects.toMatchObject(REFUSED);
    await expect(
      as(REVIEWER, 'update public.registrations set quarantined_at = now()'),
    ).rejects.toMatchObject(REFUSED);
    expect(await count('quarantined_at is null')).toBe(1);
  });

  test.each(Object.entries(PUBLISHED))('is never in %s', async (view, table) => {
    const published = {
      ...RIGHTS[table]!.row(randomUUID()),
      status: 'published',
      slug: 'un-essai',
      published_at: '2026-11-01T10:00:00Z',
      ...(table === 'associations' ? { confirmed_at: '2026-11-01T10:00:00Z' } : {}),
    };
    await insertRow((sql, params) => db.pool.query(sql, params), table, published);
    const shown = () => db.runAs('anon', {}, `select 1 from public.${view}`);
    expect((await shown()).rowCount).toBe(1);
    // Even if the constraint that forbids it were gone.
    const { rows } = await db.pool.query<{ conname: string }>(
      `select conname from pg_constraint where conrelid = $1::regclass
       and pg_get_constraintdef(oid) like '%quarantined_at IS NULL%published%'`,
      [`public.${table}`],
    );
    expect(rows).toHaveLength(1);
    await db.pool.query(`alter table public.${table} drop constraint ${rows[0]!.conname}`);
    await db.pool.query(
      `update public.${table} set quarantined_at = now(), quarantine_reasons = '{honeypot}'`,
    );
    expect((await shown()).rowCount).toBe(0);
  });

  test('leaves no personal word in the audit log when it is let out', async () => {
    const { reference } = await submit(submission(ASIDE));
    await decideAs(db, REVIEWER, reference, 'released');
    const { rows } = await db.pool.query('select detail from public.audit_log order by id desc limit 2');
    expect(rows.map(({ detail }) => detail)).toEqual([
      {
        as: 'authenticated',
        values: { kind: [null, 'released'], reason: [null, null], undoes: [null, null] },
      },
      { as: 'authenticated', changed: ['quarantined_at'], values: {} },
    ]);
  });
});

// The limiter counts by clock hour: a test that crossed the hour would start a new count.
async function stayWithinTheHour(): Promise<void> {
  const left = 3_600_000 - (Date.now() % 3_600_000);
  if (left < 20_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
}

const outcomes = async (sendings: Promise<unknown>[]) => {
  const settled = await Promise.allSettled(sendings);
  const refused = settled.filter((one) => one.status === 'rejected').map((one) => one.reason as object);
  return { stored: settled.length - refused.length, refused };
};

describe('the limits of an hour', () => {
  test('one sender has sixty places over all forms together, thirty in each, however they arrive', async () => {
    await stayWithinTheHour();
    const { stored, refused } = await outcomes(
      Array.from({ length: 90 }, (_, n) => {
        const [form, table] = (
          [
            ['inscription', 'registrations'],
            ['projet', 'projects'],
            ['avis', 'feedback'],
          ] as const
        )[n % 3]!;
        return submit(submission({ _limiter: 'hash' }, table), form);
      }),
    );
    expect(stored).toBe(60);
    expect(refused).toHaveLength(30);
    for (const one of refused)
      expect(one).toMatchObject({ code: 'PT429', hint: 'sender', detail: expect.stringMatching(/^\d+$/) });
    const { rows } = await db.pool.query(
      `select hits from private.rate_limits where bucket = 'formulaires:hash'`,
    );
    expect(rows).toEqual([{ hits: 60 }]);
    // Somebody else still has a place.
    expect(await submit(submission({ _limiter: 'other' }))).toMatchObject({ created: true });
  });

  test('a form takes as many as its ceiling from everybody together, and says that it is the form’s', async () => {
    await stayWithinTheHour();
    await db.pool.query(`update private.forms set hourly_ceiling = 25 where slug = 'inscription'`);
    const { stored, refused } = await outcomes(
      Array.from({ length: 60 }, (_, n) => submit(submission({ _limiter: `n${n}` }))),
    );
    expect(stored).toBe(25);
    for (const one of refused) expect(one).toMatchObject({ code: 'PT429', hint: 'form' });
    expect(await count()).toBe(25);
    // Who was refused lost no place of their own, and the other forms are open.
    const { rows } = await db.pool.query(
      `select count(*)::int as n from private.rate_limits where bucket like 'inscription:n%'`,
    );
    expect(rows).toEqual([{ n: 25 }]);
    expect(await submit(submission({}, 'projects'), 'projet')).toMatchObject({ created: true });
  });

  test('robots that fill the places of what is put aside leave people theirs', async () => {
    await stayWithinTheHour();
    await db.pool.query(`update private.forms set hourly_ceiling = 10 where slug = 'inscription'`);
    const robots = await outcomes(
      Array.from({ length: 30 }, (_, n) => submit(submission({ ...ASIDE, _limiter: `robot ${n}` }))),
    );
    expect(robots.stored).toBe(10);
    const people = await outcomes(
      Array.from({ length: 10 }, (_, n) => submit(submission({ _limiter: `person ${n}` }))),
    );
    expect(people.stored).toBe(10);
  });

  test('a form takes two thousand an hour unless told otherwise', async () => {
    const { rows } = await db.pool.query('select distinct hourly_ceiling from private.forms');
    expect(rows).toEqual([{ hourly_ceiling: 2000 }]);
    await expect(db.pool.query('update private.forms set hourly_ceiling = 0')).rejects.toMatchObject({
      code: '23514',
    });
  });
});
