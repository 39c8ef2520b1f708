import type { FollowUpState } from '../../src/components/follow-up/state.ts';
import type { FieldError } from '../../src/domain/forms/form.ts';
import type { RawValues } from '../../src/domain/forms/schema.ts';
import { exportOf } from '../../src/domain/follow-up/export.ts';
import type { Submission } from '../../src/domain/follow-up/submission.ts';
import type { Asked, Followed } from './follow-up-store.ts';
import { LINK_REFUSALS } from './follow-up-sentences.ts';
import { openedSubmission } from './opened-submission.ts';
import { jsonResponse, type Pages } from './pages.ts';
import { UNAVAILABLE_RETRY_SECONDS, type Refusal } from './sentences.ts';
import type { Services } from './submission.ts';

/** One request with a link. */
export interface Visit {
  raw: RawValues;
  /** A program names the answers it changes; a page sends them all. */
  partial: boolean;
  token: string;
  asked: Asked;
  services: Services;
  reply: Replies;
}

/** The two shapes of every answer: a page for a browser, JSON for a program. */
export interface Replies {
  asJson: boolean;
  /** A page in a state, and the submission it shows as data. */
  show(state: FollowUpState, status?: number): Promise<Response>;
  /**
   * @param typed what was in the field of the link
   * @param state the page to show instead of the field, so that nothing typed is lost
   */
  refuse(refusal: Refusal, typed?: string, state?: FollowUpState, retryAfter?: number): Promise<Response>;
  errors(errors: readonly FieldError[], state: FollowUpState): Promise<Response>;
}

/** See {@link Replies}. */
export function followUpReplies(asJson: boolean, pages: Pages): Replies {
  return {
    asJson,
    async show(state, status = 200) {
      if (!asJson) return pages.followUp(state, status);
      if (state.step === 'erased') return jsonResponse({ erased: true }, status);
      return jsonResponse('submission' in state ? exportOf(state.submission) : {}, status);
    },
    async refuse(refusal, typed, state, retryAfter) {
      const headers: Record<string, string> = {
        ...(refusal.status === 405 ? { Allow: 'POST' } : {}),
        ...(refusal.status === 503 ? { 'Retry-After': String(UNAVAILABLE_RETRY_SECONDS) } : {}),
        ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
      };
      const { title, text, code, status } = refusal;
      if (asJson) return jsonResponse({ code, message: `${title}. ${text}` }, status, headers);
      const shown = state ?? { step: 'ask', alert: { title, text }, ...(typed ? { typed } : {}) };
      const response = await pages.followUp(shown, status);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    },
    async errors(errors, state) {
      return asJson ? jsonResponse({ errors }, 422) : pages.followUp(state, 422);
    },
  };
}

/** Whether an act only reads, or may have been done although its answer was lost. */
type Doing = 'reading' | 'writing';

/**
 * What the database said, as a submission or as the answer to give instead.
 *
 * @param fallback the page that keeps what was typed, for when the database does not answer
 */
export async function opened(
  visit: Visit,
  followed: Followed,
  doing: Doing = 'reading',
  fallback?: (refusal: Refusal) => FollowUpState,
): Promise<{ submission: Submission; changed: boolean; full: boolean; closed: boolean } | Response> {
  const { reply, token } = visit;
  switch (followed.outcome) {
    case 'found': {
      const { record, changed, full, closed } = followed;
      return { submission: openedSubmission(record, visit.services.keys), changed, full, closed };
    }
    case 'unknown':
      return reply.refuse(LINK_REFUSALS.unknown, token);
    case 'limited': {
      const refusal = LINK_REFUSALS.limited;
      return reply.refuse(refusal, token, fallback?.(refusal), followed.retryAfterSeconds);
    }
    case 'unavailable': {
      const refusal = doing === 'reading' ? LINK_REFUSALS.unreachable : LINK_REFUSALS.uncertain;
      return reply.refuse(refusal, token, fallback?.(refusal));
    }
  }
}
