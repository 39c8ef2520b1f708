import type { Asked, BuildStore } from './build-store.ts';
import { log } from './log.ts';
import { jsonResponse, type Pages } from './pages.ts';

/** What putting online needs from outside. */
export interface Press {
  builds: BuildStore;
  pages: Pick<Pages, 'mark'>;
  /** Whoever has this address can start builds: it is never written anywhere. */
  hook: string | undefined;
  /** Netlify's deploy context. */
  context: string;
}

/** A scheduled function lives thirty seconds. */
const HOOK_MILLISECONDS = 10_000;

/** Refusals to connect: the request certainly did not arrive. */
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * Says which site is online, then asks Netlify for another one when people have published, withdrawn or erased since.
 * The pages and the functions of a site go online together: the mark in our own files is that of the site online.
 */
export async function answerPublication(
  { builds, pages, hook, context }: Press,
  patience = HOOK_MILLISECONDS,
): Promise<Response> {
  // On a person's machine the server builds by itself; previews are nobody's site.
  if (context !== 'production') return jsonResponse({ code: 'not-production' }, 200);
  const mark = await pages.mark();
  const confirmed = mark === undefined || (await builds.confirm(mark));
  const build = confirmed ? await builds.claim() : 'unavailable';
  if (build === 'unavailable') return finish('unavailable', 503);
  if (build === undefined) return jsonResponse({ asked: 'nothing' }, 200);
  const asked = await ask(hook, patience);
  // Perhaps it arrived: the site will tell, or its absence. Asking again at once could start a second build.
  if (asked === undefined) return finish('unknown', 200);
  const heard = await builds.settle(build, asked);
  return finish('code' in asked ? asked.code : asked.outcome, heard ? 200 : 503);
}

function finish(asked: string, status: number): Response {
  log({ event: 'publication', code: asked, status });
  return jsonResponse(asked === 'unavailable' ? { code: asked } : { asked }, status);
}

/** Calls the build hook. `undefined`: nobody knows whether it arrived. */
async function ask(hook: string | undefined, patience: number): Promise<Asked | undefined> {
  if (!hook || !URL.canParse(hook)) return { outcome: 'failed', code: 'no_hook' };
  try {
    const { ok } = await fetch(hook, {
      method: 'POST',
      body: '{}',
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    return ok ? { outcome: 'started' } : { outcome: 'failed', code: 'hook_refused' };
  } catch (error) {
    const code = ((error as Error).cause as { code?: string } | undefined)?.code ?? '';
    return NEVER_ARRIVED.has(code) ? { outcome: 'failed', code: 'hook_unreachable' } : undefined;
  }
}
