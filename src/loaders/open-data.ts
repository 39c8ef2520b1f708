import { getCollection } from 'astro:content';
import { ASSOCIATIONS_DATASET } from '../domain/open-data/associations.ts';
import { datasetAsCsv, datasetAsJson, type Dataset } from '../domain/open-data/dataset.ts';
import { PROJECTS_DATASET } from '../domain/open-data/projects.ts';
import { today } from './clock.ts';
import { publisher } from './site.ts';

/** A table ready to be given away: what it is, how many lines it has, and its two files. */
export interface Table {
  id: string;
  title: string;
  description: string;
  columns: readonly { name: string; type: string; description: string }[];
  count: number;
  // Ten thousand lines are tens of megabytes: written only for who asks for them.
  json: () => string;
  csv: () => string;
}

/** The ids of the tables of /donnees/. */
export const TABLES: readonly string[] = [PROJECTS_DATASET.id, ASSOCIATIONS_DATASET.id];

/** Every table of /donnees/, from what the pages show. Invented examples stay on the site. */
export async function loadTables(site: URL): Promise<Table[]> {
  const real = (entry: { data: { isExample: boolean } }) => !entry.data.isExample;
  return [
    tableOf(PROJECTS_DATASET, await getCollection('projects', real), site),
    tableOf(ASSOCIATIONS_DATASET, await getCollection('associations', real), site),
  ];
}

function tableOf<Entry extends { id: string }>(
  dataset: Dataset<Entry>,
  entries: readonly Entry[],
  site: URL,
): Table {
  const sorted = entries.toSorted((a, b) => a.id.localeCompare(b.id));
  const { id, title, description, columns } = dataset;
  return {
    id,
    title,
    description,
    columns,
    count: sorted.length,
    json: () => datasetAsJson(dataset, sorted, { today: today(), site, publisher: publisher.name }),
    csv: () => datasetAsCsv(dataset, sorted, { site }),
  };
}
