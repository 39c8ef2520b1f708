import type { APIRoute } from 'astro';
import { loadTables, TABLES } from '../../loaders/open-data.ts';

export const getStaticPaths = () => TABLES.map((table) => ({ params: { table } }));

/** `/donnees/projets.json`, `/donnees/associations.json`. */
export const GET: APIRoute = async ({ params, site, url }) => {
  const table = (await loadTables(site ?? url)).find(({ id }) => id === params['table']);
  return new Response(table?.json(), { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
};
