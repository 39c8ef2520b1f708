import {
  LETTER_PAGE,
  letterCode,
  type LetterAnswer,
  type LetterCode,
} from '../../../src/domain/letters/answer.ts';
import type { Keys } from '../keys.ts';
import { sameText } from '../reading-token.ts';

/** A line's id takes sixteen bytes: so many characters in base64. */
const LINE_LENGTH = 22;

/** A link to an answer: it names the line of the letter, and proves that this site wrote it. */
export function letterLink(siteUrl: string, answer: LetterAnswer, line: string, keys: Keys): string {
  const written = Buffer.from(line.replaceAll('-', ''), 'hex').toString('base64url');
  const secret = written + keys.letterSignatures(`${answer} ${written}`)[0];
  return `${new URL(LETTER_PAGE, siteUrl).href}#${letterCode({ answer, secret })}`;
}

/**
 * The line that a link names.
 *
 * @returns `undefined` when this site did not write it: nothing is then asked of the database
 */
export function lineOf({ answer, secret }: LetterCode, keys: Keys): string | undefined {
  const written = secret.slice(0, LINE_LENGTH);
  const given = secret.slice(LINE_LENGTH);
  if (!keys.letterSignatures(`${answer} ${written}`).some((one) => sameText(one, given))) return undefined;
  const hex = Buffer.from(written, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
