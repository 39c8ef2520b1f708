import type { FollowUpState } from '../../src/components/follow-up/state.ts';
import type { StoredValue } from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { formBySlug } from '../../src/domain/forms/index.ts';
import type { RawValues } from '../../src/domain/forms/schema.ts';
import { checkCorrection, typedAnswersOf } from '../../src/domain/follow-up/correction.ts';
import { hasJustLeftTheSite, STATUSES, type Submission } from '../../src/domain/follow-up/submission.ts';
import { doneWords, LINK_REFUSALS } from './follow-up-sentences.ts';
import { opened, type Visit } from './follow-up-visit.ts';
import type { Keys } from './keys.ts';
import { projectErrors } from './known-project.ts';
import { protect } from './protection.ts';
import type { Refusal } from './sentences.ts';

/** Shows the form with what is stored. */
export async function openCorrection(visit: Visit): Promise<Response> {
  const found = await opened(visit, await visit.services.followUps.see(visit.asked));
  if (found instanceof Response) return found;
  const { submission } = found;
  const state = { values: typedAnswersOf(submission), errors: [] };
  return visit.reply.show({ step: 'correct', submission, token: visit.token, state });
}

/** Stores a correction that passes the rules of the form, unless another one came in between. */
export async function amend(visit: Visit): Promise<Response> {
  const { token, reply, services, asked } = visit;
  const page = submissionOfPage(visit.raw);
  const seen = await opened(
    visit,
    await services.followUps.see(asked),
    'reading',
    page && ((refusal) => pageKeeping(visit, refusal, page)),
  );
  if (seen instanceof Response) return seen;
  // The revision its author saw, not the latest: what they did not see must not be undone.
  const submission = { ...seen.submission, revision: revisionIn(visit.raw) ?? seen.submission.revision };
  const raw = visit.partial ? { ...typedAnswersOf(submission), ...visit.raw } : visit.raw;
  const keep = (refusal: Refusal, now = submission) => pageKeeping(visit, refusal, now);

  const checked = checkCorrection(submission, raw);
  if (!checked.ok) {
    const state = { values: raw, errors: checked.errors };
    return reply.errors(checked.errors, { step: 'correct', submission, token, state });
  }
  const unknown = await projectErrors(submission.form, checked.values, services.store);
  if (unknown.length > 0) {
    const state = { values: raw, errors: unknown };
    return reply.errors(unknown, { step: 'correct', submission, token, state });
  }
  if (!services.keys) {
    return reply.refuse(LINK_REFUSALS.unprotected, token, keep(LINK_REFUSALS.unprotected));
  }

  const { form, revision } = submission;
  const values = Object.entries(checked.values).sort(([a], [b]) => (a < b ? -1 : 1));
  const answer = await services.followUps.amend(asked, {
    row: await correctedRow(form, checked.values, services.keys, services.now()),
    revision,
    // Of the answers as they were typed: sealing the same one twice gives two different texts.
    fingerprint: services.keys.contentHash(JSON.stringify([form.slug, 'correction', revision, values])),
  });
  const found = await opened(visit, answer, 'writing', keep);
  if (found instanceof Response) return found;
  if (found.changed) {
    const { changed } = LINK_REFUSALS;
    return reply.refuse(changed, token, keep(changed, found.submission));
  }
  const done = doneWords('amended', hasJustLeftTheSite(found.submission));
  return reply.show({ step: 'file', submission: found.submission, token, done });
}

/** The columns to change. `null` empties one. */
async function correctedRow(
  form: Form,
  values: Readonly<Record<string, StoredValue>>,
  keys: Keys,
  now: Date,
): Promise<Record<string, StoredValue>> {
  const emptied = fieldsOf(form).filter(
    ({ name, protection }) => protection === 'encrypted' && values[name] === null,
  );
  return {
    ...(await protect(form, values, keys)),
    // An address that goes takes its index along.
    ...Object.fromEntries(emptied.map(({ name }) => [`${name}_index`, null])),
    form_version: form.version,
    consent_at: now.toISOString(),
  };
}

/** The form again with all that was typed, and why it was not stored. */
function pageKeeping(visit: Visit, { title, text }: Refusal, submission: Submission): FollowUpState {
  const state = { values: visit.raw, errors: [], notice: { title, text } };
  return { step: 'correct', submission, token: visit.token, state };
}

function revisionIn(raw: RawValues): number | undefined {
  const revision = Number(raw['revision']?.[0] ?? NaN);
  // A number that the database can hold: one that was made up is then nobody's, and changes nothing.
  return Number.isInteger(revision) ? Math.max(-1, Math.min(revision, 2 ** 31 - 1)) : undefined;
}

/**
 * The submission as the page that was sent describes it: enough to show that page again while the database does not
 * answer. Nothing is stored from it.
 */
function submissionOfPage(raw: RawValues): Submission | undefined {
  const form = formBySlug(raw['formulaire']?.[0] ?? '');
  if (!form) return undefined;
  const hidden = raw['caches']?.[0]?.split(',') ?? [];
  return {
    form,
    reference: '',
    status: STATUSES.find((status) => status === raw['etat']?.[0]) ?? 'received',
    receivedAt: '',
    consentAt: '',
    formVersion: '',
    putAside: false,
    slug: null,
    revision: revisionIn(raw) ?? 0,
    answers: Object.fromEntries(
      fieldsOf(form)
        .filter(({ name }) => hidden.includes(name))
        .map(({ name, protection }) => [name, { hidden: protection ?? 'sealed' }]),
    ),
    history: [],
    team: null,
    updates: [],
    offers: [],
  };
}
