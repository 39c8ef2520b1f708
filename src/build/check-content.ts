import type { AstroIntegration } from 'astro';
import { contentReport, findContentProblems } from './find-problems.ts';

/** Stops a build on any mistake in `content/`; while editing, prints the same sentences and goes on. */
export function checkContent(): AstroIntegration {
  return {
    name: 'check-content',
    hooks: {
      'astro:config:setup': ({ command, logger }) => {
        if (command !== 'build' && command !== 'dev') return;
        const problems = findContentProblems();
        if (problems.length === 0) return;
        const report = contentReport(problems);
        if (command === 'build') throw new ContentError(report);
        logger.warn(report);
      },
    },
  };
}

/** Its message is meant for editors; the stack would only hide it. */
class ContentError extends Error {
  override name = 'Contenu à corriger';
  constructor(message: string) {
    super(message);
    this.stack = '';
  }
  /** Astro guesses a hint from this text: at the word « documents » it would speak of browsers. */
  override toString(): string {
    return this.name;
  }
}
