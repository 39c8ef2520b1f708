import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DIST, distPages } from '../support/dist.ts';

const folder = path.join(DIST, 'pagefind');

interface Fragment {
  url: string;
  content: string;
  meta: { title?: string; section?: string };
}

const fragments = readdirSync(path.join(folder, 'fragment')).map((name): Fragment => {
  const text = gunzipSync(readFileSync(path.join(folder, 'fragment', name))).toString('utf8');
  return JSON.parse(text.slice(text.indexOf('{'))) as Fragment;
});
const indexed = new Set(fragments.map((fragment) => fragment.url));

test('the site is indexed in French, and in French only', () => {
  const entry = JSON.parse(readFileSync(path.join(folder, 'pagefind-entry.json'), 'utf8')) as {
    languages: Record<string, { page_count: number }>;
  };
  expect(Object.keys(entry.languages)).toEqual(['fr']);
  expect(existsSync(path.join(folder, 'wasm.fr.pagefind'))).toBe(true);
});

test('every page that may be found is in the index, once per list, and no thank-you page', () => {
  // What the next pages of a list of projects hold is found by the pages of the projects.
  const isNextPage = (address: string) => /^\/projets\/.*\/\d+\/$/u.test(address);
  const wanted = distPages().filter(
    (page) => !page.html.includes('<meta name="robots" content="noindex"') && !isNextPage(page.address),
  );
  expect([...indexed].filter(isNextPage)).toEqual([]);
  expect(wanted.filter((page) => !indexed.has(page.address)).map((page) => page.file)).toEqual([]);
  expect([...indexed].filter((address) => /merci|recherche|404/u.test(address))).toEqual([]);
});

test('every result can name its title and, outside the home page, its section', () => {
  const nameless = fragments.filter(({ url, meta }) => !meta.title || (url !== '/' && !meta.section));
  expect(nameless.map(({ url }) => url)).toEqual([]);
});

test('what every page repeats is not in the index: menus, footers, source lists', () => {
  const repeated = ['Aller au contenu', 'Qui publie ce site', 'Toutes les sources du site', 'Autres thèmes'];
  const wrong = fragments.filter(({ content }) => repeated.some((words) => content.includes(words)));
  expect(wrong.map(({ url }) => url)).toEqual([]);
});
