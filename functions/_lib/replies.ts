import type { CheckState } from '../../src/components/forms/Check.tsx';
import type { FormState, NoticeWords } from '../../src/components/forms/Form.tsx';
import { hasFollowUp, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import { HIDDEN } from '../../src/domain/forms/steps.ts';
import { followUpPath } from './follow-up-link.ts';
import { isFromScript, wantsJson } from './guards.ts';
import { jsonResponse, seeOther, storedAt, type Pages } from './pages.ts';
import type { Refusal } from './sentences.ts';
import type { Stored } from './store.ts';

/** The page from which answers were sent, to be shown again as it was. */
export type Sent = { questions: Partial<FormState> } | { answers: CheckState };

/** A submission that is stored, with the secret part of its link when it may be given. */
type Received = Pick<Extract<Stored, { outcome: 'stored' }>, 'reference' | 'created' | 'quarantined'> & {
  token: string | null;
};

interface RefusalOptions {
  headers?: Record<string, string>;
  /** The secret part of the link with which to find out what was stored. */
  token?: string | null;
}

/** The two shapes of every answer to a form: a page for a browser, JSON for a program. */
export function replies(request: Request, form: Form, pages: Pages) {
  const asJson = wantsJson(request);
  return {
    thanks({ reference, created, quarantined, token }: Received): Response {
      const status = created === 'now' ? 201 : 200;
      if (asJson) {
        const aside = quarantined ? { quarantined } : {};
        return jsonResponse({ reference, followUp: token && followUpPath(token), ...aside }, status);
      }
      const notes = [...(created === 'again' ? ['deja'] : []), ...(quarantined ? ['verification'] : [])];
      const query = notes.length > 0 ? `?${notes.join('&')}` : '';
      // After the sign #: browsers send that part to nobody. Without a link to give, the page must say why.
      const fragment = token ?? (hasFollowUp(form) ? 'deja-recu' : '');
      const address = `${thanksPageOf(form)}${reference}${query}${fragment && `#${fragment}`}`;
      return isFromScript(request) ? storedAt(address, status) : seeOther(address);
    },

    /** The questions again, with what was typed. */
    async questions(state: Partial<FormState>): Promise<Response> {
      if (asJson) return jsonResponse({ stored: false }, 200);
      return pages.form(form, { values: {}, errors: [], ...state, unfolded: true }, 200);
    },

    /** The answers again, before anything is stored. */
    async check(state: CheckState): Promise<Response> {
      if (asJson) return jsonResponse({ stored: false, [HIDDEN.token]: state.token }, 200);
      return pages.check(form, state, 200);
    },

    async errors(state: FormState): Promise<Response> {
      return asJson ? jsonResponse({ errors: state.errors }, 422) : pages.form(form, state, 422);
    },

    async refuse(refusal: Refusal, sent?: Sent, options: RefusalOptions = {}): Promise<Response> {
      const { headers = {}, token = null } = options;
      const followUp = token && followUpPath(token);
      if (asJson) return jsonRefusal(refusal, headers, followUp);
      const notice: NoticeWords = {
        title: refusal.title,
        ...(refusal.truth ? { truth: refusal.truth } : {}),
        text: refusal.text,
        ...(followUp ? { link: { href: followUp, words: 'Vérifier avec votre lien de suivi' } } : {}),
      };
      const response =
        sent && 'answers' in sent
          ? await pages.check(form, { ...sent.answers, notice }, refusal.status)
          : await pages.form(form, { values: {}, errors: [], ...sent?.questions, notice }, refusal.status);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    },
  };
}

/** A refusal for a program. */
export function jsonRefusal(
  { status, code, title, truth, text }: Refusal,
  headers: Record<string, string> = {},
  followUp: string | null = null,
): Response {
  const message = [`${title}.`, truth, text].filter(Boolean).join(' ');
  const body =
    status === 422
      ? { errors: [{ field: '', message }] }
      : { code, message, ...(followUp ? { followUp } : {}) };
  return jsonResponse(body, status, headers);
}
