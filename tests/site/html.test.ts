import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import config from '../../.htmlvalidate.mjs';
import { attribute, DIST, distPages, elementsOf, type Page, textOf } from '../support/dist.ts';

const pages = distPages();

const meta = (page: Page, name: string): string | undefined => {
  const found = elementsOf(page.document, 'meta').find((one) => attribute(one, 'name') === name);
  return found && attribute(found, 'content');
};
const HIDDEN = ['thanks', 'search', 'book', 'desk', 'other'];
const isPublic = (page: Page): boolean => meta(page, 'robots') === undefined;

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate(config);
  const faults: string[] = [];
  for (const page of pages) {
    const report = await validator.validateString(page.html, page.file);
    for (const { messages } of report.results) {
      for (const { line, column, ruleId, message } of messages)
        faults.push(`${page.file}:${line}:${column} ${ruleId}: ${message}`);
    }
  }
  expect(faults).toEqual([]);
});

test('every page is written in French and says so', () => {
  const wrong = pages.filter((page) => attribute(elementsOf(page.document, 'html')[0]!, 'lang') !== 'fr');
  expect(wrong.map((page) => page.file)).toEqual([]);
});

test('every page has one main heading, with words in it', () => {
  const wrong = pages.filter((page) => {
    const headings = elementsOf(page.document, 'h1');
    return headings.length !== 1 || textOf(headings[0]!).trim() === '';
  });
  expect(wrong.map((page) => page.file)).toEqual([]);
});

test('every page has a title that no other page has', () => {
  const titles = pages.map((page) => textOf(elementsOf(page.document, 'title')[0]!).trim());
  expect(titles.filter((title, index) => title === '' || titles.indexOf(title) !== index)).toEqual([]);
});

test('every page that can be found from outside describes itself', () => {
  const wrong = pages.filter((page) => isPublic(page) && (meta(page, 'description') ?? '').length < 40);
  expect(wrong.map((page) => page.file)).toEqual([]);
});

test('no page carries a style of its own, which the security policy would refuse', () => {
  const wrong = pages.filter(
    (page) =>
      elementsOf(page.document, 'style').length > 0 ||
      elementsOf(page.document).some((element) => attribute(element, 'style') !== undefined),
  );
  expect(wrong.map((page) => page.file)).toEqual([]);
});

test('only thank-you pages, those opened with a secret link, the search page, the 404, the book, the desk and empty lists stay out of search engines', () => {
  const hidden = pages.filter((page) => !isPublic(page));
  expect(hidden.filter((page) => !meta(page, 'robots')?.includes('noindex'))).toEqual([]);
  expect(pages.filter((page) => HIDDEN.includes(page.kind) && isPublic(page))).toEqual([]);
  const others = hidden.filter((page) => !HIDDEN.includes(page.kind));
  const withSecret = ['/suivi/', '/confirmer/'];
  const isFacet =
    /^\/(?:projets\/(?:secteur|region|prefecture|etape|besoin|pays|archives)|associations\/(?:pays|activite|region))\//u;
  const unexpected = others.filter(({ address }) => !isFacet.test(address) && !withSecret.includes(address));
  expect(unexpected.map(({ address }) => address)).toEqual([]);
});

test('the sitemap lists every page that may be found, and no other', () => {
  const index = readFileSync(path.join(DIST, 'sitemap-index.xml'), 'utf8');
  const locations = (xml: string): string[] =>
    [...xml.matchAll(/<loc>([^<]+)<\/loc>/gu)].map((match) => match[1]!);
  const listed = locations(index).flatMap((address) =>
    locations(readFileSync(path.join(DIST, new URL(address).pathname), 'utf8')),
  );
  const expected = pages.filter(isPublic).map((page) => page.address);
  expect(listed.map((address) => new URL(address).pathname).sort()).toEqual(expected.sort());
  expect(new Set(listed.map((address) => new URL(address).origin)).size).toBe(1);
});
