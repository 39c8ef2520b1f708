import { z } from 'zod';
import { fullDate } from '../facts/partial-date.ts';
import { SIZE_BANDS } from '../vocabularies/associations.ts';
import { valuesOf, type Choice } from '../vocabularies/choice.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import { SECTORS } from '../vocabularies/projects.ts';
import { REGIONS } from '../vocabularies/territories.ts';

const oneOf = (choices: readonly Choice[]) => z.enum(valuesOf(choices) as [string, ...string[]]);

/** Addresses below `/associations/` that are pages of the site. The database refuses them too. */
export const RESERVED_SLUGS = ['activite', 'inscrire', 'page', 'pays', 'region'];

/** The last part of an association's address. */
export const associationSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    message: 'écrivez l’adresse en minuscules, sans accent, avec des tirets',
  })
  .refine((slug) => !RESERVED_SLUGS.includes(slug), {
    message: 'cette adresse est déjà celle d’une page du site',
  });

/** An association as the public may read it. Lengths and shapes are those the form and the database already hold. */
export const associationSchema = z.strictObject({
  name: z.string().min(1),
  country: oneOf(COUNTRIES),
  city: z.string().min(1),
  foundedYear: z.string().regex(/^\d{4}$/),
  activities: z.array(oneOf(SECTORS)).min(1),
  description: z.string().min(1),
  /** Regions of Togo where it acts; none when it only acts where its members live. */
  actionRegions: z.array(oneOf(REGIONS)),
  sizeBand: oneOf(SIZE_BANDS).nullable(),
  website: z.url({ protocol: /^https?$/ }).nullable(),
  /** A telephone number as +228…, or an e-mail address. */
  publicContact: z.string().nullable(),
  publishedOn: fullDate,
  /** The last day its person said « still right »; `null` when nobody has since it was sent. */
  confirmedOn: fullDate.nullable(),
  isExample: z.boolean(),
});

export type Association = z.infer<typeof associationSchema>;

/** One row of the view `published_associations`, as PostgREST sends it. */
export const publishedAssociationRow = z.object({
  slug: associationSlug,
  published_at: z.string(),
  confirmed_at: z.string().nullable(),
  name: z.string(),
  country: z.string(),
  city: z.string(),
  founded_year: z.string(),
  activities: z.array(z.string()),
  description: z.string(),
  action_regions: z.array(z.string()),
  size_band: z.string().nullable(),
  website: z.string().nullable(),
  public_contact: z.string().nullable(),
  is_example: z.boolean(),
});

/**
 * Turns a published row into an entry of the directory.
 *
 * @throws a ZodError when the row does not fit the directory's schema
 */
export function associationFromRow(row: z.infer<typeof publishedAssociationRow>): Association {
  return associationSchema.parse({
    name: row.name,
    country: row.country,
    city: row.city,
    foundedYear: row.founded_year,
    activities: row.activities,
    description: row.description,
    actionRegions: row.action_regions,
    sizeBand: row.size_band,
    website: row.website,
    publicContact: row.public_contact,
    publishedOn: row.published_at.slice(0, 10),
    confirmedOn: row.confirmed_at?.slice(0, 10) ?? null,
    isExample: row.is_example,
  });
}
