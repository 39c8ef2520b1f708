import { log } from './log.ts';
import { jsonResponse } from './pages.ts';
import type { Store } from './store.ts';

/** Erases the keyed hashes of network addresses that are more than 24 hours old, and says how many there were. */
export async function answerPurge(store: Store): Promise<Response> {
  const erased = await store.purge();
  log({ event: 'purge', status: erased === undefined ? 503 : 200 });
  return erased === undefined ? jsonResponse({ code: 'unavailable' }, 503) : jsonResponse({ erased }, 200);
}
