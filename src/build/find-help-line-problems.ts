import { basename } from 'node:path';
import { problemsOf, type ContentProblem } from '../domain/content-problem.ts';
import { helpLineSchema } from '../domain/migration/help-line.ts';
import { listFiles, readYaml } from '../loaders/read-content.ts';

/** The help lines of `content/lignes/`, and what must be mended there. */
export function findHelpLineProblems(sourceIds: ReadonlySet<string>): {
  ids: Set<string>;
  problems: ContentProblem[];
} {
  const files = listFiles('content/lignes', '.yml');
  return {
    ids: new Set(files.map((file) => basename(file, '.yml'))),
    problems: files.flatMap((file) => {
      const result = helpLineSchema.safeParse(readYaml(file), { reportInput: true });
      if (!result.success) return problemsOf(result.error, file);
      return result.data.sources
        .filter((id) => !sourceIds.has(id))
        .map((id) => ({
          file,
          field: 'sources',
          message: `la source « ${id} » n’existe pas. Créez content/sources/${id}.yml ou corrigez le nom.`,
        }));
    }),
  };
}
