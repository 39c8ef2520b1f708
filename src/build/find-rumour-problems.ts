import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { ContentProblem } from '../domain/content-problem.ts';
import { checkedRumourSchema } from '../domain/rumours/rumour.ts';
import { listFiles } from '../loaders/read-content.ts';
import { checkYaml } from './check-yaml.ts';

const FOLDER = 'content/rumeurs';

/** What must be mended in `content/rumeurs/`. */
export function findRumourProblems(
  sourceIds: ReadonlySet<string>,
  helpLineIds: ReadonlySet<string>,
): ContentProblem[] {
  if (!existsSync(FOLDER)) return [];
  const schema = checkedRumourSchema(sourceIds, helpLineIds);
  return listFiles(FOLDER, '.yml').flatMap((file) => [...checkYaml(file, schema), ...takenName(file)]);
}

function takenName(file: string): ContentProblem[] {
  if (basename(file) !== 'envoyer.yml') return [];
  return [{ file, message: 'cette adresse est celle du formulaire. Donnez un autre nom au fichier.' }];
}
