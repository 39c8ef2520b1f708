import type { Fact, KnownFact } from './fact.ts';
import { formatPartialDate, latestDayOf } from './partial-date.ts';
import { SOURCE_KINDS, type Source, type SourceKind } from './source.ts';

/** A fact older than this is shown as old: prices and desks change faster than that. */
export const STALE_AFTER_YEARS = 3;

/** How far a fact can be trusted, in words for the reader. */
export interface Confidence {
  /** For styling: `recent` stands by itself, `old` and `disputed` ask for care. */
  level: 'confirmed' | 'recent' | 'old' | 'disputed' | 'expired';
  /** For instance « source officielle, 2025 ». */
  words: string;
}

/** The strongest kind among the sources of a fact. */
export function bestKind(sources: readonly Source[]): SourceKind {
  const kinds = Object.keys(SOURCE_KINDS) as SourceKind[];
  return kinds.find((kind) => sources.some((source) => source.kind === kind)) ?? 'secondaire';
}

/** Whether the fact's date is unknown or more than {@link STALE_AFTER_YEARS} years before `today`. */
export function isOld(asOf: string, today: Date): boolean {
  const latest = latestDayOf(asOf);
  if (!latest) return true;
  const limit = new Date(today);
  limit.setUTCFullYear(limit.getUTCFullYear() - STALE_AFTER_YEARS);
  return latest < limit;
}

/** Whether the fact has passed the date its editor gave it. */
export function isExpired(fact: Fact, today: Date): boolean {
  return (
    'value' in fact && fact.validUntil !== undefined && fact.validUntil < today.toISOString().slice(0, 10)
  );
}

/**
 * Says in words how far a fact can be trusted.
 *
 * @param fact a sourced statement
 * @param sources the sources it cites, already resolved
 * @param today the day the page is built
 */
export function confidenceOf(fact: KnownFact, sources: readonly Source[], today: Date): Confidence {
  const origin = SOURCE_KINDS[bestKind(sources)];
  const date = formatPartialDate(fact.asOf);
  if (isExpired(fact, today)) {
    return { level: 'expired', words: `${origin}, ${date} ; information périmée, à faire confirmer` };
  }
  if (fact.disputed) return { level: 'disputed', words: `les sources se contredisent (${date})` };
  // What the service confirmed lately is no longer « à faire confirmer », however old the document.
  const confirmed = fact.checkedOn !== undefined && !isOld(fact.checkedOn, today);
  if (!confirmed && isOld(fact.asOf, today)) {
    return {
      level: 'old',
      words:
        fact.asOf === 'inconnue'
          ? `${origin}, date inconnue, à faire confirmer`
          : `information ancienne (${date}), à faire confirmer`,
    };
  }
  return { level: confirmed ? 'confirmed' : 'recent', words: `${origin}, ${date}` };
}
