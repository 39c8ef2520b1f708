import type { Config } from '@netlify/functions';
import { answerPurge } from './_lib/purge.ts';
import { productionServices } from './_lib/production.ts';

/** Every hour: erases what must not be kept any longer, and asks once a year whether the rest may be. */
export default (): Promise<Response> => answerPurge(productionServices());

export const config: Config = { schedule: '@hourly' };
