// The emergency cards as readers get them: light, honest on what nobody has read, discreet in the tab.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { splitFrontMatter } from '../../src/loaders/front-matter.ts';
import { listFiles } from '../../src/loaders/read-content.ts';
import { attribute, distPages, elementsOf, hasClass, pageAt, textOf, weightOf } from '../support/dist.ts';

const LIST = '/migration/carte-urgence/';
const pages = distPages().filter(({ address }) => address.startsWith(LIST));
const cards = pages.filter(({ address }) => address !== LIST);
const mainOf = (page: (typeof pages)[number]) => elementsOf(page.document, 'main')[0]!;
const wordsOf = (page: (typeof pages)[number]) => textOf(mainOf(page)).replaceAll(/\s+/gu, ' ');

test('every destination has its card, which its page leads to', () => {
  const destinations = listFiles('content/migration/destinations', '.md').map((file) => ({
    page: pageAt(`/${file.replace(/^content\/|\.md$/g, '')}/`),
    code: (splitFrontMatter(readFileSync(file, 'utf8')).data as { destination: { country: string } })
      .destination.country,
  }));
  expect(destinations.length).toBeGreaterThan(4);
  for (const { page, code } of destinations) {
    const card = pageAt(`${LIST}${code.toLowerCase()}/`);
    expect(page.html, page.address).toContain(`href="${card.address}"`);
  }
});

test('the list leads to every card', () => {
  const links = elementsOf(mainOf(pageAt(LIST)), 'a').map((link) => attribute(link, 'href'));
  expect(cards.length).toBeGreaterThan(25);
  expect(cards.filter(({ address }) => !links.includes(address)).map(({ address }) => address)).toEqual([]);
});

test('a card weighs at most 30 kB all told: page, styles, scripts and icon', () => {
  const heavy = pages
    .map((page) => ({ page, weight: weightOf(page) }))
    .map(({ page, weight: { html, css, scripts, favicon } }) => ({
      address: page.address,
      bytes: html + css + scripts + favicon,
    }))
    .filter(({ bytes }) => bytes > 30_000);
  expect(heavy).toEqual([]);
});

test('neither the tab nor the preview of a shared link says what the page is for', () => {
  for (const page of pages) {
    const title = textOf(elementsOf(page.document, 'title')[0]!);
    const preview = elementsOf(page.document, 'meta')
      .filter((meta) =>
        /^og:|^description$/u.test(attribute(meta, 'property') ?? attribute(meta, 'name') ?? ''),
      )
      .map((meta) => attribute(meta, 'content') ?? '');
    expect(title, page.address).toMatch(/^Phrases utiles/u);
    expect([title, ...preview].join(' '), page.address).not.toMatch(/urgence|danger|police|guide des/iu);
  }
});

test('a phrase says its language and its direction, and a translation nobody has read says so', () => {
  for (const card of cards) {
    const phrases = elementsOf(card.document, 'p').filter((one) => hasClass(one, 'phrase-ar'));
    for (const phrase of phrases) {
      expect([attribute(phrase, 'lang'), attribute(phrase, 'dir')]).toEqual(['ar', 'rtl']);
      expect(textOf(phrase)).toMatch(/\p{Script=Arabic}/u);
    }
    const english = elementsOf(card.document, 'p').filter((one) => hasClass(one, 'phrase-en'));
    expect(english.every((phrase) => attribute(phrase, 'lang') === 'en')).toBe(true);
    const translated = phrases.length + english.length > 0;
    expect(/non relue par un locuteur natif/u.test(wordsOf(card)), card.address).toBe(translated);
  }
});

test('a card asks nothing: no field, no form', () => {
  for (const page of pages) {
    for (const tag of ['form', 'input', 'textarea', 'select'])
      expect(elementsOf(page.document, tag), page.address).toEqual([]);
  }
});

test('a card says who takes care of the reader, or that nobody was found', () => {
  for (const card of cards.filter(({ address }) => !address.endsWith('/autre-pays/'))) {
    expect(wordsOf(card), card.address).toMatch(
      /Ambassade|Consulat|Haut-commissariat|Représentation|Poste du Togo pour ce pays : non trouvé/u,
    );
    expect(wordsOf(card), card.address).toMatch(/non testé|Numéro des secours : non trouvé/u);
  }
});
