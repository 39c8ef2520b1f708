import { createCipheriv, createDecipheriv, createHmac, ECDH, hkdfSync, randomBytes } from 'node:crypto';
import {
  CannotOpen,
  padded,
  placeText,
  readProtected,
  unpadded,
  writeProtected,
  type Place,
} from '../../src/sealing/protected-text.ts';
import { fromBase64 } from '../../src/sealing/encoding.ts';
import { sealerFor, type Sealer } from '../../src/sealing/seal.ts';
import type { Environment } from './environment.ts';
import { log } from './log.ts';

/** One subkey per purpose: what is learnt of one says nothing of another. */
const LABELS = {
  id: 'guide key id',
  email: 'guide e-mail encryption',
  emailIndex: 'guide e-mail index',
  content: 'guide content hash',
  limiter: 'guide limiter',
  followUp: 'guide follow-up token',
  reading: 'guide reading token',
  letter: 'guide letter link',
} as const;

type Purpose = keyof typeof LABELS;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Everything secret that the functions do with `DATA_KEY`, and the officers' seal. */
export interface Keys {
  /** Encrypts an address: only the functions can read it again. */
  encrypt(text: string, place: Place): string;
  /**
   * Reads what any of the keys encrypted.
   *
   * @throws CannotOpen
   */
  decrypt(encrypted: string, place: Place): string;
  /** The keys that another one replaced, as they are named in what they encrypted. */
  olderKeyIds: string[];
  /**
   * What the column `email_index` holds: the same for the same address, whatever its capitals. Another one in each
   * form, so that a dump does not tell who filled in two of them.
   */
  emailIndex(address: string, place: Place): string;
  /** The index of an address under every key, to look up rows older than a rotation. */
  emailIndexes(address: string, place: Place): string[];
  /** The fingerprint of a submission. */
  contentHash(content: string): string;
  /** The fingerprint of a sender's network address. */
  limiter(text: string): string;
  /** A follow-up link's secret part, always the same for the same `text`; 43 characters for an address. */
  followUpToken(text: string): string;
  /** The same under every key, the one in use first. */
  followUpTokens(text: string): string[];
  /** The signature of a page that shows answers again, under every key, the one in use first. */
  readingSignatures(text: string): [string, ...string[]];
  /** The signature of a link in a letter, under every key, the one in use first. */
  letterSignatures(text: string): [string, ...string[]];
  /** Seals a text to the officers: nobody here can read it again. */
  seal(text: string, place: Place): Promise<string>;
}

/**
 * The keys of the environment. `DATA_KEY` holds one or several, separated by commas: the first one writes, all of
 * them read.
 *
 * @returns `undefined`, and a line in the log, when one is missing or malformed: nothing may be stored then
 */
export function keysOf({
  DATA_KEY = '',
  OFFICERS_PUBLIC_KEY = '',
}: Pick<Environment, 'DATA_KEY' | 'OFFICERS_PUBLIC_KEY'>): Keys | undefined {
  const secrets = DATA_KEY.split(',').map((one) => one.trim());
  const badSecret = secrets.some((one) => !/^[A-Za-z0-9+/_-]{43}=?$/.test(one));
  if (badSecret || !isPublicKey(OFFICERS_PUBLIC_KEY)) {
    log({ event: 'keys-unusable', code: badSecret ? 'DATA_KEY' : 'OFFICERS_PUBLIC_KEY' });
    return undefined;
  }
  const [current, ...older] = secrets.map(dataKey);
  return current && keysWith(current, older, OFFICERS_PUBLIC_KEY);
}

/** Whether a text is a point of the curve P-256, as the command « cles » writes it. */
function isPublicKey(text: string): boolean {
  try {
    ECDH.convertKey(fromBase64(text), 'prime256v1');
    return fromBase64(text).length === 65;
  } catch {
    return false;
  }
}

function keysWith(current: DataKey, older: DataKey[], publicKey: string): Keys {
  const all = [current, ...older];
  let sealer: Promise<Sealer> | undefined;
  const indexOf = (key: DataKey, address: string, { form, field }: Place) =>
    key.mac('emailIndex', `${form}.${field} ${normalEmail(address)}`).toString('hex');
  const tokenOf = (key: DataKey, text: string) => key.mac('followUp', text).toString('base64url');
  const signaturesOf = (purpose: Purpose, text: string): [string, ...string[]] => {
    const signature = (key: DataKey) => key.mac(purpose, text).toString('base64url');
    return [signature(current), ...older.map(signature)];
  };
  return {
    encrypt: (text, place) => encryptWith(current, text, place),
    decrypt(encrypted, place) {
      const read = readProtected(encrypted);
      if (read?.scheme !== 'enc1') throw new CannotOpen('format');
      const key = all.find(({ id }) => id === read.keyId);
      if (!key) throw new CannotOpen('key');
      return decryptWith(key, read.bytes, place);
    },
    olderKeyIds: older.map(({ id }) => id),
    emailIndex: (address, place) => indexOf(current, address, place),
    emailIndexes: (address, place) => all.map((key) => indexOf(key, address, place)),
    contentHash: (content) => current.mac('content', content).toString('hex'),
    limiter: (text) => current.mac('limiter', text).toString('hex'),
    followUpToken: (text) => tokenOf(current, text),
    followUpTokens: (text) => all.map((key) => tokenOf(key, text)),
    readingSignatures: (text) => signaturesOf('reading', text),
    letterSignatures: (text) => signaturesOf('letter', text),
    async seal(text, place) {
      sealer ??= sealerFor(publicKey);
      return (await sealer).seal(text, place);
    },
  };
}

interface DataKey {
  id: string;
  subkey(purpose: Purpose): Buffer;
  mac(purpose: Purpose, text: string): Buffer;
}

function dataKey(secret: string): DataKey {
  const material = fromBase64(secret);
  const derive = (purpose: Purpose) => Buffer.from(hkdfSync('sha256', material, '', LABELS[purpose], 32));
  const known = new Map<Purpose, Buffer>();
  const subkey = (purpose: Purpose) => {
    const key = known.get(purpose) ?? derive(purpose);
    known.set(purpose, key);
    return key;
  };
  return {
    id: subkey('id').subarray(0, 6).toString('hex'),
    subkey,
    mac: (purpose, text) => createHmac('sha256', subkey(purpose)).update(text).digest(),
  };
}

function encryptWith(key: DataKey, text: string, place: Place): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.subkey('email'), iv).setAAD(aad(place));
  const bytes = Buffer.concat([iv, cipher.update(padded(text)), cipher.final(), cipher.getAuthTag()]);
  return writeProtected({ scheme: 'enc1', keyId: key.id, bytes: new Uint8Array(bytes) });
}

function decryptWith(key: DataKey, bytes: Uint8Array, place: Place): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.subkey('email'), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(aad(place))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    return unpadded(text);
  } catch {
    throw new CannotOpen('altered');
  }
}

function aad(place: Place): Buffer {
  return Buffer.from(placeText('enc1', place));
}

/** The same address however it is typed: mail services do not tell capitals apart. */
function normalEmail(address: string): string {
  return address.trim().normalize('NFC').toLowerCase();
}
