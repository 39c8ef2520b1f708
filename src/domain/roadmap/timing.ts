/*
 * Days and deadlines of the roadmap. Everything is a calendar day written `2027-03-01` and counted in UTC: no clock
 * change and no time zone may move one.
 */

/** When a step is to be done, compared with the day of the journey. */
export interface Timing {
  count: number;
  unit: Unit;
  side: 'avant' | 'après';
}

type Unit = 'jour' | 'semaine' | 'mois' | 'an';

const PHRASE = /^(\d{1,2}) (jour|semaine|mois|an)s? (avant|après)$/;
const SAME_DAY = ['tout de suite', 'le jour même'];
const DAYS: Record<Unit, number> = { jour: 1, semaine: 7, mois: 30.4, an: 365 };

/**
 * Reads what an editor wrote: « 6 mois avant », « 1 semaine après », « le jour même », « tout de suite ».
 *
 * @returns nothing when the words are not of this kind
 */
export function parseTiming(phrase: string): Timing | undefined {
  if (SAME_DAY.includes(phrase)) return { count: 0, unit: 'jour', side: 'après' };
  const [, count, unit, side] = PHRASE.exec(phrase) ?? [];
  if (count === undefined) return undefined;
  return { count: Number(count), unit: unit as Unit, side: side as Timing['side'] };
}

/** Orders deadlines: the earliest gives the smallest number. */
export function rankOf(timing: Timing): number {
  return (timing.side === 'avant' ? -1 : 1) * timing.count * DAYS[timing.unit];
}

/**
 * The day of a deadline. A month is a calendar month: six months before 31 August is the last day of February.
 *
 * @param reference the day of the journey, `2027-03-01`
 */
export function dayOf(timing: Timing, reference: string): string {
  const [year = 0, month = 1, day = 1] = reference.split('-').map(Number);
  const count = timing.side === 'avant' ? -timing.count : timing.count;
  if (timing.unit === 'jour' || timing.unit === 'semaine') {
    return isoDay(Date.UTC(year, month - 1, day + count * DAYS[timing.unit]));
  }
  const first = month - 1 + count * (timing.unit === 'an' ? 12 : 1);
  const lastDay = new Date(Date.UTC(year, first + 1, 0)).getUTCDate();
  return isoDay(Date.UTC(year, first, Math.min(day, lastDay)));
}

/** The day after another. */
export function nextDay(day: string): string {
  return dayOf({ count: 1, unit: 'jour', side: 'après' }, day);
}

/** The day on the wall of the person who holds the device. */
export function localDay(now: Date): string {
  return isoDay(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
}

/**
 * Months to choose from, as `2027-03`.
 *
 * @param today the day it is
 * @param back how many months before this one
 * @param ahead how many after
 */
export function monthsAround(today: string, back: number, ahead: number): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: back + 1 + ahead }, (_, index) =>
    isoDay(Date.UTC(year, month - 1 - back + index)).slice(0, 7),
  );
}

/** Writes `2027-03` as « mars 2027 » and `2027-03-01` as « 1er mars 2027 », never cut at a line's end. */
export function formatDay(day: string): string {
  const whole = day.length > 7;
  const text = new Date(whole ? day : `${day}-01`).toLocaleDateString('fr', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    ...(whole ? { day: 'numeric' } : {}),
  });
  return text.replace(/^1 /, '1er ').replaceAll(' ', '\u00a0');
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
