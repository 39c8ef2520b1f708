import { PAGE_SIZE } from '../paging.ts';
import { frenchTypography } from '../typography.ts';
import { NEED_SLUGS, SECTOR_SLUGS, STAGE_SLUGS } from '../vocabularies/projects.ts';
import { needsOf, slugOfPlace, type CatalogueEntry } from './catalogue.ts';
import { COMBINED_AT_MOST, type Line, type PackedLines } from './combination.ts';
import { moneyOf } from './presentation.ts';

const COLUMNS = [
  'id',
  'title',
  'secteur',
  'region',
  'prefecture',
  'etape',
  'besoin',
  'pays',
  'percent',
  'isExample',
] as const satisfies readonly (keyof Line)[];

function lineOf({ id, data }: CatalogueEntry): Line {
  return {
    id,
    title: frenchTypography(data.title),
    secteur: SECTOR_SLUGS[data.sector as keyof typeof SECTOR_SLUGS],
    region: data.region,
    prefecture: slugOfPlace(data.prefecture ?? ''),
    etape: STAGE_SLUGS[data.stage as keyof typeof STAGE_SLUGS],
    besoin: needsOf(data)
      .map((need) => NEED_SLUGS[need as keyof typeof NEED_SLUGS])
      .join(' '),
    pays: (data.residenceCountry ?? '').toLowerCase(),
    percent: moneyOf(data).percent ?? -1,
    isExample: data.isExample,
  };
}

/** The file of a list, in the order of its pages. */
export function packLines(entries: readonly CatalogueEntry[]): PackedLines {
  const lines = entries.map(lineOf);
  return Object.fromEntries(
    COLUMNS.map((column) => [column, lines.map((line) => line[column])]),
  ) as unknown as PackedLines;
}

/** A list of the catalogue: the whole of it, or a facet. */
export interface CatalogueList {
  address: string;
  entries: readonly CatalogueEntry[];
}

/** The whole catalogue as a list. */
export function wholeList(entries: readonly CatalogueEntry[]): CatalogueList {
  return { address: '/projets/', entries };
}

/**
 * The address of the file with which a list can be combined, if it can. A short catalogue is combined as a whole; of a
 * long one, each list that is short enough, and longer than a page.
 */
export function fileOf({ address, entries }: CatalogueList, total: number): string | undefined {
  const combinable =
    total <= COMBINED_AT_MOST
      ? address === '/projets/' && total > 1
      : entries.length <= COMBINED_AT_MOST && entries.length > PAGE_SIZE;
  return combinable ? `${address}combiner.json` : undefined;
}
