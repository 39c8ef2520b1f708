import { PAGE_SIZE, pageAddress } from '../paging.ts';
import { plainText } from '../plain-text.ts';
import { frenchTypography } from '../typography.ts';
import { labelOf, type Choice } from '../vocabularies/choice.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import { SECTOR_SLUGS, SECTORS } from '../vocabularies/projects.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import type { Association } from './association.ts';

/** An association with its address, as the content layer gives it. */
export interface DirectoryEntry {
  /** Last part of the address: `/associations/<id>/`. */
  id: string;
  data: Association;
}

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
  /** Last part of the address. */
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
  const facets = <Value extends string>(
    kind: FacetKind,
    choices: readonly (Choice & { value: Value })[],
    slugOf: (value: Value) => string,
    holds: (association: Association, value: Value) => boolean,
  ) =>
    choices.map(({ value, label }) => {
      const slug = slugOf(value);
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
      (code) => code.toLowerCase(),
      (association, value) => association.country === value,
    ),
    ...facets(
      'activite',
      SECTORS,
      (sector) => SECTOR_SLUGS[sector],
      (association, value) => association.activities.includes(value),
    ),
    ...facets(
      'region',
      REGIONS,
      (region) => region,
      (association, value) => association.actionRegions.includes(value),
    ),
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
