import { getCollection } from 'astro:content';
import {
  associationFacets,
  type AssociationFacet,
  type FacetKind,
} from '../domain/associations/directory.ts';
import { pagesOf } from '../domain/paging.ts';
import { loadCountries } from './countries.ts';

/** Every list of the directory: by country, by field, by region of Togo. */
export async function loadAssociationFacets(): Promise<AssociationFacet[]> {
  const { entries } = await loadCountries();
  const withPage = new Set(entries.filter(({ address }) => address).map(({ code }) => code));
  return associationFacets(await getCollection('associations'), withPage);
}

/** Every page of every list of one kind: `/associations/pays/fr/`, `/associations/pays/fr/2/`… */
export async function facetPaths(kind: FacetKind) {
  const facets = await loadAssociationFacets();
  const { entries } = await loadCountries();
  const addresses = new Map(entries.map(({ code, address }) => [code, address]));
  return facets
    .filter((facet) => facet.kind === kind)
    .flatMap((facet) =>
      pagesOf(facet.entries).map((page) => ({
        params: { value: facet.slug, page: page.number === 1 ? undefined : String(page.number) },
        props: { facet, page, facets, country: kind === 'pays' ? addresses.get(facet.value) : undefined },
      })),
    );
}
