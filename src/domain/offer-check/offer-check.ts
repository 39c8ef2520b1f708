import { z } from 'zod';
import { ownWords as ours, reasonSchema as reason, type Reason } from '../facts/reason.ts';
import { CONCERNS, VERDICTS, type Concern, type Verdict } from './verdict.ts';

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'écrivez un nom court en minuscules, comme un-arret' });

const answer = z.strictObject({
  id,
  label: ours.min(2).max(80).describe('La réponse, comme le lecteur la dirait.'),
  concern: z
    .enum(Object.keys(CONCERNS) as [Concern, ...Concern[]])
    .describe('arreter (doit vous arrêter), eclaircir (à éclaircir) ou rien.'),
  reasons: z.array(reason).default([]).describe('Pourquoi : des faits avec leurs sources, ou des conseils.'),
  next: ours.min(10).max(200).describe('Quoi demander ou quoi faire ensuite.'),
});

const point = z.strictObject({
  id,
  ask: ours.min(10).max(80).describe('La question.'),
  help: ours.min(5).max(100).optional().describe('Une précision sous la question.'),
  answers: z.array(answer).min(2).max(7),
});

const verdict = z.strictObject({ title: ours.min(10), text: ours.min(20) });

const address = z
  .string()
  .regex(/^\/([a-z0-9-]+\/)+$/, { message: 'écrivez une adresse du site comme /guide/partir/' });

/** `content/verifier-une-offre.yml`: the questions on an offer, and what each answer means. */
export const offerCheckSchema = z.strictObject({
  title: z.string().min(5),
  description: z.string().min(40).max(170),
  lead: ours.min(20),
  questions: z.array(z.string().min(5)).min(1).describe('Ce que les gens tapent pour trouver la page.'),
  points: z.array(point).min(1),
  verdicts: z
    .strictObject(
      Object.fromEntries(VERDICTS.map((one) => [one, verdict])) as Record<Verdict, typeof verdict>,
    )
    .refine(({ rien }) => /ne prouve pas/.test(rien.title), {
      path: ['rien', 'title'],
      message: 'dites aussi que « cela ne prouve pas » que l’offre est vraie',
    }),
  before: z.array(reason).min(1).describe('À faire dans tous les cas, avant de signer.'),
  after: z.array(reason).min(1).describe('Pour qui a déjà payé, ou déjà dit oui.'),
  callFirst: z.array(ours.min(10)).describe('Qui appeler, quand il n’y a pas de numéro.'),
  helpLines: z.array(z.string()).describe('Des noms de fichiers de content/lignes/.'),
  further: z.array(address).describe('Des pages du site, pour aller plus loin.'),
});

export type OfferCheck = z.infer<typeof offerCheckSchema>;
export type OfferPoint = OfferCheck['points'][number];
export type OfferAnswer = OfferPoint['answers'][number];

/** Every reason of the page, in reading order. */
export function reasonsOf({ points, before, after }: OfferCheck): Reason[] {
  const reasons = points.flatMap(({ answers }) => answers.flatMap((one) => one.reasons));
  return [...reasons, ...before, ...after];
}

/** Every source the page cites, once, in reading order. */
export function sourcesOfOfferCheck(check: OfferCheck): string[] {
  return [...new Set(reasonsOf(check).flatMap((one) => ('sources' in one ? one.sources : [])))];
}

/**
 * The same file, checked against the sources and the help lines that exist.
 *
 * @param sources ids of the registered sources
 * @param helpLines ids of the help lines
 */
export function checkedOfferCheckSchema(sources: ReadonlySet<string>, helpLines: ReadonlySet<string>) {
  return offerCheckSchema.superRefine((check, context) => {
    type Path = (string | number)[];
    const say = (message: string, ...path: Path) => context.addIssue({ code: 'custom', message, path });
    const checkIds = (items: readonly { id: string }[], ...path: Path) => {
      const ids = items.map((one) => one.id);
      for (const [index, one] of ids.entries())
        if (ids.indexOf(one) < index)
          say(`« ${one} » sert déjà. Changez l’un des deux.`, ...path, index, 'id');
    };
    const checkReasons = (reasons: readonly Reason[], ...path: Path) => {
      for (const [index, one] of reasons.entries())
        for (const name of ('sources' in one ? one.sources : []).filter((cited) => !sources.has(cited)))
          say(
            `la source « ${name} » n’existe pas. Créez content/sources/${name}.yml ou corrigez le nom.`,
            ...path,
            index,
            'sources',
          );
    };

    checkIds(check.points, 'points');
    for (const [at, { answers }] of check.points.entries()) {
      checkIds(answers, 'points', at, 'answers');
      if (answers.every((one) => one.concern === 'rien'))
        say('aucune réponse n’inquiète : cette question ne sert à rien', 'points', at, 'answers');
      for (const [index, { concern, reasons }] of answers.entries()) {
        const path = ['points', at, 'answers', index, 'reasons'];
        checkReasons(reasons, ...path);
        if (concern !== 'rien' && reasons.length === 0)
          say('dites pourquoi : un fait avec sa source, ou un conseil (advice)', ...path);
      }
    }
    checkReasons(check.before, 'before');
    checkReasons(check.after, 'after');
    for (const [index, line] of check.helpLines.entries())
      if (!helpLines.has(line))
        say(
          `la ligne « ${line} » n’existe pas. Créez content/lignes/${line}.yml ou corrigez le nom.`,
          'helpLines',
          index,
        );
  });
}
