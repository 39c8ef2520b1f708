import type { Project } from './project.ts';

/**
 * Days without news of a project. `private.ask_for_news` in the database knows the first and the last two: the letter
 * leaves before the page says anything.
 */
export const SILENCE_DAYS = {
  /** Its holder is asked for news. */
  asked: 75,
  /** Its page says since when there has been none. */
  silent: 90,
  /** It leaves the lists for the archives. */
  archived: 180,
  /** Delivered, it is left in peace for a year; then it is asked whether it is still in use. */
  deliveredAsked: 350,
  delivered: 365,
} as const;

/** What is known of a project lately. */
export type Silence = 'heard' | 'silent' | 'archived';

type Told = Pick<Project, 'origin' | 'isExample' | 'stage' | 'publishedOn' | 'news'>;

/** The day of the last news of a project: what its holder said last, or its publication. */
export function lastNewsOn({ publishedOn, news }: Pick<Told, 'publishedOn' | 'news'>): string {
  return news.reduce((last, { on }) => (on > last ? on : last), publishedOn);
}

/**
 * Whether a project has been silent too long on this day. Those that editors tell of have their sources and their own
 * dates instead, examples are nobody's, and what is still in use a year later has kept its promise.
 */
export function silenceOf(project: Told, today: Date): Silence {
  const { origin, isExample, stage } = project;
  if (origin === 'editorial' || isExample || stage === 'in_service') return 'heard';
  const days = daysBetween(lastNewsOn(project), today);
  if (stage === 'delivered') return days >= SILENCE_DAYS.delivered ? 'silent' : 'heard';
  if (days >= SILENCE_DAYS.archived) return 'archived';
  return days >= SILENCE_DAYS.silent ? 'silent' : 'heard';
}

/** Whole days from one day to another moment. */
function daysBetween(day: string, moment: Date): number {
  return Math.floor((moment.getTime() - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
}
