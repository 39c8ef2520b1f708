import { z } from 'zod';
import { factSchema, knownFactSchema, isKnown, type Fact } from '../facts/fact.ts';
import { factsOf, type FactsByField } from '../facts/fiche.ts';
import { fullDate, latestDayOf } from '../facts/partial-date.ts';
import { ownWords } from '../facts/reason.ts';
import { valuesOf, type Choice } from '../vocabularies/choice.ts';
import { HOLDER_TYPES, LOCALITY_AGREEMENTS, SECTORS, STAGES } from '../vocabularies/projects.ts';
import { RESIDENCES } from '../vocabularies/residences.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import { CALL_STATES, SUBJECTS, type Call, type CallState, type Subject } from './judge.ts';
import { CURRENCIES, type Currency } from './money.ts';

const oneOf = (choices: readonly Choice[]) => z.enum(valuesOf(choices) as [string, ...string[]]);
const currency = z.enum(Object.keys(CURRENCIES) as [Currency, ...Currency[]]);
const percent = z.int().min(1).max(100);
const sum = z.int().min(1);

const conditionBase = {
  unmet: z
    .enum(['manque', 'exclu'])
    .describe('Si la condition n’est pas remplie : manque (on peut y remédier) ou exclu.'),
  say: ownWords.min(10).max(200).describe('Ce que la page dit alors, en une phrase, sans chiffre.'),
  fact: knownFactSchema.describe('Ce que dit le programme, avec ses sources.'),
};

const among = <About extends Subject>(about: About, value: z.ZodType<string>) =>
  z.strictObject({
    about: z.literal(about),
    accepts: z.array(value).min(1).describe('Les réponses acceptées.'),
    ...conditionBase,
  });

const conditionSchema = z.discriminatedUnion(
  'about',
  [
    among('who', oneOf(HOLDER_TYPES)),
    among('residence', oneOf(RESIDENCES)),
    among('sector', oneOf(SECTORS)),
    among('region', oneOf(REGIONS)),
    among('locality', oneOf(LOCALITY_AGREEMENTS)),
    among('stage', oneOf(STAGES)),
    z.strictObject({
      about: z.literal('budget'),
      currency,
      min: sum.optional(),
      max: sum.optional(),
      ...conditionBase,
    }),
    z.strictObject({ about: z.literal('own'), percent, ...conditionBase }),
  ],
  { error: `écrivez « about: » suivi de l’un de ces mots : ${Object.keys(SUBJECTS).join(', ')}` },
);

const facts = z.array(factSchema).min(1, { message: 'écrivez un fait, ou « notFound » avec quoi faire' });

/** Whether a text states this number, however its thousands are separated. */
function states(text: string, number: number): boolean {
  const plain = text.replace(/(\d)[\s.](?=\d{3})/g, '$1');
  return plain.match(/\d+/g)?.includes(String(number)) ?? false;
}

const textOf = (list: readonly Fact[]) =>
  list
    .filter(isKnown)
    .flatMap(({ value }) => value)
    .join('\n');

/** One file of `content/financements/`: a source of money for projects, open, closed or unknown. */
export const fundingSchema = z
  .strictObject({
    name: z.string().min(3).max(70).describe('Le nom du dispositif.'),
    runBy: z.string().min(3).max(90).describe('Qui le gère.'),
    gives: z.enum(['don', 'pret', 'rencontre']).describe('don, pret (à rembourser) ou rencontre.'),
    what: ownWords.min(20).max(220).describe('En une phrase, ce que c’est. Sans chiffre.'),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('La page du dispositif, si elle existe encore.'),
    call: z.strictObject({
      is: z
        .enum(Object.keys(CALL_STATES) as [CallState, ...CallState[]])
        .describe('ouvert, clos ou inconnu, à la date du fait.'),
      closesOn: fullDate.optional().describe('Le dernier jour de dépôt, s’il est connu.'),
      fact: factSchema.describe('Ce que dit la source de l’appel.'),
    }),
    togo: z.strictObject({
      is: z.enum(['oui', 'non', 'inconnu']).describe('Un projet au Togo est-il accepté ?'),
      fact: factSchema.describe('Ce qui le prouve, ou à qui le demander.'),
    }),
    conditions: z.array(conditionSchema).min(1),
    ceiling: facts.describe('La somme la plus haute.'),
    share: facts.describe('La part du budget que le dispositif paie.'),
    asks: facts.describe('Ce qu’il faut mettre dans le dossier.'),
    limits: z
      .strictObject({ currency, ceiling: sum.optional(), share: percent.optional() })
      .optional()
      .describe('Les mêmes limites, pour le tableau du budget.'),
  })
  .superRefine(({ call, togo, conditions, ceiling, share, limits }, context) => {
    const say = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', message, path });
    if (call.is !== 'inconnu' && !isKnown(call.fact))
      say('dites d’où vous savez que l’appel est ouvert ou clos : value, sources et asOf', 'call', 'fact');
    if (togo.is !== 'inconnu' && !isKnown(togo.fact))
      say('dites d’où vous le savez : value, sources et asOf', 'togo', 'fact');
    if (limits?.ceiling !== undefined && !states(textOf(ceiling), limits.ceiling))
      say('ce plafond n’est pas dans le texte de « ceiling » : écrivez le même', 'limits', 'ceiling');
    if (limits?.share !== undefined && !states(textOf(share), limits.share))
      say('cette part n’est pas dans le texte de « share » : écrivez la même', 'limits', 'share');
    for (const [index, one] of conditions.entries()) {
      const numbers = one.about === 'budget' ? [one.min, one.max] : one.about === 'own' ? [one.percent] : [];
      for (const number of numbers)
        if (number !== undefined && !states(textOf([one.fact]), number))
          say(`le nombre ${number} n’est pas dans le texte du fait : écrivez le même`, 'conditions', index);
      if (one.about === 'budget' && one.min === undefined && one.max === undefined)
        say('écrivez « min », « max », ou les deux', 'conditions', index);
      if (conditions.findIndex(({ about }) => about === one.about) < index)
        say(`« ${one.about} » est écrit deux fois. Gardez une seule condition.`, 'conditions', index);
    }
  });

export type Funding = z.infer<typeof fundingSchema>;

/** The facts of a source of funding, by field. */
export function factsOfFunding({ call, togo, conditions, ceiling, share, asks }: Funding): FactsByField {
  return {
    call: [call.fact],
    conditions: conditions.map(({ fact }) => fact),
    togo: [togo.fact],
    ceiling,
    share,
    asks,
  };
}

/** Every source it cites, once, in the order of the page. */
export function sourcesOfFunding(funding: Funding): string[] {
  const known = factsOf(factsOfFunding(funding)).filter(isKnown);
  return [...new Set(known.flatMap(({ sources }) => sources))];
}

/** What is known of the call, with the day of its latest news. */
export function callOf({ is, closesOn, fact }: Funding['call']): Call {
  const news = isKnown(fact) ? latestDayOf(fact.asOf) : undefined;
  return { is, closesOn, newsOn: news?.toISOString().slice(0, 10) };
}
