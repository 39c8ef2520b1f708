import type { FollowUpState } from '../../src/components/follow-up/state.ts';
import { formBySlug } from '../../src/domain/forms/index.ts';
import { exportOf } from '../../src/domain/follow-up/export.ts';
import { checkMessage, MESSAGE_FIELD } from '../../src/domain/follow-up/message.ts';
import { hasJustLeftTheSite, takesMessages, type Submission } from '../../src/domain/follow-up/submission.ts';
import { dayWords } from '../../src/domain/follow-up/words.ts';
import { DONE, doneWords, LINK_REFUSALS } from './follow-up-sentences.ts';
import { opened, type Visit } from './follow-up-visit.ts';
import { jsonFile } from './pages.ts';
import type { Refusal } from './sentences.ts';

/** Shows the submission. */
export async function see(visit: Visit): Promise<Response> {
  const found = await opened(visit, await visit.services.followUps.see(visit.asked));
  if (found instanceof Response) return found;
  return visit.reply.show({ step: 'file', submission: found.submission, token: visit.token });
}

/** Gives everything that is held about the submission, as a file. */
export async function exportFile(visit: Visit): Promise<Response> {
  const found = await opened(visit, await visit.services.followUps.see(visit.asked));
  if (found instanceof Response) return found;
  const { submission } = found;
  return jsonFile(exportOf(submission), `mon-envoi-${submission.reference}.json`);
}

/** Takes the submission out of the queue, and off the site. */
export async function withdraw(visit: Visit): Promise<Response> {
  const found = await opened(visit, await visit.services.followUps.withdraw(visit.asked), 'writing');
  if (found instanceof Response) return found;
  const { submission } = found;
  const done = doneWords('withdrawn', hasJustLeftTheSite(submission));
  return visit.reply.show({ step: 'file', submission, token: visit.token, done });
}

/** Seals a message to the officers. */
export async function addMessage(visit: Visit): Promise<Response> {
  const { token, reply, services, asked } = visit;
  const typed = visit.raw['message']?.[0] ?? '';
  const keep = ({ title, text }: Refusal, submission?: Submission): FollowUpState => ({
    ...(submission ? { step: 'file', submission } : { step: 'unsent-message' }),
    token,
    alert: { title, text },
    message: { text: typed },
  });
  const seen = await opened(visit, await services.followUps.see(asked), 'reading', keep);
  if (seen instanceof Response) return seen;
  const { submission } = seen;
  const refuse = (refusal: Refusal) => reply.refuse(refusal, token, keep(refusal, submission));

  const checked = checkMessage(typed);
  if ('error' in checked) {
    const message = { text: typed, error: checked.error };
    const errors = [{ field: 'message', message: checked.error }];
    return reply.errors(errors, { step: 'file', submission, token, message });
  }
  if (!takesMessages(submission)) return refuse(LINK_REFUSALS.noMessages);
  if (!services.keys) return refuse(LINK_REFUSALS.unprotected);

  const form = submission.form.slug;
  const answer = await services.followUps.add(asked, {
    body: await services.keys.seal(checked.text, { form, field: MESSAGE_FIELD }),
    fingerprint: services.keys.contentHash(JSON.stringify([form, MESSAGE_FIELD, checked.text])),
  });
  const found = await opened(visit, answer, 'writing', (refusal) => keep(refusal, submission));
  if (found instanceof Response) return found;
  if (found.full) return refuse(LINK_REFUSALS.full);
  return reply.show({ step: 'file', submission: found.submission, token, done: DONE.added });
}

/** Says what erasing means; then, confirmed, erases. */
export async function erase(visit: Visit): Promise<Response> {
  const { token, reply, services, asked, raw } = visit;
  if (!raw['confirmer']?.includes('oui')) {
    if (reply.asJson) return reply.refuse(LINK_REFUSALS.unconfirmed);
    const found = await opened(visit, await services.followUps.see(asked));
    if (found instanceof Response) return found;
    return reply.show({ step: 'confirm-erasure', submission: found.submission, token });
  }
  const answer = await services.followUps.erase(asked);
  const day = dayWords(services.now().toISOString());
  if (answer.outcome === 'erased-before') {
    return reply.show({
      step: 'erased',
      form: formBySlug(raw['formulaire']?.[0] ?? ''),
      day,
      wasPublic: false,
    });
  }
  const found = await opened(visit, answer, 'writing');
  if (found instanceof Response) return found;
  const { form, status } = found.submission;
  return reply.show({ step: 'erased', form, day, wasPublic: status === 'published' });
}
