import { beforeAll, describe, expect, test } from 'vitest';
import { parseKeyFile, unwrapKeyFile, wrapKeyPair, type KeyFile } from '../../src/sealing/key-file.ts';
import { createKeyPair, writePublicKey, type KeyPair } from '../../src/sealing/seal.ts';

const PASSPHRASE = 'éwé-1234-abcd';
let pair: KeyPair;
let file: KeyFile;

beforeAll(async () => {
  pair = await createKeyPair();
  file = await wrapKeyPair(pair, PASSPHRASE, '2026-11-22');
});

describe('the officers’ key file', () => {
  test('gives the private key back to whoever knows the passphrase', async () => {
    const read = parseKeyFile(JSON.stringify(file));
    expect(read).toEqual(file);
    expect((await unwrapKeyFile(read!, PASSPHRASE))?.d).toBe(pair.privateKey.d);
  });

  test('gives it back when the passphrase is typed with spaces around or on a keyboard that composes accents', async () => {
    expect(await unwrapKeyFile(file, `  ${PASSPHRASE.normalize('NFD')}\n`)).toBeDefined();
  });

  test.each(['', 'autre', PASSPHRASE.toUpperCase()])('gives nothing to « %s »', async (typed) => {
    expect(await unwrapKeyFile(file, typed)).toBeUndefined();
  });

  test('does not hold the private key in clear', () => {
    expect(JSON.stringify(file)).not.toContain(pair.privateKey.d);
  });

  test('gives nothing once its public key was exchanged, so that nobody seals to a stranger without being seen', async () => {
    const publicKey = writePublicKey((await createKeyPair()).publicKey);
    expect(await unwrapKeyFile({ ...file, publicKey }, PASSPHRASE)).toBeUndefined();
  });

  test.each(['salt', 'iv', 'wrapped'] as const)('gives nothing once its %s was changed', async (name) => {
    const changed = {
      ...file,
      [name]:
        `A${file[name].slice(1)}` === file[name] ? `B${file[name].slice(1)}` : `A${file[name].slice(1)}`,
    };
    expect(await unwrapKeyFile(changed, PASSPHRASE)).toBeUndefined();
  });

  test.each(['', '{', 'null', '[]', '{}', '{"kind":"guide-officers-key","version":2}'])(
    'is not « %s »',
    (text) => {
      expect(parseKeyFile(text)).toBeUndefined();
    },
  );
});
