// Five hundred people fill in forms, each in their own way: old and new browsers, with and without JavaScript, pasting,
// letting the browser fill in, going back, pressing twice, leaving the page for ninety minutes. How many the guards
// took for robots: none may be.
import type { Report } from '../scripts/bench.ts';
import type { HumanRun } from '../tests/support/humans.ts';
import { readComponents } from './_components.ts';
import { quietly } from './_service.ts';

const RUNS = 500;

export default async function humans(report: Report): Promise<void> {
  readComponents();
  const { startGuardedService } = await import('../tests/support/guarded-service.ts');
  const { humanRun } = await import('../tests/support/humans.ts');
  const service = await startGuardedService();
  const runs: HumanRun[] = [];
  await quietly(async () => {
    for (let seed = 1; seed <= RUNS; seed++) runs.push(await humanRun(seed, service));
  });
  await service.stop();
  const troubled = runs.filter(({ trouble }) => trouble !== undefined);
  const more = { runs: RUNS, forms: new Set(runs.map(({ form }) => form)).size };
  report({ figure: 'taken-for-robots', value: troubled.length, unit: 'people', bar: 0, ...more });
  for (const { form, ways, trouble } of troubled)
    report({ figure: 'trouble', value: 1, unit: 'person', form, ways, trouble });
}
