import { basename } from 'node:path';
import type { z } from 'zod';
import { problemsOf, type ContentProblem } from '../domain/content-problem.ts';
import { isKnown, type Fact } from '../domain/facts/fact.ts';
import {
  countryNotesSchema,
  factsOfPost,
  representationSchema,
} from '../domain/representations/representation.ts';
import { COUNTRIES } from '../domain/vocabularies/countries.ts';
import { listFiles, readYaml } from '../loaders/read-content.ts';

/** What must be mended in `content/representations/` and `content/pays/`. */
export function findCountryProblems(
  sourceIds: ReadonlySet<string>,
  pageIds: ReadonlySet<string>,
): ContentProblem[] {
  return [
    ...listFiles('content/representations', '.yml').flatMap((file) =>
      check(file, representationSchema, factsOfPost, sourceIds),
    ),
    ...listFiles('content/pays', '.yml').flatMap((file) => [
      ...check(file, countryNotesSchema, (notes) => [...notes.emergency, ...notes.remarks], sourceIds),
      ...unknownPages(file, pageIds),
      ...badName(file),
    ]),
  ];
}

function check<T>(
  file: string,
  schema: z.ZodType<T>,
  factsOf: (data: T) => Fact[],
  sourceIds: ReadonlySet<string>,
): ContentProblem[] {
  const result = schema.safeParse(readYaml(file), { reportInput: true });
  if (!result.success) return problemsOf(result.error, file);
  return factsOf(result.data)
    .filter(isKnown)
    .flatMap((fact) => fact.sources)
    .filter((id) => !sourceIds.has(id))
    .map((id) => ({
      file,
      message: `la source « ${id} » n’existe pas. Créez content/sources/${id}.yml ou corrigez le nom.`,
    }));
}

function unknownPages(file: string, pageIds: ReadonlySet<string>): ContentProblem[] {
  const result = countryNotesSchema.safeParse(readYaml(file));
  return (result.data?.pages ?? [])
    .filter((id) => !pageIds.has(id))
    .map((id) => ({ file, field: 'pages', message: `la page « ${id} » n’existe pas. Corrigez le nom.` }));
}

function badName(file: string): ContentProblem[] {
  const code = basename(file, '.yml').toUpperCase();
  if (COUNTRIES.some(({ value }) => value === code)) return [];
  return [{ file, message: 'le nom du fichier doit être le code d’un pays en deux lettres, comme fr.yml.' }];
}
