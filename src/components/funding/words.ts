import type { Funding } from '../../domain/funding/funding.ts';

/** What a source of funding gives, in words. */
export const GIVES: Record<Funding['gives'], string> = {
  don: 'Don',
  pret: 'Prêt à rembourser',
  rencontre: 'Rencontre, sans somme annoncée',
};
