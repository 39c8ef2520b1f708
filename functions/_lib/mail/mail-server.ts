import { createTransport } from 'nodemailer';
import type { SetLetter } from './set-letter.ts';
import type { MailSettings } from './settings.ts';
import type { Delivery } from './letter-store.ts';

/** A letter with who it is for. */
export interface Mailing extends SetLetter {
  to: string;
  /** The same at each try: whoever gets it twice can tell. */
  messageId: string;
  unsubscribe?: string;
}

/** Somewhere to hand letters in. */
export interface MailServer {
  /**
   * Hands one in, within the time allowed. Never throws: what went wrong is told by a code. `reached` is false when
   * the server said nothing of the letter itself: the next one would not fare better now.
   */
  send(mailing: Mailing, milliseconds: number): Promise<Delivery & { reached: boolean }>;
}

/** The mail server of the settings. One connection for each letter: there are few of them, far between. */
export function smtpServer({ smtpUrl, from }: MailSettings): MailServer {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(smtpUrl).hostname);
  const transport = createTransport({
    url: smtpUrl,
    // A letter holds a key: it never travels in the open, nor does the password.
    requireTLS: !local,
    dnsTimeout: 5000,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 6000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, messageId, unsubscribe, subject, text, html }, milliseconds) {
      try {
        await transport.sendMail({
          from,
          to,
          subject,
          text,
          html,
          messageId,
          signal: AbortSignal.timeout(milliseconds),
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            ...(unsubscribe ? { 'List-Unsubscribe': `<${unsubscribe}>` } : {}),
          },
        });
        return { outcome: 'sent', reached: true };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** Whose fault it is: the letter's, which nobody will ever take, or the server's and the moment's. */
function failureOf(error: unknown): Delivery & { reached: boolean } {
  const { code = '', responseCode, command = '', permanent = false } = error as NodemailerError;
  // Only what is said of the addressee or of the text: a sender that is refused is ours to mend.
  const reached = ['API', 'RCPT TO', 'DATA'].includes(command) && code !== 'EABORT';
  const hopeless = permanent || (command === 'API' && code === 'EENVELOPE');
  return {
    outcome: reached && hopeless ? 'never' : 'later',
    code: String(responseCode ?? (/^[A-Za-z0-9_]{1,40}$/.test(code) ? code : 'unknown')),
    reached: reached && (responseCode !== undefined || hopeless),
  };
}

/** What nodemailer says of a failure, besides its sentence. */
interface NodemailerError {
  code?: string;
  responseCode?: number;
  /** The command that was under way. */
  command?: string;
  permanent?: boolean;
}
