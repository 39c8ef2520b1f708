import type { Status } from '../follow-up/submission.ts';
import type { StoredValue } from '../forms/field.ts';
import type { DecisionKind, Reason } from './decisions.ts';

/** One line of a queue. */
export interface QueuedSubmission {
  form: string;
  id: string;
  reference: string;
  status: Status;
  received_at: string;
  is_example: boolean;
  quarantined_at: string | null;
  quarantine_reasons: readonly string[];
  title: string | null;
  place: string | null;
  /** What an officer has before their eyes, in one word: said again with a decision. */
  seen: string;
}

/** Something an officer decided on a file. */
export interface Decision {
  id: number;
  at: string;
  officer: string;
  kind: DecisionKind | 'proposed' | 'undone';
  reason: Reason | null;
  note: string | null;
  after_status: Status;
  slug: string | null;
  undoes: number | null;
}

/** Something that happened to a file, whoever did it. */
export interface FileEvent {
  at: string;
  kind: Status | 'corrected' | 'added';
  actor: 'person' | 'team';
}

/** What a person added after sending: sealed, always. */
export interface SealedMessage {
  id: string;
  at: string;
  body: string;
}

/** The row of a submission in its form's table. */
export type SubmissionRow = Readonly<Record<string, StoredValue>> & {
  slug?: string | null;
  published_at?: string | null;
};

/** One file, with all that an officer may read of it. */
export interface OpenedFile {
  summary: QueuedSubmission;
  row: SubmissionRow;
  decisions: readonly Decision[];
  events: readonly FileEvent[];
  messages: readonly SealedMessage[];
}
