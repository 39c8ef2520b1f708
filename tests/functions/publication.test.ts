import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { supabaseBuilds } from '../../functions/_lib/build-store.ts';
import { answerPublication } from '../../functions/_lib/publication.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { servicesOn, servicesOnLite } from '../support/service.ts';

const PATIENCE = { totalDeadline: 60_000, attemptDeadline: 30_000 };

let lite: TestLite;
let host: Server;
let hook: string;
/** What the build hook answers; undefined: nothing, ever. */
let answer: number | undefined;
let calls: string[] = [];
let said: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  lite = await startLite({ listen: true });
  host = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    if (answer !== undefined) response.writeHead(answer, { location: 'https://ailleurs.example' }).end();
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  hook = `http://127.0.0.1:${(host.address() as AddressInfo).port}/build_hooks/secret-du-crochet`;
});
afterAll(async () => {
  host.closeAllConnections();
  host.close();
  await lite.stop();
  vi.restoreAllMocks();
});
beforeEach(async () => {
  answer = 200;
  calls = [];
  said = [];
  await lite.sql('delete from private.build_requests');
  await lite.sql('delete from private.builds');
});

/** Somebody published a while ago. */
const request = () =>
  lite.sql(
    `insert into private.build_requests (at, reason) values (now() - interval '5 minutes', 'published')`,
  );
const builds = () =>
  lite.sql<{ outcome: string; code: string | null; mark: string }>(
    'select outcome, code, mark from private.builds order by id',
  );

interface Run {
  mark?: string;
  context?: string;
  /** Another hook; undefined: none. */
  to?: string | undefined;
  patience?: number;
}

async function run(options: Run = {}): Promise<{ status: number; body: unknown }> {
  const press = {
    builds: supabaseBuilds(servicesOnLite(lite).environment, PATIENCE),
    pages: { mark: () => Promise.resolve(options.mark) },
    hook: 'to' in options ? options.to : hook,
    context: options.context ?? 'production',
  };
  const response = await answerPublication(press, options.patience ?? 5_000);
  return { status: response.status, body: await response.json() };
}

test('asks for one build, however often it runs, until the site that was asked for is online', async () => {
  await request();
  expect(await run()).toEqual({ status: 200, body: { asked: 'started' } });
  expect(await run()).toEqual({ status: 200, body: { asked: 'nothing' } });
  expect(calls).toEqual(['POST /build_hooks/secret-du-crochet']);
  const { mark } = (await builds())[0]!;
  expect(await run({ mark })).toEqual({ status: 200, body: { asked: 'nothing' } });
  expect(await builds()).toMatchObject([{ outcome: 'live' }]);
  expect(await lite.sql('select 1 from private.build_requests')).toEqual([]);
});

test('two functions at the same moment call the hook once', async () => {
  await request();
  await Promise.all([run(), run(), run()]);
  expect(calls).toHaveLength(1);
});

test.each([
  { title: 'refuses', status: 500, code: 'hook_refused' },
  { title: 'is no longer there', status: 404, code: 'hook_refused' },
])('a hook that $title is told to the desk, and its secret to nobody', async ({ status, code }) => {
  answer = status;
  await request();
  expect(await run()).toEqual({ status: 200, body: { asked: code } });
  expect(await builds()).toMatchObject([{ outcome: 'failed', code }]);
  expect(await lite.sql('select 1 from private.build_requests')).toHaveLength(1);
  expect(said.join('\n')).not.toContain('secret-du-crochet');
});

test('a hook that sends elsewhere is not followed: what it started is not known', async () => {
  answer = 302;
  await request();
  expect(await run()).toEqual({ status: 200, body: { asked: 'unknown' } });
  expect(await run()).toEqual({ status: 200, body: { asked: 'nothing' } });
});

test('a hook that does not answer may have heard: it is not called again at once', async () => {
  answer = undefined;
  await request();
  expect(await run({ patience: 100 })).toEqual({ status: 200, body: { asked: 'unknown' } });
  expect(await run()).toEqual({ status: 200, body: { asked: 'nothing' } });
  expect(calls).toHaveLength(1);
  expect(await builds()).toMatchObject([{ outcome: 'asked', code: null }]);
});

test('a hook out of reach has heard nothing', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  await request();
  expect(await run({ to: `http://127.0.0.1:${port}/` })).toEqual({
    status: 200,
    body: { asked: 'hook_unreachable' },
  });
  expect(await builds()).toMatchObject([{ outcome: 'failed', code: 'hook_unreachable' }]);
});

test.each([undefined, '', 'pas une adresse'])(
  'without a hook (%s) the desk is told, and a site built by hand puts things right',
  async (to) => {
    await request();
    expect(await run({ to })).toEqual({ status: 200, body: { asked: 'no_hook' } });
    const { mark } = (await builds())[0]!;
    await run({ to, mark });
    expect(await builds()).toMatchObject([{ outcome: 'live', code: null }]);
  },
);

test.each(['dev', 'deploy-preview', 'branch-deploy'])(
  'does nothing in %s: only the site online is anybody’s',
  async (context) => {
    await request();
    expect(await run({ context })).toEqual({ status: 200, body: { code: 'not-production' } });
    expect(calls).toEqual([]);
    expect(await builds()).toEqual([]);
  },
);

test('says with 503 that the database is out of reach, and calls nothing', async () => {
  const { environment } = servicesOn({ url: 'http://127.0.0.1:9', secret: lite.keys.secret });
  const press = {
    builds: supabaseBuilds(environment, { totalDeadline: 300, attemptDeadline: 100 }),
    pages: { mark: () => Promise.resolve('00000000-0000-4000-8000-000000000000') },
    hook,
    context: 'production',
  };
  expect((await answerPublication(press)).status).toBe(503);
  expect(calls).toEqual([]);
});

test.each(['claim_build', 'confirm_build', 'settle_build'])('a visitor cannot call %s', async (name) => {
  await request();
  const parameters = {
    claim_build: {},
    confirm_build: { mark: '00000000-0000-4000-8000-000000000000' },
    settle_build: { build: 1, outcome: 'started', code: null },
  }[name];
  expect((await lite.anon.rpc(name, parameters)).error).not.toBeNull();
  expect(await builds()).toEqual([]);
});
