import { thanksPageOf } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { isReference } from '../../src/domain/forms/reference.ts';
import { jsonResponse, seeOther, type Pages } from './pages.ts';

/**
 * Answers the address a browser is sent to after a form was stored. It reads nothing of the database, so that the
 * page can be bookmarked and opened again.
 *
 * @param reference the last part of the address, as it came
 */
export async function answerThanks(request: Request, reference: string, pages: Pages): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const form = FORMS.find((one) => pathname.startsWith(thanksPageOf(one)));
  if (!form || !isReference(reference)) return seeOther(form?.page ?? '/');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return jsonResponse({ code: 'method', message: 'Cette page se lit seulement.' }, 405, {
      Allow: 'GET, HEAD',
    });
  }
  return pages.thanks(form, reference, [...searchParams.keys()]);
}
