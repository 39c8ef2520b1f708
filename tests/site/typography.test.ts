import { expect, test } from 'vitest';
import { distPages, type Document, type Element } from '../support/dist.ts';

const pages = distPages();

const SILENT = ['script', 'style', 'template', 'code', 'pre', 'textarea', 'noscript'];
const INLINE = ['a', 'abbr', 'b', 'cite', 'em', 'i', 'mark', 'span', 'strong', 'small', 'sub', 'sup', 'time'];

/** The text of each block, as one line: an inline tag does not cut a sentence. */
function linesOf(node: Document | Element): string[] {
  const lines = [''];
  const walk = (one: Document | Element): void => {
    for (const child of one.childNodes) {
      if (child.nodeName === '#text' && 'value' in child) {
        lines.push(`${lines.pop() ?? ''}${child.value.replace(/[ \t\r\n]+/gu, ' ')}`);
      } else if ('tagName' in child && !SILENT.includes(child.tagName)) {
        if (INLINE.includes(child.tagName)) walk(child);
        else {
          lines.push('');
          walk(child);
          lines.push('');
        }
      }
    }
  };
  walk(node);
  return lines.map((line) => line.replace(/ {2,}/gu, ' ').trim()).filter((line) => line !== '');
}

const texts = pages.map((page) => ({ page, lines: linesOf(page.document) }));

function offenders(pattern: RegExp): string[] {
  return texts.flatMap(({ page, lines }) =>
    lines.flatMap((line) => {
      const at = line.search(pattern);
      return at === -1 ? [] : [`${page.file}: « ${line.slice(Math.max(0, at - 30), at + 20)} »`];
    }),
  );
}

test('no ordinary space before a double punctuation mark, where a line could break', () => {
  expect(offenders(/ [;:!?»]/u)).toEqual([]);
});

test('no ordinary space after an opening quotation mark', () => {
  expect(offenders(/« /u)).toEqual([]);
});

test('no straight apostrophe between letters', () => {
  expect(offenders(/\p{L}'\p{L}/u)).toEqual([]);
});

test('no straight quotation marks and no three dots in a row', () => {
  expect(offenders(/"|\.\.\./u)).toEqual([]);
});

test('no word is glued to the link or the strong word beside it', () => {
  const glued = /[\p{L}:;,.?!](?=<(?:a|strong|em)[ >])|<\/(?:a|strong|em)>(?=\p{L}{2})/u;
  expect(
    pages
      .filter(({ html }) => glued.test(html))
      .map(({ file, html }) => `${file}: ${html.slice(Math.max(0, html.search(glued) - 30)).slice(0, 80)}`),
  ).toEqual([]);
});
