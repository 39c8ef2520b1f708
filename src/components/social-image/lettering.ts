import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type Glyph } from 'fontkitten';

/** One weight of the font of shared images, cut in files by alphabet: letters of Ewe and Kabiyè are in the second. */
export interface Face {
  files: readonly Font[];
  unitsPerEm: number;
}

const resolve = createRequire(import.meta.url).resolve;

function openFace(weight: 400 | 700): Face {
  const files = ['latin', 'latin-ext'].map((alphabet) => {
    const font = create(
      readFileSync(resolve(`@fontsource/gelasio/files/gelasio-${alphabet}-${String(weight)}-normal.woff`)),
    );
    if (font.isCollection) throw new Error('Gelasio is one font per file');
    return font;
  });
  return { files, unitsPerEm: files[0]?.unitsPerEm ?? 1000 };
}

/** Gelasio, whose letters are as wide as those of Georgia, the site's own headings. */
export const FACES = { regular: openFace(400), bold: openFace(700) } as const;

/** The outlines of a text. What no file of the font can draw, such as an emoji, is left out. */
function glyphsOf(text: string, { files }: Face): Glyph[] {
  const spaced = text.normalize('NFC').replaceAll(/\s/gu, ' ');
  return [...spaced].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    const font = files.find((one) => one.hasGlyphForCodePoint(code));
    return font ? [font.glyphForCodePoint(code)] : [];
  });
}

/** How wide a line is, in pixels. */
export function widthOf(text: string, face: Face, size: number): number {
  const units = glyphsOf(text, face).reduce((sum, glyph) => sum + glyph.advanceWidth, 0);
  return (units * size) / face.unitsPerEm;
}

/** A line of text as the `d` of an SVG path, its baseline starting at a point: no font is needed to show it. */
export function outlineOf(text: string, face: Face, size: number, left: number, baseline: number): string {
  const scale = size / face.unitsPerEm;
  const round = (value: number) => String(Math.round(value * 10) / 10);
  let x = left;
  const pieces = glyphsOf(text, face).map((glyph) => {
    const path = glyph.path.commands
      .map(({ command, args }) => {
        const points = args.map((value, index) =>
          round(index % 2 === 0 ? x + value * scale : baseline - value * scale),
        );
        return `${LETTERS[command]}${points.join(' ')}`;
      })
      .join('');
    x += glyph.advanceWidth * scale;
    return path;
  });
  return pieces.join('');
}

const LETTERS = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
} as const;

/**
 * Cuts a text into lines that fit a width, at ordinary spaces: a non-breaking one keeps its words together. A word
 * wider than the line has a line of its own.
 */
export function linesOf(text: string, face: Face, size: number, width: number): string[] {
  const space = widthOf(' ', face, size);
  const lines: string[] = [];
  let used = Infinity;
  for (const word of text.split(/[ \n]+/).filter((one) => one !== '')) {
    const wide = widthOf(word, face, size);
    if (used + space + wide <= width) {
      lines.push(`${lines.pop() ?? ''} ${word}`);
      used += space + wide;
    } else {
      lines.push(word);
      used = wide;
    }
  }
  return lines;
}
