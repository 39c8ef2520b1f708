import { z } from 'zod';
import { ownWords, reasonSchema } from '../facts/reason.ts';
import { VERDICTS, type Verdict } from './judge.ts';

const question = z.strictObject({
  ask: ownWords.min(5).max(90).describe('La question.'),
  help: ownWords.min(5).max(140).optional().describe('Une précision sous la question.'),
});

const verdict = z.strictObject({
  title: ownWords.min(5).max(70).describe('Le titre de la liste.'),
  text: ownWords.min(10).max(200).describe('Ce que cela veut dire.'),
});

const address = z
  .string()
  .regex(/^\/([a-z0-9-]+\/)+$/, { message: 'écrivez une adresse du site comme /guide/partir/' });

/** `content/financer.yml`: everything the page says besides the sources of funding themselves. */
export const fundingPageSchema = z.strictObject({
  title: z.string().min(5),
  description: z.string().min(40).max(170),
  lead: ownWords.min(20),
  questions: z.array(z.string().min(5)).min(1).describe('Ce que les gens tapent pour trouver la page.'),
  money: ownWords
    .min(20)
    .refine((text) => /jamais d’argent/.test(text), {
      message: 'dites que nous ne recevons et ne gardons « jamais d’argent »',
    })
    .describe('Ce que le site ne fait pas : recevoir ou garder de l’argent.'),
  order: z.array(z.string()).min(1).describe('Les fichiers de content/financements/, dans l’ordre.'),
  asks: z.strictObject({
    who: question,
    residence: question,
    sector: question,
    region: question,
    budget: question,
    own: question,
    locality: question,
    stage: question,
  }),
  verdicts: z
    .strictObject(
      Object.fromEntries(VERDICTS.map((one) => [one, verdict])) as Record<Verdict, typeof verdict>,
    )
    .refine(({ convient }) => /vérifi/.test(convient.title), {
      path: ['convient', 'title'],
      message: 'dites aussi qu’il faut vérifier : ce n’est jamais une promesse',
    }),
  outline: z.strictObject({
    lead: ownWords.min(20),
    parts: z
      .array(z.strictObject({ title: ownWords.min(3), lines: z.array(ownWords.min(5)).min(1) }))
      .min(3)
      .describe('Les titres du dossier, et ce qu’on écrit sous chacun.'),
    reasons: z.array(reasonSchema).describe('Pourquoi ces titres.'),
  }),
  scams: z.array(reasonSchema).min(2).describe('Les arnaques à la subvention.'),
  further: z.array(address).describe('Des pages du site, pour aller plus loin.'),
});

export type FundingPage = z.infer<typeof fundingPageSchema>;

/** Every source of the page's own text, once, in reading order. */
export function sourcesOfPage({ outline, scams }: FundingPage): string[] {
  const reasons = [...outline.reasons, ...scams].filter((one) => 'sources' in one);
  return [...new Set(reasons.flatMap(({ sources }) => sources))];
}

/**
 * The same file, checked against the sources and the files of `content/financements/`.
 *
 * @param sources ids of the registered sources
 * @param fundings ids of the sources of funding
 */
export function checkedFundingPageSchema(sources: ReadonlySet<string>, fundings: ReadonlySet<string>) {
  return fundingPageSchema.superRefine((page, context) => {
    const say = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', message, path });
    for (const [index, id] of page.order.entries()) {
      if (!fundings.has(id))
        say(`le fichier content/financements/${id}.yml n’existe pas. Corrigez le nom.`, 'order', index);
      if (page.order.indexOf(id) < index)
        say(`« ${id} » est cité deux fois. Retirez une ligne.`, 'order', index);
    }
    for (const id of fundings)
      if (!page.order.includes(id))
        say(`« ${id} » manque dans cette liste : ajoutez-le, sinon il ne paraît pas`, 'order');
    for (const id of sourcesOfPage(page))
      if (!sources.has(id))
        say(`la source « ${id} » n’existe pas. Créez content/sources/${id}.yml ou corrigez le nom.`);
  });
}
