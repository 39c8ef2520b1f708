import type { Config, Context } from '@netlify/functions';
import { answerLetter } from './_lib/letter-answer.ts';
import { productionServices } from './_lib/production.ts';

/** `POST /api/confirmer`: what the reader of a letter answers. Open even when the forms are not: rights do not close. */
export default (request: Request, context: Context): Promise<Response> =>
  answerLetter(request, context.ip, productionServices());

export const config: Config = {
  path: '/api/confirmer',
  rateLimit: { windowLimit: 60, windowSize: 60, aggregateBy: ['ip', 'domain'] },
};
