import { wantsJson } from './guards.ts';
import { log } from './log.ts';
import { barePage } from './pages.ts';
import { jsonRefusal } from './replies.ts';
import { UNAVAILABLE_RETRY_SECONDS, type Refusal } from './sentences.ts';

/**
 * What an endpoint answers when its own code breaks, instead of the platform's page, which says nothing true. The log
 * gets the name of the error only: messages quote what people type.
 *
 * @param page the site's own page that says so, which may break too
 */
export async function lastResort(
  request: Request,
  error: unknown,
  refusal: Refusal,
  page: () => Promise<Response>,
): Promise<Response> {
  log({ event: 'crash', code: error instanceof Error ? error.name : typeof error });
  const headers = { 'Retry-After': String(UNAVAILABLE_RETRY_SECONDS) };
  if (wantsJson(request)) return jsonRefusal(refusal, headers);
  const { title, truth, text, status } = refusal;
  const response = await page().catch(() => barePage(title, [...(truth ? [truth] : []), text], status));
  response.headers.set('Retry-After', headers['Retry-After']);
  return response;
}
