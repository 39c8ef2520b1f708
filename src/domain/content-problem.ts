import type { z } from 'zod';

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
    branch.reduce((sum, { issue: one }) => sum + (one.code === 'unrecognized_keys' ? one.keys.length : 0), 0);
  return (
    branches.sort((a, b) => unknownKeys(a) - unknownKeys(b) || a.length - b.length)[0] ?? [{ path, issue }]
  );
}

/** A path as editors read it: `procedure.cost[0].sources`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}

/** A message written in our own schemas starts with a small letter; zod's English ones with a capital. */
const OWN_MESSAGE = /^[\p{Ll}«]/u;

function sentenceFor(issue: z.core.$ZodIssue): string {
  const own = OWN_MESSAGE.test(issue.message) ? issue.message : undefined;
  const sentence = isMissing(issue)
    ? `ce champ manque${own === undefined ? '. Ajoutez-le' : ` : ${own}`}`
    : (own ?? sentenceOfCode(issue));
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code !== 'invalid_type') return false;
  return 'input' in issue ? issue.input === undefined : /received undefined$/.test(issue.message);
}

function sentenceOfCode(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.length === 1
        ? `le mot « ${issue.keys.join('')} » n’est pas connu ici. Retirez-le ou corrigez son orthographe.`
        : `les mots « ${issue.keys.join(' », « ')} » ne sont pas connus ici. Retirez-les ou corrigez leur orthographe.`;
    case 'invalid_type':
      return wrongKind(issue);
    case 'invalid_value':
      return `valeur inconnue. Écrivez l’une de celles-ci : ${issue.values.map((value) => String(value)).join(', ')}.`;
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum), issue.input);
    case 'invalid_format':
      if (issue.format === 'url') return 'écrivez une adresse complète, comme https://exemple.org/page.';
      return 'cette valeur n’est pas écrite comme il faut. Comparez avec une page qui marche.';
    default:
      return 'cette valeur n’est pas celle qu’on attend ici. Comparez avec une page qui marche.';
  }
}

function wrongKind(issue: z.core.$ZodIssueInvalidType): string {
  if (issue.input === null) return 'ce champ est vide. Remplissez-le ou retirez la ligne.';
  switch (issue.expected) {
    case 'string':
      return typeof issue.input === 'object'
        ? 'écrivez ici une seule phrase. Si elle contient « : », mettez-la entre guillemets simples.'
        : 'écrivez du texte. Mettez un nombre, une date, true ou false entre guillemets simples.';
    case 'array':
      return 'écrivez une liste : une ligne par élément, avec un tiret et une espace devant.';
    case 'object':
      return 'écrivez ici des lignes « mot: valeur », décalées de deux espaces vers la droite.';
    case 'boolean':
      return 'écrivez true (oui) ou false (non), sans guillemets.';
    case 'number':
    case 'int':
      return 'écrivez un nombre entier, sans espace, sans virgule et sans guillemets : 1500000.';
    default:
      return 'cette valeur n’est pas celle qu’on attend ici. Comparez avec une page qui marche.';
  }
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return `c’est trop court : écrivez au moins ${counted(minimum, 'signe')}.`;
  if (origin === 'array')
    return `la liste est trop courte : écrivez au moins ${counted(minimum, 'élément')}.`;
  return `écrivez un nombre égal à ${minimum} ou plus grand.`;
}

function tooBig(origin: string, maximum: number, input: unknown): string {
  if (origin === 'string') {
    const there = typeof input === 'string' ? ` (il y en a ${input.length})` : '';
    return `c’est trop long : ${counted(maximum, 'signe')} au plus${there}.`;
  }
  if (origin === 'array') return `la liste est trop longue : gardez ${counted(maximum, 'élément')} au plus.`;
  return `écrivez un nombre égal à ${maximum} ou plus petit.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count > 1 ? 's' : ''}`;
}

const YAML_SENTENCES: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'une valeur commence par « * ». Mettez-la entre guillemets simples.',
  BAD_DQ_ESCAPE: 'il y a un « \\ » entre guillemets doubles. Mettez le texte entre guillemets simples.',
  BAD_INDENT:
    'une liste ou un bloc n’est pas fermé, ou une ligne n’est pas bien décalée. Vérifiez les crochets, les accolades et les espaces en début de ligne.',
  BAD_SCALAR_START:
    'une valeur commence par un signe réservé (@, `, %, &…). Mettez-la entre guillemets simples.',
  BLOCK_AS_IMPLICIT_KEY:
    'il y a deux « : » de suite, ou une ligne mal décalée. Mettez le texte qui contient « : » entre guillemets simples, ou vérifiez les espaces en début de ligne.',
  DUPLICATE_KEY: 'ce mot est écrit deux fois au même endroit. Gardez une seule ligne.',
  MISSING_CHAR: 'il manque un guillemet, un crochet ou « : ». Complétez la ligne.',
  MULTILINE_IMPLICIT_KEY:
    'il manque « : » après un mot, ou une ligne n’est pas bien décalée. Écrivez « mot: valeur ».',
  MULTIPLE_DOCS: 'il y a une ligne « --- » de trop. Retirez-la.',
  TAB_AS_INDENT: 'il y a une tabulation en début de ligne. Remplacez-la par des espaces.',
  UNEXPECTED_TOKEN:
    'un signe n’est pas à sa place. Mettez le texte entre guillemets simples, et doublez l’apostrophe droite qu’il contient.',
};

/**
 * Says in French why a YAML file, or the head of a page, can't be read.
 *
 * @param code the code of the `yaml` package
 */
export function yamlSentence(code: string): string {
  return (
    YAML_SENTENCES[code] ??
    'la ligne n’est pas écrite comme il faut. Vérifiez les espaces en début de ligne, les guillemets et les deux-points.'
  );
}
