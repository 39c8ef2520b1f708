import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BUILD_FAILURES } from '../../src/domain/publication.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';

const DAY = '2026-11-22';
const OFFICER = '00000000-0000-4000-8000-000000000002';

let db: TestPostgres;
beforeAll(async () => {
  db = await startPostgres();
  await db.pool.query('insert into auth.users (id) values ($1)', [OFFICER]);
  await db.pool.query(`insert into public.officers (user_id, role) values ($1, 'reader')`, [OFFICER]);
}, 60_000);
afterAll(() => db.stop());
beforeEach(async () => {
  await db.pool.query('delete from private.build_requests');
  await db.pool.query('delete from private.builds');
  // As after a first build, so that the weekly one is not due.
  await claim('08:00', { refresh: '0' });
  await confirm('08:05');
});

interface Claimed {
  id: number;
  mark: string;
  wantedAt: string;
}

const at = (hour: string) => (hour.includes('T') ? hour : `${DAY}T${hour}:00Z`);

async function claim(hour: string, { refresh = '7 days', most = 20 } = {}): Promise<Claimed | null> {
  const { rows } = await db.pool.query<{ claimed: Claimed | null }>(
    `select private.claim_build($1, '3 minutes', '15 minutes', '20 minutes', $2, $3) as claimed`,
    [at(hour), most, refresh],
  );
  return rows[0]!.claimed;
}

const request = (hour: string) =>
  db.pool.query(`insert into private.build_requests (at, reason) values ($1, 'published')`, [at(hour)]);

const readMark = async () =>
  (await db.runAs('anon', {}, 'select mark from public.build_mark')).rows[0]?.mark as string;

/** A site that was built now is online. */
async function confirm(hour: string, mark?: string): Promise<boolean> {
  const { rows } = await db.pool.query('select private.confirm_build($1, $2) as done', [
    mark ?? (await readMark()),
    at(hour),
  ]);
  return rows[0].done as boolean;
}

const settle = (id: number, outcome: string, code: string | null, hour: string) =>
  db.pool.query('select private.settle_build($1, $2, $3, $4)', [id, outcome, code, at(hour)]);

const outcomes = async () =>
  (await db.pool.query('select outcome, code from private.builds order by id desc')).rows as object[];
const pending = async () =>
  Number((await db.pool.query('select count(*) as number from private.build_requests')).rows[0].number);

describe('a build is asked for', () => {
  test('when nobody has asked for anything more during three minutes, once for all of them', async () => {
    await request('10:00');
    await request('10:02');
    expect(await claim('10:04')).toBeNull();
    expect(await claim('10:05')).toMatchObject({ wantedAt: expect.stringContaining('10:00:00') as string });
    expect(await claim('10:06')).toBeNull();
    expect(await claim('10:24')).toBeNull();
  });

  test('at the latest fifteen minutes after the first request, however many follow', async () => {
    for (let minute = 0; minute <= 15; minute += 1) {
      await request(`10:${String(minute).padStart(2, '0')}`);
      const claimed = await claim(`10:${String(minute).padStart(2, '0')}`);
      expect(claimed === null, `minute ${minute}`).toBe(minute < 15);
    }
  });

  test('once, when two functions look at the same moment', async () => {
    await request('10:00');
    const claimed = await Promise.all(Array.from({ length: 10 }, () => claim('10:05')));
    expect(claimed.filter((one) => one !== null)).toHaveLength(1);
  });

  test('again for what came while it was being built', async () => {
    await request('10:00');
    await claim('10:05');
    await request('10:06');
    expect(await claim('10:10')).toBeNull();
    await confirm('10:11');
    expect(await pending()).toBe(1);
    expect(await claim('10:12')).not.toBeNull();
    await confirm('10:15');
    expect(await pending()).toBe(0);
    expect(await claim('10:30')).toBeNull();
  });

  test('once a week without any request: warnings of age are made by builds', async () => {
    expect(await claim('2026-11-29T07:59:00Z')).toBeNull();
    expect(await claim('2026-11-29T08:00:00Z')).not.toBeNull();
  });

  test('once an hour only, beyond what is reasonable in a day', async () => {
    await request('10:00');
    await claim('10:05', { most: 2 });
    await confirm('10:08');
    await request('10:10');
    expect(await claim('10:30', { most: 2 })).toBeNull();
    expect(await claim('11:06', { most: 2 })).not.toBeNull();
  });
});

describe('a build that does not come online', () => {
  test('is called a failure after twenty minutes, and tried again after longer and longer', async () => {
    await request('10:00');
    const first = await claim('10:05');
    await settle(first!.id, 'started', null, '10:05');
    expect(await claim('10:25')).toBeNull();
    expect(await outcomes()).toMatchObject([{ outcome: 'failed', code: 'not_live' }, { outcome: 'live' }]);
    expect(await claim('10:29')).toBeNull();
    const second = await claim('10:30');
    await settle(second!.id, 'failed', 'hook_refused', '10:30');
    expect(await claim('10:59')).toBeNull();
    const third = await claim('11:00');
    expect(third).toMatchObject({ wantedAt: expect.stringContaining('10:00:00') as string });
    await settle(third!.id, 'failed', 'hook_unreachable', '11:00');
    expect(await claim('12:59')).toBeNull();
    expect(await claim('13:00')).not.toBeNull();
    await confirm('13:04');
    expect(await pending()).toBe(0);
  });

  test('does not hold back a new request, which has its own delay', async () => {
    await request('10:00');
    const { id } = (await claim('10:05'))!;
    await settle(id, 'failed', 'build_failed', '10:06');
    await request('10:07');
    expect(await claim('10:09')).toBeNull();
    expect(await claim('10:10')).toMatchObject({ wantedAt: expect.stringContaining('10:00:00') as string });
  });

  test('and comes late all the same is online: nothing is asked for again', async () => {
    await request('10:00');
    const { mark } = (await claim('10:05'))!;
    await claim('10:26');
    expect(await outcomes()).toMatchObject([{ outcome: 'failed' }, { outcome: 'live' }]);
    await confirm('10:27', mark);
    expect(await outcomes()).toEqual([
      { outcome: 'live', code: null },
      { outcome: 'live', code: null },
    ]);
    expect(await pending()).toBe(0);
    expect(await claim('10:40')).toBeNull();
  });

  test('leaves its requests to the next start of a service that was stopped in the middle', async () => {
    await request('10:00');
    await claim('10:05');
    await db.pool.query('select private.begin_build($1)', [at('10:06')]);
    expect(await outcomes()).toMatchObject([
      { outcome: 'asked' },
      { outcome: 'failed', code: 'interrupted' },
      { outcome: 'live' },
    ]);
    await confirm('10:08');
    expect(await pending()).toBe(0);
  });
});

test('a site put back by hand, or of somebody else, confirms nothing', async () => {
  const older = await readMark();
  await request('10:00');
  await claim('10:05');
  expect(await confirm('10:07', older)).toBe(false);
  expect(await confirm('10:07', '00000000-0000-4000-8000-00000000ffff')).toBe(false);
  expect(await pending()).toBe(1);
});

test('a mark says nothing by itself, and changes with each build', async () => {
  const first = await readMark();
  await request('10:00');
  await claim('10:05');
  expect(await readMark()).not.toBe(first);
  expect(await readMark()).toMatch(/^[0-9a-f-]{14}4/);
});

test('the desk sees the last builds and what waits; a stranger sees nothing', async () => {
  await request('10:00');
  const { id } = (await claim('10:05'))!;
  await settle(id, 'failed', 'hook_refused', '10:05');
  await request('10:06');
  const see = (sub: string) =>
    db.runAs('authenticated', { sub }, 'select outcome, code from public.desk_builds order by id desc');
  expect((await see(OFFICER)).rows).toEqual([
    { outcome: 'waiting', code: null },
    { outcome: 'failed', code: 'hook_refused' },
    { outcome: 'live', code: null },
  ]);
  expect((await see('00000000-0000-4000-8000-00000000ffff')).rows).toEqual([]);
});

test('the words of failures are those of the database', async () => {
  const { rows } = await db.pool.query<{ text: string }>(
    `select pg_get_constraintdef(oid) as text from pg_constraint
     where conrelid = 'private.builds'::regclass and contype = 'c' and conname like '%code%'`,
  );
  expect([...rows[0]!.text.matchAll(/'(\w+)'/g)].map(([, word]) => word).sort()).toEqual(
    [...BUILD_FAILURES].sort(),
  );
});
