import { z } from 'zod';
import { factSchema, type Fact } from '../facts/fact.ts';
import { countryCode as country } from '../vocabularies/country-code.ts';

/** The kinds of posts, with the words the reader sees. */
export const POST_KINDS = {
  ambassade: 'Ambassade',
  'mission-permanente': 'Mission permanente',
  consulat: 'Consulat',
  'consulat-honoraire': 'Consulat honoraire',
} as const;

/** One of the keys of {@link POST_KINDS}. */
export type PostKind = keyof typeof POST_KINDS;

/** One file of `content/representations/`: a post of Togo abroad. */
export const representationSchema = z.strictObject({
  kind: z
    .enum(Object.keys(POST_KINDS) as [PostKind, ...PostKind[]])
    .describe('ambassade, mission-permanente, consulat ou consulat-honoraire.'),
  name: z.string().min(5).describe('Le nom du poste : « Ambassade du Togo en France ».'),
  country: country.describe('Le pays où il se trouve (deux lettres).'),
  city: z.string().min(2).nullable().describe('La ville, ou null.'),
  jurisdiction: z.array(country).describe('Les pays dont il s’occupe (deux lettres).'),
  existence: factSchema.describe('Ce qui prouve que ce poste existe et de quels pays il s’occupe.'),
  address: factSchema.describe('L’adresse.'),
  phone: factSchema.describe('Le téléphone.'),
  website: factSchema.describe('Le site.'),
  remarks: z.array(factSchema).default([]).describe('Ce qu’il faut savoir d’autre.'),
});

export type Representation = z.infer<typeof representationSchema>;

/** Every fact of a post. */
export function factsOfPost(post: Representation): Fact[] {
  return [post.existence, post.address, post.phone, post.website, ...post.remarks];
}

/** One file of `content/pays/`: what is particular to a country. */
export const countryNotesSchema = z.strictObject({
  emergency: z.array(factSchema).default([]).describe('Les numéros d’urgence du pays.'),
  remarks: z.array(factSchema).default([]).describe('Ce qui change dans ce pays.'),
  pages: z
    .array(z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/))
    .default([])
    .describe('Les fiches utiles : guide/passeport.'),
});

export type CountryNotes = z.infer<typeof countryNotesSchema>;
