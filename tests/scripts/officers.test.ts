import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOfficerDatabase } from '../../scripts/lib/officer-database.ts';
import { ROOT } from './throwaway.ts';

const PASSPHRASE = /[a-z0-9]{4}(?:-[a-z0-9]{4}){4}/;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guide-agents-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command as npm would, on an embedded database whose service does not run. */
function run(script: string, ...args: string[]) {
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'scripts', script), ...args], {
      cwd: ROOT,
      env: { ...process.env, SANS_DOTENV: '1', SUPABASE_URL: '', DATA_DIR: folder },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('close', (code) => resolve({ code, output: output.replaceAll('\u00a0', ' ') }));
  });
}

/** The same database, for the test itself. */
async function inTheDatabase<Result>(
  act: (database: Awaited<ReturnType<typeof openOfficerDatabase>>) => Promise<Result>,
): Promise<Result> {
  const before = { ...process.env };
  Object.assign(process.env, { SANS_DOTENV: '1', SUPABASE_URL: '', DATA_DIR: folder });
  const database = await openOfficerDatabase(ROOT);
  process.env = before;
  try {
    return await act(database);
  } finally {
    await database.close();
  }
}

// Each command opens the database anew: several seconds on a busy machine.
const PATIENCE = { timeout: 180_000 };

describe('npm run agent', PATIENCE, () => {
  let password: string;

  test('« creer » makes the first officer, an admin, who signs in with the password it prints', async () => {
    const { code, output } = await run('officers.ts', 'creer', 'Ama@Example.org');
    expect([code, output]).toEqual([0, expect.stringContaining('règle le bureau')]);
    password = PASSPHRASE.exec(output)?.[0] ?? '';
    await inTheDatabase(async ({ visitor }) => {
      const { error } = await visitor!.auth.signInWithPassword({ email: 'ama@example.org', password });
      expect(error).toBeNull();
      expect((await visitor!.from('officers').select('role')).data).toEqual([{ role: 'admin' }]);
    });
  });

  test('« creer » makes the next ones readers, or what is asked; « role » changes it', async () => {
    expect((await run('officers.ts', 'creer', 'kofi@example.org')).output).toContain('ne décide de rien');
    expect((await run('officers.ts', 'creer', 'yao@example.org', 'publication')).output).toContain('publie');
    expect((await run('officers.ts', 'role', 'kofi@example.org', 'relecture')).output).toContain('accepte');
    await inTheDatabase(async ({ service }) => {
      const { data } = await service.from('officers').select('role');
      expect(data?.map(({ role }) => String(role)).toSorted()).toEqual(['admin', 'publisher', 'reviewer']);
    });
  });

  test('« creer » never makes an officer of an account that somebody else may have opened', async () => {
    await inTheDatabase(async ({ visitor }) => {
      await visitor!.auth.signUp({ email: 'piege@example.org', password: 'un mot de passe assez long' });
    });
    const { code, output } = await run('officers.ts', 'creer', 'piege@example.org', 'administration');
    expect([code, output]).toEqual([1, expect.stringContaining('n’importe qui a pu le créer')]);
    await inTheDatabase(async ({ service }) => {
      expect((await service.from('officers').select('user_id')).data).toHaveLength(3);
    });
  });

  test('says in one sentence what to do about a wrong command, address or role', async () => {
    const wrong = [
      ['oublier'],
      ['creer'],
      ['creer', 'ama'],
      ['creer', 'a@example.org', 'reine'],
      ['role', 'a@b.org'],
    ];
    for (const { code, output } of await Promise.all(wrong.map((args) => run('officers.ts', ...args)))) {
      expect(code, output).toBe(1);
      expect(output).not.toMatch(/^\s+at |Error:/m);
    }
    expect((await run('officers.ts', 'role', 'inconnue@example.org', 'lecture')).output).toContain(
      'Aucun compte n’a cette adresse',
    );
    expect((await run('officers.ts')).output).toContain('npm run agent -- creer');
  });
});

describe('npm run journal', PATIENCE, () => {
  test('says that the log is whole, and gives the line to note, which it finds again another day', async () => {
    const first = await run('journal.ts');
    expect([first.code, first.output]).toEqual([0, expect.stringContaining('aucune modifiée')]);
    const [, line = '', print = ''] = /npm run journal -- (\d+) ([0-9a-f]{64})/.exec(first.output) ?? [];
    const again = await run('journal.ts', line, print);
    expect([again.code, again.output]).toEqual([
      0,
      expect.stringContaining('l’empreinte que vous aviez notée'),
    ]);
    const other = await run('journal.ts', line, '0'.repeat(64));
    expect([other.code, other.output]).toEqual([1, expect.stringContaining('refait')]);
    expect((await run('journal.ts', 'un')).code).toBe(1);
  });
});
