// The first search of a reader, counted on the wire.
import type { Browser } from 'playwright-core';
import { phone } from '../tests/support/chromium.ts';
import type { Hit, Wire } from '../tests/support/wire.ts';
import { kB } from './_service.ts';

export interface Search {
  /** What travelled, from the first focus to the results. */
  hits: Hit[];
  /** From the last key to the first result. */
  milliseconds: number;
  found: number;
}

/** Opens a page with nothing in the cache, and searches from its field. */
export async function firstSearch(
  browser: Browser,
  wire: Wire,
  query: string,
  { slow = false, from = '/' }: { slow?: boolean; from?: string } = {},
): Promise<Search> {
  const context = await phone(browser, { baseURL: wire.url });
  const tab = await context.newPage();
  if (slow) {
    const control = await context.newCDPSession(tab);
    await control.send('Network.enable');
    await control.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000,
      uploadThroughput: 50_000,
    });
    await control.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  await tab.goto(from, { waitUntil: 'networkidle' });
  wire.take();
  await tab.locator('#q').focus();
  await tab.keyboard.type(query, { delay: 80 });
  const began = performance.now();
  await tab.locator('.search-results li').first().waitFor({ timeout: 60_000 });
  const milliseconds = performance.now() - began;
  await tab.waitForTimeout(300);
  const found = await tab.locator('.search-results li').count();
  const hits = wire.take();
  await context.close();
  return { hits, milliseconds, found };
}

export const bodies = (hits: readonly Hit[]): number => hits.reduce((sum, { body }) => sum + body, 0);

/** « pagefind.js 12.1, wasm 59.8… »: where the bytes go. */
export function shares(hits: readonly Hit[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { path: address, body } of hits) {
    const part =
      /\/(fragment|index)\//u.exec(address)?.[1] ??
      /\/([^/.]+(?:\.[a-z]+)?)/u.exec(address.replace('/pagefind', ''))?.[1];
    const name = part ?? address;
    sums[name] = kB((sums[name] ?? 0) * 1000 + body);
  }
  return sums;
}
