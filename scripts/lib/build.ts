// `astro build` in a child process, on the Node of the project.
import path from 'node:path';
import { ROOT, run } from './bootstrap.mjs';
import { UserError, step } from './terminal.mjs';

export const ASTRO = path.join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');

// Colours start with the ESC character, and logs don't want them.
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'gu');

const LONGEST = 40;

/** What the build itself said about its failure, from the first line of it, without the stack. */
export function buildMessage(output: string): string {
  const lines = output
    .replace(COLOURS, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(
      (line) => line !== '' && !/^\s+at .+/u.test(line) && !/^\s*(?:Stack trace|Location):\s*$/iu.test(line),
    );
  const errorAt = lines.findIndex((line) =>
    /\[ERROR\]|^(?:\d\d:\d\d:\d\d )?\[?(?:\w*Error|Erreur)\b/u.test(line),
  );
  if (errorAt === -1) return lines.slice(-20).join('\n');
  const shown = lines.slice(errorAt, errorAt + LONGEST);
  const rest = lines.length - errorAt - shown.length;
  return rest === 0 ? shown.join('\n') : `${shown.join('\n')}\n… et ${String(rest)} autres lignes.`;
}

interface BuildOptions {
  /** The folder of the built site, instead of the project's own. */
  to?: string;
  signal?: AbortSignal;
}

export async function buildSite(
  root: string,
  env: NodeJS.ProcessEnv,
  quiet: boolean,
  { to, signal }: BuildOptions = {},
): Promise<void> {
  const progress = step('Construction du site (« astro build »)', quiet);
  const { code, output } = await run(process.execPath, [ASTRO, 'build'], {
    cwd: root,
    ...(signal === undefined ? {} : { signal }),
    env: {
      ...env,
      NODE_ENV: 'production',
      NO_COLOR: '1',
      FORCE_COLOR: '0',
      ASTRO_TELEMETRY_DISABLED: '1',
      ...(to === undefined ? {} : { BUILD_TO: to }),
    },
    onLine: (line) => {
      progress.note(
        line
          .replace(COLOURS, '')
          .replace(/^\d\d:\d\d:\d\d\s*/u, '')
          .slice(0, 60),
      );
    },
  });
  if (code !== 0) {
    progress.fail();
    throw new UserError('La construction du site a échoué ; voici ce qu’elle dit :', {
      details: buildMessage(output),
    });
  }
  progress.done('Site construit');
}
