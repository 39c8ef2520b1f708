import { fieldName } from '../content-problem.ts';
import { isExpired, isOld } from './confidence.ts';
import { knownFactSchema, type KnownFact } from './fact.ts';
import { latestDayOf } from './partial-date.ts';

/** Why a fact should be checked again, in the words of the report. */
export const RECHECK_REASONS = {
  expired: 'périmée',
  disputed: 'contestée',
  undated: 'date inconnue',
  old: 'ancienne',
  staleCheck: 'confirmée il y a trop longtemps',
  unchecked: 'jamais confirmée auprès du service',
} as const;

/** One of the keys of {@link RECHECK_REASONS}. */
export type RecheckReason = keyof typeof RECHECK_REASONS;

/** A parsed file of `content/`: the front matter of a page, or the whole of a YAML file. */
export interface ParsedFile {
  file: string;
  data: unknown;
}

/** A fact that someone should check with the service. */
export interface Recheck {
  file: string;
  field: string;
  fact: KnownFact;
  reasons: RecheckReason[];
}

/** Every reason to check a fact again, the gravest first. */
export function recheckReasons(fact: KnownFact, today: Date): RecheckReason[] {
  const reasons: RecheckReason[] = [];
  if (isExpired(fact, today)) reasons.push('expired');
  if (fact.disputed !== undefined) reasons.push('disputed');
  if (fact.checkedOn !== undefined) {
    return isOld(fact.checkedOn, today) ? [...reasons, 'staleCheck'] : reasons;
  }
  if (isOld(fact.asOf, today)) reasons.push(fact.asOf === 'inconnue' ? 'undated' : 'old');
  return [...reasons, 'unchecked'];
}

/** The facts to check again on a given day: unknown dates first, then the oldest. */
export function recheckList(files: readonly ParsedFile[], today: Date): Recheck[] {
  return files
    .flatMap(({ file, data }) =>
      factsIn(data).map(({ path, fact }) => ({
        file,
        field: fieldName(path),
        fact,
        reasons: recheckReasons(fact, today),
      })),
    )
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => timeOf(a.fact) - timeOf(b.fact));
}

/** Every source that a parsed file cites, wherever it does. */
export function sourcesIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    name === 'sources' && Array.isArray(value)
      ? value.filter((id): id is string => typeof id === 'string')
      : sourcesIn(value),
  );
}

function factsIn(data: unknown, path: PropertyKey[] = []): { path: PropertyKey[]; fact: KnownFact }[] {
  if (typeof data !== 'object' || data === null) return [];
  const fact = knownFactSchema.safeParse(data);
  if (fact.success) return [{ path, fact: fact.data }];
  return Object.entries(data).flatMap(([name, value]) =>
    factsIn(value, [...path, Array.isArray(data) ? Number(name) : name]),
  );
}

function timeOf(fact: KnownFact): number {
  return latestDayOf(fact.asOf)?.getTime() ?? Number.NEGATIVE_INFINITY;
}
