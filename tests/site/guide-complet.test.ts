// The complete guide: everything the fiches say, once, on one page; and the PDF printed from it, word for word.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/lib/bootstrap.mjs';
import { announcePdf, type GuidePdf, HEAVIEST_PDF, makeGuidePdf } from '../../scripts/lib/guide-pdf.ts';
import { pagesOf } from '../../src/domain/navigation.ts';
import { readNavigation } from '../../src/loaders/read-content.ts';
import {
  attribute,
  brotliSize,
  DIST,
  distPages,
  type Element,
  elementsOf,
  hasClass,
  pageAt,
  textOf,
  weightOf,
} from '../support/dist.ts';

const book = pageAt('/guide/complet/');
const elements = elementsOf(book.document);
const fiches = pagesOf(readNavigation())
  .filter((id) => id.startsWith('guide/'))
  .map((id) => pageAt(`/${id}/`));

/** The letters alone: lines are cut at other places on paper. */
const letters = (text: string): string => text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/gu, '');
const words = (text: string): string[] => text.normalize('NFKC').split(/\s+/u).filter(Boolean);

const BLOCKS =
  /^(?:address|article|br|dd|div|dl|dt|h\d|header|input|li|nav|ol|p|section|table|td|th|tr|ul)$/u;

/** The words of an element as they would be printed: blocks and cells are apart, what isn't for paper is left out. */
function printedText(element: Element): string {
  const silent =
    hasClass(element, 'noprint') ||
    hasClass(element, 'crumbs') ||
    // Words for screen readers alone: clipped to nothing, they leave no ink.
    hasClass(element, 'vh') ||
    attribute(element, 'hidden') !== undefined ||
    ['script', 'template', 'style'].includes(element.tagName);
  if (silent) return '';
  const text = element.childNodes
    .map((child) => ('tagName' in child ? printedText(child) : 'value' in child ? child.value : ''))
    .join('');
  return BLOCKS.test(element.tagName) ? `\n${text}\n` : text;
}

const main = elementsOf(book.document, 'main')[0]!;

describe('the page', () => {
  test('holds every page of the guide, in the order of the menu', () => {
    const titles = elementsOf(main, 'h3').map((title) => textOf(title).trim());
    const wanted = fiches.map((page) => textOf(elementsOf(page.document, 'h1')[0]!).trim());
    expect(wanted.length).toBeGreaterThan(50);
    expect(titles).toEqual(wanted);
  });

  test('says every fact and every step that the fiches say', () => {
    const said = letters(printedText(main).replace(/\d+/gu, ''));
    const missing = fiches.flatMap((page) =>
      elementsOf(page.document)
        .filter((one) => hasClass(one, 'brief') || hasClass(one, 'facts') || hasClass(one, 'prose'))
        // The figures are left out: sources have other numbers here.
        .filter((one) => !said.includes(letters(printedText(one).replace(/\d+/gu, ''))))
        .map((one) => `${page.file}: ${textOf(one).trim().slice(0, 60)}`),
    );
    expect(missing).toEqual([]);
  });

  test('numbers its sources once, and has no id twice', () => {
    const ids = elements.flatMap((one) => attribute(one, 'id') ?? []);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(elementsOf(main, 'section').filter((one) => hasClass(one, 'sources'))).toHaveLength(1);
    const addresses = elementsOf(main, 'li')
      .filter((one) => attribute(one, 'id')?.startsWith('source-'))
      .map((one) => attribute(elementsOf(one, 'a')[0]!, 'href'));
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('keeps its links between pages inside itself', () => {
    const own = new Set(fiches.map((page) => page.address));
    const out = elementsOf(main, 'a')
      .map((link) => attribute(link, 'href') ?? '')
      .filter((target) => own.has(target.replace(/#.*$/u, '')));
    expect(out).toEqual([]);
  });

  test('stays out of search engines and of the site’s own search', () => {
    expect(book.html).toContain('<meta name="robots" content="noindex"');
    expect(attribute(main, 'data-pagefind-body')).toBeUndefined();
  });

  test('a link to it says its weight within a fifth', () => {
    const stated = distPages().flatMap((page) => {
      const link = elementsOf(page.document, 'a').find(
        (one) => attribute(one, 'href') === '/guide/complet/' && textOf(one).includes('environ'),
      );
      return link ? [Number(/environ\s+(\d+)\s+ko/u.exec(textOf(link))?.[1])] : [];
    });
    const real = (brotliSize(book.html) + weightOf(book).css) / 1000;
    for (const weight of stated) expect(Math.abs(weight - real)).toBeLessThan(real / 5);
  });
});

/** A node of the tree that screen readers follow. */
interface TreeNode {
  role?: string;
  type?: string;
  id?: string;
  children?: TreeNode[];
}

/** What a screen reader says of a page of the PDF, without the marks of lists. */
function spoken(node: TreeNode, texts: ReadonlyMap<string, string>): string {
  if (node.role === 'Lbl') return '';
  const own = node.type === 'content' ? (texts.get(node.id ?? '') ?? '') : '';
  const below = (node.children ?? []).map((child) => spoken(child, texts)).join('');
  return /^(?:P|H\d?|LI|TD|TH|Art|Div|L)$/u.test(node.role ?? '') ? `\n${below}\n` : own + below;
}

interface TextItem {
  str?: string;
  hasEOL?: boolean;
  type?: string;
  id?: string | null;
}

/** The text under each mark of a page's content, lines joined by a space. */
function textsByMark(items: readonly TextItem[]): Map<string, string> {
  const texts = new Map<string, string>();
  const open: (string | null)[] = [];
  for (const item of items) {
    if (item.type?.startsWith('begin')) open.push(item.id ?? null);
    else if (item.type === 'endMarkedContent') open.pop();
    else {
      const mark = open.findLast((one) => one !== null);
      if (mark) texts.set(mark, `${texts.get(mark) ?? ''}${item.str ?? ''}${item.hasEOL ? ' ' : ''}`);
    }
  }
  return texts;
}

describe('the PDF', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'guide-pdf-'));
  const file = path.join(folder, 'guide-complet.pdf');
  const chromiumPath = findChromium() ?? '/usr/bin/chromium';
  let made: GuidePdf;
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>;

  beforeAll(async () => {
    made = await makeGuidePdf({ dist: DIST, file, chromiumPath });
    pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('weighs 1.5 MB at most', () => {
    expect(statSync(file).size).toBe(made.bytes);
    expect(made.bytes).toBeLessThanOrEqual(HEAVIEST_PDF);
  });

  test('is tagged, in French, with a title, on A4', async () => {
    expect((await pdf.getMarkInfo())?.Marked).toBe(true);
    const { info } = (await pdf.getMetadata()) as unknown as { info: { Language: string; Title: string } };
    expect(info.Language).toBe('fr');
    expect(info.Title).toContain('Guide des Togolais de l’extérieur');
    expect(pdf.numPages).toBe(made.pages);
    const [, , width, height] = (await pdf.getPage(1)).view;
    expect([Math.round(width!), Math.round(height!)]).toEqual([595, 842]);
  });

  test('has the bookmarks of its themes and of every fiche', async () => {
    interface Mark {
      title: string;
      items: Mark[];
    }
    const titles = (marks: readonly Mark[]): string[] =>
      marks.flatMap((mark) => [mark.title, ...titles(mark.items)]);
    const bookmarks = titles((await pdf.getOutline()) as unknown as Mark[]).map((title) =>
      words(title).join(' '),
    );
    const wanted = ['h2', 'h3']
      .flatMap((level) => elementsOf(main, level))
      .map((title) => words(textOf(title)).join(' '));
    expect(wanted.filter((title) => !bookmarks.includes(title))).toEqual([]);
  });

  test('says the words of the page, all of them, in order', async () => {
    let said = '';
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent({ includeMarkedContent: true });
      said += `${spoken(await page.getStructTree(), textsByMark(items))}\n`;
    }
    const written = printedText(main);
    // A broken message is readable: what comes next on each side at the first difference.
    const [a, b] = [letters(said), letters(written)];
    let at = 0;
    while (at < b.length && a[at] === b[at]) at += 1;
    expect(a.slice(Math.max(0, at - 60), at + 60)).toBe(b.slice(Math.max(0, at - 60), at + 60));
    expect(a.length).toBe(b.length);
  });

  test('gives each page its number and says that it is not official', async () => {
    const page = await pdf.getPage(3);
    const { items } = await page.getTextContent();
    const text = (items as TextItem[]).map((item) => item.str ?? '').join('');
    expect(text).toMatch(/non officiel — page 3 sur \d+/u);
  });

  test('has no link to the machine that made it', async () => {
    const links: string[] = [];
    for (let number = 1; number <= 5; number += 1) {
      const found = (await (await pdf.getPage(number)).getAnnotations()) as { url?: string }[];
      links.push(...found.flatMap(({ url }) => url ?? []));
    }
    const { origin } = new URL(
      /<loc>([^<]+)/u.exec(readFileSync(path.join(DIST, 'sitemap-index.xml'), 'utf8'))![1]!,
    );
    const inside = links.filter((link) => new URL(link).hostname === 'localhost');
    expect(inside.filter((link) => new URL(link).origin !== origin)).toEqual([]);
  });

  test('is linked from its page once it is made, with its weight', () => {
    const copy = path.join(folder, 'dist');
    mkdirSync(path.join(copy, 'guide/complet'), { recursive: true });
    cpSync(path.join(DIST, book.file), path.join(copy, book.file));
    for (const _again of [1, 2]) announcePdf(copy, { bytes: 1_234_567, pages: 210 });
    const html = readFileSync(path.join(copy, book.file), 'utf8');
    expect(html.match(/href="\/guide-complet\.pdf"/gu)).toHaveLength(1);
    expect(html).toContain('(210 pages, 1,2 Mo)');
  });

  test('is not made of a site that is not built, and says so in French', async () => {
    await expect(
      makeGuidePdf({ dist: path.join(folder, 'absent'), file: path.join(folder, 'non.pdf'), chromiumPath }),
    ).rejects.toThrow('lancez d’abord « npm run build »');
  });
});
