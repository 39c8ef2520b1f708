import type { MarkdownInstance } from 'astro';
import { sourcesOfPage, type CitingPage } from '../../domain/facts/registry.ts';
import { LEGAL_PAGES, legalPageSchema, type LegalPageId } from '../../domain/legal.ts';

const files = import.meta.glob<MarkdownInstance<Record<string, unknown>>>('/content/legal/*.md', {
  eager: true,
});

/** A legal page, its text rendered with the citation marks and `{{…}}` still in it. */
export async function legalPage(id: LegalPageId) {
  const file = files[`/content/legal/${id}.md`];
  if (!file) throw new Error(`Il manque le fichier content/legal/${id}.md.`);
  const { title, description, lastUpdated } = file.frontmatter;
  return {
    // Astro adds an entry of its own to the front matter, and hands dates over as `2026-11-22T00:00:00.000Z`.
    ...legalPageSchema.parse({ title, description, lastUpdated: String(lastUpdated).slice(0, 10) }),
    html: await file.compiledContent(),
    headings: file
      .getHeadings()
      .filter((heading) => heading.depth === 2)
      .map(({ slug, text }) => ({ slug, text })),
  };
}

/** The legal pages with the sources they cite, for the registry of sources. */
export function citingLegalPages(): Promise<CitingPage[]> {
  return Promise.all(
    LEGAL_PAGES.map(async (id) => {
      const { title, html } = await legalPage(id);
      // « Confidentialité : vos réponses et vos droits » is too long for a list of links.
      return { label: title.replace(/ :.*/, ''), address: `/${id}/`, sources: sourcesOfPage(html) };
    }),
  );
}
