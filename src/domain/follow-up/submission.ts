import { z } from 'zod';
import type { StoredValue } from '../forms/field.ts';
import type { Form } from '../forms/form.ts';

/** The states of a submission. */
export const STATUSES = ['received', 'needs_info', 'accepted', 'published', 'refused', 'withdrawn'] as const;

/** One of {@link STATUSES}. */
export type Status = (typeof STATUSES)[number];

/** Something that happened to a submission: it came into a state, was corrected, or a message was added. */
export interface HistoryEvent {
  at: string;
  kind: Status | 'corrected' | 'added';
  /** Whoever holds the link, or the site's team. */
  actor: 'person' | 'team';
}

/** An answer that the server may read, or why it may not. */
export type HeldAnswer = { value: StoredValue } | { hidden: 'sealed' | 'encrypted' };

/** A submission as whoever holds its link may see it. */
export interface Submission {
  form: Form;
  reference: string;
  status: Status;
  receivedAt: string;
  consentAt: string;
  formVersion: string;
  /** Whether it waits, apart from the others, for somebody to see whether a person sent it. */
  putAside: boolean;
  /** The end of the address of its public page, when it was given one. */
  slug: string | null;
  /** How many times it was corrected. */
  revision: number;
  answers: Readonly<Record<string, HeldAnswer>>;
  /** What the team said when it decided on the present state: a code of its list of reasons, and its own words. */
  team: { reason: string | null; note: string | null } | null;
  history: readonly HistoryEvent[];
}

/** What the database answers about a submission: its columns, and its history. */
export const submissionRecord = z.object({
  form: z.string(),
  row: z.looseObject({
    reference: z.string(),
    status: z.enum(STATUSES),
    received_at: z.string(),
    consent_at: z.string(),
    form_version: z.string(),
    slug: z.string().nullish(),
    quarantined_at: z.string().nullish(),
  }),
  revision: z.number().int(),
  events: z.array(
    z.object({
      at: z.string(),
      kind: z.enum([...STATUSES, 'corrected', 'added']),
      actor: z.enum(['person', 'team']),
    }),
  ),
  team: z.object({ reason: z.string().nullable(), note: z.string().nullable() }).nullable(),
});

/** See {@link submissionRecord}. */
export type SubmissionRecord = z.infer<typeof submissionRecord>;

/** Whether a message would still be read: nobody looks again at what was refused or withdrawn. */
export function takesMessages({ status }: Pick<Submission, 'status'>): boolean {
  return status !== 'refused' && status !== 'withdrawn';
}

/** Whether there is still something to withdraw. */
export function canBeWithdrawn({ status }: Pick<Submission, 'status'>): boolean {
  return status !== 'refused' && status !== 'withdrawn';
}

const CATALOGUES: Readonly<Record<string, string>> = { projet: '/projets/', association: '/associations/' };

/** The address of its public page, when it has one now. */
export function publicPageOf({ form, status, slug }: Submission): string | undefined {
  const catalogue = CATALOGUES[form.slug];
  return catalogue && status === 'published' && slug ? `${catalogue}${slug}/` : undefined;
}

/** Whether what its author has just done took it off the site. */
export function hasJustLeftTheSite({ history }: Pick<Submission, 'history'>): boolean {
  return history.filter(({ kind }) => kind !== 'added').at(-2)?.kind === 'published';
}
