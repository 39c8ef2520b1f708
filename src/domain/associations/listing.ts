import type { Association } from './association.ts';

/**
 * How long an association stays in the directory after its last confirmation. A letter asks after twelve months: two
 * are left to answer. `private.retention` in the database knows the same number.
 */
export const LISTED_MONTHS = 14;

type Dated = Pick<Association, 'publishedOn' | 'confirmedOn' | 'isExample'>;

/**
 * The day from which an association is counted as silent: its last confirmation or its last publication, whichever
 * came later. An officer who publishes it again has just read it.
 */
function lastSignOf({ publishedOn, confirmedOn }: Dated): string {
  return confirmedOn !== null && confirmedOn > publishedOn ? confirmedOn : publishedOn;
}

/**
 * The first day on which the association is no longer listed, `2027-01-31`. Like PostgreSQL, a month too short for
 * the day ends on its last one.
 */
export function endOfListing(association: Dated): string {
  const [year = 0, month = 1, day = 1] = lastSignOf(association).split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + LISTED_MONTHS + 1, 0));
  lastDay.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return lastDay.toISOString().slice(0, 10);
}

/** Whether the directory shows the association on this day. Examples are nobody's, and stay. */
export function isListed(association: Dated, today: Date): boolean {
  return association.isExample || today.toISOString().slice(0, 10) < endOfListing(association);
}
