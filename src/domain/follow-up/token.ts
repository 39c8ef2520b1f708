/**
 * The secret part of a link, from what a person pastes: the whole link, the address of the thank-you page, or the
 * secret alone, with the blanks and line breaks that messages add.
 */
export function tokenIn(pasted: string): string {
  return pasted.replace(/\s/g, '').replace(/^.*#/, '').slice(0, 200);
}
