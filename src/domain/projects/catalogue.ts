import { plainText } from '../plain-text.ts';
import { frenchTypography } from '../typography.ts';
import { labelOf, type Choice } from '../vocabularies/choice.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import { NEEDS, NEED_SLUGS, SECTOR_SLUGS, SECTORS, STAGES, STAGE_SLUGS } from '../vocabularies/projects.ts';
import { PREFECTURES, REGIONS } from '../vocabularies/territories.ts';
import type { Project } from './project.ts';
import { silenceOf } from './silence.ts';

/** A project with its address, as the content layer gives it. */
export interface CatalogueEntry {
  /** Last part of the address: `/projets/<id>/`. */
  id: string;
  data: Project;
}

const FRENCH = new Intl.Collator('fr');

/** The entries, latest published first, then by title. */
export function newestFirst<Entry extends CatalogueEntry>(entries: readonly Entry[]): Entry[] {
  return [...entries].sort(
    (a, b) =>
      b.data.publishedOn.localeCompare(a.data.publishedOn) ||
      FRENCH.compare(a.data.title, b.data.title) ||
      a.id.localeCompare(b.id),
  );
}

/**
 * The projects that the lists show on this day, in the order they show them: all but those of the archives. Every
 * list, count, diagram and file of the catalogue starts from here.
 */
export function listedProjects<Entry extends CatalogueEntry>(
  entries: readonly Entry[],
  today: Date,
): Entry[] {
  return newestFirst(entries.filter(({ data }) => silenceOf(data, today) !== 'archived'));
}

/**
 * How many projects the search of the site knows, the newest. Its index weighs on the first search of every reader,
 * whatever they look for: beyond, projects are found by the lists.
 */
export const SEARCHED_AT_MOST = 3000;

/** What the projects of a list share. The word is the one of the address. */
export type FacetKind = 'secteur' | 'region' | 'prefecture' | 'commune' | 'etape' | 'besoin' | 'pays';

/** A list of projects that share one property, with an address of its own. */
export interface Facet {
  kind: FacetKind;
  value: string;
  label: string;
  /** Last part of the address. */
  slug: string;
  /** `/projets/secteur/eau/` */
  address: string;
  /** In the order of the lists; empty when nothing is published there yet. */
  entries: CatalogueEntry[];
  /** The address of the list around this one: the region of a prefecture, the prefecture of a commune. */
  within?: string;
}

/** From how many projects on a commune has a list of its own; below, the one of its prefecture says as much. */
export const COMMUNE_PAYS_FROM = 3;

/** `Agoè-Nyivé 5` → `agoe-nyive-5` */
export function slugOfPlace(name: string): string {
  return plainText(name).replaceAll(' ', '-');
}

/** The entries by one of their properties, in the order they came. */
function groupBy(
  entries: readonly CatalogueEntry[],
  valuesOf: (project: Project) => readonly (string | null)[],
): Map<string, CatalogueEntry[]> {
  const groups = new Map<string, CatalogueEntry[]>();
  for (const entry of entries) {
    for (const value of new Set(valuesOf(entry.data))) {
      if (value === null) continue;
      const group = groups.get(value);
      if (group) group.push(entry);
      else groups.set(value, [entry]);
    }
  }
  return groups;
}

/**
 * Every list of the catalogue. Sectors, regions, prefectures, stages and needs are all there, with or without a
 * project: their pages keep their address when the last project leaves. So are the countries asked for.
 *
 * @param countries codes of the holders' countries that have a list whatever happens
 */
export function facetsOf(
  entries: readonly CatalogueEntry[],
  countries: ReadonlySet<string> = new Set(),
): Facet[] {
  const sorted = newestFirst(entries);
  const facets = <Value extends string>(
    kind: FacetKind,
    choices: readonly (Choice & { value: Value })[],
    slugOf: (value: Value) => string,
    valuesOf: (project: Project) => readonly (string | null)[],
  ): Facet[] => {
    const groups = groupBy(sorted, valuesOf);
    return choices.map(({ value, label }) => {
      const slug = slugOf(value);
      return {
        kind,
        value,
        label,
        slug,
        address: `/projets/${kind}/${slug}/`,
        entries: groups.get(value) ?? [],
      };
    });
  };
  const used = new Set(sorted.map(({ data }) => data.residenceCountry));
  const prefectures = facets(
    'prefecture',
    PREFECTURES.map(({ name }) => ({ value: name, label: name })),
    slugOfPlace,
    ({ prefecture }) => [prefecture],
  ).map((facet, index) => ({ ...facet, within: `/projets/region/${PREFECTURES[index]?.region ?? ''}/` }));
  return [
    ...facets(
      'region',
      REGIONS,
      (region) => region,
      ({ region }) => [region],
    ),
    ...facets(
      'secteur',
      SECTORS,
      (sector) => SECTOR_SLUGS[sector],
      ({ sector }) => [sector],
    ),
    ...facets(
      'etape',
      STAGES,
      (stage) => STAGE_SLUGS[stage],
      ({ stage }) => [stage],
    ),
    ...facets('besoin', NEEDS, (need) => NEED_SLUGS[need], needsOf),
    ...prefectures,
    ...prefectures.flatMap(communesOf),
    ...facets(
      'pays',
      COUNTRIES.filter(({ value }) => countries.has(value) || used.has(value)),
      (code) => code.toLowerCase(),
      ({ residenceCountry }) => [residenceCountry],
    ),
  ];
}

/** What a project looks for: people may list skills without ticking the need. */
export function needsOf({ needs, skillsSought }: Project): string[] {
  return NEEDS.map(({ value }) => value).filter(
    (need) => needs.includes(need) || (need === 'skills' && skillsSought.length > 0),
  );
}

/** The communes of a prefecture that have enough projects. People type the commune: only those of the law count. */
function communesOf(prefecture: Facet): Facet[] {
  const communes = PREFECTURES.find(({ name }) => name === prefecture.value)?.communes ?? [];
  const groups = groupBy(prefecture.entries, ({ commune }) => [commune === null ? null : plainText(commune)]);
  return communes
    .map((name): Facet => {
      const slug = slugOfPlace(name);
      return {
        kind: 'commune',
        value: name,
        label: name,
        slug,
        address: `${prefecture.address}${slug}/`,
        entries: groups.get(plainText(name)) ?? [],
        within: prefecture.address,
      };
    })
    .filter(({ entries }) => entries.length >= COMMUNE_PAYS_FROM);
}

const NUMBERS = new Intl.NumberFormat('fr-FR');

/** `10 000` */
export function numberInWords(count: number): string {
  return NUMBERS.format(count);
}

/** `Aucun projet`, `1 projet`, `12 projets`, `10 000 projets`. */
export function countInWords(count: number): string {
  if (count === 0) return 'Aucun projet';
  return `${numberInWords(count)}\u00a0projet${count > 1 ? 's' : ''}`;
}

/**
 * The `<title>` of every project page, by id. No other page of the site ends like these, and two projects with one
 * name in one place are told apart by their address: what someone sends can never stop the build.
 */
export function pageTitles(entries: readonly CatalogueEntry[]): Map<string, string> {
  const titles = entries.map(({ id, data }) => ({
    id,
    title: `${frenchTypography(data.title)} (projet, ${data.prefecture ?? labelOf(REGIONS, data.region)})`,
  }));
  const uses = new Map<string, number>();
  for (const { title } of titles) uses.set(title, (uses.get(title) ?? 0) + 1);
  return new Map(
    titles.map(({ id, title }) => [id, (uses.get(title) ?? 0) > 1 ? `${title} · ${id}` : title]),
  );
}
