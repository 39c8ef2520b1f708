import { expect, test } from 'vitest';
import { attribute, distPages, elementsOf, hasClass, type Page, textOf } from '../support/dist.ts';

const pages = distPages();
const fiches = pages.filter((page) => page.kind === 'fiche');

const citationsOf = (page: Page): string[] =>
  elementsOf(page.document, 'a').flatMap((link) => {
    const target = attribute(link, 'href') ?? '';
    return target.startsWith('#source-') ? [target.slice(1)] : [];
  });

const sourcesOf = (page: Page): string[] =>
  elementsOf(page.document, 'li').flatMap((item) => {
    const id = attribute(item, 'id') ?? '';
    return id.startsWith('source-') ? [id] : [];
  });

test('the guide has its twelve procedures and more', () => {
  expect(fiches.length).toBeGreaterThanOrEqual(12);
});

test('every procedure shows its sources', () => {
  expect(fiches.filter((page) => sourcesOf(page).length === 0).map((page) => page.file)).toEqual([]);
});

test('every procedure says whether a person confirmed it with the service', () => {
  const silent = fiches.filter(
    (page) => !/Non encore confirmé auprès du service|Vérifié le/u.test(textOf(page.document)),
  );
  expect(silent.map((page) => page.file)).toEqual([]);
});

test('every procedure opens on what it costs, how long it takes and where to go', () => {
  const procedures = fiches.filter(({ address }) => !address.includes('/destinations/'));
  const wrong = procedures.filter((page) => {
    const brief = elementsOf(page.document, 'section').find((section) => hasClass(section, 'brief'));
    const terms = brief ? elementsOf(brief, 'dt').map((term) => textOf(term)) : [];
    return !['Coût', 'Délai', 'Où s’adresser', 'Validité'].every((term) => terms.includes(term));
  });
  expect(wrong.map((page) => page.file)).toEqual([]);
});

test('every fact is either sourced, with its date in words, or says what to do instead', () => {
  const wrong = fiches.flatMap((page) =>
    elementsOf(page.document, 'div')
      .filter((block) => hasClass(block, 'fact'))
      .filter((block) => {
        const text = textOf(block);
        const cited = elementsOf(block, 'a').some((link) => attribute(link, 'href')?.startsWith('#source-'));
        const missing = /Non trouvé\.\s+\S/u.test(text);
        return cited === missing;
      })
      .map((block) => `${page.file}: ${textOf(block).trim().slice(0, 60)}`),
  );
  expect(wrong).toEqual([]);
});

test('every numbered citation has its source, and every source is cited', () => {
  const wrong = pages.flatMap((page) => {
    const cited = new Set(citationsOf(page));
    const listed = sourcesOf(page);
    return [
      ...[...cited].filter((id) => !listed.includes(id)).map((id) => `${page.file}: ${id} is not listed`),
      ...listed.filter((id) => !cited.has(id)).map((id) => `${page.file}: ${id} is never cited`),
    ];
  });
  // A project rests on its sources as a whole.
  expect(wrong.filter((one) => !(one.startsWith('projets/') && one.endsWith('never cited')))).toEqual([]);
});

test('the number a reader sees is that of the source it leads to', () => {
  const wrong = pages.flatMap((page) =>
    elementsOf(page.document, 'a')
      .filter((link) => attribute(link, 'href')?.startsWith('#source-'))
      .filter((link) => attribute(link, 'href') !== `#source-${textOf(link).trim()}`)
      .map((link) => `${page.file}: ${textOf(link)}`),
  );
  expect(wrong).toEqual([]);
});

test('every source leads to the document it names', () => {
  const wrong = pages.flatMap((page) =>
    elementsOf(page.document, 'li')
      .filter((item) => attribute(item, 'id')?.startsWith('source-'))
      .filter((item) => !/^https?:\/\//u.test(attribute(elementsOf(item, 'a')[0]!, 'href') ?? ''))
      .map((item) => `${page.file}: ${textOf(item)}`),
  );
  expect(wrong).toEqual([]);
});

test('no mark of the editors’ language is left in the text', () => {
  const wrong = pages.filter((page) => /\[\^|\{\{|\*\*|^:::/mu.test(textOf(page.document)));
  expect(wrong.map((page) => page.file)).toEqual([]);
});
