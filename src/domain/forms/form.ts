import type { Field, StoredValue } from './field.ts';
import type { Retention } from './retention.ts';

/** A block of questions under one heading. */
export interface FormSection {
  title: string;
  /** A sentence under the heading. */
  intro?: string;
  /** Closed at first: everything in it is optional. */
  folded?: boolean;
  fields: readonly Field[];
}

/** A rule on several answers: the name of the field to mend and the sentence to show, or nothing. */
export type CrossRule = (values: Readonly<Record<string, StoredValue>>) => FieldError | undefined;

/** One sentence about one field. */
export interface FieldError {
  field: string;
  message: string;
}

/** A form, declared once: its page, its check, its table and its legal page all come from here. */
export interface Form {
  /** `POST /api/formulaires/<slug>` */
  slug: string;
  /** The table of schema `public` that receives it. */
  table: string;
  /** Changes whenever a question or a consent's wording does; stored with each answer. */
  version: string;
  /** The address of its page. */
  page: string;
  title: string;
  /** What the button does: « Envoyer mon inscription ». */
  submit: string;
  /** Why these answers are collected, for the « Confidentialité » page. */
  purpose: string;
  /** How long answers are kept; in words for the same page, see `retentionWords`. */
  retention: Retention;
  /** What happens after sending, and when, for the thank-you page. */
  nextSteps: readonly string[];
  /** The title of the thank-you page. */
  thanks: string;
  /** Sent with the follow-up link of a project, from the page of that link: it has no page of its own. */
  withLink?: boolean;
  /** Many people may send the very same answers: only the key of a sending then tells a repeat. */
  anonymous?: boolean;
  /** Answers that may be stored at the first press, without being shown again: without a word of anybody's own. */
  isOnePress?: (values: Readonly<Record<string, StoredValue>>) => boolean;
  /** Never put aside as a robot's: what it asks for must be done, whoever asks. */
  neverAside?: boolean;
  /** What is being written is kept on the device only if the person asks: what it says may put them in danger. */
  draftOnRequest?: boolean;
  sections: readonly FormSection[];
  rules: readonly CrossRule[];
}

/** Every field of a form, in the order of the page. */
export function fieldsOf(form: Form): Field[] {
  return form.sections.flatMap((section) => section.fields);
}

/** The address of a form's thank-you page. */
export function thanksPageOf(form: Form): string {
  return `${form.page}merci/`;
}

/** The page where whoever holds a link sees, corrects, withdraws or erases what they sent. */
export const FOLLOW_UP_PAGE = '/suivi/';

/** Whether those who send a form get a link to follow it up: every form that asks who somebody is, or where to reach them. */
export function hasFollowUp(form: Form): boolean {
  return fieldsOf(form).some((field) => field.protection !== undefined);
}

/** Whether whoever sent a form reads, by a link, what the team writes with its decision. */
export function hasReader(form: Form): boolean {
  return hasFollowUp(form) || form.withLink === true;
}

/** Whether those who send a form may be written to: it asks for an address that the site can read. */
export function hasLetters(form: Form): boolean {
  return fieldsOf(form).some((field) => field.protection === 'encrypted');
}

/** A question's words, without the « (facultatif) » that a page already says otherwise. */
export function questionOf(field: Field): string {
  return field.label.replace(/ \(facultatif\)$/, '');
}
