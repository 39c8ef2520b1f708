// Passphrases that officers copy on paper and type again years later.
import { randomInt } from 'node:crypto';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Neither look-alikes (0/o, 1/l/i, 2/z, 5/s, 8/b, u/v) nor capitals. */
const LETTERS = 'acdefghjkmnpqrtvwxy34679';

/** `xxxx-xxxx-xxxx-xxxx-xxxx`: drawn rather than chosen, 91 bits that no list of passwords holds. */
export function newPassphrase(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: 5 }, group).join('-');
}

/** Reads one line without showing it; from a pipe, its first line. */
export async function askPassphrase(question: string): Promise<string> {
  process.stderr.write(question);
  const input = createInterface({
    input: process.stdin,
    output: new Writable({ write: (_chunk, _encoding, done) => done() }),
    terminal: process.stdin.isTTY,
  });
  const line = await new Promise<string>((resolve) => {
    input.once('line', resolve);
    input.once('close', () => resolve(''));
    // Ctrl-C: readline would keep it for itself.
    input.once('SIGINT', () => process.exit(130));
  });
  input.close();
  process.stderr.write('\n');
  return line;
}
