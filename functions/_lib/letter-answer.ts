import type { LetterPageState } from '../../src/components/letters/state.ts';
import { formBySlug } from '../../src/domain/forms/index.ts';
import {
  LETTER_PAGE,
  letterCode,
  readLetterCode,
  type LetterAnswer,
  type LetterCode,
} from '../../src/domain/letters/answer.ts';
import { LINK_REFUSALS } from './follow-up-sentences.ts';
import { bodyKindOf, isForeign, readBody } from './guards.ts';
import type { Keys } from './keys.ts';
import { lastResort } from './last-resort.ts';
import { log } from './log.ts';
import { lineOf } from './mail/letter-link.ts';
import type { Answered } from './mail/letter-store.ts';
import { seeOther } from './pages.ts';
import { valuesFromForm } from './raw-values.ts';
import { UNAVAILABLE_RETRY_SECONDS, type Refusal } from './sentences.ts';
import type { Services } from './submission.ts';

const REFUSALS = {
  missing: {
    status: 422,
    code: 'missing_link',
    title: 'Collez le lien du courriel',
    text: 'Rien n’a changé. Le lien est dans le courriel que vous avez reçu.',
  },
  /** The same words for a link that is wrong, too old, or whose submission was erased. */
  unknown: {
    status: 404,
    code: 'unknown_link',
    title: 'Ce lien ne sert plus',
    text: 'Rien n’a changé. Vérifiez qu’il est entier. Si oui, il est trop ancien, ou l’envoi a été effacé. Avec votre lien de suivi, vous pouvez toujours voir, corriger ou effacer votre envoi.',
  },
  voided: {
    status: 409,
    code: 'other_address',
    title: 'Ce courriel est allé à une ancienne adresse',
    text: 'Rien n’a changé. L’adresse a été changée depuis : utilisez le dernier courriel, reçu à la nouvelle.',
  },
  closed: {
    status: 503,
    code: 'closed',
    title: 'Rien ne peut être lu pour le moment',
    text: 'Rien n’a changé : les clés du service manquent. Revenez un autre jour.',
  },
} as const satisfies Record<string, Refusal>;

/** What each answer asks of the database. */
const ACTS: Record<LetterAnswer, 'confirm' | 'stop' | 'erase'> = {
  confirmer: 'confirm',
  garder: 'confirm',
  arreter: 'stop',
  effacer: 'erase',
};

/**
 * Answers `POST /api/confirmer`: the question that a link of a letter asks and, when its button was pressed, what it
 * does. Opening a link changes nothing: programs open those of a mailbox before people do.
 *
 * @param address the network address, only ever used as a keyed hash
 */
export async function answerLetter(
  request: Request,
  address: string | undefined,
  services: Services,
): Promise<Response> {
  const { action, response } = await answer(request, address, services).catch(async (error: unknown) => {
    const { title, text, status } = LINK_REFUSALS.crashed;
    const page = () => services.pages.letter({ step: 'ask', alert: { title, text } }, status);
    return { action: '', response: await lastResort(request, error, LINK_REFUSALS.crashed, page) };
  });
  log({ event: 'letter-answer', action, status: response.status });
  return response;
}

async function answer(
  request: Request,
  address: string | undefined,
  services: Services,
): Promise<{ action: string; response: Response }> {
  const { keys, pages } = services;
  const refuse = async (refusal: Refusal, typed = '', retryAfter?: number) => {
    const { title, text, status } = refusal;
    const state: LetterPageState = { step: 'ask', alert: { title, text }, ...(typed ? { typed } : {}) };
    const response = await pages.letter(state, status);
    const seconds = retryAfter ?? (status === 503 ? UNAVAILABLE_RETRY_SECONDS : undefined);
    if (seconds !== undefined) response.headers.set('Retry-After', String(seconds));
    return { action: '', response };
  };
  if (request.method !== 'POST') return { action: '', response: seeOther(LETTER_PAGE) };
  if (isForeign(request, services.environment.SITE_URL)) return refuse(LINK_REFUSALS.foreign);
  if (bodyKindOf(request) !== 'form') return refuse(LINK_REFUSALS.mediaType);
  const body = await readBody(request);
  if (body === undefined) return refuse(LINK_REFUSALS.tooLarge);
  const raw = valuesFromForm(body);
  const typed = raw['cle']?.[0] ?? '';
  if (typed.trim() === '') return refuse(REFUSALS.missing);
  if (!keys) return refuse(REFUSALS.closed, typed);
  const code = readLetterCode(typed);
  const line = code && lineOf(code, keys);
  if (code === undefined || line === undefined) return refuse(REFUSALS.unknown, typed);

  const pressed = raw['oui']?.includes('oui') ?? false;
  const limiter = limiterOf(address, services.now(), keys);
  const answered = await services.letters.answer(line, pressed ? ACTS[code.answer] : 'see', limiter);
  const state = stateOf(answered, code, pressed);
  if (state) return { action: code.answer, response: await pages.letter(state, 200) };
  switch (answered.outcome) {
    case 'voided':
      return refuse(REFUSALS.voided);
    case 'limited':
      return refuse(LINK_REFUSALS.limited, typed, answered.retryAfterSeconds);
    case 'unavailable':
      return refuse(pressed ? LINK_REFUSALS.uncertain : LINK_REFUSALS.unreachable, typed);
    default:
      return refuse(REFUSALS.unknown, typed);
  }
}

/** The page to show when the database did, or said, what was asked. */
function stateOf(answered: Answered, code: LetterCode, pressed: boolean): LetterPageState | undefined {
  const { answer: said } = code;
  if (answered.outcome === 'gone' && answered.before && pressed && said === 'effacer') {
    return { step: 'done', answer: said, leavesTheSite: false };
  }
  if (answered.outcome !== 'done') return undefined;
  const form = formBySlug(answered.form);
  if (!form) return undefined;
  return pressed
    ? { step: 'done', answer: said, leavesTheSite: said === 'effacer' && answered.wasPublic }
    : { step: 'question', answer: said, code: letterCode(code), form, reference: answered.reference };
}

function limiterOf(address: string | undefined, now: Date, keys: Keys): string | null {
  // The day makes the same address another fingerprint tomorrow.
  return address ? keys.limiter(`${now.toISOString().slice(0, 10)} ${address}`) : null;
}
