import type { Choice } from '../vocabularies/choice.ts';

/** Who may read an answer. `public` is published after review, `private` only officers see. */
export type Privacy = 'public' | 'private';

/**
 * How an answer is closed before it is stored. `sealed`: only the officers' private key opens it, never the server.
 * `encrypted`: the functions can read it again, to write to the person; for e-mail addresses only.
 */
export type Protection = 'sealed' | 'encrypted';

interface FieldBase {
  /** The HTML name, the JSON key and the column, all three. */
  name: string;
  label: string;
  /** Help shown before the field. */
  hint?: string;
  privacy: Privacy;
  /** Absent: the answer is stored as it is. Only for answers that are one text. */
  protection?: Protection;
  /** The question this answer goes with: when that one changes, a sealed answer must be given again. */
  goesWith?: string;
  /** Why it is asked, for the « Confidentialité » page. */
  why: string;
  required: boolean;
  /** What to do when a required answer is missing: « Écrivez votre nom. » */
  missing?: string;
  /** The value of the HTML `autocomplete` attribute. */
  autocomplete?: string;
}

/** One line of text. Lengths count characters (code points). */
export interface TextField extends FieldBase {
  kind: 'text';
  maxLength: number;
}
/** Several lines of text. */
export interface LongTextField extends FieldBase {
  kind: 'long-text';
  maxLength: number;
  rows: number;
}
/** An e-mail address. */
export interface EmailField extends FieldBase {
  kind: 'email';
}
/** A telephone number, stored in E.164 (`+22890000000`). */
export interface PhoneField extends FieldBase {
  kind: 'phone';
}
/** A web address with http or https. */
export interface UrlField extends FieldBase {
  kind: 'url';
}
/** A sum of money in whole FCFA, stored as an integer. */
export interface MoneyField extends FieldBase {
  kind: 'money';
}
/** A month, stored as `2027-03`. */
export interface MonthField extends FieldBase {
  kind: 'month';
}
/** A year, stored as `2015`. */
export interface YearField extends FieldBase {
  kind: 'year';
}
/** A telephone number or an e-mail address, as the person prefers, stored as a `phone` or an `email` is. */
export interface ContactField extends FieldBase {
  kind: 'contact';
}
/** The code that withdraws a testimony, stored without its spaces. */
export interface CodeField extends FieldBase {
  kind: 'code';
}
/** A project of the catalogue, stored as the end of its address; the whole address may be given. */
export interface ProjectField extends FieldBase {
  kind: 'project';
}
/** One choice of a closed list; `groups` cuts a long list up. */
export interface ChoiceField extends FieldBase {
  kind: 'choice';
  choices: readonly Choice[];
  groups?: readonly { label: string; choices: readonly Choice[] }[];
  display: 'select' | 'radios';
}
/** Any number of choices of a closed list, stored as an array. */
export interface ChoicesField extends FieldBase {
  kind: 'choices';
  choices: readonly Choice[];
  /** A value that contradicts every other. */
  alone?: string;
}
/** Free words separated by commas, stored as an array. */
export interface TagsField extends FieldBase {
  kind: 'tags';
  max: number;
  maxLength: number;
}
/** A box to tick, never ticked in advance, stored as a boolean. */
export interface ConsentField extends FieldBase {
  kind: 'consent';
}

/** One question of a form: everything the page, the check, the database and the legal page need to know of it. */
export type Field =
  | TextField
  | LongTextField
  | EmailField
  | PhoneField
  | UrlField
  | MoneyField
  | MonthField
  | YearField
  | ContactField
  | CodeField
  | ProjectField
  | ChoiceField
  | ChoicesField
  | TagsField
  | ConsentField;

/** What is stored for a field. `null` is an optional answer left empty. */
export type StoredValue = string | number | boolean | string[] | null;
