import { z } from 'zod';
import { procedureSchema } from './fact.ts';
import { fullDate } from './partial-date.ts';

/** What every page of the guide says of itself, whatever its kind. */
export const pageFields = {
  title: z
    .string()
    .min(3)
    .describe('La question ou l’action du lecteur : « Faire ou refaire son passeport ».'),
  description: z
    .string()
    .min(40)
    .max(170)
    .describe('Une ou deux phrases, de 40 à 170 signes, montrées dans la recherche.'),
  lastUpdated: fullDate.describe('Le jour de la dernière modification, par exemple 2026-11-22.'),
  questions: z
    .array(z.string().min(3))
    .default([])
    .describe('Les mots que les gens tapent pour trouver cette page (aide la recherche).'),
  draft: z.boolean().default(false).describe('true : la page n’est pas publiée.'),
  sidebar: z
    .strictObject({ label: z.string().min(2) })
    .optional()
    .describe('Un titre court pour le menu.'),
};

/** A page of running text. */
export const plainPageSchema = z.strictObject({ ...pageFields, kind: z.literal('page') });

/** A page about one administrative procedure. */
export const procedurePageSchema = z.strictObject({
  ...pageFields,
  kind: z.literal('demarche'),
  procedure: procedureSchema,
});

/** The front matter of any markdown page under `content/`, except projects. */
export const pageSchema = z.discriminatedUnion('kind', [plainPageSchema, procedurePageSchema], {
  error: 'écrivez « kind: page » ou « kind: demarche »',
});

export type Page = z.infer<typeof pageSchema>;
