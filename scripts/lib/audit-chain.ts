// Reads the chain of the audit log again, without asking the database whether it is right.
import { createHash } from 'node:crypto';

/** One link, as `audit_links` gives it. */
export interface AuditLink {
  link: number | string;
  entry: number | string;
  previous: string;
  hash: string;
  /** The line of the log as it is now; null when it is gone. */
  line: string | null;
}

export interface ChainState {
  /** How many links were read. */
  count: number;
  /** The fingerprint of the last one. */
  head: string;
  /** The first link that does not hold. */
  broken: number | undefined;
}

const START: ChainState = { count: 0, head: '0'.repeat(64), broken: undefined };

/** Verifies links that follow those already read; stops at the first that does not hold. */
export function verifyLinks(links: readonly AuditLink[], before: ChainState = START): ChainState {
  const state = { ...before };
  for (const { link, previous, hash, line } of links) {
    if (state.broken !== undefined) break;
    const expected = createHash('sha256')
      .update(`${previous}\n${line ?? ''}`)
      .digest('hex');
    const holds =
      Number(link) === state.count + 1 && previous === state.head && line !== null && hash === expected;
    if (holds) {
      state.count += 1;
      state.head = hash;
    } else state.broken = Number(link);
  }
  return state;
}
