import { z } from 'zod';
import { countryCode } from '../vocabularies/country-code.ts';

/** The languages of a card besides French, with the words the reader sees. */
export const LANGUAGES = { ar: 'arabe', en: 'anglais' } as const;

/** One of the keys of {@link LANGUAGES}. */
export type Language = keyof typeof LANGUAGES;

const language = z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]]);

/** Our own words: numbers have a source and a date, and come from elsewhere. */
const words = z.string().regex(/^\D+$/, {
  message:
    'n’écrivez pas de chiffre ici : un numéro va dans content/pays/ ou content/lignes/, avec sa source',
});

const phrase = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'écrivez un nom court en minuscules, comme medecin' }),
  fr: words.min(5).max(45).describe('La phrase en français.'),
  ar: words
    .min(5)
    .regex(/^[^\p{Script=Latin}]*\p{Script=Arabic}[^\p{Script=Latin}]*$/u, {
      message: 'écrivez la phrase en lettres arabes seulement',
    })
    .describe('La même phrase en arabe.'),
  en: words.min(5).max(45).describe('La même phrase en anglais.'),
  sayAr: words
    .min(5)
    .max(45)
    .regex(/^[^\p{Script=Arabic}]+$/u, { message: 'écrivez en lettres françaises comment se dit l’arabe' })
    .describe('Comment dire la phrase en arabe, en lettres françaises.'),
});

/** `content/cartes-urgence/phrases.yml`: what a person in trouble may show or say, in the order of the card. */
export const phrasesSchema = z
  .array(phrase)
  .min(10, { message: 'écrivez au moins 10 phrases' })
  .max(14, { message: 'gardez 14 phrases au plus : la carte doit tenir sur une petite feuille' })
  .superRefine((phrases, context) => {
    for (const [index, { id }] of phrases.entries()) {
      if (phrases.findIndex((one) => one.id === id) === index) continue;
      context.addIssue({
        code: 'custom',
        path: [index, 'id'],
        message: `le nom « ${id} » sert déjà à une autre phrase. Choisissez-en un autre`,
      });
    }
  });

export type Phrase = z.infer<typeof phrase>;

const cardCountry = z.strictObject({
  country: countryCode.describe('Le pays (deux lettres).'),
  languages: z.array(language).default([]).describe('Les langues de la carte, en plus du français : ar, en.'),
});

/** `content/cartes-urgence/carte.yml`: what every card says, and which countries have one. */
export const cardPlanSchema = z
  .strictObject({
    questions: z.array(z.string().min(5)).min(1).describe('Ce que les gens tapent pour trouver les cartes.'),
    groups: z
      .array(
        z.strictObject({
          label: z.string().min(3).describe('Le nom du groupe : « Afrique du Nord ».'),
          countries: z.array(cardCountry).min(1),
        }),
      )
      .min(1),
    steps: z.array(words.min(10).max(90)).length(4, { message: 'écrivez quatre lignes, ni plus ni moins' }),
    blanks: z
      .array(words.min(3).max(40))
      .min(1)
      .max(5, { message: 'gardez cinq lignes au plus : la carte doit tenir sur une petite feuille' }),
    reviewed: z.array(language).describe('Les langues relues par une personne dont c’est la langue.'),
  })
  .superRefine(({ groups }, context) => {
    const seen = new Set<string>();
    for (const [group, { countries }] of groups.entries()) {
      for (const [index, { country }] of countries.entries()) {
        if (seen.has(country)) {
          context.addIssue({
            code: 'custom',
            path: ['groups', group, 'countries', index, 'country'],
            message: `« ${country} » est déjà dans la liste. Gardez une seule ligne`,
          });
        }
        seen.add(country);
      }
    }
  });

export type CardPlan = z.infer<typeof cardPlanSchema>;

/** The card of one country. */
export interface EmergencyCard {
  /** ISO 3166-1 alpha-2, upper case. */
  country: string;
  languages: readonly Language[];
}

/** Cards under one title of the list. */
export interface CardGroup {
  label: string;
  cards: readonly EmergencyCard[];
}

/** Every language: what is shown where nobody chose. */
export const EVERY_LANGUAGE = Object.keys(LANGUAGES) as readonly Language[];

/**
 * The cards of the site, group by group: those of the plan, and those of destinations that the plan forgets.
 *
 * @param destinations codes of the countries that have a destination sheet
 */
export function cardGroups(plan: CardPlan, destinations: readonly string[]): CardGroup[] {
  const groups = plan.groups.map(({ label, countries }) => ({ label, cards: countries }));
  const planned = new Set(groups.flatMap(({ cards }) => cards.map(({ country }) => country)));
  const others = [...new Set(destinations)]
    .filter((country) => !planned.has(country))
    .sort()
    .map((country) => ({ country, languages: EVERY_LANGUAGE }));
  return others.length === 0 ? groups : [...groups, { label: 'Autres pays', cards: others }];
}

/** The list of all cards. Its pages may be kept on the device. */
export const CARDS = '/migration/carte-urgence/';

/** The address of a country's card, or of the one for any other country. */
export function cardAddress(country?: string): string {
  return `${CARDS}${country?.toLowerCase() ?? 'autre-pays'}/`;
}

/** The languages of a card that no native speaker has read yet, in words: « l’arabe et l’anglais ». */
export function unreviewed(languages: readonly Language[], reviewed: readonly Language[]): string {
  return languages
    .filter((one) => !reviewed.includes(one))
    .map((one) => `l’${LANGUAGES[one]}`)
    .join(' et ');
}
