// A sample of what « npm run bench -- fautes » does on a larger scale: whatever fails between the functions and the
// database, nothing acknowledged is lost, nothing is stored twice, and what people are told is true.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fate } from '../support/fault-proxy.ts';
import {
  canMount,
  followLogs,
  PATIENT,
  playOne,
  playOnSmallDisk,
  playSchedules,
  playWhileKilled,
  SECOND,
  startArena,
  type Arena,
} from '../support/fault-schedules.ts';

let arena: Arena;
let unfollow: () => void;
/** Another one each time; a failure prints it. */
const seed = Date.now() % 1_000_000_000;

beforeAll(async () => {
  arena = await startArena();
  unfollow = followLogs();
});
afterAll(async () => {
  unfollow();
  await arena.stop();
});

describe('what drawn schedules found, kept as they were made short', () => {
  const always = (fate: Fate) => Array.from({ length: 20 }, () => fate);

  test('a page of another machine in the place of the answer says nothing of what is stored', async () => {
    const told = await playOne(arena, 'inscription', async (corner, person) => {
      corner.proxy.next(always({ kind: 'another-page' }));
      await corner.send(person, 0, 'json');
    });
    expect(told).toEqual(['unknown']);
  });

  test('« too many » from a machine on the way is nobody’s limit, and says nothing of what is stored', async () => {
    const told = await playOne(
      arena,
      'rumeur',
      async (corner, person) => {
        corner.proxy.next(always({ kind: 'turned-away', status: 429 }));
        await corner.send(person, 0, 'json');
        corner.proxy.next([{ kind: 'turned-away', status: 429 }]);
        await corner.send(person, 0, 'json');
      },
      PATIENT,
    );
    expect(told).toEqual(['unknown', 'stored']);
  });

  test('a full disk is the database’s own word: not received', async () => {
    const told = await playOne(
      arena,
      'projet',
      async (corner, person) => {
        await corner.setDisk(person, true);
        await corner.send(person, 0, 'page');
      },
      PATIENT,
    );
    expect(told).toEqual(['kept']);
  });

  test('a limit does not make sure of an attempt that is still on its way: it may arrive in the next hour', async () => {
    const told = await playOne(arena, 'difficulte', async (corner, person) => {
      await corner.setLimit(person, true);
      corner.proxy.next([{ kind: 'late-request', milliseconds: 15 * SECOND }]);
      await corner.send(person, 0, 'json');
      await corner.setLimit(person, false);
    });
    expect(told).toEqual(['unknown']);
  });
});

test('2,000 schedules of faults of the network, the disk and the limits: nothing lost, nothing twice, nothing untrue', async () => {
  const { schedules, told } = await playSchedules(arena, { runs: 2000, seed, corners: 32 });
  expect(schedules).toBeGreaterThanOrEqual(2000);
  // Each of the three truths was told. How often depends on the machine.
  for (const times of Object.values(told)) expect(times).toBeGreaterThan(0);
}, 300_000);

test('the same while PostgreSQL is killed and started again', async () => {
  const { schedules, told } = await playWhileKilled(arena, { kills: 3, seed });
  expect(schedules).toBeGreaterThan(0);
  expect(told.unknown).toBeGreaterThan(0);
}, 180_000);

test.runIf(canMount())(
  'the same while a real disk fills up and is freed',
  async () => {
    const { told, refused } = await playOnSmallDisk(arena, { fillings: 3, seed });
    expect(refused).toBeGreaterThan(0);
    expect(told.stored).toBeGreaterThan(0);
  },
  180_000,
);
