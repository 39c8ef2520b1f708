// The keys of the tests: a secret of the functions, and a pair of the officers made anew for each test file.
import { Buffer } from 'node:buffer';
import { keysOf, type Keys } from '../../functions/_lib/keys.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { createKeyPair, openerWith, writePublicKey, type Opener } from '../../src/sealing/seal.ts';

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

/** A stored row with its protected answers opened, as an officer and the functions together could. */
export async function openedRow(
  form: Form,
  row: Readonly<Record<string, unknown>>,
  by: { officer: Opener; keys: Keys } = { officer, keys: testKeys },
): Promise<Record<string, unknown>> {
  const opened: Record<string, unknown> = { ...row };
  for (const { name, protection } of fieldsOf(form)) {
    const value = row[name];
    if (protection === undefined || typeof value !== 'string') continue;
    const place = { form: form.slug, field: name };
    opened[name] =
      protection === 'sealed' ? await by.officer.open(value, place) : by.keys.decrypt(value, place);
  }
  return opened;
}
