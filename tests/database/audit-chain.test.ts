import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLinks, type AuditLink } from '../../scripts/lib/audit-chain.ts';
import { type Database, type TestPostgres, startPostgres } from '../support/postgres.ts';
import { RIGHTS } from './rights.ts';
import { insertRow } from './rows.ts';

const REVIEWER = '00000000-0000-4000-8000-000000000003';
const ADMIN = '00000000-0000-4000-8000-000000000005';

let server: TestPostgres;
beforeAll(async () => void (server = await startPostgres({ migrate: false })), 60_000);
afterAll(() => server.stop());

let count = 0;
/** A database where a dozen things were done. */
async function busyDatabase(): Promise<Database> {
  count += 1;
  const db = await server.createDatabase(`audit_${count}`);
  for (const [id, role] of [
    [REVIEWER, 'reviewer'],
    [ADMIN, 'admin'],
  ]) {
    await db.pool.query('insert into auth.users (id) values ($1)', [id]);
    await db.pool.query('insert into public.officers (user_id, role) values ($1, $2)', [id, role]);
  }
  for (let n = 1; n <= 10; n += 1) {
    await insertRow((text, params) => db.pool.query(text, params), 'rumours', {
      ...RIGHTS['rumours']!.row(`00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`),
      reference: `Q-AA${n}`,
    });
    await db.runAs(
      'authenticated',
      { sub: REVIEWER },
      `select public.decide('rumeur', reference, 'accepted', seen) from public.desk_submissions where reference = $1`,
      [`Q-AA${n}`],
    );
  }
  return db;
}

const linksOf = async (db: Database) =>
  (await db.runAs('service_role', {}, 'select * from public.audit_links(0, 1000)')).rows as AuditLink[];
const verifiedBy = async (db: Database) =>
  JSON.parse(
    String(
      (await db.runAs('authenticated', { sub: ADMIN }, 'select public.verify_audit_log() as answer')).rows[0]
        .answer,
    ),
  ) as { links: number; head: string; broken: number | null; unlinked: number };

/** As somebody would who has taken the database over: no trigger stands in their way. */
async function tamper(db: Database, sql: string): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query(`set session_replication_role = replica; ${sql}; reset session_replication_role`);
  } finally {
    client.release();
  }
}

describe('the chain of the audit log', () => {
  let db: Database;
  beforeAll(async () => void (db = await busyDatabase()));

  test('holds one link for each line, in order, and verifies in the database and outside of it', async () => {
    const links = await linksOf(db);
    // Two officers, ten states, ten decisions.
    expect(links).toHaveLength(22);
    expect(verifyLinks(links)).toEqual({ count: 22, head: links.at(-1)?.hash, broken: undefined });
    expect(await verifiedBy(db)).toEqual({ links: 22, head: links.at(-1)?.hash, broken: null, unlinked: 0 });
  });

  test('is made so that anybody can compute it again: SHA-256 of the link before, a line feed and the line', async () => {
    const [first, second] = await linksOf(db);
    expect(first?.previous).toBe('0'.repeat(64));
    expect(second?.previous).toBe(first?.hash);
    expect(createHash('sha256').update(`${second?.previous}\n${second?.line}`).digest('hex')).toBe(
      second?.hash,
    );
  });

  test('takes what several people do at the same moment, one link after the other', async () => {
    await Promise.all(
      Array.from({ length: 12 }, () =>
        db.runAs('authenticated', { sub: REVIEWER }, `select public.record_export('rumeur', null, 1)`),
      ),
    );
    expect(await verifiedBy(db)).toMatchObject({ broken: null, unlinked: 0 });
    expect(verifyLinks(await linksOf(db)).broken).toBeUndefined();
  });

  test('is read by admins and the secret key, and written by nobody', async () => {
    expect(
      (await db.runAs('authenticated', { sub: REVIEWER }, 'select * from public.audit_links(0, 9)')).rows,
    ).toEqual([]);
    for (const statement of [
      'update public.audit_chain set hash = previous',
      'delete from public.audit_chain',
      'truncate public.audit_chain',
      `insert into public.audit_chain values (999, 999, repeat('0', 64), repeat('0', 64))`,
    ]) {
      await db.pool.query('grant all on public.audit_chain to service_role, authenticated');
      for (const role of ['authenticated', 'service_role'] as const)
        await expect(db.runAs(role, { sub: ADMIN }, statement), statement).rejects.toMatchObject({
          code: '42501',
        });
    }
    await expect(db.pool.query('delete from public.audit_chain')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('tampering is found, and where:', () => {
  test.each([
    [
      'one byte of a line',
      `update public.audit_log set detail = replace(detail::text, 'accepted', 'acceptee')::jsonb where id = 9`,
      9,
    ],
    ['one digit of a time', `update public.audit_log set at = at + interval '1 microsecond' where id = 4`, 4],
    ['another officer', `update public.audit_log set actor = '${ADMIN}' where id = 6`, 6],
    ['a line taken away', `delete from public.audit_log where id = 7`, 7],
    [
      'a line and its link taken away',
      `delete from public.audit_log where id = 7; delete from public.audit_chain where entry = 7`,
      8,
    ],
    [
      'a link made again, not those after it',
      `update public.audit_chain set hash = encode(sha256('x'), 'hex') where position = 5`,
      5,
    ],
    [
      'two lines exchanged',
      `update public.audit_chain set entry = 100 - entry where position in (3, 4); update public.audit_chain set entry = 7 - (100 - entry) where position in (3, 4)`,
      3,
    ],
  ])('%s', async (_what, sql, where) => {
    const db = await busyDatabase();
    await tamper(db, sql);
    const links = await linksOf(db);
    expect(verifyLinks(links).broken).toBe(where);
    expect((await verifiedBy(db)).broken).toBe(where);
  });

  test('a line slipped in without a link', async () => {
    const db = await busyDatabase();
    await tamper(db, `insert into public.audit_log (action, table_name) values ('update', 'projects')`);
    expect(await verifiedBy(db)).toMatchObject({ broken: null, unlinked: 1 });
  });

  test('the whole chain made again: the fingerprint noted before is no longer there', async () => {
    const db = await busyDatabase();
    const noted = verifyLinks(await linksOf(db));
    await tamper(
      db,
      `delete from public.audit_log where id = 3; truncate public.audit_chain;
       do $$ declare line public.audit_log; begin
         for line in select * from public.audit_log order by id loop perform private.add_link(line); end loop;
       end $$`,
    );
    const links = await linksOf(db);
    expect(verifyLinks(links).broken).toBeUndefined();
    expect(links[noted.count - 2]?.hash).not.toBe(noted.head);
    expect(links[noted.count - 1]).toBeUndefined();
  });
});
