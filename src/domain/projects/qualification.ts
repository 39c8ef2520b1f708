import type { Choice } from '../vocabularies/choice.ts';

/** One point of the grid: what an officer looks for in a project, the same for all. */
export interface Criterion extends Choice {
  /** What is asked. */
  question: string;
  /** What a clear answer says. */
  clear: string;
}

/** The grid by which projects are read, in its order. The database knows the same values. */
export const CRITERIA = [
  {
    value: 'need',
    label: 'Le besoin',
    question: 'Qui en a besoin, et combien de personnes ?',
    clear: 'Le projet dit pour qui il est fait, et comment on le sait.',
  },
  {
    value: 'land',
    label: 'Le terrain',
    question: 'Où sera-t-il, et à qui est le terrain ou le local ?',
    clear: 'Le lieu est dit, et son propriétaire est d’accord. Ou bien le projet n’a pas besoin de lieu.',
  },
  {
    value: 'permits',
    label: 'Les autorisations',
    question: 'Quels papiers faut-il, et qui les donne ?',
    clear: 'Les autorisations sont nommées, avec ce qui est déjà obtenu. Ou bien il n’en faut pas.',
  },
  {
    value: 'running_costs',
    label: 'Le coût de chaque année',
    question: 'Combien coûte-t-il une fois prêt, et qui paie ?',
    clear: 'Les frais de chaque année sont estimés, et quelqu’un est nommé pour les payer.',
  },
  {
    value: 'upkeep',
    label: 'L’entretien',
    question: 'Qui répare quand cela casse ?',
    clear: 'Une personne ou un comité sur place s’en occupe, avec de quoi réparer.',
  },
  {
    value: 'locality',
    label: 'La localité',
    question: 'La commune ou le village est-il d’accord ?',
    clear: 'L’accord est dit, avec qui l’a donné.',
  },
] as const satisfies readonly Criterion[];

/** What an officer may make of one point. No mark, no total: a project is not a pupil. */
export const SCORES = [
  { value: 'clear', label: 'Clair' },
  { value: 'partial', label: 'À préciser' },
  { value: 'missing', label: 'Pas dit' },
] as const satisfies readonly Choice[];

/** Signs of the sentence that goes with each opinion, at most. */
export const LONGEST_SENTENCE = 280;

/** Said wherever an opinion is shown. */
export const NOT_A_PERMIT =
  'C’est un avis sur ce qui est écrit, pas une autorisation ni une garantie. Personne n’est allé sur place.';

/** What an officer made of one point of a project. */
export interface Opinion {
  criterion: string;
  score: string;
  sentence: string;
  /** The day: `2026-11-22`. */
  on: string;
}

/** Every point of the grid in its order, with what was made of it, if anything. */
export function readGrid(
  opinions: readonly Opinion[],
): { criterion: Criterion; opinion: Opinion | undefined }[] {
  return CRITERIA.map((criterion) => ({
    criterion,
    opinion: opinions.find((one) => one.criterion === criterion.value),
  }));
}

/** Whether officers have read every point: the project is then « qualifié », whatever they made of it. */
export function isQualified(opinions: readonly Opinion[]): boolean {
  return readGrid(opinions).every(({ opinion }) => opinion !== undefined);
}

/** What keeps an opinion from being sent, in words; nothing when it may be. */
export function opinionProblem(score: string, sentence: string): string | undefined {
  if (!SCORES.some(({ value }) => value === score)) return 'Choisissez un avis.';
  const length = [...sentence.trim()].length;
  if (length === 0) return 'Écrivez une phrase : elle dit ce que vous avez lu.';
  return length > LONGEST_SENTENCE
    ? `La phrase fait ${LONGEST_SENTENCE} signes au plus. Raccourcissez-la.`
    : undefined;
}
