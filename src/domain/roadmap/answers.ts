/*
 * What the reader answered. It lives in the fragment of the page's address, the part a browser never sends.
 */

/** The four moments, in the order of a life. */
export const MOMENTS = ['partir', 'vivre', 'urgence', 'revenir'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Who may come along, beside the reader. */
export const COMPANIONS = ['conjoint', 'enfants'] as const;
export type Companion = (typeof COMPANIONS)[number];

/** Every answer may be missing: the less one says, the more the list shows. */
export interface Answers {
  moment?: Moment | undefined;
  /** `2027-03`. */
  month?: string | undefined;
  /** ISO 3166-1 alpha-2, upper case. */
  country?: string | undefined;
  /** Who comes along; an empty list is someone alone. */
  family?: readonly Companion[] | undefined;
  /** Id of what has happened, in an emergency. */
  situation?: string | undefined;
}

const ALONE = 'seul';

/** The answers held by a fragment, with or without its `#`; what can't be understood is left out. */
export function readAnswers(fragment: string): Answers {
  const asked = new URLSearchParams(fragment.replace(/^#/, ''));
  // A plain `#revenir` is how other pages point to one list.
  const moment = MOMENTS.find((one) => one === asked.get('moment') || asked.get(one) === '');
  if (!moment) return {};
  const family = asked.get('avec') ?? '';
  const matching = (name: string, pattern: RegExp) => pattern.exec(asked.get(name) ?? '')?.[0];
  return {
    moment,
    month: matching('quand', /^(19|20)\d\d-(0[1-9]|1[0-2])$/),
    country: matching('pays', /^[A-Z]{2}$/),
    family: family === ALONE ? [] : family === '' ? undefined : readFamily(family),
    situation: matching('cas', /^[a-z-]+$/),
  };
}

function readFamily(text: string): Companion[] | undefined {
  const found = COMPANIONS.filter((one) => text.split('-').includes(one));
  return found.length === 0 ? undefined : found;
}

/** The code of a family, in the address as in the page's list. */
export function familyCode(family: readonly Companion[] | undefined): string {
  if (!family) return '';
  return family.length === 0 ? ALONE : COMPANIONS.filter((one) => family.includes(one)).join('-');
}

/** The fragment that {@link readAnswers} reads back, without its `#`; empty when nothing was answered. */
export function writeAnswers(answers: Answers): string {
  if (!answers.moment) return '';
  const parts = {
    moment: answers.moment,
    quand: answers.month,
    pays: answers.country,
    avec: familyCode(answers.family),
    cas: answers.situation,
  };
  return new URLSearchParams(
    Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1])),
  ).toString();
}

/** For whom a step is; an empty list is everyone. */
export interface Audience {
  who: readonly string[];
  countries: readonly string[];
  situation?: string | undefined;
}

/** Whether a step concerns someone who gave these answers. */
export function concerns(audience: Audience, answers: Answers): boolean {
  const { family, country, situation } = answers;
  return (
    (!family || audience.who.length === 0 || family.some((one) => audience.who.includes(one))) &&
    (!country || audience.countries.length === 0 || audience.countries.includes(country)) &&
    (!situation || !audience.situation || audience.situation === situation)
  );
}
