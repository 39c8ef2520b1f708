// The catalogue with 1,000 and with 10,000 published projects: what a build costs, what pages weigh, and the first
// search. `PROJETS=1000 npm run bench -- catalogue` measures one size only.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../scripts/bench.ts';
import { launchChromium } from '../tests/support/chromium.ts';
import { brotliSize, copyProject, readPage, weightOf } from '../tests/support/dist.ts';
import { projectRows, publishing } from '../tests/support/projects.ts';
import { countWire } from '../tests/support/wire.ts';
import { bodies, firstSearch, shares } from './_search.ts';
import { kB, round, withCopy } from './_service.ts';

const SIZES = (process.env['PROJETS'] ?? '1000,10000').split(',').map(Number);
/** Next pages are alike: one in so many is weighed. */
const ONE_IN = 25;

interface Measured {
  msPerPage: number;
  projectPage: number;
}

async function measure(report: Report, count: number): Promise<Measured> {
  const rows = projectRows(count);
  const supabase = await publishing(rows);
  const copy = copyProject();
  const say = (figure: string, value: number, unit: string, more: object = {}): void => {
    report({ figure: `${figure} (${count} projects)`, value, unit, ...more });
  };
  try {
    const { code, output, seconds, peakMb, peakTogetherMb } = await copy.build(supabase.env);
    if (code !== 0) throw new Error(output.slice(-4000));
    const files = readdirSync(copy.dist, { recursive: true, encoding: 'utf8' });
    const pages = files.filter((file) => file.endsWith('.html'));
    const lists = pages.filter((file) =>
      /^projets\/(?:index|(?:secteur|region|prefecture|etape|besoin|pays|page)\/)/u.test(file),
    );
    const msPerPage = (seconds * 1000) / pages.length;
    say('build-time', round(seconds), 's', { pages: pages.length, lists: lists.length });
    say('build-time-per-page', round(msPerPage), 'ms');
    say('build-peak-memory', Math.round(peakMb), 'MB', {
      bar: 1500,
      withTheIndexer: Math.round(peakTogetherMb),
    });

    const weighed = lists
      .filter((file, index) => !/\/\d+\/index\.html$/u.test(file) || index % ONE_IN === 0)
      .map((file) => ({ file, weight: weightOf(readPage(file, copy.dist), copy.dist) }))
      .map(({ file, weight }) => ({
        file,
        size: weight.html + weight.css,
        whole: weight.html + weight.css + weight.scripts,
      }))
      .sort((a, b) => b.size - a.size);
    const [worst] = weighed;
    say('list-page-worst', kB(worst!.size), 'kB', { bar: 14, page: worst!.file, weighed: weighed.length });
    say('catalogue-first-page', kB(weighed.find(({ file }) => file === 'projets/index.html')!.size), 'kB', {
      bar: 14,
    });
    const combined = files
      .filter((file) => file.endsWith('combiner.json'))
      .map((file) => brotliSize(readFileSync(path.join(copy.dist, file))));
    say('combination-file-worst', kB(Math.max(0, ...combined)), 'kB', { bar: 20, files: combined.length });
    const { html } = weightOf(readPage(`projets/${rows[0]!.slug}/index.html`, copy.dist), copy.dist);

    await withCopy(copy.root, async (url) => {
      const browser = await launchChromium();
      const wire = await countWire(url);
      for (const [from, query] of [
        ['/', 'passeport'],
        ['/', 'forage'],
        ['/projets/', 'forage'],
        ['/projets/', 'bibliothèque'],
      ] as const) {
        const { hits, milliseconds, found } = await firstSearch(browser, wire, query, { from });
        say(`first-search ${from} ${query}`, kB(bodies(hits)), 'kB', {
          bar: 130,
          requests: hits.length,
          ms: Math.round(milliseconds),
          results: found,
          parts: shares(hits),
        });
      }
      await browser.close();
      await wire.close();
    });
    return { msPerPage, projectPage: html };
  } finally {
    copy.remove();
    await supabase.stop();
  }
}

export default async function catalogue(report: Report): Promise<void> {
  const [few, many] = [
    await measure(report, SIZES[0]!),
    SIZES[1] ? await measure(report, SIZES[1]) : undefined,
  ];
  if (!many) return;
  const ratio = (value: number): number => Math.round(value * 1000) / 1000;
  report({
    figure: 'build-time-per-page-ratio',
    value: ratio(many.msPerPage / few.msPerPage),
    unit: '×',
    bar: 1.2,
  });
  report({
    figure: 'project-page-weight-ratio',
    value: ratio(many.projectPage / few.projectPage),
    unit: '×',
    bar: 1.02,
    before: few.projectPage,
    after: many.projectPage,
  });
}
