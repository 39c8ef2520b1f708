import { basename } from 'node:path';
import type { ContentProblem } from '../domain/content-problem.ts';
import { isKnown } from '../domain/facts/fact.ts';
import { factsOf } from '../domain/facts/fiche.ts';
import { factsOfFunding, fundingSchema } from '../domain/funding/funding.ts';
import { listFiles, readYaml } from '../loaders/read-content.ts';
import { checkYaml } from './check-yaml.ts';

/** The sources of funding of `content/financements/`, and what must be mended there. */
export function findFundingProblems(sourceIds: ReadonlySet<string>): {
  ids: Set<string>;
  problems: ContentProblem[];
} {
  const files = listFiles('content/financements', '.yml');
  return {
    ids: new Set(files.map((file) => basename(file, '.yml'))),
    problems: files.flatMap((file) => {
      const found = checkYaml(file, fundingSchema);
      if (found.length > 0) return found;
      return Object.entries(factsOfFunding(fundingSchema.parse(readYaml(file)))).flatMap(([field, facts]) =>
        factsOf({ [field]: facts })
          .filter(isKnown)
          .flatMap((fact) => fact.sources)
          .filter((id) => !sourceIds.has(id))
          .map((id) => ({
            file,
            field,
            message: `la source « ${id} » n’existe pas. Créez content/sources/${id}.yml ou corrigez le nom.`,
          })),
      );
    }),
  };
}
