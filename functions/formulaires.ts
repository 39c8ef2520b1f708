import type { Config, Context } from '@netlify/functions';
import { productionServices } from './_lib/production.ts';
import { answerSubmission } from './_lib/submission.ts';

/** `POST /api/formulaires/<slug>` */
export default (request: Request, context: Context): Promise<Response> =>
  answerSubmission(
    request,
    {
      slug: context.params['slug'] ?? '',
      // The variable CONTEXT only exists while Netlify builds: a running function is told otherwise.
      context: context.deploy.context,
      address: context.ip,
    },
    productionServices(),
  );

export const config: Config = {
  path: '/api/formulaires/:slug',
  rateLimit: { windowLimit: 60, windowSize: 60, aggregateBy: ['ip', 'domain'] },
};
