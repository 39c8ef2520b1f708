import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseYaml } from './yaml.ts';
import type { z } from 'zod';
import { formatProblem, problemsOf } from '../domain/content-problem.ts';
import { navigationSchema, type Navigation } from '../domain/navigation.ts';
import { publisherSchema, type Publisher } from '../domain/publisher.ts';

/** The editors' room, from the project's root. */
export const CONTENT = 'content';

/** Every file below a folder of `content/` with this ending, as paths from the project's root. */
export function listFiles(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).split(sep).join('/'))
    .filter(
      (path) =>
        !relative(CONTENT, path)
          .split(sep)
          .some((part) => part.startsWith('_')),
    )
    .sort();
}

/** Parses one YAML file. */
export function readYaml(path: string): unknown {
  return parseYaml(readFileSync(path, 'utf8'));
}

/**
 * Reads and validates the menu.
 *
 * @throws Error whose message is a French sentence for the editor
 */
export function readNavigation(root = '.'): Navigation {
  return readValid(root, 'navigation.yml', navigationSchema);
}

/**
 * Reads and validates who publishes the site.
 *
 * @throws Error whose message is a French sentence for the editor
 */
export function readPublisher(root = '.'): Publisher {
  return readValid(root, 'editeur.yml', publisherSchema);
}

function readValid<T>(root: string, name: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(readYaml(join(root, CONTENT, name)), { reportInput: true });
  if (result.success) return result.data;
  const error = new Error(problemsOf(result.error, `${CONTENT}/${name}`).map(formatProblem).join('\n'));
  // The sentence is meant for editors; a stack would only hide it.
  error.stack = '';
  throw error;
}
