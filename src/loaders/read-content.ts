import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'yaml';
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
  return parse(readFileSync(path, 'utf8'));
}

/** Reads and validates the menu. */
export function readNavigation(root = '.'): Navigation {
  return navigationSchema.parse(readYaml(join(root, CONTENT, 'navigation.yml')));
}

/** Reads and validates who publishes the site. */
export function readPublisher(root = '.'): Publisher {
  return publisherSchema.parse(readYaml(join(root, CONTENT, 'editeur.yml')));
}
