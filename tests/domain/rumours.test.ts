import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { claimReviewOf } from '../../src/domain/rumours/claim-review.ts';
import {
  answerOf,
  headlineOf,
  isStale,
  messageOf,
  RUMOUR_VERDICTS,
  rumourSchema,
  type RumourVerdict,
} from '../../src/domain/rumours/rumour.ts';

const rumour = rumourSchema.parse({
  claim: 'Il suffit de payer pour partir',
  verdict: 'faux',
  answer: 'Personne ne peut vendre une place dans ce pays.',
  questions: ['payer pour partir'],
  circulates: [{ notFound: 'Dites-nous où vous l’avez lue.' }],
  evidence: [{ value: 'La loi le dit.', sources: ['une-loi'], asOf: '2025' }],
  whatToDo: ['Gardez votre argent.', 'Appelez le consulat.'],
  further: ['/guide/partir/'],
  reviewedOn: '2026-11-22',
  expiresOn: '2027-05-22',
});
const BEFORE = new Date('2027-05-22T23:00:00Z');
const AFTER = new Date('2027-05-23T00:00:00Z');
const publication = {
  url: 'https://guide.example/migration/rumeurs/essai/',
  publisher: { name: 'Une association', url: 'https://guide.example/' },
};

describe('a verdict', () => {
  test('is given until its last day, and not the day after', () => {
    expect(isStale(rumour, BEFORE)).toBe(false);
    expect(headlineOf(rumour, BEFORE)).toBe('Faux : « Il suffit de payer pour partir »');
    expect(isStale(rumour, AFTER)).toBe(true);
    expect(headlineOf(rumour, AFTER)).toBe('À revérifier : « Il suffit de payer pour partir »');
  });

  test('past its date, what people send on repeats neither the answer nor the advice', () => {
    expect(messageOf(rumour, BEFORE)).toBe(
      'Personne ne peut vendre une place dans ce pays.\nGardez votre argent.\nSources relues le 22\u00a0novembre\u00a02026.',
    );
    expect(messageOf(rumour, AFTER)).not.toMatch(/Personne ne peut|Gardez/);
    expect(answerOf(rumour, AFTER)).toContain('Elle doit être revue.');
  });
});

describe('the check for search engines', () => {
  test('has the shape that schema.org gives to ClaimReview', () => {
    expect(claimReviewOf(rumour, publication)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'ClaimReview',
      url: 'https://guide.example/migration/rumeurs/essai/',
      claimReviewed: 'Il suffit de payer pour partir',
      datePublished: '2026-11-22',
      expires: '2027-05-22',
      inLanguage: 'fr',
      author: { '@type': 'Organization', name: 'Une association', url: 'https://guide.example/' },
      reviewRating: {
        '@type': 'Rating',
        alternateName: 'Faux',
        worstRating: 1,
        bestRating: 5,
        ratingValue: 1,
      },
      itemReviewed: { '@type': 'Claim', text: 'Il suffit de payer pour partir', inLanguage: 'fr' },
    });
  });

  test('rates from false to true in the order readers are told, within its bounds', () => {
    const ratings = (Object.keys(RUMOUR_VERDICTS) as RumourVerdict[])
      .map((verdict) => claimReviewOf({ ...rumour, verdict }, publication).reviewRating)
      .flatMap(({ ratingValue }) => ratingValue ?? []);
    expect(ratings).toEqual(ratings.toSorted((a, b) => a - b));
    expect(new Set(ratings).size).toBe(4);
    expect(Math.min(...ratings)).toBe(1);
    expect(Math.max(...ratings)).toBe(5);
  });

  test('gives no number to what is not proven: that is no half-truth', () => {
    const { reviewRating } = claimReviewOf({ ...rumour, verdict: 'non-prouve' }, publication);
    expect(reviewRating).toEqual({
      '@type': 'Rating',
      alternateName: 'Non prouvé',
      worstRating: 1,
      bestRating: 5,
    });
  });
});

test('the model that editors copy is accepted as it stands', () => {
  const model: unknown = parse(readFileSync('content/_redaction/modele-rumeur.yml', 'utf8'));
  expect(rumourSchema.safeParse(model).error?.issues).toBeUndefined();
});
