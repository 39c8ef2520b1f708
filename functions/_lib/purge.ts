import { log } from './log.ts';
import { jsonResponse } from './pages.ts';
import type { Services } from './submission.ts';

/**
 * Erases what was kept long enough, of submissions as of the keyed hashes of network addresses, then writes the
 * « Toujours d’accord ? » of the day when there is a mail server. Says how many there were.
 */
export async function answerPurge({
  store,
  letters,
  mail,
  now,
}: Pick<Services, 'store' | 'letters' | 'mail' | 'now'>): Promise<Response> {
  const erased = await store.purge(now());
  const asked = mail && (await letters.askAgain(now()));
  const unavailable = erased === undefined || (mail && asked === undefined);
  log({ event: 'purge', status: unavailable ? 503 : 200, done: erased?.submissions ?? 0 });
  return unavailable
    ? jsonResponse({ code: 'unavailable' }, 503)
    : jsonResponse({ erased, asked: asked ?? 0 }, 200);
}
