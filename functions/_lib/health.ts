import { jsonResponse } from './pages.ts';
import type { Services } from './submission.ts';

/** Answers `GET /api/sante`: whether the service and its database answer, never a secret. */
export async function answerHealth({
  environment,
  store,
}: Pick<Services, 'environment' | 'store'>): Promise<Response> {
  const reachable = await store.isReachable();
  return jsonResponse(
    {
      status: reachable ? 'ok' : 'degraded',
      database: reachable ? 'ok' : 'unreachable',
      version: environment.COMMIT_REF ?? 'local',
    },
    reachable ? 200 : 503,
  );
}
