import type { AuditEntry, ChainCheck } from '../../domain/desk/audit.ts';
import { columnsOf } from '../../domain/desk/answers.ts';
import type { DecisionAnswer, DecisionInput, DecisionKind } from '../../domain/desk/decisions.ts';
import { isPublishable } from '../../domain/desk/decisions.ts';
import {
  isOldestFirst,
  PAGE_SIZE,
  statesOf,
  type QueueCount,
  type QueueState,
} from '../../domain/desk/queues.ts';
import type { UndoAnswer } from '../../domain/desk/undo.ts';
import type { Role } from '../../domain/desk/roles.ts';
import type {
  Decision,
  FileEvent,
  OpenedFile,
  QueuedSubmission,
  SealedMessage,
  SubmissionRow,
} from '../../domain/desk/submission-file.ts';
import type { Form } from '../../domain/forms/form.ts';
import { storedFormBySlug } from '../../domain/forms/index.ts';
import { plainText } from '../../domain/plain-text.ts';
import type { Connection, Query } from './connection.ts';

const LISTED =
  'form,id,reference,status,received_at,is_example,quarantined_at,quarantine_reasons,title,place,seen';

/** The role of whoever is signed in: `undefined` for somebody who is no officer. */
export async function readRole(connection: Connection): Promise<Role | undefined> {
  const id = connection.session()?.userId ?? '';
  const [row] = await connection.read<{ role: Role }>('officers', [
    ['select', 'role'],
    ['user_id', `eq.${id}`],
  ]);
  return row?.role;
}

/** Whether it takes two people to publish. */
export async function readTwoPublishers(connection: Connection): Promise<boolean> {
  const [row] = await connection.read<{ two_publishers: boolean }>('desk_settings', [
    ['select', 'two_publishers'],
  ]);
  return row?.two_publishers ?? false;
}

/** How many files each queue holds. */
export function readCounts(connection: Connection): Promise<QueueCount[]> {
  return connection.read<QueueCount>('desk_counts', [['select', 'form,status,aside,number']]);
}

function filterOf(form: string, stateId: string): { state: QueueState; filter: Query } {
  const state = statesOf(form).find(({ id }) => id === stateId);
  if (!state) throw new Error(`the queue ${form} has no part ${stateId}`);
  const filter: Query = state.status
    ? [
        ['status', `eq.${state.status}`],
        ['quarantined_at', 'is.null'],
      ]
    : [['quarantined_at', 'not.is.null']];
  return { state, filter };
}

/** One page of a part of a queue. */
export function readQueue(
  connection: Connection,
  form: string,
  stateId: string,
  page: number,
): Promise<QueuedSubmission[]> {
  const { state, filter } = filterOf(form, stateId);
  const way = isOldestFirst(state) ? 'asc' : 'desc';
  return connection.read<QueuedSubmission>('desk_submissions', [
    ['select', LISTED],
    ['form', `eq.${form}`],
    ...filter,
    ['order', `received_at.${way},reference.${way}`],
    ['limit', String(PAGE_SIZE)],
    ['offset', String((page - 1) * PAGE_SIZE)],
  ]);
}

/** Files of every queue that hold all these words, the latest first. */
export function searchFiles(connection: Connection, words: string): Promise<QueuedSubmission[]> {
  const each = plainText(words).split(' ').filter(Boolean).slice(0, 8);
  if (each.length === 0) return Promise.resolve([]);
  return connection.read<QueuedSubmission>('desk_submissions', [
    ['select', LISTED],
    // One filter of each name: the embedded Supabase keeps the last of several.
    ['and', `(${each.map((word) => `haystack.like.*${word}*`).join(',')})`],
    ['order', 'received_at.desc'],
    ['limit', String(PAGE_SIZE)],
  ]);
}

/** A file with all that can be read of it; `undefined` when it is gone. */
export async function readFile(connection: Connection, reference: string): Promise<OpenedFile | undefined> {
  // What was seen comes first: should the rest be newer, deciding on it would be refused, never the other way round.
  const [summary] = await connection.read<QueuedSubmission>('desk_submissions', [
    ['select', LISTED],
    ['reference', `eq.${reference}`],
  ]);
  const form = summary && storedFormBySlug(summary.form);
  if (!form) return undefined;
  const ofThisFile: Query = [
    ['row_id', `eq.${summary.id}`],
    ['order', 'id.asc'],
  ];
  const [rows, decisions, events, messages] = await Promise.all([
    connection.read<SubmissionRow>(form.table, [
      ['select', columnsOf(form, isPublishable(form.slug))],
      ['id', `eq.${summary.id}`],
    ]),
    connection.read<Decision>('decisions', [
      ['select', 'id,at,officer,kind,reason,note,after_status,slug,undoes'],
      ...ofThisFile,
    ]),
    connection.read<FileEvent>('submission_events', [['select', 'at,kind,actor'], ...ofThisFile]),
    connection.read<SealedMessage>('submission_messages', [
      ['select', 'id,at,body'],
      ['row_id', `eq.${summary.id}`],
      ['order', 'at.asc'],
    ]),
  ]);
  const [row] = rows;
  return row && { summary, row, decisions, events, messages };
}

/** Decides on a file as it was seen. */
export async function sendDecision(
  connection: Connection,
  { form, reference, seen }: QueuedSubmission,
  decision: DecisionKind,
  { reason, note, slug }: DecisionInput,
): Promise<DecisionAnswer> {
  const answer = await connection.call<string>('decide', {
    form,
    reference,
    decision,
    seen,
    reason: reason ?? null,
    note: note ?? null,
    slug: slug ?? null,
  });
  return JSON.parse(answer) as DecisionAnswer;
}

/** Undoes a decision. */
export async function sendUndo(connection: Connection, decision: number): Promise<UndoAnswer> {
  return JSON.parse(await connection.call<string>('undo_decision', { decision })) as UndoAnswer;
}

/** A letter that was given up. */
export interface DeadLetter {
  id: string;
  kind: string;
  form: string;
  row_id: string;
  created_at: string;
  done_at: string | null;
  attempts: number;
  last_code: string | null;
  /** Of its file, when it is still there. */
  reference: string | undefined;
}

/** Letters that were given up, the latest first, each with the reference of its file. */
export async function readDeadLetters(connection: Connection): Promise<DeadLetter[]> {
  const letters = await connection.read<Omit<DeadLetter, 'reference'>>('desk_letters', [
    ['select', 'id,kind,form,row_id,created_at,done_at,attempts,last_code'],
    ['order', 'done_at.desc'],
    ['limit', '100'],
  ]);
  if (letters.length === 0) return [];
  const files = await connection.read<{ id: string; reference: string }>('desk_submissions', [
    ['select', 'id,reference'],
    ['id', `in.(${[...new Set(letters.map(({ row_id }) => row_id))].join(',')})`],
  ]);
  const references = new Map(files.map(({ id, reference }) => [id, reference]));
  return letters.map((letter) => ({ ...letter, reference: references.get(letter.row_id) }));
}

/** Tries a letter again: whether it was put back in the queue. */
export function retryLetter(connection: Connection, letter: string): Promise<boolean> {
  return connection.call<boolean>('retry_letter', { letter });
}

/** How many letters were given up. */
export async function countDeadLetters(connection: Connection): Promise<number> {
  return (await connection.read<{ id: string }>('desk_letters', [['select', 'id']])).length;
}

/** A page of the audit log, or the lines of one file, the latest first. */
export function readAudit(
  connection: Connection,
  wanted: { page: number } | { rowId: string },
): Promise<AuditEntry[]> {
  return connection.read<AuditEntry>('audit_log', [
    ['select', 'id,at,actor,action,table_name,row_id,detail'],
    ...('rowId' in wanted ? [['row_id', `eq.${wanted.rowId}`] as const] : []),
    ['order', 'id.desc'],
    ['limit', String(PAGE_SIZE)],
    ['offset', String('page' in wanted ? (wanted.page - 1) * PAGE_SIZE : 0)],
  ]);
}

/** Has the database read its chain of lines again. */
export async function checkChain(connection: Connection): Promise<ChainCheck> {
  return JSON.parse(await connection.call<string>('verify_audit_log', {})) as ChainCheck;
}

/** Whether it takes two people to publish, from now on. */
export async function setTwoPublishers(connection: Connection, wanted: boolean): Promise<void> {
  await connection.call('set_two_publishers', { wanted });
}

/** Writes an export in the audit log. */
export async function recordExport(
  connection: Connection,
  form: string,
  status: string | null,
  number: number,
): Promise<void> {
  await connection.call('record_export', { form, status, number });
}

/** Every row of a part of a queue, for an export. */
export async function readRows(
  connection: Connection,
  form: Form,
  stateId: string,
): Promise<{ rows: SubmissionRow[]; state: QueueState }> {
  const { state, filter } = filterOf(form.slug, stateId);
  const rows: SubmissionRow[] = [];
  const step = 500;
  for (;;) {
    const more = await connection.read<SubmissionRow>(form.table, [
      ['select', columnsOf(form, isPublishable(form.slug))],
      ...filter,
      ['order', 'received_at.asc,reference.asc'],
      ['limit', String(step)],
      ['offset', String(rows.length)],
    ]);
    rows.push(...more);
    if (more.length < step) return { rows, state };
  }
}
