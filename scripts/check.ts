// `npm run check`: what editors wrote, then the types of the code.
import path from 'node:path';
import process from 'node:process';
import { contentReport, findContentProblems } from '../src/build/find-problems.ts';
import { ROOT, run } from './lib/bootstrap.mjs';
import { UserError, complain, say, step } from './lib/terminal.mjs';

const ASTRO = path.join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');

function checkContent(): void {
  const problems = findContentProblems();
  // The types come second: code that reads the menu cannot start on a broken menu.
  if (problems.length > 0) throw new UserError(contentReport(problems).trimEnd());
  say('✔ Dossier « content » : rien à corriger');
}

async function checkTypes(): Promise<void> {
  const progress = step('Types du code (« astro check »)');
  const { code, output } = await run(
    process.execPath,
    [ASTRO, 'check', '--minimumSeverity', 'warning', '--minimumFailingSeverity', 'warning'],
    { env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ASTRO_TELEMETRY_DISABLED: '1' } },
  );
  if (code === 0) {
    progress.done('Types du code : rien à corriger');
    return;
  }
  progress.fail();
  throw new UserError('Les types du code sont à corriger ; voici ce que dit « astro check » :', {
    details: output.trim(),
  });
}

try {
  checkContent();
  await checkTypes();
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
