import { z } from 'zod';
import { fullDate } from './facts/partial-date.ts';

/** `content/transparence.yml`: what the page « Transparence » says and no database knows. */
export const transparencySchema = z.strictObject({
  requests: z
    .strictObject({
      upTo: fullDate.describe('Jusqu’à quel jour la liste est complète.'),
      received: z.array(
        z.strictObject({
          on: fullDate.describe('Le jour où la demande est arrivée.'),
          authority: z.string().min(3).describe('Quelle autorité : « une préfecture », « un tribunal ».'),
          asked: z.string().min(5).describe('Ce qu’elle demandait, sans nommer personne.'),
          answer: z.string().min(5).describe('Ce que l’éditeur a répondu, et ce qu’il a transmis.'),
        }),
      ),
    })
    .describe('Les demandes d’une autorité de voir les données de quelqu’un.'),
  places: z
    .array(
      z.strictObject({
        what: z.string().min(3).describe('Ce qui est gardé.'),
        where: z
          .string()
          .min(3)
          .nullable()
          .describe('Le pays et l’entreprise, ou null tant que rien n’est choisi.'),
      }),
    )
    .min(1)
    .describe('Où sont les données.'),
});

/** See {@link transparencySchema}. */
export type Transparency = z.infer<typeof transparencySchema>;

/**
 * A line of the view `transparency`: a number lowered by zero to nine, then rounded to the ten below, or nothing for
 * fewer than ten.
 */
export const countRowSchema = z.strictObject({
  what: z.enum(['kept', 'erased_by_person', 'erased_by_retention', 'erased_by_officer']),
  form: z.string().nullable(),
  at_least: z.number().int().multipleOf(10).min(10).nullable(),
});

/** See {@link countRowSchema}. */
export type CountRow = z.infer<typeof countRowSchema>;

/** A number as it may be published. */
export function countWords(atLeast: number | null): string {
  return atLeast === null ? 'moins de 20' : `${atLeast} ou un peu plus`;
}
