// The service under measure: the one people run, on a free port, with a throwaway database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer } from '../scripts/lib/server.ts';
import { startForTests } from '../tests/support/server.ts';

/** Builds the site and serves it from a process of its own: what measures must not slow what is measured. */
export async function withService<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const service = await startForTests();
  try {
    return await work(service.baseUrl);
  } finally {
    await service.stop();
  }
}

/** Serves a copy of the project, already built. */
export async function withCopy<Result>(
  root: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'guide-mesure-'));
  const env = { SANS_DOTENV: '1', SUPABASE_URL: '', SITE_URL: '' };
  const service = await startServer({ root, port: 0, dataDir, quiet: true, build: false, env });
  try {
    return await work(service.url);
  } finally {
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The value below which a share of the measures lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export const kB = (bytes: number): number => Math.round(bytes / 10) / 100;
export const round = (value: number): number => Math.round(value * 10) / 10;

/** The functions write a line for each request, and the database one for each refusal: a bench prints its figures. */
export async function quietly(work: () => Promise<void>): Promise<void> {
  const { log, error } = console;
  console.log = console.error = () => undefined;
  try {
    await work();
  } finally {
    Object.assign(console, { log, error });
  }
}
