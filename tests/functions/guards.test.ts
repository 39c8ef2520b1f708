// A sample of what « npm run bench -- humains » and « -- robots » do on a larger scale: no person is ever put aside,
// and hardly any robot gets through.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startGuardedService, type GuardedService } from '../support/guarded-service.ts';
import { humanRun } from '../support/humans.ts';
import { robotRun, type RobotRun } from '../support/robots.ts';

let service: GuardedService;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  service = await startGuardedService();
});
afterAll(() => service.stop());

describe('people', () => {
  test('a dozen of them, each in their own way, are all thanked and none is put aside', async () => {
    const runs = [];
    for (let seed = 1; seed <= 12; seed++) runs.push(await humanRun(seed, service));
    expect(runs.filter(({ trouble }) => trouble !== undefined)).toEqual([]);
    // The sample is worth something.
    expect(new Set(runs.map(({ form }) => form)).size).toBeGreaterThan(3);
    expect(new Set(runs.flatMap(({ ways }) => ways)).size).toBeGreaterThan(7);
  });
});

describe('robots', () => {
  test('two hundred posts from two addresses: at least ninety-nine in a hundred are refused or put aside', async () => {
    const runs: RobotRun[] = [];
    for (let seed = 1; seed <= 200; seed++) runs.push(await robotRun(seed, service, 2));
    const passed = runs.filter(({ outcome }) => outcome === 'passed');
    expect(passed.length / runs.length, JSON.stringify(passed)).toBeLessThanOrEqual(0.01);
    expect(new Set(runs.map(({ kind }) => kind)).size).toBeGreaterThan(6);
    expect(runs.some(({ outcome }) => outcome === 'aside')).toBe(true);
    expect(runs.some(({ outcome }) => outcome === 'refused')).toBe(true);
  }, 90_000);
});
