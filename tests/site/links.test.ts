// Read from the built files with a parser of its own: the build checks links too, and both could not be wrong alike.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { attribute, DIST, distPages, elementsOf, type Page, ROOT } from '../support/dist.ts';

const pages = distPages();
const byAddress = new Map(pages.map((page) => [page.address, page]));
const { redirects = [] } = parseToml(readFileSync(path.join(ROOT, 'netlify.toml'), 'utf8')) as {
  redirects?: { from: string; to: string; status?: number }[];
};

interface Link {
  page: Page;
  tag: string;
  name: string;
  value: string;
}

const ADDRESSES = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'cite', 'ping', 'manifest'];

function linksOf(page: Page): Link[] {
  return elementsOf(page.document).flatMap((element) =>
    element.attrs.flatMap(({ name, value }) => {
      const link = (one: string): Link => ({ page, tag: element.tagName, name, value: one });
      if (ADDRESSES.includes(name)) return [link(value)];
      if (name === 'srcset' || name === 'imagesrcset')
        return value.split(',').map((part) => link(part.trim().split(/\s/u)[0] ?? ''));
      return [];
    }),
  );
}

const links = pages.flatMap(linksOf);
const isElsewhere = ({ value }: Link): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/iu.test(value);
const describe = ({ page, tag, name, value }: Link): string => `${page.file}: <${tag} ${name}="${value}">`;

test('there are links to check', () => {
  expect(links.length).toBeGreaterThan(pages.length * 10);
});

test('every link of the site leads to a page or a file that exists, under its final address', () => {
  const dead = links.filter((link) => {
    if (isElsewhere(link) || link.value.startsWith('#')) return false;
    const { pathname } = new URL(link.value, `http://site${link.page.address}`);
    if (link.tag === 'form' && /^\/api\/(formulaires\/.|suivi$|confirmer$)/u.test(pathname)) return false;
    if (byAddress.has(pathname)) return false;
    return pathname.endsWith('/') || !existsSync(path.join(DIST, decodeURIComponent(pathname)));
  });
  expect(dead.map(describe)).toEqual([]);
});

test('every anchor names something in its page', () => {
  const ids = new Map(
    pages.map((page) => [
      page.address,
      new Set(elementsOf(page.document).flatMap((element) => attribute(element, 'id') ?? [])),
    ]),
  );
  const dead = links.filter((link) => {
    if (isElsewhere(link) || !link.value.includes('#')) return false;
    const { pathname, hash } = new URL(link.value, `http://site${link.page.address}`);
    return hash !== '' && !ids.get(pathname)?.has(decodeURIComponent(hash.slice(1)));
  });
  expect(dead.map(describe)).toEqual([]);
});

test('every label and description points to something in its page', () => {
  const references = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls'];
  const dead = pages.flatMap((page) => {
    const elements = elementsOf(page.document);
    const ids = new Set(elements.flatMap((element) => attribute(element, 'id') ?? []));
    return elements.flatMap((element) =>
      references
        .flatMap((name) => (attribute(element, name) ?? '').split(/\s+/u))
        .filter((id) => id !== '' && !ids.has(id))
        .map((id) => `${page.file}: <${element.tagName}> → #${id}`),
    );
  });
  expect(dead).toEqual([]);
});

test('every redirect leads to a page that exists', () => {
  const inside = redirects.filter(
    ({ to }) => to.startsWith('/') && !to.includes(':') && !to.startsWith('/.'),
  );
  expect(inside.filter(({ to }) => !byAddress.has(new URL(to, 'http://site').pathname))).toEqual([]);
});

test('no redirect hides a page', () => {
  const hidden = redirects.filter(({ from }) => byAddress.has(`${from.replace(/\/?\*?$/u, '')}/`));
  expect(hidden).toEqual([]);
});

test('nothing is loaded from another site: only a link that the reader follows may leave', () => {
  const leaving = links.filter((link) => {
    if (!isElsewhere(link) || link.tag === 'a') return false;
    return !(link.tag === 'link' && ['canonical', 'sitemap'].includes(relationOf(link)));
  });
  expect(leaving.map(describe)).toEqual([]);
  const styles = readdirSync(path.join(DIST, '_astro')).filter((name) => name.endsWith('.css'));
  const loading = styles.filter((name) =>
    /url\(\s*["']?(?:https?:)?\/\/|@import/u.test(readFileSync(path.join(DIST, '_astro', name), 'utf8')),
  );
  expect(loading).toEqual([]);
});

function relationOf({ page, value }: Link): string {
  const element = elementsOf(page.document, 'link').find((one) => attribute(one, 'href') === value);
  return (element && attribute(element, 'rel')) ?? '';
}

test('links that leave use no scheme but https, http, mailto and tel', () => {
  const odd = links.filter((link) => isElsewhere(link) && !/^(?:https?:|mailto:|tel:)/u.test(link.value));
  expect(odd.map(describe)).toEqual([]);
});
