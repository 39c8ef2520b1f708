import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { contentSecurityPolicy, inlineScriptsOf, SECURITY_HEADERS } from '../domain/security/headers.ts';
import { frenchTypographyInHtml } from '../domain/typography.ts';
import { deskSettings } from '../loaders/desk-settings.ts';
import { readBuildMark } from '../loaders/build-mark.ts';
import { addressOfPage, builtPages } from './built-pages.ts';
import { PageChecker } from './find-page-problems.ts';
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
        const linkGlossary = glossaryLinker();
        const checker = new PageChecker(dist);
        const styles = new Set<string>();
        const hidden = new Set<string>();
        const scripts = new Set<string>();
        let count = 0;
        for (const { path, html: built } of builtPages(dist)) {
          const html = linkGlossary(path, frenchTypographyInHtml(trim(built)));
          writeFileSync(join(dist, path), html);
          checker.add({ path, html });
          for (const [, name = ''] of html.matchAll(/\/_astro\/([^"]+\.css)/g)) styles.add(name);
          for (const code of inlineScriptsOf(html)) scripts.add(code);
          if (html.includes('<meta name="robots" content="noindex"')) hidden.add(addressOfPage(path));
          count += 1;
        }
        removeUnusedStyles(dist, styles);
        removeHiddenPagesFromSitemap(dist, hidden);
        const problems = checker.problems();
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
        const hashes = [...scripts].map(hashOf).sort();
        writeFileSync(join(dist, '_headers'), headersFile(hashes, deskSettings().url));
        // Functions are told of no commit when they run: they read it here.
        writeFileSync(
          join(dist, 'version.json'),
          JSON.stringify({ version: process.env['COMMIT_REF'] ?? 'local', mark }),
        );
        if (published) replaceFolder(published, dist);
        logger.info(`${count} pages vérifiées, ${hashes.length} script en ligne autorisé`);
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

/** Starlight sets a dark theme for readers without JavaScript and adds a print sheet: ours does both better. */
function trim(html: string): string {
  return html
    .replace(/(<html[^>]*?) data-theme="dark"/, '$1')
    .replace(/<link rel="stylesheet" href="[^"]*" media="print">/, '')
    .replace(/<meta name="generator" content="[^"]*"\/?>/g, '')
    .replace(/ tabindex="-1" tabindex="-1"/g, ' tabindex="-1"');
}

function removeUnusedStyles(dist: string, used: ReadonlySet<string>): void {
  const folder = join(dist, '_astro');
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.css') && !used.has(name)) rmSync(join(folder, name));
  }
}

/** The sitemap is for pages that may be found: not the thank-you pages, nor the search page. */
function removeHiddenPagesFromSitemap(dist: string, hidden: ReadonlySet<string>): void {
  for (const name of readdirSync(dist).filter((file) => /^sitemap-\d+\.xml$/.test(file))) {
    const xml = readFileSync(join(dist, name), 'utf8');
    const kept = xml.replace(/<url><loc>([^<]*)<\/loc>.*?<\/url>/gs, (entry, address: string) =>
      hidden.has(new URL(address).pathname) ? '' : entry,
    );
    writeFileSync(join(dist, name), kept);
  }
}

function hashOf(script: string): string {
  return `sha256-${createHash('sha256').update(script).digest('base64')}`;
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
