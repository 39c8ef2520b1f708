// How long a build of today's site takes, from nothing, three times, in a copy of the project.
import type { Report } from '../scripts/bench.ts';
import { copyProject, distPages, median } from '../tests/support/dist.ts';
import { round } from './_service.ts';

const RUNS = 3;

export default async function construction(report: Report): Promise<void> {
  const seconds: number[] = [];
  const memory: number[] = [];
  let pages = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const copy = copyProject();
    try {
      const { code, output, ...cost } = await copy.build();
      if (code !== 0) throw new Error(output);
      seconds.push(cost.seconds);
      memory.push(cost.peakMb);
      pages = distPages(copy.dist).length;
    } finally {
      copy.remove();
    }
  }
  const all = { runs: seconds.map(round), pages };
  report({ figure: 'build-time-median', value: round(median(seconds)), unit: 's', ...all });
  report({ figure: 'build-peak-memory', value: Math.round(Math.max(...memory)), unit: 'MB' });
}
