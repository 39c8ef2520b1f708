import { z } from 'zod';
import { plainText } from './plain-text.ts';

const entrySchema = z.strictObject({
  term: z.string().min(2).describe('Le mot ou le sigle, comme on le lit : « DGDN ».'),
  expansion: z.string().min(3).optional().describe('Ce que veut dire le sigle.'),
  text: z.string().min(20).describe('Une ou deux phrases simples.'),
  also: z
    .array(z.string().min(2))
    .default([])
    .describe('Les autres formes du mot : pluriel, orthographe courante.'),
  sources: z
    .array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/))
    .default([])
    .describe('Les sources, si la phrase affirme un fait.'),
});

/** `content/glossaire.yml`: the words a reader may not know. */
export const glossarySchema = z.array(entrySchema).min(1);

export type GlossaryEntry = z.infer<typeof entrySchema>;

/** The anchor of an entry on the glossary page: « Jugement supplétif » gives `jugement-suppletif`. */
export function anchorOf(entry: GlossaryEntry): string {
  return plainText(entry.term).replaceAll(' ', '-');
}

const LEAVE_ALONE = /^<(a|h[1-6]|summary|label|button|dt|script|style|svg|nav|sup)\b/i;

/**
 * Links the first use of each glossary word in a piece of HTML to its explanation.
 *
 * @param html well-formed HTML as the site's own renderers write it
 * @param entries the glossary
 * @param seen anchors already linked on this page, completed on the way
 */
export function linkGlossary(html: string, entries: readonly GlossaryEntry[], seen: Set<string>): string {
  const open: string[] = [];
  return html.replace(/<[^>]*>|[^<]+/g, (piece) => {
    if (!piece.startsWith('<')) return open.length > 0 ? piece : linkText(piece, entries, seen);
    const closed = /^<\/([a-z0-9]+)/i.exec(piece)?.[1];
    if (closed && open.at(-1) === closed) open.pop();
    else if (!piece.endsWith('/>') && LEAVE_ALONE.test(piece))
      open.push(/^<([a-z0-9]+)/i.exec(piece)?.[1] ?? '');
    return piece;
  });
}

function linkText(text: string, entries: readonly GlossaryEntry[], seen: Set<string>): string {
  let linked = text;
  for (const entry of entries) {
    const anchor = anchorOf(entry);
    if (seen.has(anchor)) continue;
    const words = [entry.term, ...entry.also].map(escape).join('|');
    // Acronyms keep their capitals; ordinary words may start a sentence.
    const flags = entry.term === entry.term.toUpperCase() ? 'u' : 'iu';
    const found = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${words})(?![\\p{L}\\p{N}-])(?![^<]*</a>)`, flags).exec(
      linked,
    );
    if (!found) continue;
    seen.add(anchor);
    linked =
      linked.slice(0, found.index) +
      `<a class="gloss" href="/guide/glossaire/#${anchor}">${found[0]}</a>` +
      linked.slice(found.index + found[0].length);
  }
  return linked;
}

function escape(word: string): string {
  return word
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/['’]/g, "['’]")
    .replaceAll(' ', '[ \\u00a0\\u202f]');
}
