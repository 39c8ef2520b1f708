/** What a form sends besides its answers. No question may have one of these names. */
export const HIDDEN = {
  /** Tells a sending from another: the same one sent twice is stored once. */
  key: 'idempotency_key',
  /** What the person wants now; see {@link STEPS}. Absent: store. */
  step: 'etape',
  /** The proof that the page that shows every answer was opened, and when. */
  token: 'jeton',
  /** A field that no person sees: only a robot fills it. */
  trap: 'sujet',
} as const;

/** What a form can ask for before anything is stored. */
export const STEPS = {
  /** Show every answer again. */
  check: 'verifier',
  /** Come back to the questions, answers included. */
  mend: 'modifier',
} as const;

/** Milliseconds that no person needs less of, to read their answers again. */
export const SHORTEST_READING = 2000;

/** Milliseconds after which the page that shows every answer must be opened again. */
export const LONGEST_READING = 7 * 24 * 3600 * 1000;
