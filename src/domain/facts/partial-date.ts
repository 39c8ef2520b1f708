import { z } from 'zod';

const PARTIAL_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** Whether the day exists: 31 February does not. */
function isReal(date: string): boolean {
  return date.length < 10 || latestDayOf(date)?.toISOString().slice(0, 10) === date;
}

/** A date as precise as its source allows: `2014`, `2022-06`, `2024-04-15`, or `inconnue`. */
export const partialDate = z.preprocess(
  // YAML reads `2014` as a number and `2024-04-15` as a date.
  (value) =>
    value instanceof Date
      ? value.toISOString().slice(0, 10)
      : typeof value === 'number'
        ? String(value)
        : value,
  z.string().refine((value) => value === 'inconnue' || (PARTIAL_DATE.test(value) && isReal(value)), {
    message: 'écrivez une date comme 2024-04-15, 2024-04, 2024, ou le mot « inconnue »',
  }),
);

/** A full calendar day, `2026-11-22`. */
export const fullDate = z.preprocess(
  (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  z.iso.date({ message: 'écrivez une date complète comme 2026-11-22' }),
);

const LONG = new Intl.DateTimeFormat('fr', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const MONTH = new Intl.DateTimeFormat('fr', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/**
 * Writes a partial date in French.
 *
 * @param date as validated by {@link partialDate}
 * @returns `15 avril 2024`, `avril 2024`, `2024` or `date inconnue`
 */
export function formatPartialDate(date: string): string {
  if (date === 'inconnue') return 'date inconnue';
  const parts = date.split('-');
  if (parts.length === 1) return date;
  const moment = new Date(`${date}${parts.length === 2 ? '-01' : ''}T00:00:00Z`);
  const text = (parts.length === 2 ? MONTH : LONG).format(moment);
  return text.replace(/^1 /, '1er ').replaceAll(' ', '\u00a0');
}

/**
 * The last day a partial date can stand for: a source dated 2022 may be from 31 December.
 *
 * @returns the day at midnight UTC, or `undefined` when the date is unknown
 */
export function latestDayOf(date: string): Date | undefined {
  if (date === 'inconnue') return undefined;
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return new Date(Date.UTC(year, 11, 31));
  if (day === undefined) return new Date(Date.UTC(year, month, 0));
  return new Date(Date.UTC(year, month - 1, day));
}
