import { readFileSync } from 'node:fs';
import { problemsOf, type ContentProblem } from '../domain/content-problem.ts';
import { findForbidden, forbiddenListSchema } from '../domain/forbidden-words.ts';
import { listFiles, readYaml } from '../loaders/read-content.ts';

const LIST = 'content/_redaction/a-ne-pas-ecrire.yml';

/** Folders whose words are those of others: titles of sources are quoted as they are. */
const QUOTED = 'content/sources/';

/** What editors wrote although the list says never to. */
export function findForbiddenWords(): ContentProblem[] {
  const list = forbiddenListSchema.safeParse(readYaml(LIST), { reportInput: true });
  if (!list.success) return problemsOf(list.error, LIST);
  return [...listFiles('content', '.md'), ...listFiles('content', '.yml')]
    .filter((file) => !file.startsWith(QUOTED))
    .flatMap((file) =>
      findForbidden(readFileSync(file, 'utf8'), list.data).map(({ line, found, forbidden }) => ({
        file,
        line,
        message: `« ${found} » ne doit pas être publié. ${forbidden.why} À la place : ${forbidden.instead}`,
      })),
    );
}
