import { plainText } from '../plain-text.ts';
import { frenchTypography } from '../typography.ts';
import { labelOf, type Choice } from '../vocabularies/choice.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import { SECTORS } from '../vocabularies/projects.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import type { Association } from './association.ts';

/** An association with its address, as the content layer gives it. */
export interface DirectoryEntry {
  /** Last part of the address: `/associations/<id>/`. */
  id: string;
  data: Association;
}

/** How many associations one page of a list shows. */
export const PAGE_SIZE = 24;

const FRENCH = new Intl.Collator('fr');

/** The entries by country, city, then name, in the French alphabet. */
export function byPlace<Entry extends DirectoryEntry>(entries: readonly Entry[]): Entry[] {
  const key = ({ data }: Entry) => [labelOf(COUNTRIES, data.country), cityKey(data.city), data.name];
  return [...entries].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    const differing = left.findIndex((part, index) => FRENCH.compare(part, right[index] ?? '') !== 0);
    return differing === -1
      ? a.id.localeCompare(b.id)
      : FRENCH.compare(left[differing] ?? '', right[differing] ?? '');
  });
}

/** What a list of associations shares. */
export type FacetKind = 'pays' | 'activite' | 'region';

/** A list of associations that share one property, with an address of its own. */
export interface AssociationFacet {
  kind: FacetKind;
  value: string;
  label: string;
  /** Last part of the address: the value in lower case, with hyphens. */
  slug: string;
  /** `/associations/pays/fr/` */
  address: string;
  /** By place; empty when nothing is published there. */
  entries: DirectoryEntry[];
}

/**
 * Every field, every region, and the countries asked for or where an association is. Those without an association are
 * there too: their pages keep their address when the last one leaves.
 *
 * @param countries codes of the countries that have a page whatever happens
 */
export function associationFacets(
  entries: readonly DirectoryEntry[],
  countries: ReadonlySet<string>,
): AssociationFacet[] {
  const sorted = byPlace(entries);
  const used = new Set(sorted.map(({ data }) => data.country));
  const facets = (
    kind: FacetKind,
    choices: readonly Choice[],
    holds: (association: Association, value: string) => boolean,
  ) =>
    choices.map(({ value, label }) => {
      const slug = value.toLowerCase().replaceAll('_', '-');
      return {
        kind,
        value,
        label,
        slug,
        address: `/associations/${kind}/${slug}/`,
        entries: sorted.filter(({ data }) => holds(data, value)),
      };
    });
  return [
    ...facets(
      'pays',
      COUNTRIES.filter(({ value }) => countries.has(value) || used.has(value)),
      (association, value) => association.country === value,
    ),
    ...facets('activite', SECTORS, (association, value) => association.activities.includes(value)),
    ...facets('region', REGIONS, (association, value) => association.actionRegions.includes(value)),
  ];
}

/** One city of a list: cities are free text, told apart without accents, capitals nor hyphens. */
export interface CityGroup {
  name: string;
  /** The anchor of its heading. */
  anchor: string;
  entries: DirectoryEntry[];
}

/** The entries of one country, city by city, in the order they came. */
export function byCity(entries: readonly DirectoryEntry[]): CityGroup[] {
  const groups = new Map<string, CityGroup>();
  for (const entry of entries) {
    const { city } = entry.data;
    const anchor = `ville-${cityKey(city)}`.replace(/\s+/g, '-');
    const group = groups.get(anchor) ?? { name: city, anchor, entries: [] };
    group.entries.push(entry);
    groups.set(anchor, group);
  }
  return [...groups.values()];
}

/** Nothing is left in plain letters of a name in another alphabet: it stands for itself. */
function cityKey(city: string): string {
  return plainText(city) || city.trim();
}

/** A city of a country, with the address of its place in the list. */
export interface CityLink {
  name: string;
  count: number;
  address: string;
}

/** Every city of a list of one country, with the page and the heading where it begins. */
export function citiesOf(facet: AssociationFacet): CityLink[] {
  return byCity(facet.entries).map(({ name, anchor, entries }) => {
    const first = entries[0] ? facet.entries.indexOf(entries[0]) : 0;
    return {
      name,
      count: entries.length,
      address: `${pageAddress(facet.address, Math.floor(first / PAGE_SIZE) + 1)}#${anchor}`,
    };
  });
}

/** The address of one page of a list: `/associations/pays/fr/`, `/associations/pays/fr/2/`. */
export function pageAddress(list: string, number: number): string {
  return number === 1 ? list : `${list}${number}/`;
}

/** One page of a list that is cut so that none grows with the directory. */
export interface ListPage<Entry> {
  /** 1 for the first. */
  number: number;
  /** How many pages the list has. */
  last: number;
  entries: readonly Entry[];
}

/** Cuts a list into pages; an empty list has one, empty. */
export function pagesOf<Entry>(entries: readonly Entry[], size = PAGE_SIZE): ListPage<Entry>[] {
  const last = Math.max(1, Math.ceil(entries.length / size));
  return Array.from({ length: last }, (_, index) => ({
    number: index + 1,
    last,
    entries: entries.slice(index * size, (index + 1) * size),
  }));
}

/** `Aucune association`, `1 association`, `12 associations`. */
export function associationsInWords(count: number): string {
  if (count === 0) return 'Aucune association';
  return `${count}\u00a0association${count > 1 ? 's' : ''}`;
}

/** The `<title>` of every association's page, by id: no two are alike, whatever names people give. */
export function associationTitles(entries: readonly DirectoryEntry[]): Map<string, string> {
  const titles = entries.map(({ id, data }) => ({
    id,
    title: frenchTypography(`${data.name} (association, ${data.city}, ${labelOf(COUNTRIES, data.country)})`),
  }));
  const uses = new Map<string, number>();
  for (const { title } of titles) uses.set(title, (uses.get(title) ?? 0) + 1);
  return new Map(
    titles.map(({ id, title }) => [id, (uses.get(title) ?? 0) > 1 ? `${title} · ${id}` : title]),
  );
}
