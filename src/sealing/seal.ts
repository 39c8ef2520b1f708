import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { fromBase64, toBase64Url, utf8 } from './encoding.ts';
import {
  CannotOpen,
  padded,
  placeText,
  readProtected,
  unpadded,
  writeProtected,
  type Place,
} from './protected-text.ts';

// P-256 rather than X25519: every browser an officer may have knows it.
const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** Only says which answers a key opens; the answer itself holds the real check. */
const KEY_ID_BYTES = 6;

/** Bytes of the ephemeral public key that comes before the ciphertext. */
const ENCAPSULATED = 65;

/** A pair of keys as JSON Web Keys of the curve P-256. */
export interface KeyPair {
  publicKey: JsonWebKey;
  privateKey: JsonWebKey;
}

/** Seals answers to one public key. */
export interface Sealer {
  keyId: string;
  seal(text: string, place: Place): Promise<string>;
}

/** Opens answers with one or several private keys. */
export interface Opener {
  /** The keys it holds, by what {@link keyIdOf} calls them. */
  keyIds: string[];
  /** @throws CannotOpen */
  open(sealed: string, place: Place): Promise<string>;
}

/** A new pair for the officers. */
export async function createKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  return {
    publicKey: publicPartOf(await crypto.subtle.exportKey('jwk', pair.publicKey)),
    privateKey: await crypto.subtle.exportKey('jwk', pair.privateKey),
  };
}

/** The public half of a key: without `d`, nor anything that is not the point itself. */
export function publicPartOf({ x = '', y = '' }: JsonWebKey): JsonWebKey {
  return { kty: 'EC', crv: 'P-256', x, y };
}

/** A public key on one line, for an environment variable: its 65 bytes in base64url. */
export function writePublicKey({ x = '', y = '' }: JsonWebKey): string {
  return toBase64Url(Uint8Array.of(4, ...fromBase64(x), ...fromBase64(y)));
}

/**
 * Reads what {@link writePublicKey} wrote.
 *
 * @throws Error when it is not a point of the curve
 */
export async function readPublicKey(text: string): Promise<JsonWebKey> {
  const key = await suite.kem.deserializePublicKey(fromBase64(text));
  return publicPartOf(await crypto.subtle.exportKey('jwk', key));
}

/** The name of a key: twelve hexadecimal digits of the fingerprint of its public half. */
export async function keyIdOf(key: JsonWebKey): Promise<string> {
  const bytes = fromBase64(writePublicKey(key));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest.subarray(0, KEY_ID_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Who seals with this public key, as {@link writePublicKey} writes it. */
export async function sealerFor(publicKey: string): Promise<Sealer> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(publicKey));
  const keyId = await keyIdOf(await crypto.subtle.exportKey('jwk', recipientPublicKey));
  return {
    keyId,
    async seal(text, place) {
      const { enc, ct } = await suite.seal(
        { recipientPublicKey },
        padded(text),
        utf8(placeText('sealed1', place)),
      );
      return writeProtected({ scheme: 'sealed1', keyId, bytes: joined(enc, ct) });
    },
  };
}

/** Who opens with these private keys: the newest and those it replaced. */
export async function openerWith(privateKeys: readonly JsonWebKey[]): Promise<Opener> {
  const keys = new Map<string, CryptoKey>();
  for (const key of privateKeys) keys.set(await keyIdOf(key), await importPrivate(key));
  return {
    keyIds: [...keys.keys()],
    async open(sealed, place) {
      const read = readProtected(sealed);
      if (read?.scheme !== 'sealed1') throw new CannotOpen('format');
      const recipientKey = keys.get(read.keyId);
      if (!recipientKey) throw new CannotOpen('key');
      const enc = read.bytes.slice(0, ENCAPSULATED);
      const text = await suite
        .open({ recipientKey, enc }, read.bytes.slice(ENCAPSULATED), utf8(placeText('sealed1', place)))
        .catch(() => {
          throw new CannotOpen('altered');
        });
      return unpadded(text);
    },
  };
}

function importPrivate(key: JsonWebKey): Promise<CryptoKey> {
  return suite.kem.importKey('jwk', { ...publicPartOf(key), d: key.d ?? '', key_ops: ['deriveBits'] }, false);
}

function joined(first: ArrayBuffer, second: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.byteLength + second.byteLength);
  bytes.set(new Uint8Array(first));
  bytes.set(new Uint8Array(second), first.byteLength);
  return bytes;
}
