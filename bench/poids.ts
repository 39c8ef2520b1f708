// What each kind of page weighs: every page from its files, and the heaviest of each kind in a browser, counted on
// the wire with nothing in the cache.
import type { Report } from '../scripts/bench.ts';
import { launchChromium, phone } from '../tests/support/chromium.ts';
import { distPages, median, type PageKind, type Weight, weightOf } from '../tests/support/dist.ts';
import { countWire } from '../tests/support/wire.ts';
import { kB, withService } from './_service.ts';

const blocking = ({ html, css }: Weight): number => html + css;
const firstView = ({ html, css, scripts, favicon }: Weight): number => html + css + scripts + favicon;

export default async function weights(report: Report): Promise<void> {
  await withService(async (url) => {
    const all = distPages(undefined, { fresh: true }).map((page) => ({ page, weight: weightOf(page) }));
    const reading = all.filter(({ page }) => page.kind !== 'form').map(({ weight }) => weight);
    const forms = all.filter(({ page }) => page.kind === 'form').map(({ weight }) => weight);
    const bytes = (figure: string, value: number, bar: number): void =>
      report({ figure, value: kB(value), unit: 'kB', bar });

    report({ figure: 'pages', value: all.length, unit: 'pages' });
    bytes('html-and-css-median', median(reading.map(blocking)), 14);
    bytes('html-and-css-worst', Math.max(...reading.map(blocking)), 20);
    bytes('first-view-median', median(reading.map(firstView)), 25);
    bytes('first-view-worst', Math.max(...reading.map(firstView)), 32);
    bytes('scripts-worst', Math.max(...reading.map(({ scripts, inline }) => scripts + inline)), 6);
    bytes('form-worst', Math.max(...forms.map(firstView)), 40);

    const kinds = new Map<PageKind, typeof all>();
    for (const one of all) kinds.set(one.page.kind, [...(kinds.get(one.page.kind) ?? []), one]);
    const browser = await launchChromium();
    const wire = await countWire(url);
    for (const [kind, pages] of kinds) {
      const views = pages.map(({ weight }) => firstView(weight));
      const heaviest = pages[views.indexOf(Math.max(...views))]!.page;
      const context = await phone(browser, { baseURL: wire.url });
      const tab = await context.newPage();
      wire.take();
      await tab.goto(heaviest.address, { waitUntil: 'load' });
      await tab.waitForTimeout(500);
      const hits = wire.take().filter(({ path }) => !path.startsWith('/pagefind/'));
      await context.close();
      report({
        figure: `kind-${kind}`,
        value: kB(median(views)),
        unit: 'kB',
        pages: pages.length,
        worst: kB(Math.max(...views)),
        worstPage: heaviest.address,
        worstOnTheWire: kB(hits.reduce((sum, { body }) => sum + body, 0)),
        worstWithHeaders: kB(hits.reduce((sum, { body, head }) => sum + body + head, 0)),
        requests: hits.length,
      });
    }
    await browser.close();
    await wire.close();
  });
}
