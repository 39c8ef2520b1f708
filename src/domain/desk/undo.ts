import type { Status } from '../follow-up/submission.ts';
import { hasRightsOf, type Officer } from './roles.ts';
import type { Decision } from './submission-file.ts';

/** How long a decision can be undone, as in the database. */
export const UNDO_MS = 10 * 60 * 1000;

/** What is left of the time to undo, in milliseconds: never less than zero. */
export function undoTimeLeft(at: string, now: number): number {
  return Math.max(0, Date.parse(at) + UNDO_MS - now);
}

/** `9 min 05 s` */
export function timeLeftWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const rest = seconds % 60;
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(rest).padStart(2, '0')} s`;
}

/** Whether an officer may undo a decision, time and what happened since left aside. */
export function mayUndo({ kind, officer }: Decision, { id, role }: Officer): boolean {
  if (kind === 'undone' || !hasRightsOf(role, 'reviewer')) return false;
  if (['published', 'unpublished', 'proposed'].includes(kind) && !hasRightsOf(role, 'publisher'))
    return false;
  return officer === id || role === 'admin';
}

/** The decision that can still be undone: the last one, when its officer may, and while there is time. */
export function undoableDecision(
  decisions: readonly Decision[],
  officer: Officer,
  now: number,
): Decision | undefined {
  const last = decisions.at(-1);
  return last && mayUndo(last, officer) && undoTimeLeft(last.at, now) > 0 ? last : undefined;
}

/** What the database answers to an undoing: the state the file has again, or why nothing was undone. */
export type UndoAnswer = { outcome: 'done'; status: Status } | { outcome: 'late' | 'changed' };

/** The same in words. */
export const UNDO_WORDS = {
  done: 'Décision annulée : le dossier est comme avant.',
  late: 'Trop tard : une décision s’annule pendant dix minutes.',
  changed: 'Il s’est passé autre chose depuis : cette décision ne s’annule plus. Décidez à nouveau.',
} as const;
