import { frenchTypography } from '../typography.ts';
import type { Choice } from '../vocabularies/choice.ts';
import { labelOf } from '../vocabularies/choice.ts';
import { SECTORS } from '../vocabularies/projects.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import type { Project } from './project.ts';

/** A project with its address, as the content layer gives it. */
export interface CatalogueEntry {
  /** Last part of the address: `/projets/<id>/`. */
  id: string;
  data: Project;
}

/** The entries, latest published first, then by title. */
export function newestFirst<Entry extends CatalogueEntry>(entries: readonly Entry[]): Entry[] {
  return [...entries].sort(
    (a, b) =>
      b.data.publishedOn.localeCompare(a.data.publishedOn) ||
      a.data.title.localeCompare(b.data.title, 'fr') ||
      a.id.localeCompare(b.id),
  );
}

/** A list of projects that share one property, with an address of its own. */
export interface Facet {
  kind: 'secteur' | 'region';
  value: string;
  label: string;
  /** Last part of the address: the value, with hyphens. */
  slug: string;
  /** `/projets/secteur/water/` */
  address: string;
  /** Newest first; empty when nothing is published there yet. */
  entries: CatalogueEntry[];
}

/**
 * Every sector and every region, in the order of the lists. Those without a project are there too: their pages
 * keep their address when the last project leaves.
 */
export function facetsOf(entries: readonly CatalogueEntry[]): Facet[] {
  const sorted = newestFirst(entries);
  const facets = (kind: Facet['kind'], choices: readonly Choice[], property: 'sector' | 'region') =>
    choices.map(({ value, label }) => {
      const slug = value.replaceAll('_', '-');
      return {
        kind,
        value,
        label,
        slug,
        address: `/projets/${kind}/${slug}/`,
        entries: sorted.filter((entry) => entry.data[property] === value),
      };
    });
  return [...facets('secteur', SECTORS, 'sector'), ...facets('region', REGIONS, 'region')];
}

/** `Aucun projet`, `1 projet`, `12 projets`. */
export function countInWords(count: number): string {
  if (count === 0) return 'Aucun projet';
  return `${count}\u00a0projet${count > 1 ? 's' : ''}`;
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
