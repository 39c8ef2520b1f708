import type { Loader } from 'astro/loaders';
import { basename } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { listFiles } from './read-content.ts';
import { readPublished } from './published-rows.ts';
import { splitFrontMatter } from './front-matter.ts';
import {
  projectFileSchema,
  projectFromRow,
  projectSlug,
  publishedRowSchema,
  type Project,
} from '../domain/projects/project.ts';

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
        // Only editors' text is markdown: what people submitted is shown as plain paragraphs, and not kept twice.
        store.set(
          project.origin === 'editorial'
            ? {
                id,
                data,
                body: project.description,
                rendered: await renderMarkdown(project.description),
              }
            : { id, data },
        );
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
    news: [],
    qualification: [],
    origin: 'editorial',
    isExample: false,
  };
}

/**
 * Reads every published project: see {@link readPublished}.
 *
 * @throws Error in French naming what failed
 */
export function readPublishedProjects(env: NodeJS.ProcessEnv): Promise<Map<string, Project>> {
  return readPublished(env, {
    view: 'published_projects',
    whole: 'Le catalogue des projets',
    one: 'projet',
    many: 'projets',
    risk: 'un catalogue vide',
    read: (row) => {
      const published = publishedRowSchema.parse(row, { reportInput: true });
      return [published.slug, projectFromRow(published)];
    },
  });
}
