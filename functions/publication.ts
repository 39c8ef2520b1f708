import type { Config, Context } from '@netlify/functions';
import { productionServices } from './_lib/production.ts';
import { answerPublication } from './_lib/publication.ts';
import { supabaseBuilds } from './_lib/build-store.ts';

/** Every two minutes: puts online what was published, and takes away what was withdrawn. */
export default (_request: Request, { deploy }: Context): Promise<Response> => {
  const { environment, pages } = productionServices();
  const hook = environment.BUILD_HOOK_URL;
  return answerPublication({
    builds: supabaseBuilds(environment),
    pages,
    hook,
    context: deploy.context,
  });
};

export const config: Config = { schedule: '*/2 * * * *' };
