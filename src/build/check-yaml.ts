import type { z } from 'zod';
import { problemsOf, yamlSentence, type ContentProblem } from '../domain/content-problem.ts';
import { readYaml } from '../loaders/read-content.ts';

/** What must be mended in a YAML file, whether it can be read or not. */
export function checkYaml(file: string, schema: z.ZodType): ContentProblem[] {
  let data: unknown;
  try {
    data = readYaml(file);
  } catch (error) {
    return [unreadable(file, error)];
  }
  const result = schema.safeParse(data, { reportInput: true });
  return result.success ? [] : problemsOf(result.error, file);
}

/** The problem of a file that can't be read. */
export function unreadable(file: string, error: unknown): ContentProblem {
  const { code, name, message, linePos } = error as Error & { code?: string; linePos?: [{ line: number }] };
  if (code === 'ENOENT') return { file, message: 'ce fichier manque. Remettez-le.' };
  // Our own errors are already sentences; those of the YAML reader have a code, or are about an alias.
  if (name === 'Error') return { file, message: `${message}.` };
  return {
    file,
    ...(linePos === undefined ? {} : { line: linePos[0].line + (file.endsWith('.md') ? 1 : 0) }),
    message: yamlSentence(name === 'ReferenceError' ? 'BAD_ALIAS' : (code ?? '')),
  };
}
