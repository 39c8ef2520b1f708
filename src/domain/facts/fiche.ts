import type { Bibliography } from './citations.ts';
import { confidenceOf, isExpired, type Confidence } from './confidence.ts';
import { isKnown, type Fact } from './fact.ts';
import { formatPartialDate } from './partial-date.ts';
import type { Source } from './source.ts';

/** A fact ready to print. */
export interface FactView {
  label?: string | undefined;
  /** What the reader should do instead, when nobody knows. */
  notFound?: string;
  /** One sentence, or several entries of a list. */
  lines: string[];
  isList: boolean;
  url?: string | undefined;
  /** The numbers of its sources on this page. */
  sources: number[];
  confidence?: Confidence;
  disputed?: string | undefined;
  note?: string | undefined;
  /** « 3 mars 2027 », when a person confirmed it with the service. */
  checkedOn?: string | undefined;
}

/** Known sources by id. */
export type Sources = ReadonlyMap<string, Source>;

/**
 * Prepares the facts of one field, numbering their sources on the way.
 *
 * @throws Error when a source is unknown: the content check should have said so before
 */
export function viewFacts(
  facts: readonly Fact[],
  sources: Sources,
  bibliography: Bibliography,
  today: Date,
): FactView[] {
  return facts.map((fact) => {
    if (!isKnown(fact)) {
      return { label: fact.label, notFound: fact.notFound, lines: [], isList: false, sources: [] };
    }
    const cited = fact.sources.map((id) => sourceOf(sources, id));
    return {
      label: fact.label,
      lines: [fact.value].flat(),
      isList: Array.isArray(fact.value),
      url: fact.url,
      sources: fact.sources.map((id) => bibliography.numberOf(id)),
      confidence: confidenceOf(fact, cited, today),
      disputed: fact.disputed,
      note: fact.note,
      checkedOn: fact.checkedOn === undefined ? undefined : formatPartialDate(fact.checkedOn),
    };
  });
}

/**
 * A source by its id.
 *
 * @throws Error when it is unknown
 */
export function sourceOf(sources: Sources, id: string): Source {
  const source = sources.get(id);
  if (!source) throw new Error(`La source « ${id} » n’existe pas dans content/sources/.`);
  return source;
}

/** The facts of a page, by field: those of a procedure, or of a destination. */
export type FactsByField = Readonly<Record<string, readonly Fact[]>>;

/** Every fact of a page, whatever its field. */
export function factsOf(fields: FactsByField): Fact[] {
  return Object.values(fields).flat();
}

/** How a page's facts stand today, for the banner and the « Vérifié le » line. */
export interface FactsState {
  /** Facts that have passed their date. */
  expired: number;
  /** The oldest confirmation when every known fact has one, as `2026-11-22`. */
  checkedOn: string | undefined;
  /** How many known facts nobody has confirmed with the service yet. */
  unchecked: number;
}

/** Sums up a page's facts. */
export function stateOf(fields: FactsByField, today: Date): FactsState {
  const known = factsOf(fields).filter(isKnown);
  const dates = known.flatMap((fact) => fact.checkedOn ?? []).sort();
  return {
    expired: known.filter((fact) => isExpired(fact, today)).length,
    unchecked: known.length - dates.length,
    checkedOn: dates.length === known.length ? dates[0] : undefined,
  };
}
