// The first search of a reader on a guide of a thousand pages, counted on the wire from the first focus to the
// results; what a page weighs at 100 and at 1,000 pages; and what a build of 1,000 pages costs.
import type { Report } from '../scripts/bench.ts';
import { launchChromium } from '../tests/support/chromium.ts';
import { brotliSize, copyProject, median, pageAt, type ProjectCopy } from '../tests/support/dist.ts';
import { countWire } from '../tests/support/wire.ts';
import { addPages, ownWord } from './_corpus.ts';
import { bodies, firstSearch, shares, type Search } from './_search.ts';
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
      await firstSearch(browser, wire, QUERIES[0]!);
      const all: Search[] = [];
      for (const query of QUERIES) {
        const one = await firstSearch(browser, wire, query);
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
      for (const query of SLOW)
        slow.push((await firstSearch(browser, wire, query, { slow: true })).milliseconds);
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
