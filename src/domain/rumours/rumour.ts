import { z } from 'zod';
import { factSchema, isKnown, type Fact } from '../facts/fact.ts';
import type { ParsedFile } from '../facts/freshness.ts';
import { ownWords } from '../facts/reason.ts';
import { pageFields } from '../facts/page.ts';
import { formatPartialDate, fullDate } from '../facts/partial-date.ts';

/** What a rumour is worth, from the worst to the best. The meanings are printed with the list of rumours. */
export const RUMOUR_VERDICTS = {
  faux: { label: 'Faux', meaning: 'Des sources disent le contraire.' },
  trompeur: { label: 'Trompeur', meaning: 'Un peu de vrai, pour vous pousser vers une erreur ou un danger.' },
  'non-prouve': { label: 'Non prouvé', meaning: 'Nous avons cherché, sans trouver de source qui le dise.' },
  incomplet: {
    label: 'Vrai mais incomplet',
    meaning: 'C’est vrai, mais il manque une condition importante.',
  },
  vrai: { label: 'Vrai', meaning: 'Des sources le disent.' },
} as const;

/** One of the keys of {@link RUMOUR_VERDICTS}. */
export type RumourVerdict = keyof typeof RUMOUR_VERDICTS;

/** What stands in the place of a verdict that has passed its date. */
export const STALE_LABEL = 'À revérifier';

const facts = z.array(factSchema).min(1, {
  message: 'écrivez au moins un fait, ou « notFound » avec ce que le lecteur doit faire',
});

/** One file of `content/rumeurs/`: something people say about leaving or coming back, and what is known of it. */
export const rumourSchema = z
  .strictObject({
    claim: z
      .string()
      .min(10)
      // Longer claims fold in search results and on the shared image.
      .max(75)
      .regex(/^[^«»]*[^«».]$/, { message: 'écrivez la phrase sans guillemets et sans point final' })
      .describe('Ce qui se dit, avec les mots des gens, sans guillemets.'),
    verdict: z
      .enum(Object.keys(RUMOUR_VERDICTS) as [RumourVerdict, ...RumourVerdict[]])
      .describe('faux, trompeur, non-prouve, incomplet ou vrai.'),
    answer: ownWords.min(40).max(170).describe('La réponse courte, en une ou deux phrases, sans chiffre.'),
    questions: z.array(z.string().min(3)).min(1).describe('Ce que les gens tapent pour trouver la page.'),
    circulates: facts.describe('Où on l’entend : un fait avec sa source, ou « notFound ».'),
    evidence: facts
      .refine((list) => list.some(isKnown), { message: 'il faut au moins un fait avec une source' })
      .describe('Ce qui est su, fait par fait.'),
    whatToDo: z.array(ownWords.min(10).max(160)).min(1).max(4).describe('Que faire, un acte par ligne.'),
    helpLines: pageFields.helpLines,
    further: pageFields.further.unwrap().min(1, { message: 'donnez au moins une page pour aller plus loin' }),
    reviewedOn: fullDate.describe('Le jour où une personne a relu les sources.'),
    expiresOn: fullDate.describe(
      'Le dernier jour où le verdict est affiché : un an au plus après reviewedOn.',
    ),
  })
  .refine(({ reviewedOn, expiresOn }) => expiresOn > reviewedOn && expiresOn <= oneYearAfter(reviewedOn), {
    path: ['expiresOn'],
    message: 'cette date doit venir après reviewedOn, et un an plus tard au plus',
  });

export type Rumour = z.infer<typeof rumourSchema>;

/**
 * The same file, checked against the sources and the help lines that exist.
 *
 * @param sourceIds ids of the registered sources
 * @param helpLineIds ids of the help lines
 */
export function checkedRumourSchema(sourceIds: ReadonlySet<string>, helpLineIds: ReadonlySet<string>) {
  return rumourSchema.superRefine((rumour, context) => {
    const say = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const id of sourcesOfRumour(rumour).filter((one) => !sourceIds.has(one)))
      say([], `la source « ${id} » n’existe pas. Créez content/sources/${id}.yml ou corrigez le nom.`);
    for (const id of rumour.helpLines.filter((one) => !helpLineIds.has(one)))
      say(
        ['helpLines'],
        `la ligne « ${id} » n’existe pas. Créez content/lignes/${id}.yml ou corrigez le nom.`,
      );
  });
}

/** Every fact of a rumour, in reading order. */
export function factsOfRumour({ circulates, evidence }: Rumour): Fact[] {
  return [...circulates, ...evidence];
}

/** Every source a rumour cites, in reading order. */
export function sourcesOfRumour(rumour: Rumour): string[] {
  return [...new Set(factsOfRumour(rumour).flatMap((fact) => (isKnown(fact) ? fact.sources : [])))];
}

/** Whether the verdict has passed its date: it is then no longer given. */
export function isStale({ expiresOn }: Pick<Rumour, 'expiresOn'>, today: Date): boolean {
  return expiresOn < today.toISOString().slice(0, 10);
}

/** The rumours, among parsed files, whose verdict has passed its date: the longest past first. */
export function staleRumours(files: readonly ParsedFile[], day: Date): { file: string; rumour: Rumour }[] {
  return files
    .flatMap(({ file, data }) => {
      const rumour = rumourSchema.safeParse(data).data;
      return rumour && isStale(rumour, day) ? [{ file, rumour }] : [];
    })
    .sort((a, b) => a.rumour.expiresOn.localeCompare(b.rumour.expiresOn));
}

/** The word shown first: the verdict, or that it must be checked again. */
export function labelOfVerdict(rumour: Rumour, today: Date): string {
  return isStale(rumour, today) ? STALE_LABEL : RUMOUR_VERDICTS[rumour.verdict].label;
}

/** « Faux : « Pour le Canada, il faut passer par le Nigeria » » */
export function headlineOf(rumour: Rumour, today: Date): string {
  return `${labelOfVerdict(rumour, today)} : « ${rumour.claim} »`;
}

/** The answer a reader may trust today: that of the editors, or that it has grown old. */
export function answerOf(rumour: Rumour, today: Date): string {
  if (!isStale(rumour, today)) return rumour.answer;
  const day = formatPartialDate(rumour.expiresOn);
  return `Notre réponse valait jusqu’au ${day}. Elle doit être revue. Ne vous appuyez pas sur elle seule.`;
}

/** The lines that people send each other under the headline: the answer, one act, the day. */
export function messageOf(rumour: Rumour, today: Date): string {
  const day = `Sources relues le ${formatPartialDate(rumour.reviewedOn)}.`;
  return [answerOf(rumour, today), isStale(rumour, today) ? '' : rumour.whatToDo[0], day]
    .filter((line) => line !== '')
    .join('\n');
}

function oneYearAfter(date: string): string {
  return `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
}
