// The keys of the tests: a secret of the functions, and a pair of the officers made anew for each test file.
import { Buffer } from 'node:buffer';
import { keysOf, type Keys } from '../../functions/_lib/keys.ts';
import { createKeyPair, openerWith, writePublicKey } from '../../src/sealing/seal.ts';

const pair = await createKeyPair();

/** What the functions are given. */
export const TEST_KEYS = {
  DATA_KEY: Buffer.alloc(32, 'only-for-tests').toString('base64'),
  OFFICERS_PUBLIC_KEY: writePublicKey(pair.publicKey),
};

/** The keys of an environment, or a failed test. */
export function usableKeys(environment: { DATA_KEY?: string; OFFICERS_PUBLIC_KEY?: string }): Keys {
  const keys = keysOf(environment);
  if (!keys) throw new Error('the keys of this test are unusable');
  return keys;
}

export const testKeys = usableKeys(TEST_KEYS);

/** Opens what was sealed with {@link TEST_KEYS}, as an officer's browser would. */
export const officer = await openerWith([pair.privateKey]);
