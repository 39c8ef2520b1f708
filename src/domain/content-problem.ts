import { z } from 'zod';

/** Something an editor must mend before the site can be published. Both sentences are in French. */
export interface ContentProblem {
  /** Path from the project's root. */
  file: string;
  /** 1-based line, when it is known. */
  line?: number;
  /** Path of the field in the front matter or YAML, such as `procedure.cost[0].sources`. */
  field?: string;
  /** What is wrong and what to write instead. */
  message: string;
}

/** One line for the editor: where, then what. */
export function formatProblem(problem: ContentProblem): string {
  const where = [
    problem.file,
    problem.line === undefined ? undefined : `ligne ${problem.line}`,
    problem.field === undefined || problem.field === '' ? undefined : `champ « ${problem.field} »`,
  ];
  return `${where.filter(Boolean).join(', ')} : ${problem.message}`;
}

const french = z.locales.fr().localeError;

/**
 * Turns a validation failure into problems an editor understands.
 *
 * @param error what zod found
 * @param file the file that was read
 */
export function problemsOf(error: z.ZodError, file: string): ContentProblem[] {
  return error.issues
    .flatMap((issue) => flatten(issue, []))
    .map(({ path, issue }) => ({
      file,
      field: fieldName(path),
      message: sentenceFor(issue),
    }));
}

interface Located {
  path: PropertyKey[];
  issue: z.core.$ZodIssue;
}

/** Of a failed union, keeps the branch that came closest: its issues lie deepest. */
function flatten(issue: z.core.$ZodIssue, parent: PropertyKey[]): Located[] {
  const path = [...parent, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, issue }];
  const branches = issue.errors.map((errors) => errors.flatMap((inner) => flatten(inner, path)));
  const unknownKeys = (branch: Located[]) =>
    branch.filter((one) => one.issue.code === 'unrecognized_keys').length;
  return (
    branches.sort((a, b) => unknownKeys(a) - unknownKeys(b) || a.length - b.length)[0] ?? [{ path, issue }]
  );
}

function fieldName(path: PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}

function sentenceFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `le mot « ${issue.keys.join(' », « ')} » n’est pas connu ici. Retirez-le ou corrigez son orthographe.`;
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message)) {
    return 'ce champ manque. Ajoutez-le.';
  }
  if (issue.code === 'invalid_value') {
    return `valeur inconnue. Écrivez l’une de celles-ci : ${issue.values.map((value) => String(value)).join(', ')}.`;
  }
  const translated = french(issue as z.core.$ZodRawIssue);
  const own = /^[a-zéèàê]/u.test(issue.message) ? issue.message : undefined;
  return own ?? (typeof translated === 'string' ? translated : (translated?.message ?? issue.message));
}
