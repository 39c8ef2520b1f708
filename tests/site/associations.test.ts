// The directory as readers get it, from the demonstration rows of the seed.
import { describe, expect, test } from 'vitest';
import { attribute, distPages, elementsOf, hasClass, pageAt, textOf, type Page } from '../support/dist.ts';

const linksOf = (page: Page) => elementsOf(page.document, 'a').map((link) => attribute(link, 'href') ?? '');
const cardsOf = (page: Page) =>
  elementsOf(page.document, 'article')
    .filter((one) => hasClass(one, 'card'))
    .flatMap((card) => elementsOf(card, 'a').map((link) => attribute(link, 'href') ?? ''));
const isAssociation = (address: string) => /^\/associations\/exemple-[a-z-]+\/$/u.test(address);

const home = pageAt('/associations/');
const all = distPages().filter(({ address }) => isAssociation(address));

describe('the list of associations', () => {
  test('shows each of them once, and says what an example is', () => {
    expect(all.length).toBeGreaterThanOrEqual(3);
    expect(cardsOf(home).toSorted()).toEqual(all.map(({ address }) => address).toSorted());
    expect(textOf(home.document)).toContain('Exemple');
  });

  test('says who enters, and for how long', () => {
    const text = textOf(home.document);
    expect(text).toContain('Qui entre dans l’annuaire');
    expect(text).toContain('Nous refusons une inscription faite sans l’accord de l’association.');
    expect(text).toMatch(/14\s+mois/u);
  });

  test('counts right: each way in leads to as many associations as it says', () => {
    const ways = elementsOf(home.document, 'nav')
      .filter((nav) => hasClass(nav, 'facets'))
      .flatMap((nav) => elementsOf(nav, 'a'));
    expect(ways.length).toBeGreaterThanOrEqual(5);
    for (const way of ways) {
      const [count] = elementsOf(way, 'span').filter((one) => hasClass(one, 'count'));
      const target = attribute(way, 'href') ?? '';
      expect({ target, count: Number(textOf(count!)) }).toEqual({
        target,
        count: cardsOf(pageAt(target)).length,
      });
    }
  });

  test('can be walked by country, activity and region', () => {
    const kinds = new Set(
      linksOf(home).flatMap((link) => /^\/associations\/(pays|activite|region)\//u.exec(link)?.[1] ?? []),
    );
    expect([...kinds].toSorted()).toEqual(['activite', 'pays', 'region']);
  });
});

test('a list without an association says so, says what to do, and stays out of search engines', () => {
  for (const address of [
    '/associations/pays/ga/',
    '/associations/activite/tourisme/',
    '/associations/region/plateaux/',
  ]) {
    const page = pageAt(address);
    expect(textOf(page.document)).toMatch(/Aucune association (?:dans ce pays|pour cette) /u);
    expect(linksOf(page)).toEqual(expect.arrayContaining(['/associations/inscrire/', '/associations/']));
    expect(page.html).toContain('content="noindex"');
  }
});

test('a list of one country goes city by city', () => {
  const page = pageAt('/associations/pays/fr/');
  expect(elementsOf(page.document, 'h2').map((one) => textOf(one))).toContain('Lille');
});

describe('the page of an association', () => {
  const page = pageAt('/associations/exemple-amis-du-village-imaginaire/');
  const text = textOf(page.document);

  test('says when it was confirmed, and how to confirm, correct or withdraw it', () => {
    expect(text).toMatch(/Confirmée le\s+18\s+mai\s+2026/u);
    for (const act of ['Confirmer.', 'Corriger ou retirer.', 'Suivre mon envoi']) expect(text).toContain(act);
    expect(linksOf(page)).toEqual(expect.arrayContaining(['/suivi/', '/avis/', '/associations/#criteres']));
  });

  test('leads to the lists that hold it', () => {
    const lists = linksOf(page).filter((link) => /^\/associations\/(?:pays|activite|region)\//u.test(link));
    expect(lists.length).toBeGreaterThanOrEqual(5);
    for (const list of lists) expect(cardsOf(pageAt(list))).toContain(page.address);
  });

  test('tells search engines of an organization, in data that no browser runs', () => {
    const [script] = elementsOf(page.document, 'script').filter(
      (one) => attribute(one, 'type') === 'application/ld+json',
    );
    const json = script?.childNodes.map((child) => ('value' in child ? child.value : '')).join('') ?? '';
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'Organization',
      name: expect.stringContaining('Les amis du village imaginaire'),
      address: { addressCountry: 'FR' },
    });
  });
});

test('the page of a country lists its associations, or says there is none and how to enter one', () => {
  expect(linksOf(pageAt('/pays/fr/')).filter(isAssociation)).toEqual(
    cardsOf(pageAt('/associations/pays/fr/')),
  );
  const gabon = pageAt('/pays/ga/');
  expect(textOf(gabon.document)).toContain('Aucune association de ce pays n’est dans l’annuaire');
  expect(linksOf(gabon)).toContain('/associations/inscrire/');
});
