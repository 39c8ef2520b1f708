import { getCollection, type CollectionEntry } from 'astro:content';
import { facetsOf, listedProjects, type CatalogueEntry, type Facet } from '../domain/projects/catalogue.ts';
import { pagesOf } from '../domain/paging.ts';
import { today } from './clock.ts';
import { loadCountries } from './countries.ts';

let listed: Promise<CollectionEntry<'projects'>[]> | undefined;
let facets: Promise<Facet[]> | undefined;

// Thousands of pages ask for the same lists: a build makes them once. In development the content may change.
const KEEP = import.meta.env.PROD;

/** The projects that the lists show, in their order. */
export function loadListedProjects(): Promise<CollectionEntry<'projects'>[]> {
  if (!KEEP) listed = undefined;
  return (listed ??= getCollection('projects').then((entries) => listedProjects(entries, today())));
}

/** Every list of the catalogue: by sector, region, prefecture, commune, stage, need and country of the holder. */
export function loadFacets(): Promise<Facet[]> {
  if (!KEEP) facets = undefined;
  return (facets ??= (async () => {
    const { entries } = await loadCountries();
    const withPage = new Set(entries.filter(({ address }) => address).map(({ code }) => code));
    return facetsOf(await loadListedProjects(), withPage);
  })());
}

/** Every page of every list: `/projets/secteur/eau/`, `/projets/secteur/eau/2/`, `/projets/prefecture/kozah/kozah-1/`… */
export async function facetPaths() {
  const all = await loadFacets();
  const { length: total } = await loadListedProjects();
  return all.flatMap((facet) => {
    const [kind = '', value = '', commune] = facet.address
      .replace('/projets/', '')
      .split('/')
      .filter(Boolean);
    return pagesOf<CatalogueEntry>(facet.entries).map((page) => ({
      params: { kind, value, page: pageParam(commune, page.number) },
      props: { facet, page, facets: all, total },
    }));
  });
}

function pageParam(commune: string | undefined, number: number): string | undefined {
  return (
    [commune, number > 1 ? number : undefined].filter((part) => part !== undefined).join('/') || undefined
  );
}
