import type { Config } from '@netlify/functions';
import { answerDelivery } from './_lib/mail/deliver.ts';
import { smtpServer } from './_lib/mail/mail-server.ts';
import { productionServices } from './_lib/production.ts';

/** Every minute: sends the letters that are due. */
export default (): Promise<Response> => {
  const { mail, keys, letters, pages } = productionServices();
  return answerDelivery({ mail, keys, letters, server: mail && smtpServer(mail), head: () => pages.head() });
};

export const config: Config = { schedule: '* * * * *' };
