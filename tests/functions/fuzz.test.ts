// A sample of what « npm run bench -- fuzz » does on a larger scale.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { shoot, shots, startRange, wrongIn, type Range, type Shot } from '../support/fuzz.ts';

/** What larger runs found, kept as it was made short. */
const FOUND: ((range: Range) => Shot)[] = ['2147483648', '-2147483649', '1e308'].map(
  (revision) =>
    ({ links }) => ({
      to: 'suivi',
      slug: '',
      method: 'POST',
      path: '/api/suivi',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify({ cle: links[0], action: 'corriger', revision }),
    }),
);

let range: Range;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  range = await startRange();
});
afterAll(() => range.stop());

test('1,500 bodies that nobody would type: never a server error, every refusal in the contract’s shape, in French', async () => {
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(shots(range), async (shot) => {
      const response = await shoot(range, shot);
      statuses.add(response.status);
      expect(await wrongIn(shot, response)).toBeUndefined();
    }),
    { numRuns: 1500, examples: FOUND.map((find) => [find(range)]) },
  );
  // The sample is worth something: some get through, and each kind of refusal is there.
  for (const status of [200, 201, 303, 403, 404, 405, 413, 415, 422]) expect(statuses).toContain(status);
}, 120_000);
