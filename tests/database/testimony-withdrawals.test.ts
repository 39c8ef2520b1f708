import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../support/forms.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';

let db: TestPostgres;
beforeAll(async () => void (db = await startPostgres()), 60_000);
afterAll(() => db.stop());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Sends a code as the functions do. */
const withdraw = (code: string, more: Record<string, unknown> = {}) =>
  db.runAs('service_role', {}, 'select * from public.submit_form($1, $2)', [
    'retrait-voix',
    JSON.stringify({
      code,
      idempotency_key: randomUUID(),
      content_hash: sha256(randomUUID()),
      form_version: 'test',
      consent_at: '2026-11-22T10:00:00Z',
      ...more,
    }),
  ]);

/** What the build is told of the testimonies it asks about. */
const askAbout = async (hashes: string): Promise<unknown> => {
  const { rows } = await db.runAs('anon', {}, 'select public.withdrawn_among($1) as answer', [hashes]);
  return JSON.parse(String(rows[0]?.['answer']));
};
const isWithdrawn = async (code: string): Promise<boolean> =>
  ((await askAbout(sha256(code))) as { withdrawn: string[] }).withdrawn.length === 1;

describe('a code that withdraws a testimony', () => {
  test('is told, once, to whoever asks about its fingerprint, and asks for another build of the site', async () => {
    const [code, other] = [codeOf('une voix'), codeOf('une autre voix')];
    await withdraw(code);
    await withdraw(code);
    expect(await askAbout([other, code].map(sha256).join(','))).toEqual({
      asked: 2,
      withdrawn: [sha256(code)],
    });
    const { rows } = await db.pool.query('select reason from private.build_requests');
    expect(rows).toEqual([{ reason: 'unpublished' }, { reason: 'unpublished' }]);
  });

  test('is in no list: nobody can count the withdrawals, nor ask without a fingerprint', async () => {
    await expect(db.runAs('anon', {}, 'select code from public.testimony_withdrawals')).rejects.toMatchObject(
      { code: '42501' },
    );
    // Everything of the public schema that a visitor may read, and whether it speaks of withdrawals.
    const { rows } = await db.pool.query<{ name: string }>(
      `select c.relname as name from pg_class as c
       where c.relnamespace = 'public'::regnamespace and has_table_privilege('anon', c.oid, 'select')
         and pg_get_viewdef(c.oid) ~ 'testimony_withdrawals'`,
    );
    expect(rows).toEqual([{ name: 'transparency' }]);
    const tooMany = Array.from({ length: 201 }, (_, n) => sha256(String(n))).join(',');
    for (const wrong of ['', '%', sha256('a').slice(1), `${sha256('a')},`, tooMany])
      await expect(askAbout(wrong), wrong.slice(0, 70)).rejects.toMatchObject({ code: '22023' });
  });

  test('counts whatever an officer makes of it', async () => {
    const code = codeOf('une voix refusée');
    await withdraw(code);
    await db.pool.query(`update public.testimony_withdrawals set status = 'refused' where code = $1`, [code]);
    expect(await isWithdrawn(code)).toBe(true);
  });

  test('can not be put aside as a robot’s: it would then be erased, and the testimony come back', async () => {
    const aside = { quarantined_at: '2026-11-22T10:00:00Z', quarantine_reasons: ['honeypot'] };
    await expect(withdraw(codeOf('un robot'), aside)).rejects.toMatchObject({ code: '23514' });
  });

  test('of a demonstration row withdraws nothing', async () => {
    const code = codeOf('un exemple');
    await db.pool.query(
      `insert into public.testimony_withdrawals
         (idempotency_key, content_hash, form_version, consent_at, is_example, code)
       values ($1, $2, 'example', now(), true, $3)`,
      [randomUUID(), sha256('exemple'), code],
    );
    expect(await isWithdrawn(code)).toBe(false);
  });

  test('is kept longer than any agreement lasts', async () => {
    const { rows } = await db.pool.query(
      `select months, counted_from from private.retention where form = 'retrait-voix'`,
    );
    expect(rows).toEqual([{ months: 24, counted_from: 'received' }]);
  });
});
