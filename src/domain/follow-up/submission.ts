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
  /** Of a project: the news its holder sent, latest first. */
  updates: readonly SentNews[];
  /** Of a project: the offers of help that the team let through, latest first. */
  offers: readonly Offer[];
}

/** News that the holder of a project sent, and what became of them. */
export interface SentNews {
  reference: string;
  at: string;
  status: 'received' | 'accepted' | 'refused';
  /** By the names of the form's questions. */
  answers: Readonly<Record<string, StoredValue>>;
  team: Submission['team'];
}

/** Somebody's offer of help, with the address they agreed to show to the holder of the project. */
export interface Offer {
  reference: string;
  at: string;
  help: readonly string[];
  details: string;
  /** Absent when it can not be read. */
  email?: string;
  /** Whether they showed that the address is theirs. */
  confirmed: boolean;
}

const teamRecord = z.object({ reason: z.string().nullable(), note: z.string().nullable() }).nullable();

/** What the database answers about a submission: its columns, its history, and what goes with a project. */
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
  team: teamRecord,
  updates: z
    .array(
      z.looseObject({
        reference: z.string(),
        at: z.string(),
        status: z.enum(['received', 'accepted', 'refused']),
        team: teamRecord,
      }),
    )
    .default([]),
  offers: z
    .array(
      z.object({
        reference: z.string(),
        at: z.string(),
        help: z.array(z.string()),
        details: z.string(),
        /** Encrypted. */
        email: z.string().nullable(),
        confirmed: z.boolean(),
      }),
    )
    .default([]),
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

/** Whether news may be given of it: a project that everybody can see. */
export function takesNews({
  form,
  status,
  putAside,
}: Pick<Submission, 'form' | 'status' | 'putAside'>): boolean {
  return form.slug === 'projet' && status === 'published' && !putAside;
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
