import { csvOf, type Cell } from './csv.ts';

/** The licence of everything the site gives away as data: the one of its texts. */
export const LICENCE = {
  name: 'Creative Commons Attribution - Partage dans les mêmes conditions 4.0 (CC BY-SA 4.0)',
  short: 'CC BY-SA 4.0',
  url: 'https://creativecommons.org/licenses/by-sa/4.0/deed.fr',
} as const;

/** One column of a table, and how it is read from an entry. */
export interface Column<Entry> {
  /** The same word in JSON and in CSV. */
  name: string;
  type: 'texte' | 'nombre' | 'date' | 'mois' | 'adresse web' | 'code' | 'liste de codes' | 'liste de textes';
  description: string;
  read: (entry: Entry, site: URL) => Cell;
}

/** A table that anyone may take away: what it is, and its columns. */
export interface Dataset<Entry> {
  /** The end of its addresses: `/donnees/<id>.json`, `/donnees/<id>.csv`. */
  id: string;
  title: string;
  description: string;
  columns: readonly Column<Entry>[];
}

/** When and where a table was made. */
export interface Making {
  /** The day of the build. */
  today: Date;
  /** The address of the site. */
  site: URL;
  /** Who is to be quoted. */
  publisher: string;
}

/** The table as JSON: its licence, schema and date first, then one object per entry. */
export function datasetAsJson<Entry>(
  dataset: Dataset<Entry>,
  entries: readonly Entry[],
  { today, site, publisher }: Making,
): string {
  const { id, title, description, columns } = dataset;
  return JSON.stringify(
    {
      titre: title,
      description,
      a_citer: publisher,
      licence: { nom: LICENCE.name, adresse: LICENCE.url },
      page: new URL('/donnees/', site).href,
      adresse: new URL(`/donnees/${id}.json`, site).href,
      date: today.toISOString().slice(0, 10),
      nombre: entries.length,
      schema: columns.map(({ name, type, description: meaning }) => ({
        nom: name,
        type,
        description: meaning,
      })),
      donnees: entries.map((entry) =>
        Object.fromEntries(columns.map(({ name, read }) => [name, read(entry, site)])),
      ),
    },
    null,
    1,
  );
}

/** The table as CSV, see {@link csvOf}. Its licence, schema and date are on the page /donnees/. */
export function datasetAsCsv<Entry>(
  { columns }: Dataset<Entry>,
  entries: readonly Entry[],
  { site }: Pick<Making, 'site'>,
): string {
  return csvOf(
    columns.map(({ name }) => name),
    entries.map((entry) => columns.map(({ read }) => read(entry, site))),
  );
}
