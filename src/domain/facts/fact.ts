import { z } from 'zod';
import { fullDate, partialDate } from './partial-date.ts';

const sourceIds = z
  .array(
    z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
      message: 'écrivez le nom d’un fichier de content/sources/, sans .yml',
    }),
  )
  .min(1, { message: 'citez au moins une source (nom d’un fichier de content/sources/, sans .yml)' });

const label = z.string().min(2).optional().describe('Le cas visé : « Au Togo », « Première demande »…');

/** What is written when a fact was looked for and no source gives it. */
export const missingFactSchema = z.strictObject({
  label,
  notFound: z
    .string()
    .min(10)
    .describe('Ce que le lecteur doit faire à la place, par exemple « Demandez à votre ambassade. »'),
});

/** What proves any statement, and until when: shared by every kind of fact. */
export const factBase = {
  sources: sourceIds,
  asOf: partialDate.describe('À quelle date la source dit cela : 2024-04-15, 2024-04, 2024 ou inconnue.'),
  validUntil: fullDate.optional().describe('Après ce jour, un bandeau dit que le fait est périmé.'),
  disputed: z.string().min(10).optional().describe('En quoi les sources se contredisent.'),
  note: z.string().min(5).optional().describe('Une précision utile au lecteur.'),
};

/** A statement with what proves it. */
export const knownFactSchema = z.strictObject({
  label,
  value: z.union([z.string().min(2), z.array(z.string().min(2)).min(1)]).describe('Le fait, ou une liste.'),
  ...factBase,
  checkedOn: fullDate
    .optional()
    .describe('Le jour où une personne a fait confirmer ce fait par le service. Sinon, ne rien écrire.'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('L’adresse du service en ligne, s’il y en a un.'),
});

/** Either a sourced statement or an honest « non trouvé ». */
export const factSchema = z.union([missingFactSchema, knownFactSchema]);

export type MissingFact = z.infer<typeof missingFactSchema>;
export type KnownFact = z.infer<typeof knownFactSchema>;
export type Fact = z.infer<typeof factSchema>;

/** Tells a sourced statement from a « non trouvé ». */
export function isKnown(fact: Fact): fact is KnownFact {
  return 'value' in fact;
}

const facts = z.array(factSchema).min(1, {
  message: 'écrivez au moins un fait, ou « notFound » avec ce que le lecteur doit faire',
});

/** The anatomy of a page of kind `demarche`. */
export const procedureSchema = z.strictObject({
  forWhom: facts.describe('Pour qui.'),
  documents: facts.describe('Ce qu’il faut apporter.'),
  cost: facts.describe('Combien cela coûte.'),
  delay: facts.describe('Combien de temps cela prend.'),
  validity: facts.describe('Combien de temps le document est valable.'),
  where: facts.describe('Où s’adresser.'),
  online: facts.describe('Ce qui se fait en ligne.'),
  legalBasis: facts.describe('Les textes de loi.'),
  attention: z.array(factSchema).default([]).describe('Les points d’attention.'),
});

/** What a fiche says of one procedure, each entry with its evidence. */
export type Procedure = z.infer<typeof procedureSchema>;

/** The fields of {@link Procedure} with the titles the reader sees, in reading order. */
export const PROCEDURE_TITLES: Record<keyof Procedure, string> = {
  forWhom: 'Pour qui ?',
  documents: 'Ce qu’il faut apporter',
  cost: 'Coût',
  delay: 'Délai',
  validity: 'Validité',
  where: 'Où s’adresser',
  online: 'En ligne',
  legalBasis: 'Textes de référence',
  attention: 'Points d’attention',
};
