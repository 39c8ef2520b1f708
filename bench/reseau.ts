// A slow telephone on a slow network: 400 kbit/s, 400 ms, a processor four times slower; nothing in the cache.
import type { Browser } from 'playwright-core';
import type { Report } from '../scripts/bench.ts';
import { launchChromium, phone } from '../tests/support/chromium.ts';
import { median } from '../tests/support/dist.ts';
import { withService } from './_service.ts';

const LOADS = 5;
const PAGES = { accueil: '/', passeport: '/guide/passeport/', inscription: '/inscription/' };

interface Paint {
  fcp: number;
  lcp: number;
}

/** Read in the page. */
function readPaint(): Promise<Paint> {
  return new Promise((resolve) => {
    const paint: Paint = {
      fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      lcp: 0,
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) paint.lcp = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    setTimeout(() => resolve(paint), 300);
  });
}

async function load(browser: Browser, url: string, address: string): Promise<Paint> {
  const context = await phone(browser, { baseURL: url, viewport: { width: 412, height: 823 } });
  const tab = await context.newPage();
  const control = await context.newCDPSession(tab);
  await control.send('Network.enable');
  await control.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  await control.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await tab.goto(address, { waitUntil: 'networkidle' });
  const paint = await tab.evaluate(readPaint);
  await context.close();
  return paint;
}

export default async function network(report: Report): Promise<void> {
  await withService(async (url) => {
    const browser = await launchChromium();
    for (const [name, address] of Object.entries(PAGES)) {
      // The first answer is compressed while the reader waits; a CDN has it ready.
      await load(browser, url, address);
      const paints: Paint[] = [];
      for (let run = 0; run < LOADS; run += 1) paints.push(await load(browser, url, address));
      for (const kind of ['fcp', 'lcp'] as const) {
        const values = paints.map((paint) => Math.round(paint[kind]));
        report({ figure: `${name}-${kind}-median`, value: median(values), unit: 'ms', runs: values });
      }
    }
    await browser.close();
  });
}
