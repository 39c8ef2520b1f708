import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answerPurge } from '../../functions/_lib/purge.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { servicesOn, servicesOnLite } from '../support/service.ts';

let lite: TestLite;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  lite = await startLite({ listen: true });
});
afterAll(() => lite.stop());

test('the hourly purge erases the address hashes of yesterday and leaves those of this hour', async () => {
  await lite.sql(`insert into private.rate_limits (bucket, window_start, hits) values
    ('inscription:hier', now() - interval '25 hours', 1), ('inscription:maintenant', now(), 1)`);
  const response = await answerPurge(servicesOnLite(lite).store);
  expect(await response.json()).toEqual({ erased: 1 });
  expect(await lite.sql('select bucket from private.rate_limits')).toEqual([
    { bucket: 'inscription:maintenant' },
  ]);
});

test('a visitor cannot call the purge', async () => {
  await lite.sql(
    "insert into private.rate_limits values ('inscription:reste', now() - interval '30 hours', 1)",
  );
  const { error } = await lite.anon.rpc('purge_rate_limits');
  expect(error).not.toBeNull();
  expect(await lite.sql("select 1 from private.rate_limits where bucket = 'inscription:reste'")).toHaveLength(
    1,
  );
});

test('a purge that cannot reach the database says so with 503', async () => {
  const nowhere = servicesOn(
    { url: 'http://127.0.0.1:9', secret: lite.keys.secret },
    {},
    { totalDeadline: 300, attemptDeadline: 100 },
  );
  expect((await answerPurge(nowhere.store)).status).toBe(503);
});
