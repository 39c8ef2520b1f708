import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { dataOf, markdown, ROOT, runNode } from './room.ts';

/** What a build reads. */
const SOURCES = ['content', 'public', 'src', 'functions', 'astro.config.mjs', 'package.json', 'tsconfig.json'];

let root: string | undefined;
afterEach(() => {
  if (root) rmSync(root, { recursive: true, force: true });
});

/** Copies the project below itself: `node_modules` is then found above, and caches and `dist/` stay in the copy. */
function copyProject(): string {
  mkdirSync(path.join(ROOT, '.cache'), { recursive: true });
  root = mkdtempSync(path.join(ROOT, '.cache/essai-'));
  for (const name of SOURCES) cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true });
  return root;
}

const build = (folder: string) => runNode(folder, [path.join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build']);

describe('astro build', () => {
  test('stops on a page to mend, names it in French, shows no stack and makes no site', async () => {
    const folder = copyProject();
    const file = path.join(folder, 'content/guide/passeport.md');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, markdown({ ...dataOf(text), kind: 'fiche' }));
    const { code, output } = await build(folder);
    expect(code).toBe(1);
    expect(output).toMatch(/(Un point est|points sont) à corriger dans le dossier « content » :/);
    expect(output).toContain(
      '\n  • content/guide/passeport.md, champ « kind » : écrivez « kind: page », « kind: demarche », « kind: situation » ou « kind: destination ».\n',
    );
    expect(output).not.toMatch(/^\s+at |stack trace/im);
    expect(() => readFileSync(path.join(folder, 'dist/index.html'))).toThrow();
  }, 120_000);
});
