import type { Letter, LetterBlock } from '../../../src/domain/letters/letter.ts';
import { frenchTypography } from '../../../src/domain/typography.ts';

/** Old telephones show the thin space as a box. */
const fr = (text: string) => frenchTypography(text).replaceAll('\u202f', '\u00a0');

/** A letter as it is sent: the same words twice, as plain text and as the simplest HTML. */
export interface SetLetter {
  subject: string;
  text: string;
  html: string;
}

/** Sets a letter. No image, no style that asks for one, nothing that tells when it is read. */
export function setLetter({ subject, blocks }: Letter): SetLetter {
  return {
    subject: fr(subject),
    text: `${blocks.map(textOf).join('\n\n')}\n`,
    html: `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${escape(fr(subject))}</title></head><body style="max-width:36em;font-family:sans-serif;line-height:1.5">${blocks.map(htmlOf).join('')}</body></html>`,
  };
}

function textOf(block: LetterBlock): string {
  if ('title' in block) return fr(block.title).toUpperCase();
  if ('items' in block) return block.items.map((item) => `- ${fr(item)}`).join('\n');
  if ('link' in block) return `${fr(`${block.words} :`)}\n${block.link}`;
  return fr(block.text);
}

function htmlOf(block: LetterBlock): string {
  if ('title' in block) return `<h2 style="font-size:1.1em">${escape(fr(block.title))}</h2>`;
  if ('items' in block)
    return `<ul>${block.items.map((item) => `<li>${escape(fr(item))}</li>`).join('')}</ul>`;
  if ('link' in block) return `<p><a href="${escape(block.link)}">${escape(fr(block.words))}</a></p>`;
  return `<p>${escape(fr(block.text))}</p>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
