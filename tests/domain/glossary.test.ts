import { describe, expect, test } from 'vitest';
import { anchorOf, glossarySchema, linkGlossary } from '../../src/domain/glossary.ts';

const entries = glossarySchema.parse([
  { term: 'DGDN', expansion: 'Direction générale', text: 'Le service qui fait les passeports.' },
  { term: 'Jugement supplétif', also: ['jugements supplétifs'], text: 'Une décision qui remplace un acte.' },
]);
const link = (html: string, seen = new Set<string>()) => linkGlossary(html, entries, seen);

describe('a glossary word', () => {
  test('is linked at its first use and left alone after it', () => {
    expect(link('<p>La DGDN, puis la DGDN.</p>')).toBe(
      '<p>La <a class="gloss" href="/guide/glossaire/#dgdn">DGDN</a>, puis la DGDN.</p>',
    );
  });
  test('is linked once over several pieces of the same page', () => {
    const seen = new Set<string>();
    expect(link('<p>DGDN</p>', seen)).toContain('gloss');
    expect(link('<p>DGDN</p>', seen)).toBe('<p>DGDN</p>');
  });
  test('is found in the middle of a sentence, in the plural, across a non-breaking space', () => {
    expect(link('<li>Un jugement\u00a0supplétif</li>')).toContain('#jugement-suppletif');
    expect(link('<li>Des jugements supplétifs</li>')).toContain('#jugement-suppletif');
  });
  test('keeps the capitals of an acronym: « dgdn » is not the acronym', () => {
    expect(link('<p>dgdn</p>')).toBe('<p>dgdn</p>');
  });
  test('is never linked inside a link, a title, a label, a summary or an attribute', () => {
    for (const html of [
      '<a href="/x/">DGDN</a>',
      '<h2>DGDN</h2>',
      '<label><span>DGDN</span></label>',
      '<summary>DGDN</summary>',
      '<p title="DGDN">x</p>',
    ]) {
      expect(link(html)).toBe(html);
    }
  });
  test('is not found inside another word', () => {
    expect(link('<p>XDGDN DGDNs sous-DGDN</p>')).toBe('<p>XDGDN DGDNs sous-DGDN</p>');
  });
  test('has an anchor without accents', () => {
    expect(entries.map(anchorOf)).toEqual(['dgdn', 'jugement-suppletif']);
  });
});
