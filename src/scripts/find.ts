/* Finds pages: each word alone, then together. A page that lacks a word is not lost for it, only lower. */

/** What Pagefind knows of a page once asked. */
export interface PageFound {
  url: string;
  excerpt: string;
  meta: { title?: string; section?: string };
}
export interface Result {
  id: string;
  score: number;
  data(): Promise<PageFound>;
}
export interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  preload(query: string): Promise<void>;
  destroy(): Promise<void>;
  search(query: string, options?: { filters: Record<string, string> }): Promise<{ results: Result[] }>;
}

/** How Pagefind searches this site. */
export const ENGINE_OPTIONS = {
  excerptLength: 22,
  // The worker would be a second copy of the engine to download.
  noWorker: true,
  ranking: {
    diacriticSimilarity: 0.8,
    termFrequency: 0.6,
    metaWeights: { title: 6, typed: 8, questions: 5, section: 0 },
  },
};

/** A page this much weaker than the best is noise. */
const FAINT = 0.2;

/**
 * The pages that answer these words, best first.
 *
 * @param kind to find only the pages of this kind: « projet »
 */
export async function find(pagefind: Pagefind, words: readonly string[], kind?: string): Promise<Result[]> {
  const options = kind === undefined ? undefined : { filters: { genre: kind } };
  // All at once first: what has to be fetched is fetched together, and these excerpts show every word.
  const { results: complete } = await pagefind.search(words.join(' '), options);
  if (words.length === 1) return complete;
  const whole = new Set(complete.map(({ id }) => id));
  const pages = new Map(complete.map((result) => [result.id, { result, score: 0, best: 0, words: 0 }]));
  for (const word of words) {
    for (const result of (await pagefind.search(word, options)).results) {
      const page = pages.get(result.id) ?? { result, score: 0, best: 0, words: 0 };
      if (result.score > page.best) {
        page.best = result.score;
        if (!whole.has(result.id)) page.result = result;
      }
      page.score += result.score;
      page.words += 1;
      pages.set(result.id, page);
    }
  }
  const ranked = [...pages.values()]
    .map((page) => ({ result: page.result, rank: page.score * (page.words / words.length) }))
    .sort((a, b) => b.rank - a.rank);
  const best = ranked[0]?.rank ?? 0;
  return ranked.filter(({ rank }) => rank >= best * FAINT).map(({ result }) => result);
}
