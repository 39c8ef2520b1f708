import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkNode, explainInstallFailure, isInstalled, pinnedNode } from '../../scripts/lib/bootstrap.mjs';
import { buildMessage } from '../../scripts/lib/build.ts';
import { readEnvironment, readPort } from '../../scripts/lib/environment.ts';
import { duration, typeset } from '../../scripts/lib/terminal.mjs';
import { ROOT } from './throwaway.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'guide-installation-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const lock = (packages: Record<string, object>): string => JSON.stringify({ packages });

function installed(packages: Record<string, object>): void {
  mkdirSync(path.dirname(pinnedNode(root)), { recursive: true });
  writeFileSync(pinnedNode(root), '');
  writeFileSync(path.join(root, 'node_modules', '.package-lock.json'), lock(packages));
}

describe('installation', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '1.0.0', optional: true },
  };
  test.each([
    ['nothing installed', undefined, false],
    [
      'everything installed',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
      true,
    ],
    ['an optional package of another system missing', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['an older version', { 'node_modules/a': { version: '0.9.0' } }, false],
    ['a package missing', { 'node_modules/b': { version: '1.0.0' } }, false],
  ])('%s', (_name, found, expected) => {
    writeFileSync(path.join(root, 'package-lock.json'), lock(wanted));
    if (found !== undefined) installed(found);
    expect(isInstalled(root)).toBe(expected);
  });

  test.each([
    ['npm error code ENOTFOUND', 'le registre npm est injoignable'],
    ['npm error code ECONNREFUSED', 'le registre npm est injoignable'],
    ['npm error code ENOSPC', 'le disque est plein'],
    ['npm error code EUSAGE', 'ne s’accordent pas'],
    ['npm error code EACCES', 'pas accessible en écriture'],
  ])('« %s » is explained', (output, sentence) => {
    expect(explainInstallFailure(output)).toContain(sentence);
  });

  test('a Node that is too old is told which one to take', () => {
    expect(() => {
      checkNode('v18.20.1');
    }).toThrow('Node.js 20 ou plus récent est nécessaire');
    expect(() => {
      checkNode('v20.0.0');
    }).not.toThrow();
  });
});

describe('settings', () => {
  test('.env completes the environment and never replaces it; an empty line sets nothing', () => {
    writeFileSync(path.join(root, '.env'), 'A=du fichier\nB=du fichier\nSUPABASE_URL=\n');
    const env = readEnvironment(root, { A: 'déjà là' });
    expect(env).toEqual({ A: 'déjà là', B: 'du fichier' });
  });

  test('a port that is not one is refused', () => {
    expect(readPort({})).toBe(8888);
    expect(readPort({ PORT: '8890' })).toBe(8890);
    expect(() => readPort({ PORT: 'huit' })).toThrow('PORT vaut');
    expect(() => readPort({ PORT: '70000' })).toThrow('PORT vaut');
  });
});

describe('what is printed', () => {
  test('has French typography', () => {
    expect(typeset('Attention : « 3 s » !')).toBe('Attention\u00a0: «\u00a03\u00a0s\u00a0»\u00a0!');
    expect(duration(1234)).toBe('1,2\u00a0s');
    expect(duration(75_000)).toBe('1\u00a0min 15\u00a0s');
  });

  test('a failed build says its own words, not its stack', () => {
    const output =
      '12:00:00 [build] début\n\u001b[31m[ERROR]\u001b[39m La page « x » n’a pas de titre.\n  Location:\n    at render (file.js:1:2)\n';
    expect(buildMessage(output)).toBe('[ERROR] La page « x » n’a pas de titre.');
  });

  test('an unknown benchmark is answered with the known ones', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join(ROOT, 'scripts', 'bench.ts'), 'inconnue'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr.replaceAll('\u00a0', ' ')).toContain('La mesure « inconnue » n’existe pas');
    expect(stderr).not.toMatch(/^\s+at /mu);
  });
});
