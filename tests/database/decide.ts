import type { Database } from '../support/postgres.ts';

/** What an officer says with a decision. */
export interface DecisionOptions {
  /** What they had before their eyes; what is there, unless told. */
  seen?: string | undefined;
  reason?: string;
  note?: string;
  slug?: string;
}

/** What the desk answers. */
export interface DecisionAnswer {
  outcome: 'done' | 'proposed' | 'waiting' | 'changed' | 'gone';
  decision?: number;
  status?: string;
}

/** A decision as the desk sends it, by the officer of this account. */
export async function decideAs(
  db: Database,
  officer: string,
  reference: string,
  decision: string,
  options: DecisionOptions = {},
): Promise<DecisionAnswer> {
  const file = await db.pool.query<{ form: string; seen: string }>(
    'select form, seen from public.desk_submissions where reference = $1',
    [reference],
  );
  const { rows } = await db.runAs(
    'authenticated',
    { sub: officer },
    'select public.decide($1, $2, $3, $4, $5, $6, $7) as answer',
    [
      file.rows[0]?.form ?? 'projet',
      reference,
      decision,
      options.seen ?? file.rows[0]?.seen ?? '',
      options.reason ?? null,
      options.note ?? null,
      options.slug ?? null,
    ],
  );
  return JSON.parse(String(rows[0].answer)) as DecisionAnswer;
}

/** Undoes a decision. */
export async function undoAs(
  db: Database,
  officer: string,
  decision: number | undefined,
): Promise<{ outcome: 'done' | 'late' | 'changed'; status?: string }> {
  const { rows } = await db.runAs(
    'authenticated',
    { sub: officer },
    'select public.undo_decision($1) as answer',
    [decision],
  );
  return JSON.parse(String(rows[0].answer)) as { outcome: 'done' };
}
