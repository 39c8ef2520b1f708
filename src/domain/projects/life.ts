import type { Project } from './project.ts';
import { isQualified } from './qualification.ts';

/** One step in the life of a project. */
export interface Step {
  label: string;
  /** `unread`: the team has not read it point by point, although the project has gone on. */
  state: 'done' | 'current' | 'next' | 'unread';
  /** What there is to say of it for this project. */
  note?: string;
}

/** How far each stage is: the second step is not the holder's to say. */
const REACHED: Readonly<Record<string, number>> = {
  idea: 0,
  study: 0,
  ongoing: 2,
  delivered: 3,
  in_service: 4,
};

/** The steps of a project, from the idea to what is left of it a year later. */
export function stepsOf({ stage, qualification }: Pick<Project, 'stage' | 'qualification'>): Step[] {
  const qualified = isQualified(qualification);
  const reached = Math.max(REACHED[stage] ?? 0, qualified ? 1 : 0);
  const stateOf = (index: number) => (index < reached ? 'done' : index === reached ? 'current' : 'next');
  return [
    { label: 'Idée', state: stateOf(0), ...(stage === 'study' && !qualified ? { note: 'à l’étude' } : {}) },
    qualified
      ? { label: 'Qualifié', state: stateOf(1), note: 'lu point par point par l’équipe' }
      : reached > 1
        ? { label: 'Qualifié', state: 'unread', note: 'pas lu point par point' }
        : { label: 'Qualifié', state: 'next' },
    { label: 'En cours', state: stateOf(2) },
    { label: 'Livré', state: stateOf(3) },
    { label: 'En service un an après', state: stateOf(4) },
  ];
}

/** What was planned and what came of it, as its holder said it last; `null` when they did not. */
export interface Accounts {
  planned: number | null;
  received: number | null;
  spent: number | null;
}

/** See {@link Accounts}. The form asks for the sum raised and stores 0 when it is left empty. */
export function accountsOf(project: Pick<Project, 'budgetTotal' | 'amountRaised' | 'amountSpent'>): Accounts {
  const { budgetTotal: planned, amountRaised, amountSpent: spent } = project;
  return { planned, received: amountRaised === 0 ? null : amountRaised, spent };
}
