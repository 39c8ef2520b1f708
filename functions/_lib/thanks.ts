import { hasLetters, thanksPageOf } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { isReference } from '../../src/domain/forms/reference.ts';
import { jsonResponse, seeOther } from './pages.ts';
import type { Services } from './submission.ts';

/** What the address may say of the sending; whether a letter leaves is not its to say. */
const NOTES = ['deja', 'verification'];

/**
 * Answers the address a browser is sent to after a form was stored. It reads nothing of the database, so that the
 * page can be bookmarked and opened again.
 *
 * @param reference the last part of the address, as it came
 */
export async function answerThanks(
  request: Request,
  reference: string,
  { pages, mail }: Pick<Services, 'pages' | 'mail'>,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const form = FORMS.find((one) => pathname.startsWith(thanksPageOf(one)));
  if (!form || !isReference(reference)) return seeOther(form?.page ?? '/');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return jsonResponse({ code: 'method', message: 'Cette page se lit seulement.' }, 405, {
      Allow: 'GET, HEAD',
    });
  }
  const notes = NOTES.filter((note) => searchParams.has(note));
  // What is put aside is written to nobody before somebody has looked at it.
  if (!notes.includes('verification')) notes.push(mail && hasLetters(form) ? 'courriel' : 'silence');
  return pages.thanks(form, reference, notes);
}
