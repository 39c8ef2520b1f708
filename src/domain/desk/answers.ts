import type { Field, StoredValue } from '../forms/field.ts';
import { fieldsOf, questionOf, type Form, type FormSection } from '../forms/form.ts';
import { answerInWords } from '../forms/words.ts';
import type { Cell } from '../open-data/csv.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import { labelOf } from '../vocabularies/choice.ts';
import type { QueuedSubmission, SubmissionRow } from './submission-file.ts';
import { stateWords } from './queues.ts';

/** An answer as an officer sees it. `sealed` opens with the officers' key, `encrypted` never in a browser. */
export type ShownAnswer =
  | { kind: 'words'; words: string }
  | { kind: 'none' }
  | { kind: 'sealed' }
  | { kind: 'encrypted' }
  | { kind: 'unopened' };

/** Sealed answers that this browser has opened, by field; `null` when the key does not open it. */
export type OpenedAnswers = ReadonlyMap<string, string | null>;

/** One answer, in words or with the reason why it is not. */
export function shownAnswer(field: Field, value: StoredValue, opened: OpenedAnswers): ShownAnswer {
  if (value === null || (Array.isArray(value) && value.length === 0)) return { kind: 'none' };
  if (field.protection === 'encrypted') return { kind: 'encrypted' };
  if (field.protection !== 'sealed') return { kind: 'words', words: answerInWords(field, value) };
  const text = opened.get(field.name);
  if (text === undefined) return { kind: 'sealed' };
  return text === null ? { kind: 'unopened' } : { kind: 'words', words: text };
}

/** The columns of a form's table that the desk reads: what it asks, and what makes a file. */
export function columnsOf(form: Form, publishable: boolean): string {
  const own = ['id', 'reference', 'status', 'received_at', ...(publishable ? ['slug', 'published_at'] : [])];
  return [...own, ...fieldsOf(form).map(({ name }) => name)].join(',');
}

/** The sections of a form in which something was answered. */
export function answeredSections(form: Form, row: SubmissionRow): FormSection[] {
  return form.sections.filter(({ fields }) =>
    fields.some(({ name }) => row[name] !== null && row[name] !== undefined && row[name] !== false),
  );
}

/** Why an answer is not in an export. */
export const EXPORT_WORDS = {
  sealed: '[scellé : ouvrez la clé avant d’exporter]',
  encrypted: '[chiffré : ne se lit pas au bureau]',
  unopened: '[scellé avec une autre clé]',
} as const;

/** The files of a queue as a table for spreadsheets. */
export function exportTable(
  form: Form,
  rows: readonly { row: SubmissionRow; aside: boolean; opened: OpenedAnswers }[],
): { header: string[]; rows: Cell[][] } {
  const fields = fieldsOf(form);
  return {
    header: ['Référence', 'Reçu le (heure de Lomé)', 'État', ...fields.map(questionOf)],
    rows: rows.map(({ row, aside, opened }) => [
      String(row['reference']),
      String(row['received_at']).slice(0, 16).replace('T', ' '),
      stateWords(row['status'] as QueuedSubmission['status'], aside),
      ...fields.map((field) => cellFor(field, row[field.name] ?? null, opened)),
    ]),
  };
}

function cellFor(field: Field, value: StoredValue, opened: OpenedAnswers): Cell {
  const shown = shownAnswer(field, value, opened);
  if (shown.kind === 'none') return null;
  if (shown.kind !== 'words') return EXPORT_WORDS[shown.kind];
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value))
    return 'choices' in field ? value.map((one) => labelOf(field.choices, one)) : value;
  return shown.words;
}

/** The title of a file: what its author called it, or what can be said instead. */
export function titleWords({ title, form }: Pick<QueuedSubmission, 'title' | 'form'>): string {
  if (title !== null && title.trim() !== '') return title;
  return form === 'retour'
    ? 'Demande de contact'
    : form === 'retrait-voix'
      ? 'Code de retrait'
      : 'Sans titre';
}

/** A place in words: lists of the database hold codes of countries. */
export function placeWords(place: string | null): string {
  return (place ?? '')
    .split(', ')
    .filter((part) => part !== '')
    .map((part) => labelOf(COUNTRIES, part))
    .join(', ');
}
