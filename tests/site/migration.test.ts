// The section on migration as readers get it: short where somebody is in trouble, dated where somebody may call.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { splitFrontMatter } from '../../src/loaders/front-matter.ts';
import { listFiles } from '../../src/loaders/read-content.ts';
import {
  attribute,
  distPages,
  elementsOf,
  hasClass,
  median,
  pageAt,
  textOf,
  type Element,
} from '../support/dist.ts';

const section = distPages().filter(({ address }) => address.startsWith('/migration/'));
const situations = listFiles('content/migration', '.md')
  .filter(
    (file) => (splitFrontMatter(readFileSync(file, 'utf8')).data as { kind: string }).kind === 'situation',
  )
  .map((file) => pageAt(`/${file.replace(/^content\/|\.md$/g, '')}/`));

/** What a reader reads from the title to « Pour aller plus loin »: menus, buttons and source marks left out. */
function readBefore(page: (typeof section)[number]): string[] {
  const main = elementsOf(page.document, 'main')[0];
  if (!main) throw new Error(`${page.file} has no main part`);
  const blocks: string[] = [];
  const visit = (element: Element): boolean => {
    if (attribute(element, 'id') === 'plus-loin') return false;
    if (
      attribute(element, 'data-pagefind-ignore') !== undefined ||
      attribute(element, 'hidden') !== undefined
    )
      return true;
    if (hasClass(element, 'vh') || hasClass(element, 'cite')) return true;
    if (['p', 'li', 'h1', 'h2', 'h3', 'td', 'th'].includes(element.tagName)) {
      const marks = elementsOf(element, 'sup').map((mark) => textOf(mark));
      blocks.push(marks.reduce((text, mark) => text.replace(mark, ''), textOf(element)));
      return true;
    }
    return element.childNodes.every((child) => !('tagName' in child) || visit(child));
  };
  visit(main);
  return blocks;
}

const wordsOf = (text: string): number => text.split(/\s+/u).filter((word) => /\p{L}|\d/u.test(word)).length;

test('there are at least forty pages', () => {
  expect(section.length).toBeGreaterThanOrEqual(40);
});

describe('the pages by situation', () => {
  test('there are seven', () => {
    expect(situations).toHaveLength(7);
  });

  test.each(situations.map((page) => [page.address, page] as const))(
    '%s is read in two minutes',
    (_address, page) => {
      const blocks = readBefore(page);
      expect(blocks.length).toBeGreaterThan(8);
      expect(wordsOf(blocks.join(' '))).toBeLessThanOrEqual(400);
      const sentences = blocks
        .flatMap((block) => block.split(/(?<=[.!?])\s+/u))
        .filter((one) => /[.!?]$/.test(one.trim()));
      expect(median(sentences.map(wordsOf))).toBeLessThanOrEqual(14);
    },
  );

  test.each(situations.map((page) => [page.address, page] as const))(
    '%s says what to know, what to do, whom to call, where to read on, in that order',
    (_address, page) => {
      const titles = elementsOf(page.document, 'h2').map((title) =>
        textOf(title).replaceAll(/\s/gu, ' ').trim(),
      );
      const expected = [
        'Ce qu’il faut savoir',
        'Que faire aujourd’hui',
        'Qui appeler',
        'Pour aller plus loin',
      ];
      expect(titles.filter((title) => expected.includes(title))).toEqual(expected);
    },
  );
});

test('every telephone number of the section has the date of its source and says whether anybody called it', () => {
  const numbers = section.flatMap((page) =>
    elementsOf(page.document, 'li')
      .filter((item) => elementsOf(item, 'a').some((link) => attribute(link, 'href')?.startsWith('tel:')))
      .map((item) => ({ address: page.address, text: textOf(item) })),
  );
  expect(numbers.length).toBeGreaterThan(5);
  expect(
    numbers.filter(({ text }) => !/non testé|Appelé le/u.test(text) || !/\d{4}|date inconnue/u.test(text)),
  ).toEqual([]);
});

test('every page written by an editor can be listened to', () => {
  const written = listFiles('content/migration', '.md').map((file) =>
    pageAt(`/${file.replace(/^content\/|\.md$/g, '')}/`),
  );
  expect(
    written
      .filter(({ html }) => !html.includes('data-listen=') && !html.includes('data-listen '))
      .map(({ address }) => address),
  ).toEqual([]);
});
