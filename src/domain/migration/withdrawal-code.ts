/** Letters and digits that neither look nor sound alike: those of the references of forms. */
const ALPHABET = 'ACDEFGHJKMNPQRTVWXY34679';
const DRAWN = 28;
const CHECK = 4;
/** The largest prime below 24^4: one wrong sign, or two neighbours exchanged, always change the remainder. */
const PRIME = 331_769;

/** How many numbers {@link codeFrom} wants, each from 0 to {@link CODE_BASE} excluded: more than 128 bits in all. */
export const CODE_NUMBERS = DRAWN;
/** How many signs there are. */
export const CODE_BASE = ALPHABET.length;

/**
 * Writes the code that withdraws a testimony: what was drawn, then four signs that tell a slip of the pen.
 *
 * @param numbers {@link CODE_NUMBERS} numbers drawn at random
 */
export function codeFrom(numbers: readonly number[]): string {
  const drawn = numbers.map((number) => ALPHABET.charAt(number)).join('');
  return drawn + checkOf(drawn);
}

/** A code as it is read out and copied: `ACDE FGHJ …`, in groups of four. */
export function spokenCode(code: string): string {
  return code.replace(/.{4}(?=.)/g, `$& `);
}

/**
 * Reads a code as people copy it, whatever the capitals, the spaces and the dashes.
 *
 * @returns the code without its spaces, or `undefined` when it is not one, or was miscopied
 */
export function parseCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s.,\-‐‑–—_/]/g, '');
  if (code.length !== DRAWN + CHECK || ![...code].every((sign) => ALPHABET.includes(sign))) return undefined;
  return code.endsWith(checkOf(code.slice(0, DRAWN))) ? code : undefined;
}

function checkOf(drawn: string): string {
  let remainder = [...drawn].reduce((sum, sign) => (sum * CODE_BASE + ALPHABET.indexOf(sign)) % PRIME, 0);
  let check = '';
  for (let place = 0; place < CHECK; place++) {
    check = ALPHABET.charAt(remainder % CODE_BASE) + check;
    remainder = Math.floor(remainder / CODE_BASE);
  }
  return check;
}
