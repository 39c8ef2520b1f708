import type { Config, Context } from '@netlify/functions';
import { answerFollowUp } from './_lib/follow-up.ts';
import { productionServices } from './_lib/production.ts';

/** `POST /api/suivi`: what the holder of a link asks for. Open even when the forms are not: rights do not close. */
export default (request: Request, context: Context): Promise<Response> =>
  answerFollowUp(request, context.ip, productionServices());

export const config: Config = {
  path: '/api/suivi',
  rateLimit: { windowLimit: 60, windowSize: 60, aggregateBy: ['ip', 'domain'] },
};
