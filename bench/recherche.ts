// The first search of a reader on a guide of a thousand pages, counted on the wire from the first focus to the
// results; what a page weighs at 100 and at 1,000 pages; and what a build of 1,000 pages costs.
import type { Browser } from 'playwright-core';
import type { Report } from '../scripts/bench.ts';
import { launchChromium, phone } from '../tests/support/chromium.ts';
import { brotliSize, copyProject, median, pageAt, type ProjectCopy } from '../tests/support/dist.ts';
import { countWire, type Hit, type Wire } from '../tests/support/wire.ts';
import { addPages, ownWord } from './_corpus.ts';
import { kB, round, withCopy } from './_service.ts';

const FEW = 100;
const MANY = 1000;
const QUERIES = [
  'passeport',
  'acte de naissance',
  'carte consulaire',
  'visa',
  'refaire mon passeport perdu',
  'certificat de nationalité',
  'mariage',
  'ambassade',
  ownWord(417),
  'prix du passeport',
];
const SLOW = QUERIES.slice(0, 3);

async function built(pages: number): Promise<{ copy: ProjectCopy; seconds: number; peakMb: number }> {
  const copy = copyProject();
  addPages(copy, pages);
  const { code, output, seconds, peakMb } = await copy.build();
  if (code !== 0) {
    copy.remove();
    throw new Error(output);
  }
  return { copy, seconds, peakMb };
}

interface Search {
  hits: Hit[];
  /** From the last key to the first result. */
  milliseconds: number;
  found: number;
}

async function search(browser: Browser, wire: Wire, query: string, slow = false): Promise<Search> {
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
  await tab.goto('/', { waitUntil: 'networkidle' });
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

const bodies = (hits: readonly Hit[]): number => hits.reduce((sum, { body }) => sum + body, 0);

/** « pagefind.js 12.1, wasm 59.8… »: where the bytes go. */
function shares(hits: readonly Hit[]): Record<string, number> {
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

export default async function searching(report: Report): Promise<void> {
  const few = await built(FEW);
  const many = await built(MANY);
  try {
    report({ figure: 'build-time-100', value: round(few.seconds), unit: 's' });
    report({ figure: 'build-time-1000', value: round(many.seconds), unit: 's' });
    report({ figure: 'build-peak-memory-1000', value: Math.round(many.peakMb), unit: 'MB' });
    for (const address of ['/', '/guide/passeport/', '/inscription/', '/guide/mesure-0050/']) {
      const [before, after] = [few, many].map(({ copy }) => brotliSize(pageAt(address, copy.dist).html));
      const value = Math.round((after! / before!) * 1000) / 1000;
      report({
        figure: `page-weight-ratio ${address}`,
        value,
        unit: '×',
        bar: 1.05,
        at100: before,
        at1000: after,
      });
    }
    await withCopy(many.copy.root, async (url) => {
      const browser = await launchChromium();
      const wire = await countWire(url);
      await search(browser, wire, QUERIES[0]!);
      const all: Search[] = [];
      for (const query of QUERIES) {
        const one = await search(browser, wire, query);
        all.push(one);
        report({
          figure: `first-search ${query}`,
          value: kB(bodies(one.hits)),
          unit: 'kB',
          bar: 130,
          requests: one.hits.length,
          ms: Math.round(one.milliseconds),
          results: one.found,
          parts: shares(one.hits),
        });
      }
      const sizes = all.map(({ hits }) => bodies(hits));
      report({ figure: 'first-search-median', value: kB(median(sizes)), unit: 'kB', bar: 130 });
      report({ figure: 'first-search-worst', value: kB(Math.max(...sizes)), unit: 'kB', bar: 130 });
      report({
        figure: 'last-key-to-result-median',
        value: Math.round(median(all.map((one) => one.milliseconds))),
        unit: 'ms',
      });
      const slow: number[] = [];
      for (const query of SLOW) slow.push((await search(browser, wire, query, true)).milliseconds);
      report({
        figure: 'last-key-to-result-slow-network-median',
        value: Math.round(median(slow)),
        unit: 'ms',
      });
      await browser.close();
      await wire.close();
    });
  } finally {
    few.copy.remove();
    many.copy.remove();
  }
}
