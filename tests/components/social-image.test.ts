import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { CARD_SIZE, drawCard, svgOf, type Card } from '../../src/components/social-image/card.ts';
import { FACES, linesOf, outlineOf, widthOf } from '../../src/components/social-image/lettering.ts';

const card: Card = {
  badge: { text: 'Faux', tone: 'bad' },
  title: '« Pour le Canada, il faut passer par le Nigeria »',
  text: 'Une demande pour le Canada se fait en ligne. Aucun détour n’est obligatoire.',
  foot: 'Guide des Togolais · Sources relues le 22 novembre 2026',
};
const long = 'Une phrase assez longue pour remplir la carte. '.repeat(30).trim();

/** The lowest points that letters reach, in the order they are drawn; the foot comes last. */
const lowestPoints = (svg: string) =>
  [...svg.matchAll(/<path d="([^"]*)" fill/g)].map(([, d = '']) =>
    Math.max(...[...d.matchAll(/-?[\d.]+ (-?[\d.]+)/g)].map(([, y]) => Number(y))),
  );

describe('an image to share', () => {
  test('is a PNG of the size that messaging applications show whole, light enough for any network', async () => {
    const image = await drawCard({ ...card, text: long });
    expect(await sharp(image).metadata()).toMatchObject({ format: 'png', ...CARD_SIZE });
    expect(image.length).toBeLessThanOrEqual(40_000);
  });

  test('is the same, byte for byte, for the same words, and another for others', async () => {
    const first = await drawCard(card);
    // Equal words in another object would still find the first drawing: rendered anew, it must not change.
    const again = await sharp(Buffer.from(svgOf(card)))
      .png({ palette: true, colours: 16, dither: 0, compressionLevel: 9, effort: 1 })
      .toBuffer();
    expect(again.equals(first)).toBe(true);
    expect((await drawCard({ ...card, text: 'Autre chose.' })).equals(first)).toBe(false);
  });

  test('asks for no font: its letters are shapes', () => {
    expect(svgOf(card)).not.toMatch(/<text|font-family|href/);
  });

  test('never runs over its foot: a long text is made smaller, then cut with an ellipsis', () => {
    for (const text of [card.text, long, `${long} ${long}`]) {
      const points = lowestPoints(svgOf({ ...card, text }));
      expect(Math.max(...points.slice(0, -1))).toBeLessThan(560);
      expect(points.at(-1)).toBeLessThan(CARD_SIZE.height);
    }
  });
});

describe('lettering', () => {
  test('draws the letters of French and of Togo’s languages, and leaves out what the font has not', () => {
    const drawn = (text: string) => outlineOf(text, FACES.bold, 40, 0, 40) !== '';
    const missing = [...'éèêëàâçîïôœùûÉÀŒ«»’–…€ɖɔɛŋƒ'].filter((letter) => !drawn(letter));
    expect(missing).toEqual([]);
    expect(widthOf('Bonjour 🎉', FACES.regular, 40)).toBe(widthOf('Bonjour ', FACES.regular, 40));
  });

  test('keeps together what a non-breaking space joins, and every word', () => {
    const text = 'Est-ce vrai\u00a0? Oui, depuis le 22\u00a0novembre\u00a02026, dit la source.';
    const lines = linesOf(text, FACES.regular, 36, 320);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join(' ')).toBe(text);
    expect(lines.some((line) => line.includes('22\u00a0novembre\u00a02026'))).toBe(true);
    for (const line of lines) expect(widthOf(line, FACES.regular, 36)).toBeLessThanOrEqual(340);
  });
});
