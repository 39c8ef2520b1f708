import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { answerPurge } from '../../functions/_lib/purge.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { servicesOn, servicesOnLite } from '../support/service.ts';

const MAIL = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'Guide <guide@example.org>' };

let lite: TestLite;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  // lite prints the stack of every refusal.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  lite = await startLite({ listen: true });
});
afterAll(() => lite.stop());
beforeEach(async () => {
  await lite.sql('delete from public.feedback');
  await lite.sql('delete from public.registrations');
  await lite.sql('delete from private.rate_limits');
});

async function opinion(receivedAt: string): Promise<void> {
  await lite.sql(`insert into public.feedback
      (received_at, idempotency_key, content_hash, form_version, consent_at, helpful)
    values (${receivedAt}, '${randomUUID()}', repeat('0', 64), 'test', now(), 'yes')`);
}

const counted = async () =>
  (await lite.sql<{ n: number }>('select count(*)::int as n from public.feedback'))[0]!.n;

test('the hourly purge erases the address hashes of yesterday and leaves those of this hour', async () => {
  await lite.sql(`insert into private.rate_limits (bucket, window_start, hits) values
    ('inscription:hier', now() - interval '25 hours', 1), ('inscription:maintenant', now(), 1)`);
  const response = await answerPurge(servicesOnLite(lite));
  expect(await response.json()).toMatchObject({ erased: { counters: 1 } });
  expect(await lite.sql('select bucket from private.rate_limits')).toEqual([
    { bucket: 'inscription:maintenant' },
  ]);
});

test('it erases what was kept long enough, and says how much', async () => {
  await opinion(`now() - interval '13 months'`);
  await opinion(`now() - interval '11 months'`);
  const response = await answerPurge(servicesOnLite(lite));
  expect(await response.json()).toEqual({
    erased: { counters: 0, submissions: 1, answers: 0, letters: 0 },
    asked: 0,
    news: 0,
  });
  expect(await counted()).toBe(1);
});

test('it goes by the clock it is given, unless that one is ahead: nothing is erased before its day', async () => {
  await opinion(`now() - interval '13 months'`);
  await opinion('now()');
  const at = (now: string) => answerPurge({ ...servicesOnLite(lite), now: () => new Date(now) });
  await at('2020-01-01T10:00:00Z');
  expect(await counted()).toBe(2);
  await at('2999-01-01T10:00:00Z');
  expect(await counted()).toBe(1);
});

test('it writes a « Toujours d’accord ? » only when there is a mail server', async () => {
  await lite.sql(`insert into public.registrations (
      idempotency_key, content_hash, form_version, consent_at, confirmed_at, first_names, last_name, email,
      email_index, residence_country, city, occupation_family, occupation, consent_registry, consent_contact,
      consent_statistics)
    select '${randomUUID()}', repeat('0', 64), 'test', now() - interval '13 months', now() - interval '13 months',
      sealed, sealed, 'enc1.000000000000.' || repeat('A', 123), repeat('0', 64), 'FR', 'Lyon', 'M18', 'Menuisier',
      true, false, false
    from (select 'sealed1.000000000000.' || repeat('A', 194) as sealed) as made_up`);
  expect(await (await answerPurge(servicesOnLite(lite))).json()).toMatchObject({ asked: 0 });
  expect(await (await answerPurge(servicesOnLite(lite, MAIL))).json()).toMatchObject({ asked: 1 });
  expect(await (await answerPurge(servicesOnLite(lite, MAIL))).json()).toMatchObject({ asked: 0 });
});

test.each(['purge_rate_limits', 'purge_expired'])('a visitor cannot call %s', async (name) => {
  await opinion(`now() - interval '13 months'`);
  await lite.sql(
    "insert into private.rate_limits values ('inscription:reste', now() - interval '30 hours', 1)",
  );
  const { error } = await lite.anon.rpc(name, name === 'purge_expired' ? { as_of: '2999-01-01' } : {});
  expect(error).not.toBeNull();
  expect(await counted()).toBe(1);
  expect(await lite.sql('select 1 from private.rate_limits')).toHaveLength(1);
});

test('a purge that cannot reach the database says so with 503', async () => {
  const nowhere = servicesOn(
    { url: 'http://127.0.0.1:9', secret: lite.keys.secret },
    {},
    { totalDeadline: 300, attemptDeadline: 100 },
  );
  expect((await answerPurge(nowhere)).status).toBe(503);
});
