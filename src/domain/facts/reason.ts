import { z } from 'zod';
import { factBase } from './fact.ts';
import { uncitedFigures } from './figures.ts';

/** Our own words: they may state no figure, for they cite nothing. */
export const ownWords = z.string().refine((text) => uncitedFigures(text).length === 0, {
  message: 'ce texte contient un chiffre sans source. Écrivez-le dans un fait, avec value, sources et asOf.',
});

/** Why we say something: a sourced fact, or advice that is shown as ours. */
export const reasonSchema = z.union([
  z.strictObject({ advice: ownWords.min(10).describe('Un conseil de la rédaction, montré comme tel.') }),
  z.strictObject({ value: z.string().min(10).describe('Un fait, en une ou deux phrases.'), ...factBase }),
]);

export type Reason = z.infer<typeof reasonSchema>;
