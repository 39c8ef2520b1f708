import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  cardAddress,
  cardGroups,
  cardPlanSchema,
  EVERY_LANGUAGE,
  phrasesSchema,
  unreviewed,
} from '../../src/domain/emergency-card/card.ts';

const read = (file: string): unknown => parse(readFileSync(`content/cartes-urgence/${file}`, 'utf8'));
const plan = cardPlanSchema.parse(read('carte.yml'));
const phrases = phrasesSchema.parse(read('phrases.yml'));

describe('the phrases', () => {
  test('say what a person in trouble needs most, the danger first', () => {
    const ids = phrases.map(({ id }) => id);
    expect(ids[0]).toBe('danger');
    expect(ids).toEqual(
      expect.arrayContaining([
        'medecin',
        'ambassade',
        'passeport',
        'partir',
        'salaire',
        'langue',
        'adresse',
        'employeur',
      ]),
    );
  });

  test('suit a man and a woman alike: no French word agrees with the reader', () => {
    for (const { fr } of phrases)
      expect(fr).not.toMatch(/\(e\)|é·e|\b(seul|perdu|malade|blessé|enfermé)e?\b/u);
  });
});

describe('the cards', () => {
  const groups = cardGroups(plan, []);
  const codes = groups.flatMap(({ cards }) => cards.map(({ country }) => country));

  test('cover the Gulf, Lebanon, North Africa, the Sahel and the neighbours', () => {
    const asked = 'SA AE KW QA OM BH LB DZ EG LY MA MR TN BF ML NE BJ GH'.split(' ');
    expect(codes).toEqual(expect.arrayContaining(asked));
    expect(codes).not.toContain('TG');
  });

  test('speak Arabic where Arabic is spoken, English where English is, and French only elsewhere', () => {
    const languages = (code: string) =>
      groups.flatMap(({ cards }) => cards).find(({ country }) => country === code)?.languages;
    expect(languages('KW')).toEqual(['ar', 'en']);
    expect(languages('GH')).toEqual(['en']);
    expect(languages('BJ')).toEqual([]);
  });

  test('a destination that nobody put in the list has a card in every language', () => {
    const all = cardGroups(plan, ['TR', 'KW', 'TR']);
    expect(all).toHaveLength(groups.length + 1);
    expect(all.at(-1)?.cards).toEqual([{ country: 'TR', languages: EVERY_LANGUAGE }]);
  });

  test('have an address of their own, and one for any other country', () => {
    expect(cardAddress('KW')).toBe('/migration/carte-urgence/kw/');
    expect(cardAddress()).toBe('/migration/carte-urgence/autre-pays/');
  });

  test('name the languages that nobody has read yet, and stop once somebody has', () => {
    expect(unreviewed(['ar', 'en'], [])).toBe('l’arabe et l’anglais');
    expect(unreviewed(['ar', 'en'], ['ar'])).toBe('l’anglais');
    expect(unreviewed(['ar'], ['ar'])).toBe('');
    expect(unreviewed([], [])).toBe('');
  });
});
