import { citedIn } from './citations.ts';

/** A block of markdown that states a figure without saying where it comes from. */
export interface UncitedFigure {
  /** 1-based line of the block in the body. */
  line: number;
  /** The beginning of the block, to find it. */
  excerpt: string;
}

const LIST_MARKER = /^\s*(?:[-*+]|\d+[.)])\s+/;
const STARTS_BLOCK = /^\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|\||:::)/;
const HEADING = /^\s*#{1,6}\s/;
const QUOTE = /^\s*>\s?/;

/**
 * Finds paragraphs, list items, headings and table rows that hold a digit but no citation mark.
 *
 * @param body markdown without its front matter
 */
export function uncitedFigures(body: string): UncitedFigure[] {
  return blocksOf(body)
    .filter((block) => /\d/.test(proseOf(block.text)) && citedIn(block.text).length === 0)
    .map((block) => ({ line: block.line, excerpt: block.text.trim().slice(0, 60) }));
}

interface Block {
  line: number;
  text: string;
}

function blocksOf(body: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let wasQuoted = false;
  for (const [index, line] of body.split('\n').entries()) {
    const text = line.replace(QUOTE, '');
    if (QUOTE.test(line) && !wasQuoted) open = undefined;
    wasQuoted = QUOTE.test(line);
    if (text.trim() === '') open = undefined;
    else if (open && !STARTS_BLOCK.test(text)) open.text += `\n${text}`;
    else blocks.push((open = { line: index + 1, text }));
    // A heading is one line: the paragraph right below does not prove it.
    if (HEADING.test(text)) open = undefined;
  }
  return blocks;
}

/** What a reader would read as a statement: neither list numbers, nor addresses, nor marks. */
function proseOf(text: string): string {
  return text
    .replace(LIST_MARKER, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/^\s*\[[^\]]*\]:\s.*$/gm, '')
    .replace(/https?:\/\/[^\s<>]*/g, '')
    .replace(/&#x?[\da-f]+;/gi, '')
    .replace(/\[\^[^\]]*\]/g, '');
}
