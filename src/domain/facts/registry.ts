import { citedIn } from './citations.ts';
import { isKnown } from './fact.ts';
import { factsOf, type FactsByField, type Sources } from './fiche.ts';
import { SOURCE_KINDS, type Source, type SourceKind } from './source.ts';

/** A page of the site and the sources it cites. */
export interface CitingPage {
  label: string;
  address: string;
  sources: readonly string[];
}

/** One source and the pages that rest on it. */
export interface RegistryEntry {
  id: string;
  source: Source;
  citedBy: CitingPage[];
}

/** The sources of one kind. */
export interface RegistryGroup {
  kind: SourceKind;
  /** `/sources/officiel/` */
  address: string;
  /** « Sources officielles » */
  title: string;
  /** « 27 sources officielles » */
  count: string;
  /** What this kind is worth, for the reader. */
  meaning: string;
  entries: RegistryEntry[];
}

const KINDS: Record<SourceKind, { one: string; many: string; meaning: string }> = {
  officiel: {
    one: 'source officielle',
    many: 'sources officielles',
    meaning: 'Un État parle de ses propres services : ministère, ambassade, texte de loi.',
  },
  institutionnel: {
    one: 'source institutionnelle',
    many: 'sources institutionnelles',
    meaning:
      'Une organisation reconnue : Nations unies, banque centrale, université, site d’information public.',
  },
  presse: {
    one: 'article de presse',
    many: 'articles de presse',
    meaning: 'Un journal ou une radio rapporte une annonce. C’est souvent la seule trace écrite.',
  },
  secondaire: {
    one: 'source secondaire',
    many: 'sources secondaires',
    meaning: 'Quelqu’un d’autre l’explique : association, avocat, encyclopédie. À faire confirmer.',
  },
};

/** Every source id that a page cites, in its facts or in its text, each once. */
export function sourcesOfPage(body: string, fields: FactsByField = {}): string[] {
  const facts = factsOf(fields).filter(isKnown);
  return [...new Set([...facts.flatMap((fact) => fact.sources), ...citedIn(body)])];
}

/**
 * Every source once, by kind from the strongest to the weakest, then from the most recent to the undated.
 * Kinds without a source are left out.
 */
export function registryOf(sources: Sources, pages: readonly CitingPage[]): RegistryGroup[] {
  const french = new Intl.Collator('fr');
  const entries = [...sources]
    .map(([id, source]) => ({ id, source, citedBy: pages.filter((page) => page.sources.includes(id)) }))
    .sort(
      (a, b) =>
        yearOf(b.source).localeCompare(yearOf(a.source)) ||
        french.compare(a.source.publisher, b.source.publisher) ||
        french.compare(a.source.title, b.source.title),
    );
  return (Object.keys(SOURCE_KINDS) as SourceKind[]).flatMap((kind) => {
    const found = entries.filter((entry) => entry.source.kind === kind);
    const { one, many, meaning } = KINDS[kind];
    if (found.length === 0) return [];
    return {
      kind,
      address: `/sources/${kind}/`,
      title: `${many.charAt(0).toUpperCase()}${many.slice(1)}`,
      count: `${found.length} ${found.length === 1 ? one : many}`,
      meaning,
      entries: found,
    };
  });
}

/** The year of a source, or an empty text when nobody knows it. */
export function yearOf(source: Source): string {
  return source.published === 'inconnue' ? '' : source.published.slice(0, 4);
}

/** Cuts a list of entries into years, in the list's own order. */
export function byYear(entries: readonly RegistryEntry[]): { year: string; entries: RegistryEntry[] }[] {
  const years = [...new Set(entries.map((entry) => yearOf(entry.source)))];
  return years.map((year) => ({ year, entries: entries.filter((entry) => yearOf(entry.source) === year) }));
}
