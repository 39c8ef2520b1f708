import { z } from 'zod';

/** One thing that must never be published, with what an editor should write instead. */
const forbiddenSchema = z.strictObject({
  pattern: z
    .string()
    .min(3)
    .refine(isPattern, { message: 'ce motif n’est pas une expression régulière' })
    .describe('Ce qui est cherché : une expression régulière, majuscules et espaces indifférents.'),
  why: z.string().min(10).describe('Pourquoi ne pas l’écrire.'),
  instead: z.string().min(5).describe('Que faire ou qu’écrire à la place.'),
});

/** `content/_redaction/a-ne-pas-ecrire.yml` */
export const forbiddenListSchema = z.array(forbiddenSchema).min(1);

/** One entry of the list. */
export type Forbidden = z.infer<typeof forbiddenSchema>;

/** A forbidden thing found in a text. */
export interface ForbiddenFinding {
  /** 1-based line. */
  line: number;
  /** What is written. */
  found: string;
  forbidden: Forbidden;
}

/** Finds what must never be published, whatever the capitals, the spaces and the line ends. */
export function findForbidden(text: string, list: readonly Forbidden[]): ForbiddenFinding[] {
  return list.flatMap((forbidden) =>
    [...text.matchAll(patternOf(forbidden.pattern))].map((match) => ({
      line: text.slice(0, match.index).split('\n').length,
      found: match[0].replaceAll(/\s+/g, ' '),
      forbidden,
    })),
  );
}

function patternOf(pattern: string): RegExp {
  // French figures are written with ordinary, non-breaking or thin spaces, and lines are folded anywhere.
  return new RegExp(
    pattern.replaceAll(/[ ’']/g, (sign) => (sign === ' ' ? '\\s+' : "[’']")),
    'giu',
  );
}

function isPattern(pattern: string): boolean {
  try {
    patternOf(pattern);
    return true;
  } catch {
    return false;
  }
}
