// The complete guide as a PDF, printed by Chromium from a built site. Nothing is asked of the network: the browser is
// handed the files of dist/ under the site's own address, so that the links of the PDF lead to the site.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page, type Route } from 'playwright-core';
import { compactPdf } from './compact-pdf.ts';
import { UserError } from './terminal.mjs';

/** The page that is printed. */
export const BOOK_PAGE = '/guide/complet/';

/** The bar: what a telephone may be asked to download. */
export const HEAVIEST_PDF = 1_500_000;

/** What was made. */
export interface GuidePdf {
  bytes: number;
  pages: number;
}

interface Options {
  /** A built site. */
  dist: string;
  /** Where to write the PDF. */
  file: string;
  /** The browser's program. */
  chromiumPath: string;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/**
 * Prints the complete guide of a built site.
 *
 * @throws UserError when the site is not built or when the PDF is too heavy to be sent to a telephone
 */
export async function makeGuidePdf({ dist, file, chromiumPath }: Options): Promise<GuidePdf> {
  const origin = originOf(dist);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, colorScheme: 'light' });
    const page = await context.newPage();
    await page.route('**/*', (route) => answer(route, origin, dist));
    await page.goto(origin + BOOK_PAGE, { waitUntil: 'load' });
    const raw = await printed(page);
    const pdf = compactPdf(raw);
    if (pdf.length > HEAVIEST_PDF) {
      throw new UserError(
        `Le PDF pèse ${megabytes(pdf.length)} Mo, et la limite est de ${megabytes(HEAVIEST_PDF)} Mo : il n’est pas enregistré. Allégez src/styles/print.css, ou faites deux volumes.`,
      );
    }
    writeFileSync(file, pdf);
    return { bytes: pdf.length, pages: pageCount(raw) };
  } finally {
    await browser.close();
  }
}

/** Puts the link to the PDF in the page of the complete guide: the build cannot, it runs before. */
export function announcePdf(dist: string, { bytes, pages }: GuidePdf): void {
  const file = path.join(dist, BOOK_PAGE, 'index.html');
  const link = `<a href="/guide-complet.pdf">Le même guide en PDF</a> (${pages} pages, ${megabytes(bytes)} Mo)`;
  const html = readFileSync(file, 'utf8').replace(
    /<p class="noprint" data-pdf[^>]*>.*?<\/p>/u,
    `<p class="noprint" data-pdf>${link}</p>`,
  );
  writeFileSync(file, html);
}

/** « 1,3 », in millions of bytes. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1).replace('.', ',');
}

function originOf(dist: string): string {
  const map = path.join(dist, 'sitemap-index.xml');
  if (!existsSync(path.join(dist, BOOK_PAGE, 'index.html')) || !existsSync(map)) {
    throw new UserError(`Le site n’est pas construit dans « ${dist} » : lancez d’abord « npm run build ».`);
  }
  const address = /<loc>([^<]+)<\/loc>/u.exec(readFileSync(map, 'utf8'))?.[1] ?? '';
  if (!URL.canParse(address)) {
    throw new UserError(`« ${map} » ne dit pas l’adresse du site : relancez « npm run build ».`);
  }
  return new URL(address).origin;
}

async function answer(route: Route, origin: string, dist: string): Promise<void> {
  const url = new URL(route.request().url());
  const name = decodeURIComponent(url.pathname).replace(/\/$/u, '/index.html');
  const file = path.join(dist, name);
  const type = TYPES[path.extname(file)];
  if (url.origin !== origin || type === undefined || !existsSync(file)) return route.abort();
  return route.fulfill({ contentType: type, body: readFileSync(file) });
}

async function printed(page: Page): Promise<Buffer> {
  const words = (await page.getAttribute('[data-book]', 'data-book')) ?? '';
  const text = words.replace(/[&<]/gu, (one) => (one === '&' ? '&amp;' : '&lt;'));
  return page.pdf({
    format: 'A4',
    preferCSSPageSize: true,
    tagged: true,
    outline: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: `<div style="width:100%;text-align:center;font:8px sans-serif;color:#333">${text} — page <span class="pageNumber"></span> sur <span class="totalPages"></span></div>`,
  });
}

function pageCount(raw: Buffer): number {
  return raw.toString('latin1').match(/\/Type \/Page\b/gu)?.length ?? 0;
}
