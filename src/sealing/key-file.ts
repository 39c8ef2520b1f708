import { fromBase64, toBase64Url, utf8 } from './encoding.ts';
import { keyIdOf, publicPartOf, writePublicKey, type KeyPair } from './seal.ts';

/** What OWASP asks of PBKDF2 with SHA-256. Kept in the file: it can grow without closing older files. */
const ITERATIONS = 600_000;

/** The officers' key as they keep it: the private half is closed by a passphrase. */
export interface KeyFile {
  kind: 'guide-officers-key';
  version: 1;
  keyId: string;
  /** The day it was made, `2026-11-22`. */
  created: string;
  /** The value of `OFFICERS_PUBLIC_KEY`. */
  publicKey: string;
  iterations: number;
  salt: string;
  iv: string;
  /** The private key as JSON, encrypted with AES-256-GCM. */
  wrapped: string;
}

/** Closes a private key with a passphrase. */
export async function wrapKeyPair(pair: KeyPair, passphrase: string, created: string): Promise<KeyFile> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const publicKey = writePublicKey(pair.publicKey);
  const key = await keyFrom(passphrase, salt, ITERATIONS, 'encrypt');
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(publicKey) },
    key,
    utf8(JSON.stringify(pair.privateKey)),
  );
  return {
    kind: 'guide-officers-key',
    version: 1,
    keyId: await keyIdOf(pair.publicKey),
    created,
    publicKey,
    iterations: ITERATIONS,
    salt: toBase64Url(salt),
    iv: toBase64Url(iv),
    wrapped: toBase64Url(new Uint8Array(wrapped)),
  };
}

/** Opens a private key with its passphrase: `undefined` when it is not the right one, or the file was altered. */
export async function unwrapKeyFile(file: KeyFile, passphrase: string): Promise<JsonWebKey | undefined> {
  try {
    const key = await keyFrom(passphrase, fromBase64(file.salt), file.iterations, 'decrypt');
    const bytes = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(file.iv), additionalData: utf8(file.publicKey) },
      key,
      fromBase64(file.wrapped),
    );
    const privateKey = JSON.parse(new TextDecoder().decode(bytes)) as JsonWebKey;
    // The public key of the file is what answers get sealed to: it must be the other half of this private key.
    return writePublicKey(publicPartOf(privateKey)) === file.publicKey ? privateKey : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the text of a key file: `undefined` when it is anything else. */
export function parseKeyFile(text: string): KeyFile | undefined {
  try {
    const file = JSON.parse(text) as Partial<Record<keyof KeyFile, unknown>> | null;
    const texts = ['keyId', 'created', 'publicKey', 'salt', 'iv', 'wrapped'] as const;
    const whole =
      file?.kind === 'guide-officers-key' &&
      file.version === 1 &&
      Number.isInteger(file.iterations) &&
      texts.every((name) => typeof file[name] === 'string');
    return whole ? (file as unknown as KeyFile) : undefined;
  } catch {
    return undefined;
  }
}

async function keyFrom(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  usage: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  // The same passphrase typed on another keyboard must give the same bytes.
  const typed = utf8(passphrase.normalize('NFKC').trim());
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    [usage],
  );
}
