import type { FollowUpState } from '../../src/components/follow-up/state.ts';
import { checkForm } from '../../src/domain/forms/schema.ts';
import { nouvelle } from '../../src/domain/forms/nouvelle.ts';
import { takesNews, type Submission } from '../../src/domain/follow-up/submission.ts';
import { LEAVING_THE_SITE } from '../../src/domain/follow-up/words.ts';
import { DONE, LINK_REFUSALS } from './follow-up-sentences.ts';
import { opened, type Visit } from './follow-up-visit.ts';
import type { Refusal } from './sentences.ts';

/** Shows the questions about where the project has got. */
export async function openNews(visit: Visit): Promise<Response> {
  const found = await opened(visit, await visit.services.followUps.see(visit.asked));
  if (found instanceof Response) return found;
  const { submission } = found;
  const { token, reply } = visit;
  if (!takesNews(submission)) {
    const { title, text } = LINK_REFUSALS.noNews;
    return reply.refuse(LINK_REFUSALS.noNews, token, {
      step: 'file',
      submission,
      token,
      alert: { title, text },
    });
  }
  // Where the project was last said to be: who has only a sentence to add need not look for it again.
  const last = submission.updates[0]?.answers['stage'] ?? answerOf(submission, 'stage');
  const values = typeof last === 'string' ? { stage: [last] } : {};
  return reply.show({ step: 'news', token, state: { values, errors: [] } });
}

/** Stores news that pass the rules of the form, to be read by the team. */
export async function tell(visit: Visit): Promise<Response> {
  const { token, reply, services, asked, raw } = visit;
  const page = (refusal: Refusal): FollowUpState => ({
    step: 'news',
    token,
    state: { values: raw, errors: [], notice: { title: refusal.title, text: refusal.text } },
  });
  const checked = checkForm(nouvelle, raw);
  if (!checked.ok) {
    return reply.errors(checked.errors, {
      step: 'news',
      token,
      state: { values: raw, errors: checked.errors },
    });
  }
  if (!services.keys) {
    return reply.refuse(LINK_REFUSALS.unprotected, token, page(LINK_REFUSALS.unprotected));
  }
  const values = Object.entries(checked.values).sort(([a], [b]) => (a < b ? -1 : 1));
  const answer = await services.followUps.tell(asked, {
    row: { ...checked.values, form_version: nouvelle.version },
    fingerprint: services.keys.contentHash(JSON.stringify([nouvelle.slug, asked.hash, values])),
  });
  const found = await opened(visit, answer, 'writing', page);
  if (found instanceof Response) return found;
  const { submission, closed, full } = found;
  if (closed) return reply.refuse(LINK_REFUSALS.noNews, token, page(LINK_REFUSALS.noNews));
  if (full) return reply.refuse(LINK_REFUSALS.newsFull, token, page(LINK_REFUSALS.newsFull));
  return reply.show({ step: 'file', submission, token, done: DONE.told });
}

/** Takes news back, read or not. */
export async function unsay(visit: Visit): Promise<Response> {
  const { token, reply, services, asked, raw } = visit;
  const found = await opened(
    visit,
    await services.followUps.unsay(asked, raw['nouvelle']?.[0] ?? ''),
    'writing',
  );
  if (found instanceof Response) return found;
  const { submission } = found;
  return reply.show({ step: 'file', submission, token, done: `${DONE.unsaid} ${LEAVING_THE_SITE}` });
}

function answerOf({ answers }: Submission, name: string): unknown {
  const answer = answers[name];
  return answer && 'value' in answer ? answer.value : undefined;
}
