import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readProtectionKeys } from '../../scripts/lib/local-keys.ts';
import { parseKeyFile, unwrapKeyFile } from '../../src/sealing/key-file.ts';
import { usableKeys } from '../support/sealing.ts';
import { localKeys } from '../support/local-keys.ts';
import { ROOT } from './throwaway.ts';

const PASSPHRASE = /[a-z0-9]{4}(?:-[a-z0-9]{4}){4}/;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guide-cles-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command as `npm run cles` would, from the person's own folder, with what is typed. */
function cles(args: string[], typed = '', env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'scripts/keys.ts'), ...args], {
      cwd: ROOT,
      env: { ...process.env, INIT_CWD: folder, SANS_DOTENV: '1', OFFICERS_PUBLIC_KEY: '', ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('close', (code) => resolve({ code, output: output.replaceAll('\u00a0', ' ') }));
    child.stdin.end(`${typed}\n`);
  });
}

const keyFile = (name: string) => parseKeyFile(readFileSync(path.join(folder, name), 'utf8'))!;

describe('npm run cles', () => {
  let passphrase: string;
  let publicKey: string;

  test('« creer » writes a closed file that only its owner may read, and prints its passphrase and public key', async () => {
    const { code, output } = await cles(['creer', 'agents.json']);
    expect(code).toBe(0);
    passphrase = PASSPHRASE.exec(output)?.[0] ?? '';
    publicKey = /^OFFICERS_PUBLIC_KEY=(\S+)$/m.exec(output)?.[1] ?? '';
    expect(keyFile('agents.json').publicKey).toBe(publicKey);
    expect(statSync(path.join(folder, 'agents.json')).mode & 0o077).toBe(0);
    const privateKey = await unwrapKeyFile(keyFile('agents.json'), passphrase);
    expect(privateKey?.d).toBeDefined();
    expect(output).not.toContain(privateKey?.d);
    expect(
      usableKeys({ DATA_KEY: Buffer.alloc(32, 'x').toString('base64'), OFFICERS_PUBLIC_KEY: publicKey }),
    ).toBeDefined();
  });

  test('« creer » never writes over a key', async () => {
    const before = readFileSync(path.join(folder, 'agents.json'), 'utf8');
    const { code, output } = await cles(['creer', 'agents.json']);
    expect(code).toBe(1);
    expect(output).toContain('existe déjà');
    expect(readFileSync(path.join(folder, 'agents.json'), 'utf8')).toBe(before);
  });

  test('« verifier » says whether the file, its passphrase and the key in service go together', async () => {
    const right = await cles(['verifier', 'agents.json'], passphrase, { OFFICERS_PUBLIC_KEY: publicKey });
    expect([right.code, right.output]).toEqual([0, expect.stringContaining('C’est la clé en service')]);
    const unset = await cles(['verifier', 'agents.json'], passphrase);
    expect([unset.code, unset.output]).toEqual([
      0,
      expect.stringContaining(`OFFICERS_PUBLIC_KEY=${publicKey}`),
    ]);
    const wrong = await cles(['verifier', 'agents.json'], 'abcd-abcd-abcd-abcd-abcd');
    expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining('n’ouvre pas ce fichier')]);
    await cles(['creer', 'autre.json']);
    const other = keyFile('autre.json').publicKey;
    const old = await cles(['verifier', 'agents.json'], passphrase, { OFFICERS_PUBLIC_KEY: other });
    expect([old.code, old.output]).toEqual([1, expect.stringContaining('gardez-le')]);
    for (const { output } of [right, unset, wrong, old]) expect(output).not.toContain(passphrase);
  });

  test('« transmettre » makes a copy of the same key that opens with a passphrase of its own', async () => {
    const { code, output } = await cles(['transmettre', 'agents.json', 'pour-ama.json'], passphrase);
    expect(code).toBe(0);
    const own = PASSPHRASE.exec(output)?.[0] ?? '';
    expect(own).not.toBe(passphrase);
    const [first, copy] = [keyFile('agents.json'), keyFile('pour-ama.json')];
    expect(copy.keyId).toBe(first.keyId);
    expect(await unwrapKeyFile(copy, own)).toEqual(await unwrapKeyFile(first, passphrase));
    expect(await unwrapKeyFile(copy, passphrase)).toBeUndefined();
    expect((await cles(['transmettre', 'agents.json', 'non.json'], 'faux')).code).toBe(1);
    expect(existsSync(path.join(folder, 'non.json'))).toBe(false);
  });

  test('« donnees » makes a key that the functions take, another one each time', async () => {
    const made = await Promise.all(
      [1, 2].map(async () => /^DATA_KEY=(\S+)$/m.exec((await cles(['donnees'])).output)?.[1] ?? ''),
    );
    expect(made[0]).not.toBe(made[1]);
    expect(usableKeys({ DATA_KEY: made.join(','), OFFICERS_PUBLIC_KEY: publicKey }).olderKeyIds).toHaveLength(
      1,
    );
  });

  test('says in one sentence what to do about a wrong command or a wrong file', async () => {
    for (const args of [
      ['oublier'],
      ['verifier'],
      ['verifier', 'absent.json'],
      ['verifier', path.join(ROOT, 'package.json')],
    ]) {
      const { code, output } = await cles(args);
      expect(code, args.join(' ')).toBe(1);
      expect(output).not.toMatch(/^\s+at |Error:/m);
    }
    expect((await cles([])).output).toContain('npm run cles -- transmettre');
    expect((await cles(['rotation'])).output).toContain('DATA_KEY=nouvelle,ancienne');
  });
});

describe('the keys of the local service', () => {
  test('are made once per data folder, readable by their owner only, and open what they close', async () => {
    const made = await readProtectionKeys(folder);
    expect(await readProtectionKeys(folder)).toEqual(made);
    for (const file of ['cle-des-donnees.txt', 'cle-agents.json'])
      expect(statSync(path.join(folder, file)).mode & 0o077).toBe(0);
    const place = { form: 'inscription', field: 'phone' };
    const { officer, keys } = await localKeys(folder);
    expect(await officer.open(await keys.seal('+22890000000', place), place)).toBe('+22890000000');
  });
});
