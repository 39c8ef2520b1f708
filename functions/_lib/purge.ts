import { log } from './log.ts';
import { jsonResponse } from './pages.ts';
import type { Services } from './submission.ts';

/**
 * Erases what was kept long enough, of submissions as of the keyed hashes of network addresses, then writes the
 * « Toujours d’accord ? » of the day, and asks for news of silent projects, when there is a mail server. Says how many there were.
 */
export async function answerPurge({
  store,
  letters,
  mail,
  now,
}: Pick<Services, 'store' | 'letters' | 'mail' | 'now'>): Promise<Response> {
  const erased = await store.purge(now());
  const asked = mail && (await letters.askAgain(now()));
  const news = mail && (await letters.askForNews(now()));
  const unavailable = erased === undefined || (mail && (asked === undefined || news === undefined));
  log({ event: 'purge', status: unavailable ? 503 : 200, done: erased?.submissions ?? 0 });
  return unavailable
    ? jsonResponse({ code: 'unavailable' }, 503)
    : jsonResponse({ erased, asked: asked ?? 0, news: news ?? 0 }, 200);
}
