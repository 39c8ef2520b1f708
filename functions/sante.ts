import type { Config } from '@netlify/functions';
import { answerHealth } from './_lib/health.ts';
import { productionServices } from './_lib/production.ts';

/** `GET /api/sante` */
export default (): Promise<Response> => answerHealth(productionServices());

export const config: Config = { path: '/api/sante', method: 'GET' };
