import type { Project } from './project.ts';

const FRANCS = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });

/** `18 500 000 FCFA`, on one line. */
export function formatFrancs(sum: number): string {
  return `${FRANCS.format(sum)}\u00a0FCFA`;
}

/** The money of a project, when there is something to say. */
export interface Money {
  budget: number | null;
  /** `null` when the holder did not say: the database then holds 0. */
  raised: number | null;
  /** What is still missing; `null` when it is not known or has no sense any more. */
  remaining: number | null;
  /** Share already raised, 0 to 100. */
  percent: number | null;
}

/** Whether a project is delivered: nothing is missing any more. */
export function isDone({ stage }: Pick<Project, 'stage'>): boolean {
  return stage === 'delivered' || stage === 'in_service';
}

/** What a project costs, has and still lacks. */
export function moneyOf(project: Pick<Project, 'budgetTotal' | 'amountRaised' | 'stage'>): Money {
  const budget = project.budgetTotal;
  const raised = project.amountRaised === 0 ? null : project.amountRaised;
  if (budget === null || budget === 0 || raised === null || isDone(project)) {
    return { budget, raised, remaining: null, percent: null };
  }
  return {
    budget,
    raised,
    remaining: Math.max(0, budget - raised),
    percent: Math.min(100, Math.floor((raised / budget) * 100)),
  };
}

/**
 * Cuts a submitted text into paragraphs, on blank lines, and each paragraph into lines. The text stays plain: the
 * page escapes it, and nothing in it is ever read as markdown or HTML.
 */
export function paragraphsOf(text: string): string[][] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((lines) => lines.length > 0);
}

/** The name of a site as people say it: `example.org`. */
export function hostOf(website: string): string {
  return new URL(website).hostname.replace(/^www\./, '');
}
