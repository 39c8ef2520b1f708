/*
 * What answers add up to, in words. The browser runs this file: nothing here may import zod.
 * There is no all-clear, and no score: a false offer also gives good answers.
 */

/** How much an answer should worry, with the words the reader sees. */
export const CONCERNS = {
  arreter: 'Doit vous arrêter',
  eclaircir: 'À éclaircir',
  rien: 'Rien d’inquiétant ici',
} as const;

/** One of the keys of {@link CONCERNS}. */
export type Concern = keyof typeof CONCERNS;

/** Every verdict, the gravest first. */
export const VERDICTS = ['plusieurs-arrets', 'un-arret', 'eclaircir', 'incomplet', 'rien'] as const;

/** One of {@link VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/**
 * The verdict on a set of answers.
 *
 * @param concerns one for each question, in any order, `undefined` where there is no answer yet
 * @returns nothing when no question has an answer
 */
export function verdictOf(concerns: readonly (Concern | undefined)[]): Verdict | undefined {
  const count = (wanted: Concern | undefined) => concerns.filter((one) => one === wanted).length;
  if (count(undefined) === concerns.length) return undefined;
  if (count('arreter') > 1) return 'plusieurs-arrets';
  if (count('arreter') === 1) return 'un-arret';
  if (count('eclaircir') > 0) return 'eclaircir';
  return count(undefined) > 0 ? 'incomplet' : 'rien';
}
