import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { straightApostrophesInHtml } from '../domain/typography.ts';
import { builtPages } from './built-pages.ts';

/**
 * Before Pagefind reads the pages: straight apostrophes, so that « école » is found in « l’école ». The last step of
 * the build sets them right again.
 */
export function separateElisions(): AstroIntegration {
  return {
    name: 'separate-elisions',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const dist = fileURLToPath(dir);
        for (const { path, html } of builtPages(dist)) {
          writeFileSync(join(dist, path), straightApostrophesInHtml(html));
        }
      },
    },
  };
}
