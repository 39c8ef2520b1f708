import type { Choice } from '../vocabularies/choice.ts';
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
      b.data.publishedOn.localeCompare(a.data.publishedOn) || a.data.title.localeCompare(b.data.title, 'fr'),
  );
}

/** A list of projects that share one property, with an address of its own. */
export interface Facet {
  kind: 'secteur' | 'region';
  value: string;
  label: string;
  /** `/projets/secteur/eau/` */
  address: string;
  entries: CatalogueEntry[];
}

/** Every sector and region that has at least one project, in the order of the lists. */
export function facetsOf(entries: readonly CatalogueEntry[]): Facet[] {
  const sorted = newestFirst(entries);
  const facets = (kind: Facet['kind'], choices: readonly Choice[], property: 'sector' | 'region') =>
    choices.map((choice) => ({
      kind,
      value: choice.value,
      label: choice.label,
      address: `/projets/${kind}/${choice.value.replaceAll('_', '-')}/`,
      entries: sorted.filter((entry) => entry.data[property] === choice.value),
    }));
  return [...facets('secteur', SECTORS, 'sector'), ...facets('region', REGIONS, 'region')].filter(
    (facet) => facet.entries.length > 0,
  );
}
