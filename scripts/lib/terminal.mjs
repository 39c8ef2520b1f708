// What a person sees in the terminal. Plain JavaScript on Node's own modules only, because it also speaks
// before anything is installed. Everything printed is plain French.

/** No-break space: French puts one before « : ; ? ! » and inside the quotes. */
export const NBSP = '\u00a0';

/** An error a person can act on: its message is one clear French sentence, printed without a stack. */
export class UserError extends Error {
  /**
   * @param {string} message
   * @param {{ details?: string, cause?: unknown }} [options] details: the tool's own last lines, printed below
   */
  constructor(message, options = {}) {
    super(message, { cause: options.cause });
    this.name = 'UserError';
    this.details = options.details ?? '';
  }
}

/**
 * Puts no-break spaces where French typography wants them, so that messages can be written with plain spaces.
 * @param {string} text
 */
export function typeset(text) {
  return text
    .replace(/ ([:;?!»])/gu, `${NBSP}$1`)
    .replace(/« /gu, `«${NBSP}`)
    .replace(/(\d) (s|min|ms|ko|Mo|%)(?![\p{L}])/gu, `$1${NBSP}$2`);
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return typeset(`${seconds.toFixed(1).replace('.', ',')} s`);
  if (seconds < 60) return typeset(`${String(Math.round(seconds))} s`);
  const rest = Math.round(seconds % 60);
  return typeset(`${String(Math.floor(seconds / 60))} min ${String(rest)} s`);
}

/** @param {string} [text] */
export function say(text = '') {
  process.stdout.write(`${typeset(text)}\n`);
}

/**
 * Announces a step and keeps telling how long it has lasted: rewritten in place on a terminal, one line every
 * fifteen seconds elsewhere (a log must show life without filling up).
 * @param {string} title
 * @param {boolean} [quiet]
 */
export function step(title, quiet = false) {
  const began = Date.now();
  const live = process.stdout.isTTY && !quiet;
  const label = typeset(title);
  let note = '';
  let width = 0;
  const draw = (/** @type {string} */ text) => {
    const line = text.slice(0, Math.max(20, (process.stdout.columns || 80) - 1));
    process.stdout.write(`\r${line.padEnd(width)}`);
    width = line.length;
  };
  const tick = () => {
    const elapsed = Date.now() - began;
    const tail = note === '' ? '' : ` — ${note}`;
    if (live) draw(`… ${label} (${duration(elapsed)})${tail}`);
    else process.stdout.write(`  … ${duration(elapsed)}${tail}\n`);
  };
  if (live) draw(`… ${label}`);
  else if (!quiet) process.stdout.write(`… ${label}\n`);
  const timer = quiet ? undefined : setInterval(tick, live ? 1000 : 15_000);
  timer?.unref();
  const end = (/** @type {string} */ mark, /** @type {string} */ text) => {
    clearInterval(timer);
    if (quiet) return;
    const line = typeset(`${mark} ${text} (${duration(Date.now() - began)})`);
    if (live) process.stdout.write(`\r${line.padEnd(width)}\n`);
    else process.stdout.write(`${line}\n`);
  };
  return {
    /** Shows the last thing the tool said beside the elapsed time. */
    note(/** @type {string} */ text) {
      note = text.trim();
    },
    /** @param {string} [text] */
    done(text = title) {
      end('✔', text);
    },
    /** @param {string} [text] */
    fail(text = title) {
      end('✘', text);
    },
  };
}

/**
 * Prints the one sentence of an error. The stack is for our own mistakes only, never for a person's.
 * @param {unknown} error
 */
export function complain(error) {
  if (error instanceof UserError) {
    process.stderr.write(`\n${typeset(error.message)}\n`);
    if (error.details !== '') process.stderr.write(`\n${error.details}\n`);
    return;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`\n${typeset('Erreur imprévue, à signaler avec le texte ci-dessous :')}\n${detail}\n`);
}
