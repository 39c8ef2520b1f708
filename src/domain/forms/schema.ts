import { z } from 'zod';
import { parseCode } from '../migration/withdrawal-code.ts';
import { valuesOf } from '../vocabularies/choice.ts';
import type { Field, StoredValue } from './field.ts';
import { fieldsOf, type FieldError, type Form } from './form.ts';
import { messagesOf } from './messages.ts';
import { isUnstorable, lengthOf, normalizePhone, parseMoney, parseMonth, tidy } from './text.ts';

/** What was typed, by field name: always a list, as a form or a query string can repeat a name. */
export type RawValues = Readonly<Record<string, readonly string[]>>;

/** The outcome of checking a form: what to store, or what to mend, in the order of the page. */
export type Checked = { ok: true; values: Record<string, StoredValue> } | { ok: false; errors: FieldError[] };

const EMAIL = /^[^\s@"<>(),;:\\[\]]{1,64}@[^\s@"<>(),;:\\[\]]+\.[^\s@"<>(),;:\\[\].]{2,}$/u;
const E164 = /^\+[1-9]\d{6,14}$/;
const YEAR = /^(19|20)\d{2}$/;

/**
 * Checks everything that was typed into a form.
 *
 * @param form the declaration
 * @param raw what was typed; names that are not fields of the form are ignored
 * @param kept questions already answered, whose answer can not be shown again and stays as it is
 */
export function checkForm(form: Form, raw: RawValues, kept: ReadonlySet<string> = new Set()): Checked {
  const values: Record<string, StoredValue> = {};
  const errors: FieldError[] = [];
  for (const field of fieldsOf(form)) {
    if (kept.has(field.name)) continue;
    const result = schemaOf(field).safeParse(raw[field.name] ?? []);
    if (result.success) values[field.name] = result.data;
    else errors.push({ field: field.name, message: result.error.issues[0]?.message ?? '' });
  }
  for (const rule of form.rules) {
    const error = rule(values);
    if (error && !errors.some((one) => one.field === error.field)) errors.push(error);
  }
  if (errors.length === 0) return { ok: true, values };
  const order = fieldsOf(form).map((field) => field.name);
  return { ok: false, errors: errors.sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field)) };
}

/**
 * The rule of one field: from what was typed to what is stored.
 * Its messages are those of {@link messagesOf}, so that every possible error can be listed.
 */
export function schemaOf(field: Field): z.ZodType<StoredValue, readonly string[]> {
  const messages = messagesOf(field);
  const typed = z.array(z.string()).transform((list) => list.map(tidy));
  return typed.transform((list, context): StoredValue => {
    const fail = (code: string) => {
      context.addIssue({ code: 'custom', message: messages[code] ?? code });
      return z.NEVER;
    };
    if (list.some(isUnstorable)) return fail('unstorable');
    return read(
      field,
      list.filter((text) => text !== ''),
      fail,
    );
  });
}

type Fail = (code: string) => never;

/** Only an explicit yes is a consent: the box's own value, or what programs write for true. */
function readConsent(field: Field, list: string[], fail: Fail): boolean {
  const given = list.some((text) => ['oui', 'true', 'on', '1'].includes(text.toLowerCase()));
  return given || (field.required ? fail('missing') : false);
}

function read(field: Field, list: string[], fail: Fail): StoredValue {
  if (field.kind === 'consent') return readConsent(field, list, fail);
  if (field.kind === 'tags') return readTags(field, list, fail);
  if (list.length === 0) return field.required ? fail('missing') : field.kind === 'choices' ? [] : null;
  if (field.kind === 'choices') return readChoices(field, list, fail);
  if (list.length > 1) return fail('repeated');
  return readOne(field, list[0] ?? '', fail);
}

function readOne(field: Field, text: string, fail: Fail): StoredValue {
  switch (field.kind) {
    case 'text':
      if (text.includes('\n')) return fail('multiline');
      return lengthOf(text) <= field.maxLength ? text : fail('tooLong');
    case 'long-text':
      return lengthOf(text) <= field.maxLength ? text : fail('tooLong');
    case 'email':
      return readEmail(text) ?? fail('format');
    case 'phone':
      return readPhone(text) ?? fail('format');
    case 'contact':
      return readPhone(text) ?? readEmail(text) ?? fail('format');
    case 'url':
      return readUrl(text) ?? fail('format');
    case 'money':
      return parseMoney(text) ?? fail('format');
    case 'month':
      return parseMonth(text) ?? fail('format');
    case 'year':
      return YEAR.test(text) ? text : fail('format');
    case 'code':
      return parseCode(text) ?? fail('format');
    case 'project':
      return readProject(text) ?? fail('format');
    case 'choice':
      return valuesOf(field.choices).includes(text) ? text : fail('unknown');
    default:
      return fail('unknown');
  }
}

function readEmail(text: string): string | undefined {
  return EMAIL.test(text) && lengthOf(text) <= 254 ? text : undefined;
}

function readPhone(text: string): string | undefined {
  const phone = normalizePhone(text);
  return E164.test(phone) ? phone : undefined;
}

function readUrl(text: string): string | undefined {
  const written = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text) ? text : `https://${text}`;
  // Telephones put a capital letter first: « Https:// ».
  const address = written.replace(/^https?:/i, (scheme) => scheme.toLowerCase());
  if (!/^https?:\/\/[^/\s]\S*$/.test(address) || lengthOf(address) > 300) return undefined;
  return URL.canParse(address) && new URL(address).hostname.includes('.') ? address : undefined;
}

/** The end of a project's address, from the address as browsers copy it or from its end alone. */
function readProject(text: string): string | undefined {
  const [, slug] =
    /^(?:\S*\/projets\/)?([a-z0-9]+(?:-[a-z0-9]+)*)\/?(?:[?#]\S*)?$/.exec(text.toLowerCase()) ?? [];
  return slug && slug.length <= 120 ? slug : undefined;
}

function readChoices(field: Extract<Field, { kind: 'choices' }>, list: string[], fail: Fail): StoredValue {
  const values = [...new Set(list)];
  if (!values.every((value) => valuesOf(field.choices).includes(value))) return fail('unknown');
  if (field.alone !== undefined && values.length > 1 && values.includes(field.alone)) return fail('alone');
  return values;
}

function readTags(field: Extract<Field, { kind: 'tags' }>, list: string[], fail: Fail): StoredValue {
  const tags = [...new Set(list.flatMap((text) => text.split(/[,;\n]/)).map(tidy))].filter(
    (tag) => tag !== '',
  );
  if (tags.length === 0) return field.required ? fail('missing') : [];
  if (tags.length > field.max) return fail('tooMany');
  return tags.every((tag) => lengthOf(tag) <= field.maxLength) ? tags : fail('tooLong');
}
