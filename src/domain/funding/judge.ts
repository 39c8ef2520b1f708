/*
 * What a project has and lacks for a source of funding. The browser runs this file: nothing here may import zod.
 * There is no « vous aurez »: the best verdict says that it may suit, and has to be checked.
 */
import { lackingShare, toCurrency, type Currency, type ProjectMoney } from './money.ts';

/** What a condition is about, with the words the reader sees. */
export const SUBJECTS = {
  who: 'Qui peut demander',
  residence: 'Où il faut vivre',
  sector: 'Pour quel secteur',
  region: 'Où au Togo',
  budget: 'La taille du budget',
  own: 'Votre part',
  locality: 'L’accord de la localité',
  stage: 'Où en est le projet',
} as const;

/** One of the keys of {@link SUBJECTS}. */
export type Subject = keyof typeof SUBJECTS;

/** What a condition that is not met means: it can still be mended, or it can't. */
export type Unmet = 'manque' | 'exclu';

/** A condition, as the page holds it. */
export interface Condition {
  about: Subject;
  unmet: Unmet;
  /** Codes of the answers it accepts. */
  accepts?: readonly string[] | undefined;
  /** Bounds of the budget. */
  min?: number | undefined;
  max?: number | undefined;
  currency?: Currency | undefined;
  /** The share of the budget the holder brings, in percent. */
  percent?: number | undefined;
}

/** What is known of a project; every answer may be missing. */
export interface ProjectAnswers extends ProjectMoney {
  choices: Partial<Record<Subject, string>>;
}

/** How a condition stands. */
export type Outcome = 'va' | 'sans-reponse' | Unmet;

/** « Autre » in the list of sectors: nobody can tell whether a programme takes it. */
const ANY_SECTOR = 'other';

/** Compares one condition with the answers. */
export function outcomeOf(condition: Condition, answers: ProjectAnswers): Outcome {
  const met = isMet(condition, answers);
  if (met === undefined) return 'sans-reponse';
  return met ? 'va' : condition.unmet;
}

function isMet(condition: Condition, answers: ProjectAnswers): boolean | undefined {
  if (condition.about === 'budget') return isWithin(condition, answers);
  if (condition.about === 'own') {
    const lacking = lackingShare(condition.percent ?? 0, answers);
    return lacking === undefined ? undefined : lacking === 0;
  }
  const said = answers.choices[condition.about];
  if (said === undefined || said === '' || said === ANY_SECTOR) return undefined;
  return (condition.accepts ?? []).includes(said);
}

function isWithin({ min, max, currency }: Condition, answers: ProjectAnswers): boolean | undefined {
  if (answers.budget === undefined) return undefined;
  const budget = toCurrency(answers.budget, answers.currency, currency ?? answers.currency);
  return budget >= (min ?? 0) && budget <= (max ?? Infinity);
}

/** Whether a call takes files, with the words the reader sees. */
export const CALL_STATES = {
  ouvert: 'Appel ouvert',
  inconnu: 'On ne sait pas si l’appel est ouvert',
  clos: 'Appel clos',
} as const;

/** One of the keys of {@link CALL_STATES}. */
export type CallState = keyof typeof CALL_STATES;

/** What is known of a call. Days are written `2026-11-22`. */
export interface Call {
  is: CallState;
  /** The last day files are taken. */
  closesOn?: string | undefined;
  /** The day of the latest news of it. */
  newsOn?: string | undefined;
}

/** How a call stands on a day: an end that has passed closes it, and old news of an open call is no news. */
export function stateOn({ is, closesOn, newsOn }: Call, day: string): CallState {
  if (closesOn !== undefined && closesOn < day) return 'clos';
  if (is !== 'ouvert' || closesOn !== undefined) return is;
  return newsOn !== undefined && newsOn >= yearBefore(day) ? 'ouvert' : 'inconnu';
}

function yearBefore(day: string): string {
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
}

/** Whether projects in Togo are taken. */
export type TogoTaken = 'oui' | 'non' | 'inconnu';

/** Every verdict, the best first. */
export const VERDICTS = ['convient', 'preciser', 'manque', 'clos', 'exclu'] as const;

/** One of {@link VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/**
 * The verdict on one source of funding.
 *
 * @param outcomes one for each of its conditions
 */
export function verdictOf(togo: TogoTaken, state: CallState, outcomes: readonly Outcome[]): Verdict {
  if (togo === 'non' || outcomes.includes('exclu')) return 'exclu';
  if (state === 'clos') return 'clos';
  if (togo === 'inconnu' || outcomes.includes('manque')) return 'manque';
  return outcomes.includes('sans-reponse') ? 'preciser' : 'convient';
}
