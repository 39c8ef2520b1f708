import type { RawValues } from '../../src/domain/forms/schema.ts';
import { tokenIn } from '../../src/domain/follow-up/token.ts';
import { FOLLOW_UP_PAGE } from '../../src/domain/forms/form.ts';
import { amend, openCorrection } from './follow-up-correction.ts';
import { addMessage, erase, exportFile, see, withdraw } from './follow-up-acts.ts';
import { openNews, tell, unsay } from './follow-up-news.ts';
import { LINK_REFUSALS } from './follow-up-sentences.ts';
import { linkHash } from './follow-up-link.ts';
import { followUpReplies, type Visit } from './follow-up-visit.ts';
import { bodyKindOf, isForeign, readBody, wantsJson } from './guards.ts';
import { lastResort } from './last-resort.ts';
import { log } from './log.ts';
import { seeOther } from './pages.ts';
import { valuesFromForm, valuesFromJson } from './raw-values.ts';
import type { Services } from './submission.ts';

/** What can be asked for with a link, by the word that asks. */
const ACTIONS: Readonly<Record<string, (visit: Visit) => Promise<Response>>> = {
  voir: see,
  corriger: (visit) => (visit.raw['etape']?.includes('ouvrir') ? openCorrection(visit) : amend(visit)),
  ajouter: addMessage,
  exporter: exportFile,
  retirer: withdraw,
  nouvelles: (visit) => (visit.raw['etape']?.includes('ouvrir') ? openNews(visit) : tell(visit)),
  'retirer-nouvelles': unsay,
  effacer: erase,
};

/**
 * Answers `POST /api/suivi`: cheap refusals first, then what is asked for. The secret of the link comes in the body,
 * and goes nowhere but into its fingerprint.
 *
 * @param address the network address, only ever used as a keyed hash
 */
export async function answerFollowUp(
  request: Request,
  address: string | undefined,
  services: Services,
): Promise<Response> {
  const started = Date.now();
  const { action, response } = await answer(request, address, services).catch(async (error: unknown) => ({
    action: '',
    response: await lastResort(request, error, LINK_REFUSALS.crashed, () =>
      followUpReplies(false, services.pages).refuse(LINK_REFUSALS.crashed),
    ),
  }));
  log({ event: 'follow-up', action, status: response.status, milliseconds: Date.now() - started });
  return response;
}

async function answer(
  request: Request,
  address: string | undefined,
  services: Services,
): Promise<{ action: string; response: Response }> {
  const reply = followUpReplies(wantsJson(request), services.pages);
  const refused = async (refusal: keyof typeof LINK_REFUSALS, typed?: string) => ({
    action: '',
    response: await reply.refuse(LINK_REFUSALS[refusal], typed),
  });
  if (request.method !== 'POST') {
    // Whoever opens the address of a page they were sent, or reloads it.
    if (request.method === 'GET' && !reply.asJson) return { action: '', response: seeOther(FOLLOW_UP_PAGE) };
    return refused('method');
  }
  if (isForeign(request, services.environment.SITE_URL)) return refused('foreign');
  const kind = bodyKindOf(request);
  if (!kind) return refused('mediaType');
  const body = await readBody(request);
  if (body === undefined) return refused('tooLarge');
  const raw = kind === 'json' ? valuesFromJson(body) : valuesFromForm(body);
  if (!raw) return refused('unreadable');

  const token = tokenIn(first(raw, 'cle'));
  if (token === '') return refused('missing');
  const asked = first(raw, 'action');
  const action = Object.hasOwn(ACTIONS, asked) ? asked : 'voir';
  const act = ACTIONS[action] ?? see;
  const { keys } = services;
  const day = services.now().toISOString().slice(0, 10);
  const visit: Visit = {
    raw,
    partial: kind === 'json',
    token,
    asked: {
      hash: linkHash(token),
      limiter: keys && address ? keys.limiter(`${day} ${address}`) : null,
    },
    services,
    reply,
  };
  return { action, response: await act(visit) };
}

function first(raw: RawValues, name: string): string {
  return raw[name]?.[0] ?? '';
}
