import { glossarySchema, linkGlossary } from '../domain/glossary.ts';
import { readYaml } from '../loaders/read-content.ts';

const MAIN = /(<main[^>]*>)([\s\S]*)(<\/main>)/;

/**
 * Gives the pages of the guide a link to the glossary at the first use of each of its words.
 *
 * @returns a function of one page's path and HTML
 */
export function glossaryLinker(): (path: string, html: string) => string {
  const entries = glossarySchema.parse(readYaml('content/glossaire.yml'));
  return (path, html) => {
    if (!path.startsWith('guide/') || path.startsWith('guide/glossaire/')) return html;
    return html.replace(MAIN, (_all, start: string, main: string, end: string) => {
      // The sources quote titles that are not ours to mark up.
      const cut = main.indexOf('<section class="sources"');
      const [text, rest] = cut < 0 ? [main, ''] : [main.slice(0, cut), main.slice(cut)];
      return start + linkGlossary(text, entries, new Set()) + rest + end;
    });
  };
}
