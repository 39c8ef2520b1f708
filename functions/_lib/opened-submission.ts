import type { StoredValue } from '../../src/domain/forms/field.ts';
import { aide } from '../../src/domain/forms/aide.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { formBySlug } from '../../src/domain/forms/index.ts';
import { nouvelle } from '../../src/domain/forms/nouvelle.ts';
import type { HeldAnswer, Submission, SubmissionRecord } from '../../src/domain/follow-up/submission.ts';
import type { Keys } from './keys.ts';

/**
 * A submission as its author may see it: addresses are decrypted, what is sealed stays so. Without the key of an
 * address, everything else is still shown.
 *
 * @throws Error when its form is no longer declared
 */
export function openedSubmission(record: SubmissionRecord, keys: Keys | undefined): Submission {
  const { row, revision, events, team, updates, offers } = record;
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
    updates: updates.map(({ reference, at, status, team: said, ...answers }) => ({
      reference,
      at,
      status,
      team: said,
      answers: Object.fromEntries(
        fieldsOf(nouvelle).map(({ name }) => [name, (answers[name] ?? null) as StoredValue]),
      ),
    })),
    offers: offers.map(({ email, ...offer }) => {
      const address = email === null ? undefined : decrypted(email, OFFER_ADDRESS, keys);
      return address && 'value' in address ? { ...offer, email: String(address.value) } : offer;
    }),
  };
}

/** Where the address of whoever offers help is kept. */
const OFFER_ADDRESS = { form: aide.slug, field: 'email' };

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
