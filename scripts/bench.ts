// `npm run bench -- <name> […]`: runs bench/<name>.ts and prints one JSON line per figure.
//
// A benchmark is a module with `export default async function (report: Report, words: string[]): Promise<void>`: what
// may be added after its name is said at the top of each.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './lib/bootstrap.mjs';
import { UserError, complain } from './lib/terminal.mjs';

export interface Figure {
  /** What is measured, in a few words: « first-view-median ». */
  figure: string;
  value: number;
  /** « kB », « ms », « requests »… */
  unit: string;
  /** The bar to hold, when there is one. */
  bar?: number;
  [more: string]: unknown;
}

export type Report = (figure: Figure) => void;

function known(): string[] {
  const folder = path.join(ROOT, 'bench');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.startsWith('_'))
    .map((name) => name.slice(0, -3))
    .sort();
}

async function main(): Promise<void> {
  const [name = '', ...words] = process.argv.slice(2);
  const names = known();
  if (!names.includes(name)) {
    const list = names.length === 0 ? 'il n’y en a encore aucune' : `choisissez parmi : ${names.join(', ')}`;
    throw new UserError(
      name === ''
        ? `Indiquez la mesure à faire, par exemple « npm run bench -- ${names[0] ?? 'poids'} » ; ${list}.`
        : `La mesure « ${name} » n’existe pas ; ${list}.`,
    );
  }
  const module = (await import(pathToFileURL(path.join(ROOT, 'bench', `${name}.ts`)).href)) as {
    default?: (report: Report, words: string[]) => Promise<void> | void;
  };
  if (typeof module.default !== 'function') {
    throw new UserError(`Le fichier « bench/${name}.ts » n’a pas de fonction exportée par défaut.`);
  }
  await module.default((figure) => {
    process.stdout.write(`${JSON.stringify({ bench: name, ...figure })}\n`);
  }, words);
}

try {
  await main();
  // A benchmark may leave a browser or a server behind it.
  process.exit(process.exitCode ?? 0);
} catch (error) {
  complain(error);
  process.exit(1);
}
