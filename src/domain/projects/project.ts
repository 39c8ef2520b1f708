import { z } from 'zod';
import { fullDate } from '../facts/partial-date.ts';
import { lengthOf } from '../forms/text.ts';
import { valuesOf, type Choice } from '../vocabularies/choice.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import {
  DURATION_BANDS,
  HOLDER_TYPES,
  LOCALITY_AGREEMENTS,
  NEEDS,
  SECTORS,
  STAGES,
} from '../vocabularies/projects.ts';
import { PREFECTURES, REGIONS } from '../vocabularies/territories.ts';
import { CRITERIA, SCORES } from './qualification.ts';

const oneOf = (choices: readonly Choice[]) => z.enum(valuesOf(choices) as [string, ...string[]]);

const francs = z.number().int().nonnegative();

/** Counts as the form and the database do: a letter is one, however many units it takes in memory. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .refine((value) => lengthOf(value) <= max, { message: `écrivez ${max} signes au plus` });

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Addresses below `/projets/` that are pages of the site. The database refuses them too. */
export const RESERVED_SLUGS = [
  'aider',
  'archives',
  'besoin',
  'comment-nous-lisons',
  'etape',
  'financer',
  'page',
  'pays',
  'prefecture',
  'proposer',
  'region',
  'secteur',
];

/** The last part of a project's address. */
export const projectSlug = z
  .string()
  .regex(SLUG, { message: 'écrivez l’adresse en minuscules, sans accent, avec des tirets' })
  .refine((slug) => !RESERVED_SLUGS.includes(slug), {
    message: 'cette adresse est déjà celle d’une page du site',
  });

/** What its holder said of a project one day, once an officer had read it. */
const newsSchema = z.strictObject({
  on: fullDate,
  stage: oneOf(STAGES),
  text: z.string().min(1),
  /** Whole FCFA, since the beginning of the project. */
  received: francs.nullable(),
  spent: francs.nullable(),
  /** What one sees on the spot, in words. */
  picture: z.string().nullable(),
});

/** See {@link newsSchema}. */
export type News = z.infer<typeof newsSchema>;

/** What an officer made of one point of the grid. */
const opinionSchema = z.strictObject({
  criterion: oneOf(CRITERIA),
  score: oneOf(SCORES),
  sentence: z.string().min(1),
  on: fullDate,
});

/**
 * A project of the catalogue as the public may read it, wherever it comes from: a file of `content/projets/`
 * written by an editor, or a row of the view `published_projects`. Money is in whole FCFA.
 */
export const projectSchema = z.strictObject({
  title: text(120).describe('Le nom du projet.'),
  summary: text(280).describe('Le projet en 280 signes au plus.'),
  description: z.string().min(1).describe('Le texte de la page, en paragraphes.'),
  sector: oneOf(SECTORS).describe('Le secteur.'),
  region: oneOf(REGIONS).describe('La région du Togo.'),
  prefecture: z
    .enum(PREFECTURES.map((prefecture) => prefecture.name) as [string, ...string[]])
    .nullable()
    .default(null)
    .describe('La préfecture, ou rien si on ne la connaît pas.'),
  commune: text(60).nullable().default(null).describe('La commune, si on la connaît.'),
  stage: oneOf(STAGES).describe('Où en est le projet.'),
  holderType: oneOf(HOLDER_TYPES).describe('Qui porte le projet.'),
  holderName: text(120).describe('Le nom public du porteur.'),
  residenceCountry: oneOf(COUNTRIES).nullable().default(null).describe('Le pays du porteur (deux lettres).'),
  budgetTotal: francs.nullable().default(null).describe('Le budget total, en FCFA.'),
  amountRaised: francs.nullable().default(null).describe('La somme déjà réunie, en FCFA.'),
  amountSpent: francs.nullable().default(null).describe('La somme déjà dépensée, en FCFA.'),
  needs: z.array(oneOf(NEEDS)).default([]).describe('Ce que le projet cherche.'),
  skillsSought: z.array(z.string().min(1)).max(10).default([]).describe('Les compétences cherchées.'),
  startWanted: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'écrivez le mois comme 2027-03' })
    .nullable()
    .default(null)
    .describe('Le début souhaité : 2027-03.'),
  durationBand: oneOf(DURATION_BANDS).nullable().default(null).describe('La durée.'),
  localityAgreement: oneOf(LOCALITY_AGREEMENTS).nullable().default(null).describe('L’accord de la localité.'),
  website: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe('Le site du projet.'),
  sources: z.array(z.string()).default([]).describe('Les sources (obligatoires pour un fichier).'),
  publishedOn: fullDate.describe('Le jour de la publication ici.'),
  /** Oldest first. The stage and the sums above are those of the last. */
  news: z.array(newsSchema).default([]),
  qualification: z.array(opinionSchema).default([]),
  origin: z.enum(['submitted', 'editorial']),
  isExample: z.boolean().default(false),
});

export type Project = z.infer<typeof projectSchema>;

/** The front matter of a file of `content/projets/`: the body of the file is the description. */
export const projectFileSchema = projectSchema
  .omit({ description: true, news: true, qualification: true, origin: true, isExample: true })
  .extend({ sources: z.array(z.string()).min(1, { message: 'citez au moins une source' }) });

/** One row of the view `published_projects`, as PostgREST sends it. */
export const publishedRowSchema = z.object({
  slug: projectSlug,
  title: z.string(),
  summary: z.string(),
  description: z.string(),
  sector: z.string(),
  region: z.string(),
  prefecture: z.string(),
  commune: z.string().nullable(),
  stage: z.string(),
  holder_type: z.string(),
  holder_name: z.string(),
  residence_country: z.string(),
  budget_total: z.number().nullable(),
  amount_raised: z.number().nullable(),
  needs: z.array(z.string()),
  skills_sought: z.array(z.string()),
  start_wanted: z.string().nullable(),
  duration_band: z.string().nullable(),
  locality_agreement: z.string().nullable(),
  website: z.string().nullable(),
  published_at: z.string(),
  is_example: z.boolean(),
  news: z
    .array(
      z.object({
        at: z.string(),
        stage: z.string(),
        body: z.string(),
        amount_received: z.number().nullable(),
        amount_spent: z.number().nullable(),
        picture: z.string().nullable(),
      }),
    )
    .optional(),
  qualification: z
    .array(z.object({ criterion: z.string(), score: z.string(), sentence: z.string(), at: z.string() }))
    .optional(),
});

/** See {@link publishedRowSchema}. */
export type PublishedRow = z.infer<typeof publishedRowSchema>;

/**
 * Turns a published row into a catalogue entry.
 *
 * @throws a ZodError when the row does not fit the catalogue's schema
 */
export function projectFromRow(row: PublishedRow): Project {
  const { news = [], qualification = [] } = row;
  return projectSchema.parse({
    title: row.title,
    summary: row.summary,
    description: row.description,
    sector: row.sector,
    region: row.region,
    prefecture: row.prefecture,
    commune: row.commune,
    stage: news.at(-1)?.stage ?? row.stage,
    holderType: row.holder_type,
    holderName: row.holder_name,
    residenceCountry: row.residence_country,
    budgetTotal: row.budget_total,
    amountRaised: lastSum(news.map((one) => one.amount_received)) ?? row.amount_raised,
    amountSpent: lastSum(news.map((one) => one.amount_spent)),
    needs: row.needs,
    skillsSought: row.skills_sought,
    startWanted: row.start_wanted,
    durationBand: row.duration_band,
    localityAgreement: row.locality_agreement,
    website: row.website,
    publishedOn: row.published_at.slice(0, 10),
    news: news.map(({ at, stage, body, amount_received, amount_spent, picture }) => ({
      on: at.slice(0, 10),
      stage,
      text: body,
      received: amount_received,
      spent: amount_spent,
      picture,
    })),
    qualification: qualification.map(({ at, ...opinion }) => ({ ...opinion, on: at.slice(0, 10) })),
    origin: 'submitted',
    isExample: row.is_example,
  });
}

/** The last sum that was said. */
function lastSum(sums: readonly (number | null)[]): number | null {
  return sums.findLast((sum) => sum !== null) ?? null;
}
