import type { Field, StoredValue } from '../forms/field.ts';
import { fieldsOf } from '../forms/form.ts';
import { checkForm, type Checked, type RawValues } from '../forms/schema.ts';
import { tidy } from '../forms/text.ts';
import type { Submission } from './submission.ts';

/** Names that the pages of the follow-up give to what is no answer: no question may bear one. */
export const FOLLOW_UP_NAMES = [
  'cle',
  'action',
  'etape',
  'revision',
  'enlever',
  'message',
  'confirmer',
  'nouvelle',
] as const;

/** What a correction starts from: every answer that the server can read, as it would be typed. */
export function typedAnswersOf({ form, status, answers }: Submission): RawValues {
  return Object.fromEntries(
    fieldsOf(form).map((field) => {
      const answer = answers[field.name];
      // Withdrawing took the consents back: they must be given again.
      const forgotten = field.kind === 'consent' && status === 'withdrawn';
      return [field.name, answer && 'value' in answer && !forgotten ? typedFrom(field, answer.value) : []];
    }),
  );
}

/** The questions whose answer the server can not show: left empty, it is kept. */
export function hiddenAnswersOf({ answers }: Pick<Submission, 'answers'>): string[] {
  return Object.keys(answers).filter((name) => 'hidden' in (answers[name] ?? {}));
}

/**
 * Checks a correction by the rules of the form. A hidden answer is kept as it is, unless something is typed in its
 * place, its removal is asked for (`enlever`), or it goes with another answer which has changed.
 *
 * @returns the values to store; what is kept is not among them
 */
export function checkCorrection(submission: Submission, raw: RawValues): Checked {
  const hidden = new Set(hiddenAnswersOf(submission));
  const kept = fieldsOf(submission.form)
    .filter((field) => hidden.has(field.name) && isKept(field, submission, raw))
    .map(({ name }) => name);
  return checkForm(submission.form, raw, new Set(kept));
}

function isKept(field: Field, { answers, form }: Submission, raw: RawValues): boolean {
  if ((raw[field.name] ?? []).some((text) => tidy(text) !== '')) return false;
  if (!field.required && raw['enlever']?.includes(field.name)) return false;
  const companion = fieldsOf(form).find(({ name }) => name === field.goesWith);
  const before = companion && answers[companion.name];
  if (!companion || !before || !('value' in before)) return true;
  const typed = (raw[companion.name] ?? []).map(tidy);
  return JSON.stringify(typed) === JSON.stringify(typedFrom(companion, before.value));
}

/** An answer as it would be typed again. */
export function typedFrom(field: Field, value: StoredValue): string[] {
  if (value === null || value === false) return [];
  if (value === true) return ['oui'];
  if (Array.isArray(value)) return value;
  if (field.kind === 'month') return [String(value).replace(/^(\d{4})-(\d{2})$/, '$2/$1')];
  return [String(value)];
}
