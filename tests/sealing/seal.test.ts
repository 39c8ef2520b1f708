import { beforeAll, describe, expect, test } from 'vitest';
import { readProtected, writeProtected } from '../../src/sealing/protected-text.ts';
import {
  createKeyPair,
  keyIdOf,
  openerWith,
  readPublicKey,
  sealerFor,
  writePublicKey,
  type KeyPair,
  type Opener,
  type Sealer,
} from '../../src/sealing/seal.ts';
import { openWithNode } from './rfc9180.ts';

const place = { form: 'inscription', field: 'last_name' };
const TEXTS = [
  '',
  'Ba',
  'Kɔ́kú-Édem ʋɩ',
  '+22890000000',
  'é𝒦\n'.repeat(800),
  '{"a":"\u0001"}',
  'x'.repeat(64),
  'x'.repeat(65),
];

let pair: KeyPair;
let sealer: Sealer;
let officer: Opener;

beforeAll(async () => {
  pair = await createKeyPair();
  sealer = await sealerFor(writePublicKey(pair.publicKey));
  officer = await openerWith([pair.privateKey]);
});

/** The same text with one bit of its bytes changed. */
function flipped(sealed: string, at: number): string {
  const read = readProtected(sealed)!;
  const bytes = read.bytes.slice();
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return writeProtected({ ...read, bytes });
}

describe('a sealed text', () => {
  test.each(TEXTS)('%j opens as it was', async (text) => {
    expect(await officer.open(await sealer.seal(text, place), place)).toBe(text);
  });

  test('is written with its scheme and its key, in letters that no address nor column changes', async () => {
    const sealed = await sealer.seal('Ba', place);
    expect(sealed).toMatch(/^sealed1\.[0-9a-f]{12}\.[A-Za-z0-9_-]+$/);
    expect(sealed.split('.')[1]).toBe(await keyIdOf(pair.privateKey));
  });

  test('is another text each time, and as long for a short word as for a longer one', async () => {
    const [one, again, longer] = await Promise.all(
      ['Ba', 'Ba', 'Agbodjan-Prince'].map((text) => sealer.seal(text, place)),
    );
    expect(again).not.toBe(one);
    expect(longer!.length).toBe(one!.length);
  });

  test('opens with any tool that knows RFC 9180', async () => {
    const { bytes } = readProtected(await sealer.seal('Kɔ́kú', place))!;
    const text = openWithNode(
      Buffer.from(pair.privateKey.d!, 'base64url'),
      Buffer.from(bytes.subarray(0, 65)),
      Buffer.from(bytes.subarray(65)),
      Buffer.from('guide sealed1 inscription.last_name'),
    );
    expect(text.toString('utf8').replace(/\0+$/, '')).toBe('Kɔ́kú');
  });

  test.each([
    ['another column', { form: 'inscription', field: 'first_names' }],
    ['another form', { form: 'projet', field: 'last_name' }],
  ])('does not open in %s', async (_where, elsewhere) => {
    const sealed = await sealer.seal('Ba', place);
    await expect(officer.open(sealed, elsewhere)).rejects.toMatchObject({ reason: 'altered' });
  });

  test.each([0, 1, 64, 65, 80, -1])('does not open when one bit of byte %d was changed', async (at) => {
    const sealed = await sealer.seal('Ba', place);
    await expect(officer.open(flipped(sealed, at), place)).rejects.toMatchObject({ reason: 'altered' });
  });

  test('does not open when it was cut', async () => {
    const sealed = await sealer.seal('Ba', place);
    await expect(officer.open(sealed.slice(0, -8), place)).rejects.toMatchObject({ reason: 'altered' });
    for (const letters of [23, 24, 60])
      await expect(officer.open(sealed.slice(0, letters), place)).rejects.toMatchObject({
        reason: 'altered',
      });
    await expect(officer.open(sealed.slice(0, 22), place)).rejects.toMatchObject({ reason: 'format' });
  });

  test.each([
    '',
    'Ba',
    'enc1.0123456789ab.AAAA',
    'sealed2.0123456789ab.AAAA',
    'sealed1.0123.AAAA',
    'sealed1.0123456789ab.A=A',
  ])('is not « %s »', async (text) => {
    await expect(officer.open(text, place)).rejects.toMatchObject({ reason: 'format' });
  });
});

describe('a key', () => {
  test('of somebody else opens nothing', async () => {
    const stranger = await openerWith([(await createKeyPair()).privateKey]);
    await expect(stranger.open(await sealer.seal('Ba', place), place)).rejects.toMatchObject({
      reason: 'key',
    });
  });

  test('of somebody else opens nothing either when the name of the key is forged', async () => {
    const other = await createKeyPair();
    const stranger = await openerWith([other.privateKey]);
    const read = readProtected(await sealer.seal('Ba', place))!;
    const forged = writeProtected({ ...read, keyId: await keyIdOf(other.publicKey) });
    await expect(stranger.open(forged, place)).rejects.toMatchObject({ reason: 'altered' });
  });

  test('that was replaced still opens what it sealed, beside the one that replaced it', async () => {
    const next = await createKeyPair();
    const both = await openerWith([next.privateKey, pair.privateKey]);
    const newSealer = await sealerFor(writePublicKey(next.publicKey));
    expect(await both.open(await sealer.seal('avant', place), place)).toBe('avant');
    expect(await both.open(await newSealer.seal('après', place), place)).toBe('après');
    expect(both.keyIds).toEqual([newSealer.keyId, sealer.keyId]);
  });

  test('is written on one line and read again, its public half only', async () => {
    const written = writePublicKey(pair.privateKey);
    expect(written).toMatch(/^B[\w-]{86}$/);
    expect(await readPublicKey(written)).toEqual(pair.publicKey);
    expect(Object.keys(pair.publicKey)).not.toContain('d');
  });

  test.each(['', 'AAAA', `B${'A'.repeat(86)}`])('is not « %s »', async (text) => {
    await expect(sealerFor(text)).rejects.toThrow();
  });
});
