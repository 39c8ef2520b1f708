/*
 * Several criteria at once, in the reader's browser. The lines are those of a static list, and each criterion keeps
 * those of another static list: combining can only show less than the pages do.
 */

/**
 * The longest list that can be combined: its file stays below 20 kB. A longer one asks the reader to choose one of
 * its parts first.
 */
export const COMBINED_AT_MOST = 400;

/** The criteria that can be combined, in the order of the form: the words of the addresses. */
export const CRITERIA = ['secteur', 'region', 'prefecture', 'etape', 'besoin', 'pays'] as const;
export type Criterion = (typeof CRITERIA)[number];

/** How a list can be sorted; the first is the order of the pages. */
export const SORTS = [
  { value: 'recent', label: 'Les plus récents d’abord' },
  { value: 'nom', label: 'Par nom' },
  { value: 'but', label: 'Les plus proches du but d’abord' },
] as const;
export type Sort = (typeof SORTS)[number]['value'];

/** What the browser knows of a project: enough to sort it and to lead to its page. */
export interface Line {
  id: string;
  title: string;
  /** The ends of the addresses of the lists that hold it; several needs, parted by spaces. */
  secteur: string;
  region: string;
  prefecture: string;
  etape: string;
  besoin: string;
  pays: string;
  /** Share of the budget already raised, 0 to 100; -1 when it is unknown or has no sense any more. */
  percent: number;
  isExample: boolean;
}

/** The lines column by column: the same words side by side take a third of the place once compressed. */
export type PackedLines = { readonly [Column in keyof Line]: readonly Line[Column][] };

/** Reads the file of a list. */
export function unpackLines(packed: PackedLines): Line[] {
  const columns = Object.entries(packed) as [keyof Line, readonly unknown[]][];
  return packed.id.map(
    (_, index) =>
      Object.fromEntries(columns.map(([name, values]) => [name, values[index]])) as unknown as Line,
  );
}

/** What a reader chose: the end of the address of a list for each criterion, and an order. */
export type Choices = Partial<Record<Criterion, string>> & { tri: Sort };

/** Reads the choices of an address; what it does not know is left out. */
export function choicesOf(query: string): Choices {
  const asked = new URLSearchParams(query);
  const tri = SORTS.find(({ value }) => value === asked.get('tri'))?.value ?? 'recent';
  const choices: Choices = { tri };
  for (const criterion of CRITERIA) {
    const value = asked.get(criterion);
    if (value && /^[a-z0-9-]{1,40}$/.test(value)) choices[criterion] = value;
  }
  return choices;
}

/** Writes choices for an address: nothing when nothing is chosen. */
export function queryOf(choices: Choices): string {
  const query = new URLSearchParams();
  for (const criterion of CRITERIA) {
    const value = choices[criterion];
    if (value) query.set(criterion, value);
  }
  if (choices.tri !== 'recent') query.set('tri', choices.tri);
  const text = query.toString();
  return text && `?${text}`;
}

/** Whether these choices change the list of the page. */
export function isChosen(choices: Choices): boolean {
  return queryOf(choices) !== '';
}

/** The lines that meet every criterion, sorted. */
export function combine(lines: readonly Line[], choices: Choices): Line[] {
  const kept = lines.filter((line) =>
    CRITERIA.every((criterion) => {
      const wanted = choices[criterion];
      return !wanted || line[criterion].split(' ').includes(wanted);
    }),
  );
  if (choices.tri === 'nom') return kept.sort((a, b) => a.title.localeCompare(b.title, 'fr'));
  if (choices.tri === 'but') return kept.sort((a, b) => b.percent - a.percent);
  return kept;
}

/** The chosen criteria whose removal gives results, when all together give none. */
export function wayOut(lines: readonly Line[], choices: Choices): { without: Criterion; count: number }[] {
  return CRITERIA.filter((criterion) => choices[criterion])
    .map((without) => {
      const { [without]: _dropped, ...rest } = choices;
      return { without, count: combine(lines, rest).length };
    })
    .filter(({ count }) => count > 0);
}

/** What the page's script knows of combining. */
export const rules = { unpackLines, choicesOf, queryOf, isChosen, combine, wayOut };
