import { createHash } from 'node:crypto';
import { FOLLOW_UP_PAGE, type Form } from '../../src/domain/forms/form.ts';
import type { Keys } from './keys.ts';

/**
 * The secret part of a submission's link. Made again from the sending rather than kept: who sends the same thing
 * again gets the same link, and the database, which holds its fingerprint only, could give it to nobody.
 *
 * @param key the sending's key, as it was given or as it is stored
 * @param contentHash of the submission
 */
export function tokenOf(form: Form, key: string, contentHash: string, keys: Keys): string {
  return keys.followUpToken(sendingOf(form, key, contentHash));
}

/** The same under every key, for a submission that was sent before the key in use. */
export function tokensOf(form: Form, key: string, contentHash: string, keys: Keys): string[] {
  return keys.followUpTokens(sendingOf(form, key, contentHash));
}

function sendingOf(form: Form, key: string, contentHash: string): string {
  // The database adds the content's hash to a key that comes a second time with another content.
  const given = key.endsWith(`:${contentHash}`) ? key.slice(0, -contentHash.length - 1) : key;
  return JSON.stringify([form.slug, given, contentHash]);
}

/** What the database keeps of a link. The secret part is long enough for a plain hash. */
export function linkHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A link, from the site's root. The secret is after the sign #, which browsers send to nobody. */
export function followUpPath(token: string): string {
  return `${FOLLOW_UP_PAGE}#${token}`;
}
