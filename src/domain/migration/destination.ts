import { z } from 'zod';
import { isOld } from '../facts/confidence.ts';
import { factSchema, isKnown, type Fact } from '../facts/fact.ts';
import { countryCode } from '../vocabularies/country-code.ts';

const facts = z.array(factSchema).min(1, {
  message: 'écrivez au moins un fait, ou « notFound » avec ce que le lecteur doit faire',
});

/** Whether Togo and a country have signed an agreement on workers, in the words of the table. */
export const AGREEMENTS = {
  oui: 'Accord signé',
  non: 'Pas d’accord',
  inconnu: 'Nous ne savons pas',
} as const;

/** What is known of one country where Togolese people work. Law and facts: neither praise nor blacklist. */
export const destinationSchema = z.strictObject({
  country: countryCode.describe('Le pays (deux lettres).'),
  agreement: z
    .enum(Object.keys(AGREEMENTS) as [keyof typeof AGREEMENTS, ...(keyof typeof AGREEMENTS)[]])
    .describe('Un accord sur les travailleurs avec le Togo : oui, non ou inconnu.'),
  entry: facts.describe('Entrer et rester : visa, durée, titre de séjour.'),
  agreements: facts.describe('Ce que l’on sait des accords avec le Togo.'),
  sponsorship: facts.describe('Parrainage (kafala) : de qui dépend le droit de rester.'),
  conventions: facts.describe('Les conventions de l’OIT que ce pays a signées, et sa loi du travail.'),
  complaint: facts.describe('Où se plaindre dans le pays.'),
  post: facts.describe('Le poste du Togo compétent.'),
  returnees: facts.describe('Ce que racontent les personnes revenues, ou ce que des enquêtes ont trouvé.'),
  unknown: z.array(z.string().min(10)).min(1).describe('Ce que nous ne savons pas, en phrases.'),
});

export type Destination = z.infer<typeof destinationSchema>;

/** The parts of a destination that hold facts, with the titles the reader sees, in reading order. */
export const DESTINATION_TITLES = {
  entry: 'Entrer et rester',
  agreements: 'Accord avec le Togo',
  sponsorship: 'De qui dépend votre droit de rester',
  conventions: 'Droit du travail',
  complaint: 'Où se plaindre',
  post: 'Poste du Togo',
  returnees: 'Ce que l’on raconte au retour',
} as const;

/** One of the keys of {@link DESTINATION_TITLES}. */
export type DestinationField = keyof typeof DESTINATION_TITLES;

/** Every fact of a destination, by field. */
export function factsOfDestination(destination: Destination): Record<DestinationField, Fact[]> {
  const fields = Object.keys(DESTINATION_TITLES) as DestinationField[];
  return Object.fromEntries(fields.map((field) => [field, destination[field]])) as Record<
    DestinationField,
    Fact[]
  >;
}

/** How well a country is known to us: of seven parts, those that rest on something recent. */
export interface Evidence {
  level: 'good' | 'partial' | 'poor';
  /** « 3 points sur 7 reposent sur une source récente. » */
  words: string;
}

/** Grades a sheet by its evidence, never by the country. */
export function evidenceOf(destination: Destination, today: Date): Evidence {
  const parts = Object.values(factsOfDestination(destination));
  const solid = parts.filter((part) =>
    part.some((fact) => isKnown(fact) && fact.disputed === undefined && !isOld(fact.asOf, today)),
  ).length;
  const level = solid >= 5 ? 'good' : solid >= 3 ? 'partial' : 'poor';
  const title = {
    good: 'Pays assez bien documenté',
    partial: 'Pays documenté en partie',
    poor: 'Pays mal documenté',
  }[level];
  const count =
    solid === 0
      ? 'aucun point ne repose'
      : solid === 1
        ? 'un seul point repose'
        : `${String(solid)} points reposent`;
  return { level, words: `${title} : sur ${String(parts.length)}, ${count} sur une source récente.` };
}
