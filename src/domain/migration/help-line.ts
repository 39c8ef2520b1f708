import { z } from 'zod';
import { factBase, type KnownFact } from '../facts/fact.ts';
import { fullDate } from '../facts/partial-date.ts';
import { countryCode } from '../vocabularies/country-code.ts';

/** One file of `content/lignes/`: a number that someone in trouble may call. */
export const helpLineSchema = z.strictObject({
  name: z.string().min(3).describe('Le nom du service : « Allo 1011 ».'),
  place: z.string().min(2).describe('Où ce numéro sert : « Togo », « En mer », « Niger et Sahara ».'),
  countries: z.array(countryCode).default([]).describe('Les pays où il sert (deux lettres).'),
  numbers: z
    .array(
      z.strictObject({
        label: z.string().min(2).optional().describe('À quoi sert ce numéro : « Police ».'),
        number: z
          .string()
          .regex(/^\+?[0-9 ]{2,20}$/, {
            message: 'écrivez des chiffres et des espaces, comme +33 4 86 51 71 61',
          })
          .describe('Le numéro, comme on le compose.'),
      }),
    )
    .min(1),
  what: z.string().min(10).describe('Qui répond et pour quoi, en une phrase.'),
  hours: z.string().min(3).optional().describe('Les heures : « jour et nuit ».'),
  languages: z.string().min(3).optional().describe('Les langues de la ligne.'),
  free: z.boolean().optional().describe('true : la source dit que l’appel est gratuit.'),
  sources: factBase.sources,
  asOf: factBase.asOf,
  validUntil: factBase.validUntil,
  disputed: factBase.disputed,
  note: factBase.note,
  testedOn: fullDate
    .optional()
    .describe('Le jour où une personne a appelé ce numéro et où quelqu’un a répondu. Sinon, ne rien écrire.'),
});

export type HelpLine = z.infer<typeof helpLineSchema>;

/** A help line as a fact, to say how far it can be trusted. */
export function factOfLine({ what, sources, asOf, validUntil, disputed, testedOn }: HelpLine): KnownFact {
  return { value: what, sources, asOf, validUntil, disputed, checkedOn: testedOn };
}

/** A number as the telephone wants it: `+33486517161`. */
export function dialled(number: string): string {
  return number.replaceAll(' ', '');
}
