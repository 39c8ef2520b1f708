import { publisher } from '../loaders/site.ts';
import type { LetterHead } from '../domain/letters/letter.ts';

/** What the site says of itself, for the functions: the end of each letter they write. */
export function GET() {
  const { name, status, statusDetail, contact } = publisher;
  return new Response(JSON.stringify({ name, status, statusDetail, contact } satisfies LetterHead));
}
