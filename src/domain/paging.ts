/** How many entries one page of a list shows. */
export const PAGE_SIZE = 24;

/** One page of a list that is cut so that none grows with the number of its entries. */
export interface ListPage<Entry> {
  /** 1 for the first. */
  number: number;
  /** How many pages the list has. */
  last: number;
  entries: readonly Entry[];
}

/** Cuts a list into pages; an empty list has one, empty. */
export function pagesOf<Entry>(entries: readonly Entry[], size = PAGE_SIZE): ListPage<Entry>[] {
  const last = Math.max(1, Math.ceil(entries.length / size));
  return Array.from({ length: last }, (_, index) => ({
    number: index + 1,
    last,
    entries: entries.slice(index * size, (index + 1) * size),
  }));
}

/** The address of one page of a list: `/associations/pays/fr/`, `/associations/pays/fr/2/`. */
export function pageAddress(list: string, number: number): string {
  return number === 1 ? list : `${list}${number}/`;
}

/** What the titles of the pages after the first end with: `, page 2 sur 5`. */
export function partInWords({ number, last }: Pick<ListPage<unknown>, 'number' | 'last'>): string {
  return number === 1 ? '' : `, page ${number} sur ${last}`;
}
