// Five hundred people fill in forms, each in their own way: old and new browsers, with and without JavaScript, pasting,
// letting the browser fill in, going back, pressing twice, leaving the page for ninety minutes. How many the guards
// took for robots: none may be. `npm run bench -- humains 101 100`: the first of them, and how many.
import type { Report } from '../scripts/bench.ts';
import type { HumanRun } from '../tests/support/humans.ts';
import { readComponents } from './_components.ts';
import { quietly } from './_service.ts';

const RUNS = 500;

export default async function humans(report: Report, words: string[]): Promise<void> {
  readComponents();
  const [first = 1, count = RUNS] = words.map(Number);
  const { startGuardedService } = await import('../tests/support/guarded-service.ts');
  const { humanRun } = await import('../tests/support/humans.ts');
  const service = await startGuardedService();
  const runs: HumanRun[] = [];
  await quietly(async () => {
    for (let seed = first; seed < first + count; seed++) runs.push(await humanRun(seed, service));
  });
  await service.stop();
  const troubled = runs.filter(({ trouble }) => trouble !== undefined);
  const more = { first, runs: count, forms: new Set(runs.map(({ form }) => form)).size };
  report({ figure: 'taken-for-robots', value: troubled.length, unit: 'people', bar: 0, ...more });
  for (const { form, ways, trouble } of troubled)
    report({ figure: 'trouble', value: 1, unit: 'person', form, ways, trouble });
}
