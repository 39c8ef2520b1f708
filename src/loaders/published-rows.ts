import { ZodError } from 'zod';
import { formatProblem, problemsOf } from '../domain/content-problem.ts';
import { connectionOf, fetchRows, readOrStop, UnreadableError, type Connection } from './supabase.ts';

const PAGE_SIZE = 500;

/** A view of what officers published, and how its rows become what the site shows. */
export interface PublishedView<Entry> {
  /** Its name in the database; each of its rows has a `slug`. */
  view: string;
  /** How messages call all of it: « Le catalogue des projets ». */
  whole: string;
  /** How messages call one row, and several. */
  one: string;
  many: string;
  /** What the site would be published with if it were not read: « un catalogue vide ». */
  risk: string;
  /**
   * Reads one row.
   *
   * @throws a ZodError when the row is not what the site can show
   */
  read: (row: unknown) => [slug: string, entry: Entry];
}

/**
 * Reads every row of a published view, by slug. Without `SUPABASE_URL` there is none; with it, anything but a complete
 * answer stops the build, so that the site already online stays up.
 *
 * @throws Error in French naming what failed
 */
export async function readPublished<Entry>(
  env: NodeJS.ProcessEnv,
  published: PublishedView<Entry>,
): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const connection = connectionOf(env, published.risk);
  if (!connection) return entries;
  return readOrStop(published.whole, async () => {
    // A server may cap a page below what is asked: only a page that brings nothing new is the end.
    for (let last = ''; ;) {
      const before = entries.size;
      for (const row of await fetchPage(connection, published, last)) {
        const [slug, entry] = readRow(row, published);
        entries.set(slug, entry);
        last = slug;
      }
      if (entries.size === before) return entries;
    }
  });
}

function fetchPage(
  connection: Connection,
  { view, many }: Pick<PublishedView<unknown>, 'view' | 'many'>,
  after: string,
): Promise<unknown[]> {
  const parameters = { select: '*', order: 'slug', limit: String(PAGE_SIZE) };
  return fetchRows(connection, view, after ? { ...parameters, slug: `gt.${after}` } : parameters, many);
}

function readRow<Entry>(row: unknown, { one, read }: PublishedView<Entry>): [slug: string, entry: Entry] {
  try {
    return read(row);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const slug = (row as { slug?: unknown } | null)?.slug;
    const where = typeof slug === 'string' ? `${one} « ${slug} »` : `${one} sans adresse`;
    const problems = problemsOf(error, where).map(formatProblem);
    throw new UnreadableError(problems.join(' ; ').replace(/\.$/, ''));
  }
}
