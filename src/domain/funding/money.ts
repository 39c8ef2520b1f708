/*
 * Sums of a project, in the two currencies that have a fixed rate between them. The browser runs this file: nothing
 * here may import zod.
 */

/** The currencies a sum may be typed in, as people write them. */
export const CURRENCIES = { XOF: 'F CFA', EUR: '€' } as const;

/** One of the keys of {@link CURRENCIES}. */
export type Currency = keyof typeof CURRENCIES;

/** Fixed since 1999. Other currencies move every day, so nothing is computed in them. */
const FRANCS_PER_EURO = 655.957;

/** The same sum in another currency, whole. */
export function toCurrency(sum: number, from: Currency, to: Currency): number {
  if (from === to) return sum;
  return Math.round(from === 'EUR' ? sum * FRANCS_PER_EURO : sum / FRANCS_PER_EURO);
}

const WHOLE = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });

/** `1 500 000 F CFA`, on one line. */
export function formatSum(sum: number, currency: Currency): string {
  return `${WHOLE.format(sum)} ${CURRENCIES[currency]}`.replace(/\s/g, '\u00a0');
}

/** What the holder says of the money. */
export interface ProjectMoney {
  currency: Currency;
  budget?: number | undefined;
  /** What is gathered already. */
  own?: number | undefined;
}

/**
 * How much is lacking to bring a share of the budget.
 *
 * @param percent the share a programme wants from the holder
 * @returns nothing when the sums were not both given
 */
export function lackingShare(percent: number, { budget, own }: ProjectMoney): number | undefined {
  if (budget === undefined || own === undefined) return undefined;
  return Math.max(0, Math.ceil((budget * percent) / 100) - own);
}

/** What a programme gives at most. */
export interface Limits {
  currency: Currency;
  /** The largest sum. */
  ceiling?: number | undefined;
  /** The largest share of the budget, in percent. */
  share?: number | undefined;
}

/** One line of the table of a budget. */
export interface Share {
  sum: number;
  percent: number;
}

/** Who pays what; the three sums make the budget and the three shares make a hundred. */
export interface Shares {
  own: Share;
  aid: Share;
  rest: Share;
}

/**
 * Cuts a budget into what is gathered, what a programme may give at most, and what is still to find.
 *
 * @param limits the programme's; without them no aid is counted
 */
export function sharesOf({ budget, own = 0, currency }: ProjectMoney, limits?: Limits): Shares | undefined {
  if (budget === undefined || budget === 0) return undefined;
  const mine = Math.min(own, budget);
  const aid = limits ? Math.min(budget - mine, ...mostGiven(budget, currency, limits)) : 0;
  const sums = [mine, aid, budget - mine - aid];
  const [ownPart, aidPart, restPart] = percentagesOf(sums, budget).map((percent, index) => ({
    sum: sums[index] ?? 0,
    percent,
  })) as [Share, Share, Share];
  return { own: ownPart, aid: aidPart, rest: restPart };
}

function mostGiven(budget: number, to: Currency, { currency, ceiling, share }: Limits): number[] {
  return [
    ...(ceiling === undefined ? [] : [toCurrency(ceiling, currency, to)]),
    ...(share === undefined ? [] : [Math.floor((budget * share) / 100)]),
  ];
}

/** Whole percentages that make exactly a hundred: what rounding leaves goes to the largest remainders. */
function percentagesOf(sums: readonly number[], total: number): number[] {
  const exact = sums.map((sum) => (sum * 100) / total);
  const left = 100 - exact.reduce((sum, one) => sum + Math.floor(one), 0);
  const favoured = exact
    .map((one, index) => ({ index, remainder: one - Math.floor(one) }))
    .sort((a, b) => b.remainder - a.remainder)
    .slice(0, left)
    .map(({ index }) => index);
  return exact.map((one, index) => Math.floor(one) + (favoured.includes(index) ? 1 : 0));
}
