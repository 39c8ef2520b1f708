import { RUMOUR_VERDICTS, type Rumour, type RumourVerdict } from './rumour.ts';

/** Where each verdict stands between 1 and 5. « Non prouvé » stands nowhere: it is no half-truth. */
const RATINGS: Record<RumourVerdict, number | undefined> = {
  faux: 1,
  trompeur: 2,
  'non-prouve': undefined,
  incomplet: 4,
  vrai: 5,
};

/** Where a rumour is published, and by whom. */
export interface Publication {
  /** The full address of its page. */
  url: string;
  /** Who publishes the site, and its full address. */
  publisher: { name: string; url: string };
}

/** The check as search engines read it: https://schema.org/ClaimReview */
export function claimReviewOf(rumour: Rumour, { url, publisher }: Publication) {
  const rating = RATINGS[rumour.verdict];
  return {
    '@context': 'https://schema.org',
    '@type': 'ClaimReview',
    url,
    claimReviewed: rumour.claim,
    datePublished: rumour.reviewedOn,
    expires: rumour.expiresOn,
    inLanguage: 'fr',
    author: { '@type': 'Organization', name: publisher.name, url: publisher.url },
    reviewRating: {
      '@type': 'Rating',
      alternateName: RUMOUR_VERDICTS[rumour.verdict].label,
      worstRating: 1,
      bestRating: 5,
      ...(rating === undefined ? {} : { ratingValue: rating }),
    },
    // Nobody signs a rumour: the claim has its words and no author.
    itemReviewed: { '@type': 'Claim', text: rumour.claim, inLanguage: 'fr' },
  };
}
