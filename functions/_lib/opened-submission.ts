import type { StoredValue } from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { formBySlug } from '../../src/domain/forms/index.ts';
import type { HeldAnswer, Submission, SubmissionRecord } from '../../src/domain/follow-up/submission.ts';
import type { Keys } from './keys.ts';

/**
 * A submission as its author may see it: addresses are decrypted, what is sealed stays so. Without the key of an
 * address, everything else is still shown.
 *
 * @throws Error when its form is no longer declared
 */
export function openedSubmission(record: SubmissionRecord, keys: Keys | undefined): Submission {
  const { row, revision, events, team } = record;
  const form = formBySlug(record.form);
  if (!form) throw new Error(`a stored form is not declared: ${record.form}`);
  return {
    form,
    reference: row.reference,
    status: row.status,
    receivedAt: row.received_at,
    consentAt: row.consent_at,
    formVersion: row.form_version,
    putAside: typeof row.quarantined_at === 'string',
    slug: row.slug ?? null,
    revision,
    answers: answersOf(form, row, keys),
    history: events,
    team,
  };
}

function answersOf(
  form: Form,
  row: Readonly<Record<string, unknown>>,
  keys: Keys | undefined,
): Record<string, HeldAnswer> {
  const answers: Record<string, HeldAnswer> = {};
  for (const { name, protection } of fieldsOf(form)) {
    const value = (row[name] ?? null) as StoredValue;
    if (protection === undefined || value === null) answers[name] = { value };
    else if (protection === 'sealed') answers[name] = { hidden: 'sealed' };
    else answers[name] = decrypted(String(value), { form: form.slug, field: name }, keys);
  }
  return answers;
}

function decrypted(
  value: string,
  place: { form: string; field: string },
  keys: Keys | undefined,
): HeldAnswer {
  try {
    if (keys) return { value: keys.decrypt(value, place) };
  } catch {
    // Altered, or closed with a key that is gone: said as it is.
  }
  return { hidden: 'encrypted' };
}
