import type { Config } from '@netlify/functions';
import { answerPurge } from './_lib/purge.ts';
import { productionServices } from './_lib/production.ts';

/** Every hour: erases what must not be kept. */
export default (): Promise<Response> => answerPurge(productionServices().store);

export const config: Config = { schedule: '@hourly' };
