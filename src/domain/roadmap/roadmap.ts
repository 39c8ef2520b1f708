import { z } from 'zod';
import { citedIn } from '../facts/citations.ts';
import { uncitedFigures } from '../facts/figures.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import { COMPANIONS, MOMENTS } from './answers.ts';
import { parseTiming, rankOf } from './timing.ts';

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'écrivez un nom court en minuscules, comme copie-acte' });

const country = z.string().refine((code) => COUNTRIES.some(({ value }) => value === code), {
  message: 'écrivez le code d’un pays en deux lettres, comme MA, entre guillemets simples',
});

const step = z.strictObject({
  id: id.describe('Ne le changez plus : les coches et les agendas des lecteurs le retiennent.'),
  when: z
    .string()
    .refine((phrase) => parseTiming(phrase) !== undefined, {
      message: 'écrivez « 6 mois avant », « 1 semaine après », « le jour même » ou « tout de suite »',
    })
    .describe('Notre conseil, jamais une règle : « 6 mois avant ».'),
  title: z.string().min(5).max(80).describe('Ce qu’il faut faire, en quelques mots.'),
  text: z.string().min(10).max(300).describe('Une ou deux phrases. Un fait demande sa source : [^nom].'),
  page: z.string().min(2).describe('La page qui explique : guide/passeport, ou pays pour le poste du Togo.'),
  who: z.array(z.enum(COMPANIONS)).default([]).describe('Seulement avec des enfants, un conjoint.'),
  countries: z.array(country).default([]).describe('Seulement pour ces pays : MA, FR.'),
  situation: id.optional().describe('Pour le moment « urgence » : le nom d’une de ses situations.'),
});

const moment = z.strictObject({
  id: z.enum(MOMENTS),
  label: z.string().min(3).describe('La réponse à la première question.'),
  title: z.string().min(5).describe('Le titre de la liste.'),
  intro: z.string().min(20).describe('Une ou deux phrases avant la liste.'),
  ask: z
    .strictObject({ country: z.string().min(5), family: z.string().min(5), month: z.string().min(5) })
    .optional()
    .describe('Les questions posées, s’il y en a.'),
  past: z.int().min(0).max(24).default(0).describe('Combien de mois passés on peut choisir.'),
  situations: z
    .array(
      z.strictObject({
        id,
        label: z.string().min(5),
        secret: z
          .boolean()
          .default(false)
          .describe('true : ni l’adresse ni l’appareil ne garde rien de cette situation.'),
      }),
    )
    .default([]),
  steps: z.array(step).min(1),
});

/** `content/feuille-de-route.yml`: every step of « Ma feuille de route ». */
export const roadmapSchema = z.strictObject({
  title: z.string().min(5),
  description: z.string().min(40).max(170),
  lead: z.string().min(20),
  advice: z.string().min(20).describe('Dit que les délais sont nos conseils.'),
  moments: z.array(moment).length(MOMENTS.length),
});

export type Roadmap = z.infer<typeof roadmapSchema>;
export type RoadmapMoment = Roadmap['moments'][number];
export type RoadmapStep = RoadmapMoment['steps'][number];

/** A page that is not a file of `content/`, and depends on the reader's country. */
export const COUNTRY_PAGE = 'pays';

/**
 * The same file, checked against the pages and the sources that exist.
 *
 * @param pages ids of the markdown pages, such as `guide/passeport`
 * @param sources ids of the registered sources
 */
export function checkedRoadmapSchema(pages: ReadonlySet<string>, sources: ReadonlySet<string>) {
  return roadmapSchema.superRefine(({ moments }, context) => {
    const seen = new Set<string>();
    for (const [at, { id: momentId, situations, steps }] of moments.entries()) {
      const say = (message: string, ...path: (string | number)[]) =>
        context.addIssue({ code: 'custom', message, path: ['moments', at, ...path] });
      if (momentId !== MOMENTS[at]) say(`à cette place on attend « ${MOMENTS[at] ?? ''} »`, 'id');
      for (const [index, one] of steps.entries()) {
        const wrong = (field: keyof RoadmapStep, message: string) => say(message, 'steps', index, field);
        if (seen.has(one.id))
          wrong('id', `« ${one.id} » sert déjà à une autre étape. Changez l’un des deux.`);
        seen.add(one.id);
        if (one.page !== COUNTRY_PAGE && !pages.has(one.page))
          wrong('page', `la page « ${one.page} » n’existe pas. Corrigez le nom.`);
        for (const source of citedIn(one.text).filter((name) => !sources.has(name)))
          wrong(
            'text',
            `la source « ${source} » n’existe pas. Créez content/sources/${source}.yml ou corrigez le nom.`,
          );
        if (uncitedFigures(one.text).length > 0)
          wrong(
            'text',
            'ce texte contient un chiffre sans source. Ajoutez [^nom-de-la-source] à la fin de la phrase.',
          );
        if (
          one.situation === undefined
            ? situations.length > 0
            : !situations.some((known) => known.id === one.situation)
        )
          wrong('situation', 'écrivez le nom d’une des situations de ce moment, s’il en a');
      }
    }
  });
}

/** Steps under one heading: a deadline, or what has happened. */
export interface StepGroup {
  /** The words of the heading. */
  heading: string;
  /** The deadline shared by the steps, if they share one. */
  when?: string;
  /** The situation shared by the steps, if they share one. */
  situation?: RoadmapMoment['situations'][number];
  steps: RoadmapStep[];
}

/** The steps of a moment, the first to do first: by situation when it has some, by deadline otherwise. */
export function groupsOf({ situations, steps }: RoadmapMoment): StepGroup[] {
  const sorted = steps.toSorted((a, b) => stepRank(a) - stepRank(b));
  if (situations.length > 0) {
    return situations.map((situation) => ({
      heading: situation.label,
      situation,
      steps: sorted.filter((one) => one.situation === situation.id),
    }));
  }
  return [...new Set(sorted.map(({ when }) => when))].map((when) => ({
    heading: when.charAt(0).toUpperCase() + when.slice(1),
    when,
    steps: sorted.filter((one) => one.when === when),
  }));
}

function stepRank({ when }: RoadmapStep): number {
  const timing = parseTiming(when);
  return timing ? rankOf(timing) : 0;
}
