// Global setup of the « built » project: one production build, served by the very program people run
// (scripts/start.ts), on a free port, with a throwaway data folder and the demonstration rows.
//
//   import { inject } from 'vitest';
//   const { baseUrl, publishableKey, secretKey, dataDir } = inject('server');
//
// REUSE_BUILD=1 serves dist/ as it is: quick while writing a test, never in CI.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

export interface TestServer {
  /** « http://localhost:12345 », without a final slash. */
  baseUrl: string;
  publishableKey: string;
  secretKey: string;
  /** Letters that would have been sent are in `courriels.jsonl` there. */
  dataDir: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: TestServer;
  }
}

interface Ready {
  ready: true;
  url: string;
  dataDir: string;
  keys: { publishable: string; secret: string };
}

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Starts scripts/start.ts as a child process and waits until it is ready. */
export async function startForTests(
  env: NodeJS.ProcessEnv = {},
): Promise<TestServer & { stop: () => Promise<void> }> {
  const dataDir = env.DATA_DIR ?? mkdtempSync(path.join(tmpdir(), 'guide-tests-'));
  // The service under test is the embedded one, whatever this shell is connected to.
  const foreign = new Set([
    'SUPABASE_URL',
    'SUPABASE_PUBLISHABLE_KEY',
    'SUPABASE_SECRET_KEY',
    'SITE_URL',
    'NODE_ENV',
    'VITEST',
  ]);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.has(name)));
  const child = fork(path.join(ROOT, 'scripts', 'start.ts'), [], {
    cwd: ROOT,
    env: {
      ...inherited,
      PORT: '0',
      DATA_DIR: dataDir,
      SANS_DOTENV: '1',
      // One site for all the tests: none must change it under the others.
      SANS_PUBLICATION: '1',
      // The rate limits are per address: tests choose theirs by X-Forwarded-For.
      TRUST_FORWARDED_FOR: '1',
      ...(process.env.REUSE_BUILD === '1' ? { SANS_CONSTRUCTION: '1' } : {}),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    if (process.env.TRACE === '1') process.stdout.write(chunk);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as Ready);
    });
    child.once('exit', (code) => {
      if (env.DATA_DIR === undefined) rmSync(dataDir, { recursive: true, force: true });
      reject(new Error(`The local server stopped (code ${String(code)}):\n${output}`));
    });
  });
  return {
    baseUrl: ready.url,
    publishableKey: ready.keys.publishable,
    secretKey: ready.keys.secret,
    dataDir: ready.dataDir,
    async stop() {
      const gone = new Promise<void>((resolve) => {
        child.once('exit', () => {
          resolve();
        });
      });
      child.kill('SIGTERM');
      await gone;
      if (env.DATA_DIR === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await startForTests();
  project.provide('server', server);
  return stop;
}
