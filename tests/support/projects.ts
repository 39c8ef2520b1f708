// A catalogue of as many projects as wanted, and a Supabase that publishes it: the same ones at each run. The words
// are those of real pages, in the lengths that people write.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { COUNTRIES } from '../../src/domain/vocabularies/countries.ts';
import { DURATION_BANDS, NEEDS, SECTORS, STAGES } from '../../src/domain/vocabularies/projects.ts';
import { PREFECTURES } from '../../src/domain/vocabularies/territories.ts';
import type { PublishedRow } from '../../src/domain/projects/project.ts';
import { splitFrontMatter } from '../../src/loaders/front-matter.ts';
import { listFiles } from '../../src/loaders/read-content.ts';
import { randomNumbers } from './random.ts';

/** Where most Togolais abroad live comes first: lists of countries are uneven. */
const HOLDERS = ['FR', 'DE', 'US', 'GH', 'BE', 'CA', 'IT', 'CI', 'GA', 'GB', 'NG', 'BJ', 'CH', 'LB', 'TG'];
const TODAY = '2026-11-22';
const THINGS =
  'Un forage|Une école|Un dispensaire|Un atelier|Une bibliothèque|Une salle informatique|Un marché couvert|Une pépinière|Un moulin|Un centre de formation|Une piste|Des lampes solaires|Une coopérative|Un jardin scolaire|Des latrines|Une maternité'.split(
    '|',
  );

const words = (): string[] => {
  const counts = new Map<string, number>();
  for (const file of listFiles('content/guide', '.md')) {
    const { body } = splitFrontMatter(readFileSync(file, 'utf8'));
    for (const [word] of body.replace(/\[\^[^\]]*\]|\]\([^)]*\)/gu, ' ').matchAll(/[\p{L}’]+/gu)) {
      counts.set(word.toLowerCase(), (counts.get(word.toLowerCase()) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
};

/** Rows as PostgREST sends them. */
export function projectRows(count: number): PublishedRow[] {
  const next = randomNumbers(228);
  const known = words();
  const one = <Value>(list: readonly Value[]): Value => list[Math.floor(next() * list.length)]!;
  const some = <Value>(list: readonly Value[], share: number): Value[] => list.filter(() => next() < share);
  // Few words come often, many come once: the square root of a real language.
  const word = (): string => known[Math.floor(next() ** 3 * known.length)]!;
  const sentence = (least: number, most: number): string => {
    const text = Array.from({ length: least + Math.floor(next() * (most - least)) }, word).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  return Array.from({ length: count }, (_, index): PublishedRow => {
    const prefecture = one(PREFECTURES);
    const budget = Math.ceil(next() * 400) * 100_000;
    const raised = next() < 0.6 ? Math.floor(budget * next()) : 0;
    // Lately enough for none to be in the archives on the day of {@link publishing}.
    const day = new Date(Date.parse(TODAY) - Math.floor(next() * 170) * 86_400_000);
    return {
      slug: `mesure-${String(index + 1).padStart(5, '0')}-${one(THINGS)
        .toLowerCase()
        .replace(/[^a-z]+/g, '-')}`.replace(/-+$/, ''),
      title: `${one(THINGS)} pour ${word()} ${word()} (${prefecture.name})`.slice(0, 120),
      summary: `${sentence(8, 18)} ${sentence(8, 18)}`.slice(0, 279),
      description: Array.from(
        { length: 4 },
        () => `${sentence(9, 20)} ${sentence(9, 20)} ${sentence(6, 14)}`,
      ).join('\n\n'),
      sector: one(SECTORS).value,
      region: prefecture.region,
      prefecture: prefecture.name,
      commune: next() < 0.6 ? one(prefecture.communes) : next() < 0.5 ? word() : null,
      stage: one(STAGES).value,
      holder_type: next() < 0.7 ? 'association' : 'person',
      holder_name: `Les amis de ${word()}`,
      residence_country:
        next() < 0.9 ? HOLDERS[Math.floor(next() ** 2 * HOLDERS.length)]! : one(COUNTRIES).value,
      budget_total: budget,
      amount_raised: raised,
      needs: some(NEEDS, 0.4).map(({ value }) => value),
      skills_sought: next() < 0.4 ? [word(), word()] : [],
      start_wanted: '2027-03',
      duration_band: one(DURATION_BANDS).value,
      locality_agreement: 'yes',
      website: null,
      published_at: `${day.toISOString().slice(0, 10)}T09:00:00+00:00`,
      is_example: false,
    };
  });
}

/** The environment of a build whose Supabase publishes these projects, and nothing else. */
export async function publishing(
  rows: readonly PublishedRow[],
): Promise<{ env: NodeJS.ProcessEnv; stop: () => Promise<void> }> {
  const sorted = rows.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://supabase');
    const after = url.searchParams.get('slug')?.replace('gt.', '') ?? '';
    const limit = Number(url.searchParams.get('limit') ?? 0);
    const view = url.pathname.split('/').at(-1);
    const answer =
      view === 'published_projects'
        ? sorted.slice(after === '' ? 0 : sorted.findIndex(({ slug }) => slug > after)).slice(0, limit)
        : view === 'transparency'
          ? [{ what: 'kept', form: 'projet', at_least: null }]
          : [];
    const isEnd = after !== '' && after >= (sorted.at(-1)?.slug ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(isEnd ? [] : answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      SUPABASE_URL: `http://127.0.0.1:${port}`,
      SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_mesure',
      GUIDE_TODAY: TODAY,
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}
