/** Letters, digits, punctuation or symbols: something a person could see. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What was typed, ready to check: Unicode NFC, one kind of line break, no blanks at the ends. */
export function tidy(raw: string): string {
  const text = raw.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  return VISIBLE.test(text) ? text : '';
}

/** Whether the database could not store the text as it is: the NUL character or half of a surrogate pair. */
export function isUnstorable(text: string): boolean {
  return text.includes('\u0000') || !text.isWellFormed();
}

/** Length in characters, as PostgreSQL's `char_length` counts them. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/**
 * Writes a telephone number in E.164, or as it was when it cannot be one.
 *
 * @param typed with spaces, dots, dashes, brackets, `00` or `(0)`, as people write it
 */
export function normalizePhone(typed: string): string {
  return typed
    .replace(/\(0\)/g, '')
    .replace(/[\s.\-‐‑–/()]/g, '')
    .replace(/^00/, '+')
    .replace(TRUNK_ZERO, '+$1');
}

/** In these countries the 0 dialled at home never follows the country code, but people often leave it. */
const TRUNK_ZERO = /^\+(31|32|33|41|44|49)0+/;

/**
 * Reads a sum of money in whole francs.
 *
 * @param typed `1 500 000`, `1.500.000 F CFA`, `1500000`…
 * @returns the number, or `undefined` when it is not a whole sum
 */
export function parseMoney(typed: string): number | undefined {
  const compact = typed.replace(/\s/g, '').replace(/(f(rancs?)?\.?)?(cfa|xof)?\.?$/i, '');
  const digits = /^\d{1,3}([.,'’]\d{3})+$/.test(compact) ? compact.replace(/[.,'’]/g, '') : compact;
  return /^\d{1,13}$/.test(digits) ? Number(digits) : undefined;
}

const MONTHS = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
];

/**
 * Reads a month.
 *
 * @param typed `03/2027`, `2027-03` or `mars 2027`
 * @returns `2027-03`, or `undefined` when it is not a month
 */
export function parseMonth(typed: string): string | undefined {
  const plain = typed.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = /^([a-z]+)\.?\s+(\d{4})$/.exec(plain);
  const yearFirst = /^(\d{4})[-/.\s](\d{1,2})$/.exec(plain);
  const monthFirst = /^(\d{1,2})[-/.\s](\d{4})$/.exec(plain);
  const year = words?.[2] ?? yearFirst?.[1] ?? monthFirst?.[2];
  const month = words ? MONTHS.indexOf(words[1] ?? '') + 1 : Number(yearFirst?.[2] ?? monthFirst?.[1] ?? 0);
  if (year === undefined || month < 1 || month > 12) return undefined;
  return `${year}-${String(month).padStart(2, '0')}`;
}
