import type { Config } from '@netlify/functions';
import { productionServices } from './_lib/production.ts';
import { answerRotation } from './_lib/rotation.ts';

/** Every hour: closes again, with the key in use, the addresses that an older key closed. */
export default (): Promise<Response> => answerRotation(productionServices());

export const config: Config = { schedule: '@hourly' };
