import { timingSafeEqual } from 'node:crypto';
import { LONGEST_READING, SHORTEST_READING } from '../../src/domain/forms/steps.ts';
import type { Keys } from './keys.ts';

/** What a token is worth: `right`, or why not. */
export type TokenWorth = 'right' | 'absent' | 'forged' | 'young' | 'old';

/**
 * The proof that somebody was shown these answers, and when. It is of no use for other answers: who sends a thousand
 * forms must open a thousand pages, and wait before each.
 *
 * @param content the form and the answers, always written the same way
 */
export function readingToken(content: string, now: Date, keys: Keys): string {
  const issued = now.getTime().toString(36);
  return `${issued}.${keys.readingSignatures(`${issued} ${content}`)[0]}`;
}

/** Only the server's clock counts: a telephone a day late changes nothing. */
export function worthOf(token: string | undefined, content: string, now: Date, keys: Keys): TokenWorth {
  if (!token) return 'absent';
  const [issued = '', signature = ''] = token.split('.');
  const right = keys.readingSignatures(`${issued} ${content}`).some((one) => sameText(one, signature));
  if (!right) return 'forged';
  const age = now.getTime() - parseInt(issued, 36);
  if (age < SHORTEST_READING) return 'young';
  return age > LONGEST_READING ? 'old' : 'right';
}

/** Compares two texts without telling by the time it takes where they differ. */
export function sameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
