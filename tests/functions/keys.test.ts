import { randomBytes } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { keysOf } from '../../functions/_lib/keys.ts';
import { TEST_KEYS, testKeys, usableKeys } from '../support/sealing.ts';

const place = { form: 'projet', field: 'email' };
const keysWith = (DATA_KEY: string) => usableKeys({ ...TEST_KEYS, DATA_KEY });
const newDataKey = () => randomBytes(32).toString('base64');

describe('an encrypted address', () => {
  test.each(['a@b.tg', 'éva@exémple.org', `${'a'.repeat(64)}@${'b'.repeat(185)}.org`])(
    '%s is read again',
    (text) => {
      const encrypted = testKeys.encrypt(text, place);
      expect(encrypted).toMatch(/^enc1\.[0-9a-f]{12}\.[A-Za-z0-9_-]+$/);
      expect(testKeys.decrypt(encrypted, place)).toBe(text);
    },
  );

  test('is another text each time, as long for a short address as for a longer one', () => {
    const [one, again, longer] = ['a@b.tg', 'a@b.tg', 'une.adresse.plus.longue@example.org'].map((text) =>
      testKeys.encrypt(text, place),
    );
    expect(again).not.toBe(one);
    expect(longer!.length).toBe(one!.length);
  });

  test('does not open in another column, in another form, with another key, changed or cut', () => {
    const encrypted = testKeys.encrypt('a@b.tg', place);
    for (const elsewhere of [
      { ...place, form: 'inscription' },
      { ...place, field: 'phone' },
    ])
      expect(() => testKeys.decrypt(encrypted, elsewhere)).toThrow('altered');
    expect(() => keysWith(newDataKey()).decrypt(encrypted, place)).toThrow('key');
    const changed = encrypted.replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BBBB' : 'AAAA'));
    expect(() => testKeys.decrypt(changed, place)).toThrow('altered');
    expect(() => testKeys.decrypt(encrypted.slice(0, -4), place)).toThrow('altered');
    expect(() => testKeys.decrypt(encrypted.slice(0, 22), place)).toThrow('altered');
    expect(() => testKeys.decrypt('a@b.tg', place)).toThrow('format');
  });

  test('is read with an older key as long as it is listed after the new one', () => {
    const [older, newer] = [newDataKey(), newDataKey()];
    const encrypted = keysWith(older).encrypt('a@b.tg', place);
    const both = keysWith(` ${newer} , ${older} `);
    expect(both.decrypt(encrypted, place)).toBe('a@b.tg');
    expect(both.encrypt('a@b.tg', place).split('.')[1]).not.toBe(encrypted.split('.')[1]);
    expect(both.olderKeyIds).toEqual([encrypted.split('.')[1]]);
    expect(() => keysWith(newer).decrypt(encrypted, place)).toThrow('key');
  });
});

describe('the keyed fingerprints', () => {
  test('are the same for the same text and key, and different for every purpose', () => {
    const all = [
      testKeys.emailIndex('x', place),
      testKeys.contentHash('x'),
      testKeys.limiter('x'),
      Buffer.from(testKeys.followUpToken('x'), 'base64url').toString('hex'),
    ];
    expect(new Set(all).size).toBe(all.length);
    for (const one of all) expect(one).toMatch(/^[0-9a-f]{64}$/);
    const again = keysWith(TEST_KEYS.DATA_KEY);
    expect([again.contentHash('x'), again.limiter('x')]).toEqual([all[1], all[2]]);
  });

  test('of an older key can still be computed, to find what it left', () => {
    const [older, newer] = [newDataKey(), newDataKey()];
    const both = keysWith(`${newer},${older}`);
    expect(both.followUpTokens('x')).toEqual([
      keysWith(newer).followUpToken('x'),
      keysWith(older).followUpToken('x'),
    ]);
    expect(both.emailIndexes('x', place)).toEqual([
      keysWith(newer).emailIndex('x', place),
      keysWith(older).emailIndex('x', place),
    ]);
  });
});

test.each([
  ['DATA_KEY', {}],
  ['DATA_KEY', { DATA_KEY: Buffer.alloc(31).toString('base64') }],
  ['DATA_KEY', { DATA_KEY: `${TEST_KEYS.DATA_KEY},` }],
  ['OFFICERS_PUBLIC_KEY', { OFFICERS_PUBLIC_KEY: '' }],
  ['OFFICERS_PUBLIC_KEY', { OFFICERS_PUBLIC_KEY: 'pas une clé' }],
  ['OFFICERS_PUBLIC_KEY', { OFFICERS_PUBLIC_KEY: `B${'A'.repeat(86)}` }],
] as const)(
  'without a usable %s there are no keys, and the log names the variable, not its value',
  (name, changes) => {
    const lines: string[] = [];
    const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
    const environment = Object.keys(changes).length === 0 ? {} : { ...TEST_KEYS, ...changes };
    expect(keysOf(environment)).toBeUndefined();
    spy.mockRestore();
    expect(lines).toEqual([JSON.stringify({ event: 'keys-unusable', code: name })]);
  },
);
