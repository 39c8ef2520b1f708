import { z } from 'zod';
import { keyPointsSchema, recordingSchema } from '../listening.ts';
import { destinationSchema, factsOfDestination, type Destination } from '../migration/destination.ts';
import { procedureSchema, type Procedure } from './fact.ts';
import type { FactsByField } from './fiche.ts';
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
  keyPoints: keyPointsSchema.optional(),
  recordings: z.array(recordingSchema).default([]).describe('Les enregistrements de vraies voix.'),
  helpLines: z
    .array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/))
    .default([])
    .describe('Qui appeler : des noms de fichiers de content/lignes/, sans .yml.'),
  callFirst: z
    .array(z.string().min(10))
    .default([])
    .describe('Qui appeler d’autre, en phrases sans numéro : l’ambassade, un proche, une association.'),
  further: z
    .array(
      z
        .string()
        .regex(/^\/([a-z0-9-]+\/)*$/, { message: 'écrivez une adresse du site comme /guide/passeport/' }),
    )
    .default([])
    .describe('Pour aller plus loin : des adresses du site.'),
  urgent: z.boolean().default(false).describe('true : la page montre le lien d’urgence et « Quitter vite ».'),
};

/** A page of running text. */
export const plainPageSchema = z.strictObject({ ...pageFields, kind: z.literal('page') });

/** A page about one administrative procedure. */
export const procedurePageSchema = z.strictObject({
  ...pageFields,
  kind: z.literal('demarche'),
  procedure: procedureSchema,
});

/** A page that answers « voici ce qui m’arrive »: what to know, what to do today, whom to call. */
export const situationPageSchema = z.strictObject({
  ...pageFields,
  kind: z.literal('situation'),
  keyPoints: keyPointsSchema,
  further: pageFields.further.unwrap().min(2, { message: 'donnez au moins deux pages pour aller plus loin' }),
});

/** A page about one country where people go to work. */
export const destinationPageSchema = z.strictObject({
  ...pageFields,
  kind: z.literal('destination'),
  keyPoints: keyPointsSchema,
  destination: destinationSchema,
});

/** The front matter of any markdown page under `content/`, except projects. */
export const pageSchema = z.discriminatedUnion(
  'kind',
  [plainPageSchema, procedurePageSchema, situationPageSchema, destinationPageSchema],
  { error: 'écrivez « kind: page », « kind: demarche », « kind: situation » ou « kind: destination »' },
);

export type Page = z.infer<typeof pageSchema>;

/** The facts of a page, by field, whatever its kind. */
export function factsOfPage(page: {
  procedure?: Procedure | undefined;
  destination?: Destination | undefined;
}): FactsByField {
  return { ...page.procedure, ...(page.destination && factsOfDestination(page.destination)) };
}
