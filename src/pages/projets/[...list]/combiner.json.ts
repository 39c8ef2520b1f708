import type { APIRoute, GetStaticPaths } from 'astro';
import { fileOf, packLines, wholeList, type CatalogueList } from '../../../domain/projects/lines.ts';
import { loadFacets, loadListedProjects } from '../../../loaders/catalogue.ts';

export const getStaticPaths = (async () => {
  const entries = await loadListedProjects();
  const lists: CatalogueList[] = [wholeList(entries), ...(await loadFacets())];
  return lists
    .filter((list) => fileOf(list, entries.length) !== undefined)
    .map((list) => ({
      params: { list: list.address.replace(/^\/projets\/|\/$/g, '') || undefined },
      props: { list },
    }));
}) satisfies GetStaticPaths;

/** `/projets/combiner.json`: what the browser needs to combine several criteria on a list. */
export const GET: APIRoute<{ list: CatalogueList }> = ({ props }) =>
  Response.json(packLines(props.list.entries));
