import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { contentSecurityPolicy, inlineScriptsOf, SECURITY_HEADERS } from '../domain/security/headers.ts';
import { frenchTypographyInHtml } from '../domain/typography.ts';
import { deskSettings } from '../loaders/desk-settings.ts';
import { readBuildMark } from '../loaders/build-mark.ts';
import { findPageProblems } from './find-page-problems.ts';
import { glossaryLinker } from './link-glossary.ts';

/**
 * Last step of a build: trims the pages, sets the typography, links the glossary's words, checks the pages, writes
 * the headers file that allows what they hold, then puts everything in place at once: in `dist/`, or in the folder that
 * `BUILD_TO` names. A build that fails, at this step or before, leaves the previous site as it was.
 */
export function finishDist(): AstroIntegration {
  let published: string | undefined;
  let mark: string | undefined;
  return {
    name: 'finish-dist',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig }) => {
        if (command !== 'build') return;
        published = process.env['BUILD_TO'] || fileURLToPath(config.outDir);
        // Before any row: the site then holds everything that was asked for before the mark was made.
        mark = await readBuildMark(process.env);
        updateConfig({ outDir: new URL('.astro/dist/', config.root) });
        // A search fetches one part of the index for each word: a quarter of the weight at 1,000 pages (bench/recherche).
        process.env['PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE'] ??= '2500';
      },
      'astro:build:done': ({ dir, logger }) => {
        const dist = fileURLToPath(dir);
        const pages = readPages(dist);
        const linkGlossary = glossaryLinker();
        for (const page of pages) {
          page.html = linkGlossary(page.path, frenchTypographyInHtml(trim(page.html)));
          writeFileSync(join(dist, page.path), page.html);
        }
        removeUnusedAssets(dist, pages);
        removeHiddenPagesFromSitemap(dist, pages);
        const problems = findPageProblems(dist, pages);
        if (problems.length > 0) {
          const error = new Error(
            `Le site construit a des défauts :\n\n${problems.map((one) => `  • ${one}`).join('\n')}\n`,
          );
          // The list is meant for editors; a stack would only hide it.
          error.stack = '';
          // Astro guesses a hint from this text: at an address with « document » it would speak of browsers.
          error.toString = () => error.name;
          throw error;
        }
        const hashes = hashesOf(pages.map((page) => page.html));
        writeFileSync(join(dist, '_headers'), headersFile(hashes, deskSettings().url));
        // Functions are told of no commit when they run: they read it here.
        writeFileSync(
          join(dist, 'version.json'),
          JSON.stringify({ version: process.env['COMMIT_REF'] ?? 'local', mark }),
        );
        if (published) replaceFolder(published, dist);
        logger.info(`${pages.length} pages vérifiées, ${hashes.length} script en ligne autorisé`);
      },
    },
  };
}

function replaceFolder(old: string, replacement: string): void {
  rmSync(old, { recursive: true, force: true });
  mkdirSync(dirname(old), { recursive: true });
  try {
    renameSync(replacement, old);
  } catch (error) {
    // A folder does not move to another disk.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(replacement, old, { recursive: true });
    rmSync(replacement, { recursive: true });
  }
}

/** One built page. */
export interface BuiltPage {
  /** Path from `dist/`, such as `guide/passeport/index.html`. */
  path: string;
  html: string;
}

/** Every HTML file of `dist/`. */
export function readPages(dist: string): BuiltPage[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .sort()
    .map((path) => ({ path: path.replaceAll('\\', '/'), html: readFileSync(join(dist, path), 'utf8') }));
}

/** Starlight sets a dark theme for readers without JavaScript and adds a print sheet: ours does both better. */
function trim(html: string): string {
  return html
    .replace(/(<html[^>]*?) data-theme="dark"/, '$1')
    .replace(/<link rel="stylesheet" href="[^"]*" media="print">/, '')
    .replace(/<meta name="generator" content="[^"]*"\/?>/g, '')
    .replace(/ tabindex="-1" tabindex="-1"/g, ' tabindex="-1"');
}

function removeUnusedAssets(dist: string, pages: readonly BuiltPage[]): void {
  const used = pages.map((page) => page.html).join('\n');
  const folder = join(dist, '_astro');
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.css') && !used.includes(name)) rmSync(join(folder, name));
  }
}

/** The sitemap is for pages that may be found: not the thank-you pages, nor the search page. */
function removeHiddenPagesFromSitemap(dist: string, pages: readonly BuiltPage[]): void {
  const hidden = new Set(
    pages
      .filter((page) => page.html.includes('<meta name="robots" content="noindex"'))
      .map((page) => `/${page.path.replace(/index\.html$/, '')}`),
  );
  for (const name of readdirSync(dist).filter((file) => /^sitemap-\d+\.xml$/.test(file))) {
    const xml = readFileSync(join(dist, name), 'utf8');
    const kept = xml.replace(/<url><loc>([^<]*)<\/loc>.*?<\/url>/gs, (entry, address: string) =>
      hidden.has(new URL(address).pathname) ? '' : entry,
    );
    writeFileSync(join(dist, name), kept);
  }
}

function hashesOf(pages: readonly string[]): string[] {
  const scripts = new Set(pages.flatMap(inlineScriptsOf));
  return [...scripts].map((code) => `sha256-${createHash('sha256').update(code).digest('base64')}`).sort();
}

/**
 * The headers of every address, then those of the desk, whose browser talks to Supabase: the later rule wins.
 *
 * @param supabase its origin, when it is not the site's own
 */
export function headersFile(scriptHashes: readonly string[], supabase: string): string {
  const headers = { ...SECURITY_HEADERS, 'Content-Security-Policy': contentSecurityPolicy(scriptHashes) };
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  const desk = `  Content-Security-Policy: ${contentSecurityPolicy(scriptHashes, supabase)}`;
  return ['# Written by the build (src/build/finish-dist.ts).', '/*', ...lines, '/gestion/*', desk, ''].join(
    '\n',
  );
}
