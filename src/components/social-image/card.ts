import sharp from 'sharp';
import { frenchTypography } from '../../domain/typography.ts';
import { FACES, linesOf, outlineOf, widthOf, type Face } from './lettering.ts';

/** The size that WhatsApp and the others show whole. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;

/** What an image to share says, from top to bottom. */
export interface Card {
  /** A word in a frame: a verdict, a state. */
  badge?: { text: string; tone: 'bad' | 'unsure' | 'good' };
  title: string;
  text: string;
  /** Where this comes from, and when: an image travels without its page. */
  foot: string;
}

// The site's own colours, in daylight: see src/styles/site.css.
const COLOUR = {
  paper: '#fbf8f3',
  ink: '#1e2422',
  soft: '#4b5450',
  green: '#0b4f3c',
  laterite: '#a63f24',
  gold: '#e0a526',
} as const;
const TONES = { bad: COLOUR.laterite, unsure: '#6b4e00', good: COLOUR.green } as const;

const MARGIN = 64;
const WIDTH = CARD_SIZE.width - 2 * MARGIN;
/** Where the foot begins, and the air between two paragraphs. */
const BOTTOM = 544;
const SPACE = 18;
/** The title and the text, from the largest: on a telephone the image is four times smaller. */
const SIZES = [
  [72, 38],
  [64, 36],
  [58, 34],
  [52, 32],
  [46, 32],
  [40, 32],
] as const;
/** Nobody reads more of an image, and it would weigh more than 40 kB. */
const MOST_LINES = 5;

const drawn = new Map<string, Promise<Buffer>>();

/** Draws an image to share, as a PNG: the same bytes for the same words. Asked twice, it is drawn once. */
export function drawCard(card: Card): Promise<Buffer> {
  const key = JSON.stringify(card);
  const image = drawn.get(key) ?? draw(card);
  drawn.set(key, image);
  return image;
}

function draw(card: Card): Promise<Buffer> {
  // No text reaches the renderer: letters are outlines already, so that no font of the machine can change them.
  return sharp(Buffer.from(svgOf(card)))
    .png({ palette: true, colours: 16, dither: 0, compressionLevel: 9, effort: 1 })
    .toBuffer();
}

/** The image before it is turned into pixels. */
export function svgOf({ badge, title, text, foot }: Card): string {
  const parts = [weave()];
  let y = 92;
  if (badge) {
    const size = 40;
    const word = frenchTypography(badge.text);
    const colour = TONES[badge.tone];
    const width = Math.round(widthOf(word, FACES.bold, size)) + 48;
    parts.push(
      `<rect x="${MARGIN}" y="${y}" width="${width}" height="68" rx="8" fill="none" stroke="${colour}" stroke-width="5"/>`,
      path(outlineOf(word, FACES.bold, size, MARGIN + 24, y + 48), colour),
    );
    y += 68 + 28;
  }
  for (const { lines, size, face, gap } of fitted(title, text, BOTTOM - y)) {
    for (const line of lines) {
      y += size * gap;
      parts.push(path(outlineOf(line, face, size, MARGIN, y - size * 0.2), COLOUR.ink));
    }
    y += SPACE;
  }
  const last = frenchTypography(foot);
  const footSize = Math.min(26, (26 * WIDTH) / widthOf(last, FACES.regular, 26));
  parts.push(
    `<rect x="${MARGIN}" y="${BOTTOM + 16}" width="${WIDTH}" height="2" fill="${COLOUR.gold}"/>`,
    path(outlineOf(last, FACES.regular, footSize, MARGIN, BOTTOM + 56), COLOUR.soft),
  );
  const { width, height } = CARD_SIZE;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${COLOUR.paper}"/>${parts.join('')}</svg>`;
}

function path(d: string, colour: string): string {
  return `<path d="${d}" fill="${colour}"/>`;
}

interface Paragraph {
  lines: string[];
  size: number;
  face: Face;
  /** From one line to the next, for a size of 1. */
  gap: number;
}

/** The title and the text at the largest sizes that fit together; at the smallest, the end of the text is cut. */
function fitted(title: string, text: string, height: number): Paragraph[] {
  const set = (words: string, face: Face, size: number, gap: number): Paragraph => ({
    lines: linesOf(frenchTypography(words), face, size, WIDTH),
    size,
    face,
    gap,
  });
  let best: Paragraph[] = [];
  for (const [large, small] of SIZES) {
    const heading = set(title, FACES.bold, large, 1.14);
    const body = set(text, FACES.regular, small, 1.3);
    const room = (height - SPACE - heading.lines.length * large * heading.gap) / (small * body.gap);
    const most = Math.max(0, Math.min(MOST_LINES, Math.floor(room)));
    if (body.lines.length <= most) return [heading, body];
    best = [heading, { ...body, lines: cut(body.lines.slice(0, most)) }];
  }
  return best;
}

/** The same lines, the last one ending with an ellipsis in the place of its last word. */
function cut(lines: readonly string[]): string[] {
  const last = lines.at(-1);
  return last === undefined ? [] : [...lines.slice(0, -1), `${last.replace(/[\s\p{P}]*\S+$/u, '')}…`];
}

/** The strip of woven cloth that runs under the site's header. */
function weave(): string {
  const step = 48;
  const tiles = Array.from({ length: CARD_SIZE.width / step }, (_, index) => index * step).map(
    (x) =>
      `<rect x="${x}" width="24" height="36" fill="${COLOUR.green}"/><rect x="${x + 24}" width="24" height="36" fill="${COLOUR.laterite}"/>` +
      `<path d="M${x + 4} 9h16M${x + 4} 27h16" stroke="${COLOUR.gold}" stroke-width="5"/>` +
      `<path d="M${x + 36} 8l9 10-9 10-9-10z" fill="${COLOUR.gold}"/>` +
      `<path d="M${x + 1} 0v36M${x + 25} 0v36" stroke="${COLOUR.ink}" stroke-width="2"/>`,
  );
  return tiles.join('');
}
