import type { Loader } from 'astro/loaders';
import { basename } from 'node:path';
import { readFileSync } from 'node:fs';
import { listFiles } from './read-content.ts';
import { splitFrontMatter } from './front-matter.ts';
import {
  projectFileSchema,
  projectFromRow,
  publishedRowSchema,
  type Project,
} from '../domain/projects/project.ts';

const PAGE_SIZE = 1000;
const DEADLINE_MS = 20_000;

/** The catalogue: what editors wrote in `content/projets/` and what officers published in Supabase. */
export function projectsLoader(): Loader {
  return {
    name: 'projects',
    async load({ store, parseData, renderMarkdown, logger }) {
      const rows = await readPublishedProjects(process.env);
      const entries = new Map<string, Project>(rows);
      for (const path of listFiles('content/projets', '.md')) {
        const slug = basename(path, '.md');
        if (entries.has(slug)) {
          throw new Error(`${path} : un projet publié porte déjà l’adresse /projets/${slug}/. Renommez le fichier.`);
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
  const base = env['SUPABASE_URL'];
  if (!base) return projects;
  const key = env['SUPABASE_PUBLISHABLE_KEY'];
  if (!key) {
    throw new Error(
      'SUPABASE_URL est réglée mais pas SUPABASE_PUBLISHABLE_KEY : la construction s’arrête pour ne pas publier un catalogue vide.',
    );
  }
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const rows = await fetchPage(base, key, offset);
    for (const row of rows) projects.set(row.slug, projectFromRow(row));
    if (rows.length < PAGE_SIZE) return projects;
  }
}

async function fetchPage(base: string, key: string, offset: number) {
  const url = new URL('/rest/v1/published_projects', base);
  url.search = `select=*&order=slug&limit=${PAGE_SIZE}&offset=${offset}`;
  try {
    const response = await fetch(url, {
      headers: { apikey: key, Accept: 'application/json' },
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (!response.ok) throw new Error(`réponse ${response.status}`);
    return publishedRowSchema.array().parse(await response.json());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Le catalogue des projets n’a pas pu être lu dans Supabase (${reason}). La construction s’arrête : le site déjà en ligne reste en place.`,
      { cause: error },
    );
  }
}
