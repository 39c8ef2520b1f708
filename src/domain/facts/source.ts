import { z } from 'zod';
import { fullDate, partialDate } from './partial-date.ts';

/** Who speaks, from the strongest to the weakest evidence. Labels are what the reader sees. */
export const SOURCE_KINDS = {
  officiel: 'source officielle',
  institutionnel: 'source institutionnelle',
  presse: 'presse',
  secondaire: 'source secondaire',
} as const;

/** One of the keys of {@link SOURCE_KINDS}. */
export type SourceKind = keyof typeof SOURCE_KINDS;

/** One file of `content/sources/`: a document cited somewhere on the site. Its id is the file's name. */
export const sourceSchema = z.strictObject({
  title: z.string().min(3).describe('Le titre du document, sans les guillemets.'),
  publisher: z.string().min(2).describe('Qui publie : ministère, journal, ambassade…'),
  url: z.url({ protocol: /^https?$/ }).describe('L’adresse complète de la page.'),
  kind: z
    .enum(Object.keys(SOURCE_KINDS) as [SourceKind, ...SourceKind[]])
    .describe('officiel, institutionnel, presse ou secondaire.'),
  published: partialDate.describe('Date du document : 2024-04-15, 2024-04, 2024 ou inconnue.'),
  accessed: fullDate.describe('Le jour où la source a été lue, par exemple 2026-11-22.'),
  note: z.string().optional().describe('Ce qu’il faut savoir de cette source.'),
});

/** A validated source, without its id. */
export type Source = z.infer<typeof sourceSchema>;
