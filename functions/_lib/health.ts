import { jsonResponse } from './pages.ts';
import type { Services } from './submission.ts';

/** Answers `GET /api/sante`: whether the service and its database answer, never a secret. */
export async function answerHealth({ store, pages }: Pick<Services, 'store' | 'pages'>): Promise<Response> {
  const reachable = await store.isReachable();
  return jsonResponse(
    {
      status: reachable ? 'ok' : 'degraded',
      database: reachable ? 'ok' : 'unreachable',
      version: await pages.version(),
    },
    reachable ? 200 : 503,
  );
}
