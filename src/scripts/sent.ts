/*
 * What this device remembers of a sending: when it was received, and the key that tells it from another. No answer, no
 * reference, no link. It lets the form say « Déjà envoyé » to who opens it again and doubts.
 */
const PREFIX = 'envoye:';
const LIFE_MS = 7 * 24 * 3600 * 1000;

/** One sending that was received. */
export interface Sent {
  key: string;
  at: number;
}

/** Remembers that a form was received. */
export function rememberSent(slug: string, key: string): void {
  try {
    localStorage.setItem(PREFIX + slug, JSON.stringify({ key, at: Date.now() } satisfies Sent));
  } catch {
    // Storage may be forbidden: the page then says nothing.
  }
}

/** Forgets the sendings of every form. */
export function forgetSent(): void {
  drop(() => true);
}

/** What is remembered of a form. What is older than a week goes, whatever the form. */
export function readSent(slug: string): Sent | undefined {
  // A clock that was set back makes nothing last longer.
  drop(({ at }) => Math.abs(Date.now() - at) > LIFE_MS);
  return read(PREFIX + slug);
}

function read(name: string): Sent | undefined {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '') as Sent;
  } catch {
    return undefined;
  }
}

function drop(isOver: (sent: Sent) => boolean) {
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX)))
      if (isOver(read(name) ?? { key: '', at: 0 })) localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
