import type { Loader } from 'astro/loaders';
import { basename } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { ZodError } from 'zod';
import { formatProblem, problemsOf } from '../domain/content-problem.ts';
import { listFiles } from './read-content.ts';
import { splitFrontMatter } from './front-matter.ts';
import {
  projectFileSchema,
  projectFromRow,
  projectSlug,
  publishedRowSchema,
  type Project,
} from '../domain/projects/project.ts';
import { connectionOf, fetchRows, readOrStop, UnreadableError, type Connection } from './supabase.ts';

const PAGE_SIZE = 500;

/** The catalogue: what editors wrote in `content/projets/` and what officers published in Supabase. */
export function projectsLoader(): Loader {
  return {
    name: 'projects',
    async load({ store, parseData, renderMarkdown, logger }) {
      const rows = await readPublishedProjects(process.env);
      const entries = new Map<string, Project>(rows);
      for (const path of listProjectFiles()) {
        const slug = basename(path, '.md');
        if (!projectSlug.safeParse(slug).success) {
          throw new Error(`${path} : l’adresse /projets/${slug}/ n’est pas libre. Renommez le fichier.`);
        }
        if (entries.has(slug)) {
          throw new Error(
            `${path} : un projet publié porte déjà l’adresse /projets/${slug}/. Renommez le fichier.`,
          );
        }
        entries.set(slug, readProjectFile(path));
      }
      store.clear();
      for (const [id, project] of entries) {
        const data = await parseData({ id, data: project });
        // Only editors' text is markdown: what people submitted is shown as plain paragraphs.
        const rendered =
          project.origin === 'editorial' ? await renderMarkdown(project.description) : undefined;
        store.set({ id, data, body: project.description, ...(rendered ? { rendered } : {}) });
      }
      logger.info(`${entries.size} projets (${rows.size} publiés, ${entries.size - rows.size} rédigés)`);
    },
  };
}

/** Git keeps no empty folder: with the last file gone, `content/projets/` is gone too. */
function listProjectFiles(): string[] {
  return existsSync('content/projets') ? listFiles('content/projets', '.md') : [];
}

function readProjectFile(path: string): Project {
  const { data, body } = splitFrontMatter(readFileSync(path, 'utf8'));
  return {
    ...projectFileSchema.parse(data),
    description: body.trim(),
    origin: 'editorial',
    isExample: false,
  };
}

/**
 * Reads every published project. Without `SUPABASE_URL` the catalogue only holds the editors' files; with it,
 * anything but a complete answer stops the build, so that the site already online stays up.
 *
 * @throws Error in French naming what failed
 */
export async function readPublishedProjects(env: NodeJS.ProcessEnv): Promise<Map<string, Project>> {
  const projects = new Map<string, Project>();
  const connection = connectionOf(env, 'un catalogue vide');
  if (!connection) return projects;
  return readOrStop('Le catalogue des projets', async () => {
    // A server may cap a page below what is asked: only a page that brings nothing new is the end.
    for (let last = ''; ;) {
      const before = projects.size;
      for (const row of await fetchPage(connection, last)) {
        const [slug, project] = readRow(row);
        projects.set(slug, project);
        last = slug;
      }
      if (projects.size === before) return projects;
    }
  });
}

function fetchPage(connection: Connection, after: string): Promise<unknown[]> {
  const parameters = { select: '*', order: 'slug', limit: String(PAGE_SIZE) };
  return fetchRows(
    connection,
    'published_projects',
    after ? { ...parameters, slug: `gt.${after}` } : parameters,
    'projets',
  );
}

function readRow(row: unknown): [slug: string, project: Project] {
  try {
    const published = publishedRowSchema.parse(row, { reportInput: true });
    return [published.slug, projectFromRow(published)];
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const slug = (row as { slug?: unknown } | null)?.slug;
    const where = typeof slug === 'string' ? `projet « ${slug} »` : 'projet sans adresse';
    const problems = problemsOf(error, where).map(formatProblem);
    throw new UnreadableError(problems.join(' ; ').replace(/\.$/, ''));
  }
}
