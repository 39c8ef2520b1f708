import type { Config, Context } from '@netlify/functions';
import { answerThanks } from './_lib/thanks.ts';
import { productionServices } from './_lib/production.ts';

/** The thank-you pages, with the reference from the address. */
export default (request: Request, context: Context): Promise<Response> =>
  answerThanks(request, context.params['reference'] ?? '', productionServices());

export const config: Config = {
  // Netlify reads this list without running the code; a test compares it with the declared forms.
  path: [
    '/inscription/merci/:reference',
    '/associations/inscrire/merci/:reference',
    '/projets/proposer/merci/:reference',
    '/projets/aider/merci/:reference',
    '/signaler/merci/:reference',
    '/retour/contact/merci/:reference',
    '/migration/rumeurs/envoyer/merci/:reference',
    '/migration/voix/retirer/merci/:reference',
    '/avis/merci/:reference',
  ],
};
