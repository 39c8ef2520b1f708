// Ten thousand posts by programs, from twenty network addresses: how many are refused or put aside. Then a thousand
// from as many addresses, where the limits by sender see nothing: what the other guards do alone.
// `npm run bench -- robots 2000`: as many posts instead of ten thousand.
import type { Report } from '../scripts/bench.ts';
import type { RobotRun } from '../tests/support/robots.ts';
import { readComponents } from './_components.ts';
import { quietly, round } from './_service.ts';

const POSTS = 10_000;
const ADDRESSES = 20;
const SCATTERED = 1000;

export default async function robots(report: Report, words: string[]): Promise<void> {
  readComponents();
  const [posts = POSTS] = words.map(Number);
  const { ROBOT_KINDS } = await import('../tests/support/robots.ts');
  const runs = await attack(posts, ADDRESSES);
  report({ figure: 'stopped', ...shareStopped(runs), bar: 99 });
  for (const kind of ROBOT_KINDS) {
    report({ figure: 'stopped-of-kind', kind, ...shareStopped(runs.filter((run) => run.kind === kind)) });
  }
  report({
    figure: 'stopped-each-from-its-own-address',
    ...shareStopped(await attack(SCATTERED, SCATTERED)),
  });
}

async function attack(posts: number, addresses: number): Promise<RobotRun[]> {
  const { startGuardedService } = await import('../tests/support/guarded-service.ts');
  const { robotRun } = await import('../tests/support/robots.ts');
  const service = await startGuardedService();
  const runs: RobotRun[] = [];
  await quietly(async () => {
    for (let seed = 1; seed <= posts; seed++) runs.push(await robotRun(seed, service, addresses));
  });
  await service.stop();
  return runs;
}

function shareStopped(runs: readonly RobotRun[]) {
  const count = (outcome: RobotRun['outcome']) => runs.filter((run) => run.outcome === outcome).length;
  const passed = count('passed');
  return {
    value: round((100 * (runs.length - passed)) / Math.max(1, runs.length)),
    unit: '%',
    posts: runs.length,
    refused: count('refused'),
    aside: count('aside'),
    passed,
  };
}
