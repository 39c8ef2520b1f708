// Bodies that nobody would type, to every function that reads one: how many were a server error, or a refusal that is
// not the contract's. `npm run bench -- fuzz 100000 42`: how many, and the seed.
import fc from 'fast-check';
import type { Report } from '../scripts/bench.ts';
import { readComponents } from './_components.ts';
import { quietly, round } from './_service.ts';

const BODIES = 100_000;

export default async function fuzz(report: Report, words: string[]): Promise<void> {
  const [bodies = BODIES, seed = Date.now() % 1e9] = words.map(Number);
  readComponents();
  const { shoot, shots, startRange, wrongIn } = await import('../tests/support/fuzz.ts');
  const statuses: Record<string, number> = {};
  const wrong: string[] = [];
  let sent = 0;
  const began = performance.now();
  await quietly(async () => {
    const range = await startRange();
    // Many small runs: a failure is made short, and the next ones go on.
    for (let run = 0; sent < bodies; run++) {
      const result = await fc.check(
        fc.asyncProperty(shots(range), async (shot) => {
          const response = await shoot(range, shot);
          statuses[response.status] = (statuses[response.status] ?? 0) + 1;
          sent += 1;
          const fault = await wrongIn(shot, response);
          if (fault !== undefined) throw new Error(`${shot.to}: ${fault}`);
        }),
        { seed: seed + run, numRuns: Math.min(500, bodies - sent) },
      );
      if (result.failed) wrong.push(fc.defaultReportMessage(result) ?? '');
    }
    await range.stop();
  });
  const serverErrors = Object.entries(statuses).filter(([status]) => Number(status) >= 500);
  report({
    figure: 'server-errors',
    value: serverErrors.reduce((sum, [, count]) => sum + count, 0),
    unit: 'answers',
    bar: 0,
    bodies: sent,
    seed,
    statuses,
    'per-second': round(sent / ((performance.now() - began) / 1000)),
  });
  report({ figure: 'wrong-answers', value: wrong.length, unit: 'answers', bar: 0 });
  for (const what of wrong.slice(0, 5)) report({ figure: 'wrong', value: 1, unit: 'answer', what });
}
