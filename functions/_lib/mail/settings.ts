import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { log } from '../log.ts';

/** What it takes to send a letter. */
export interface MailSettings {
  /** `smtp://…` or `smtps://…`, with the name and the password of the account. */
  smtpUrl: string;
  /** `Name <address>`. */
  from: string;
  /** The site's own address, for the links. */
  siteUrl: string;
}

const settingsSchema = z.object({
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().regex(/^(?:[^<>\r\n]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/),
  SITE_URL: z.url({ protocol: /^https?$/ }),
});

/**
 * The settings of the mail server.
 *
 * @returns `undefined` without `SMTP_URL`: no letter is written then, and the pages say so. The same, with a line in
 *   the log, when another one is missing or malformed: the forms go on.
 */
export function mailSettingsOf(
  environment: Pick<Environment, 'SMTP_URL' | 'MAIL_FROM' | 'SITE_URL'>,
): MailSettings | undefined {
  if (!environment.SMTP_URL) return undefined;
  const result = settingsSchema.safeParse(environment);
  if (!result.success) {
    const names = new Set(result.error.issues.map((issue) => issue.path.join('.')));
    log({ event: 'mail-unusable', code: [...names].join(' ') });
    return undefined;
  }
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, SITE_URL: siteUrl } = result.data;
  return { smtpUrl, from, siteUrl };
}
