import type { LetterHead } from '../../../src/domain/letters/letter.ts';
import { letterOf, type LetterLinks } from '../../../src/domain/letters/letters.ts';
import { fieldsOf, type Form } from '../../../src/domain/forms/form.ts';
import { formBySlug } from '../../../src/domain/forms/index.ts';
import type { StoreOptions } from '../database-call.ts';
import { followUpPath, linkHash, tokensOf } from '../follow-up-link.ts';
import type { Keys } from '../keys.ts';
import { log } from '../log.ts';
import { jsonResponse } from '../pages.ts';
import { letterLink } from './letter-link.ts';
import type { Claimed, Delivery, LetterStore } from './letter-store.ts';
import type { Mailing, MailServer } from './mail-server.ts';
import { setLetter } from './set-letter.ts';
import type { MailSettings } from './settings.ts';

/** What the delivery needs from outside. */
export interface PostOffice {
  /** Absent: no letter leaves. */
  mail: MailSettings | undefined;
  /** Absent: no address can be read. */
  keys: Keys | undefined;
  letters: LetterStore;
  server: MailServer | undefined;
  head(): Promise<LetterHead>;
}

/** A scheduled function lives thirty seconds: what is under way must have time to end. */
const RUN_MILLISECONDS = 25_000;
const LETTER_MILLISECONDS = 8_000;

/** What the database is allowed, to give a letter as to hear what became of it. */
export const LETTER_PATIENCE: StoreOptions = { totalDeadline: 4000, attemptDeadline: 2000 };

/** Sends the letters that are due, one after the other, until there are none or time runs out. */
export async function answerDelivery(
  office: PostOffice,
  runMilliseconds = RUN_MILLISECONDS,
): Promise<Response> {
  const { mail, keys, server, letters } = office;
  if (!mail || !server) return jsonResponse({ code: 'no-mail' }, 200);
  if (!keys) return jsonResponse({ code: 'closed' }, 503);
  const end = Date.now() + runMilliseconds;
  const head = await office.head();
  const counts = { sent: 0, later: 0, never: 0 };
  let reached = true;
  while (reached && Date.now() + LETTER_MILLISECONDS + LETTER_PATIENCE.totalDeadline <= end) {
    const letter = await letters.claim();
    if (letter === 'unavailable') return finish(counts, 503);
    if (letter === undefined) break;
    const mailing = mailingOf(letter, mail, keys, head);
    const result =
      'code' in mailing
        ? { outcome: 'later' as const, code: mailing.code, reached: true }
        : await server.send(mailing, LETTER_MILLISECONDS);
    ({ reached } = result);
    await settle(letters, letter, result);
    counts[result.outcome] += 1;
    if (result.outcome !== 'sent') {
      log({
        event: 'letter',
        form: letter.form,
        action: letter.kind,
        attempts: letter.attempts,
        code: result.code,
      });
    }
  }
  return finish(counts, 200);
}

function finish(counts: { sent: number; later: number; never: number }, status: number): Response {
  const { sent, later, never } = counts;
  if (sent + later + never > 0 || status !== 200)
    log({ event: 'delivery', status, done: sent, failed: later + never });
  return jsonResponse(counts, status);
}

/**
 * The server has taken the letter, and only these lines will stop it from leaving again: what little can go wrong
 * here is tried several times. Whatever happens, nobody else has the letter before two minutes.
 */
async function settle(letters: LetterStore, letter: Claimed, delivery: Delivery): Promise<void> {
  const { outcome } = delivery;
  const said = outcome === 'sent' ? { outcome } : { outcome, code: delivery.code };
  const state = await letters.settle(letter, said);
  // Erased, or decided otherwise, while it was leaving.
  if (state === undefined)
    log({ event: 'letter', form: letter.form, action: letter.kind, code: 'not-settled' });
}

/** A letter ready to hand in, or the code of what keeps it from being so: a key that is not there. */
function mailingOf(
  letter: Claimed,
  { siteUrl, from }: MailSettings,
  keys: Keys,
  head: LetterHead,
): Mailing | { code: string } {
  const form = formBySlug(letter.form);
  const field = form && fieldsOf(form).find(({ protection }) => protection === 'encrypted');
  if (!field) return { code: 'unknown_form' };
  let to: string;
  try {
    to = keys.decrypt(letter.email, { form: form.slug, field: field.name });
  } catch {
    return { code: 'unreadable_address' };
  }
  const links = linksOf(form, letter, siteUrl, keys);
  const written = letterOf(letter.kind, { ...letter, form }, links, head);
  const { unsubscribe } = written;
  const domain = /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? '';
  return {
    ...setLetter(written),
    to,
    messageId: `<${letter.id}@${domain}>`,
    ...(unsubscribe ? { unsubscribe } : {}),
  };
}

function linksOf(form: Form, letter: Claimed, siteUrl: string, keys: Keys): LetterLinks {
  const link = (answer: Parameters<typeof letterLink>[1]) => letterLink(siteUrl, answer, letter.id, keys);
  const { idempotencyKey, contentHash, followUpHash } = letter;
  // Its link may have been made with a key that another one replaced since.
  const token = tokensOf(form, idempotencyKey, contentHash, keys).find(
    (one) => linkHash(one) === followUpHash,
  );
  return {
    confirm: link('confirmer'),
    keep: link('garder'),
    erase: link('effacer'),
    stop: link('arreter'),
    followUp: token && new URL(followUpPath(token), siteUrl).href,
  };
}
