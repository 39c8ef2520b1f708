// Schedules of faults between the functions and the database, then with PostgreSQL killed and with its disk full while
// they are played: how many told somebody something untrue, lost what was acknowledged or stored it twice.
// `npm run bench -- fautes 10000 42`: how many schedules, and the seed; a path after them, as a failure prints it, plays
// one schedule again.
import type { Report } from '../scripts/bench.ts';
import { readComponents } from './_components.ts';
import { round } from './_service.ts';

const SCHEDULES = 10_000;
/** For so many schedules; fewer for fewer. */
const KILLS = 40;
const FILLINGS = 40;

export default async function faults(report: Report, words: string[]): Promise<void> {
  readComponents();
  const { PACE, canMount, followLogs, playOnSmallDisk, playSchedules, playWhileKilled, startArena } =
    await import('../tests/support/fault-schedules.ts');
  const [runs = SCHEDULES, seed = Date.now() % 1e9] = words.map(Number);
  const path = words[2];
  const share = (times: number): number => Math.ceil((times * runs) / SCHEDULES);
  const time = `a second of production lasts ${1000 * PACE} ms`;
  const unfollow = followLogs();
  const play = async (figure: string, work: () => Promise<object>): Promise<void> => {
    const began = performance.now();
    const outcome = await work().then(
      (played) => ({ value: 0, ...played }),
      (error: unknown) => ({ value: 1, words: String(error) }),
    );
    const seconds = round((performance.now() - began) / 1000);
    report({ figure, unit: 'untrue schedules', bar: 0, seed, time, seconds, ...outcome });
  };
  const arena = await startArena();
  await play('faults-of-the-network', () =>
    playSchedules(arena, { runs, seed, ...(path === undefined ? {} : { path }) }),
  );
  if (path === undefined) {
    await play('kills', () => playWhileKilled(arena, { kills: share(KILLS), seed }));
    if (canMount())
      await play('full-disk', () => playOnSmallDisk(arena, { fillings: share(FILLINGS), seed }));
  }
  await arena.stop();
  unfollow();
}
