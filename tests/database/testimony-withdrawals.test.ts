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

/** What the build reads before it publishes a testimony. */
const published = async (): Promise<string[]> =>
  (await db.runAs('anon', {}, 'select code_hash from public.withdrawn_testimonies order by 1')).rows.map(
    ({ code_hash: hash }) => String(hash),
  );

describe('a code that withdraws a testimony', () => {
  test('is published as its fingerprint only, once, and asks for another build of the site', async () => {
    const code = codeOf('une voix');
    await withdraw(code);
    await withdraw(code);
    expect(await published()).toEqual([sha256(code)]);
    const { rows } = await db.pool.query('select reason from private.build_requests');
    expect(rows).toEqual([{ reason: 'unpublished' }, { reason: 'unpublished' }]);
    const { rows: columns } = await db.pool.query(
      `select attname from pg_attribute where attrelid = 'public.withdrawn_testimonies'::regclass and attnum > 0`,
    );
    expect(columns).toEqual([{ attname: 'code_hash' }]);
    await expect(db.runAs('anon', {}, 'select code from public.testimony_withdrawals')).rejects.toMatchObject(
      { code: '42501' },
    );
  });

  test('counts whatever an officer makes of it', async () => {
    const code = codeOf('une voix refusée');
    await withdraw(code);
    await db.pool.query(`update public.testimony_withdrawals set status = 'refused' where code = $1`, [code]);
    expect(await published()).toContain(sha256(code));
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
    expect(await published()).not.toContain(sha256(code));
  });

  test('is kept longer than any agreement lasts', async () => {
    const { rows } = await db.pool.query(
      `select months, counted_from from private.retention where form = 'retrait-voix'`,
    );
    expect(rows).toEqual([{ months: 24, counted_from: 'received' }]);
  });
});
