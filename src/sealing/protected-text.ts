import { fromBase64, toBase64Url, utf8 } from './encoding.ts';

/**
 * How a protected answer is written in the database. `sealed1` opens with the officers' private key, `enc1` with the
 * secret of the functions. A digit, so that another way of protecting can come beside this one.
 */
export type Scheme = 'sealed1' | 'enc1';

/** The pieces of a protected answer. */
export interface ProtectedText {
  scheme: Scheme;
  /** Which key opens it: there are several after a rotation. */
  keyId: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Where an answer is stored. It is sealed together with the answer, which then opens nowhere else. */
export interface Place {
  /** The form's slug. */
  form: string;
  /** The field's name, which is its column. */
  field: string;
}

const WRITTEN = /^(sealed1|enc1)\.([0-9a-f]{12})\.([A-Za-z0-9_-]+)$/;

/** `sealed1.<key>.<base64url>` */
export function writeProtected({ scheme, keyId, bytes }: ProtectedText): string {
  return `${scheme}.${keyId}.${toBase64Url(bytes)}`;
}

/** Reads what {@link writeProtected} wrote, or `undefined` when the text is anything else. */
export function readProtected(text: string): ProtectedText | undefined {
  const [, scheme, keyId, encoded] = WRITTEN.exec(text) ?? [];
  if (scheme === undefined || keyId === undefined || encoded === undefined) return undefined;
  // One letter left over is less than a byte: no base64 ends so.
  if (encoded.length % 4 === 1) return undefined;
  return { scheme: scheme as Scheme, keyId, bytes: fromBase64(encoded) };
}

/** The associated data of a place: the same words for whoever seals and whoever opens. */
export function placeText(scheme: Scheme, { form, field }: Place): string {
  return `guide ${scheme} ${form}.${field}`;
}

/** Lengths are rounded up to this many bytes: a dump must not tell a short name from a long one. */
const BLOCK = 64;

/** The bytes of a text to protect, followed by NUL characters, which no answer holds. */
export function padded(text: string): Uint8Array<ArrayBuffer> {
  const bytes = utf8(text);
  const whole = new Uint8Array(Math.max(1, Math.ceil(bytes.length / BLOCK)) * BLOCK);
  whole.set(bytes);
  return whole;
}

/** The text that {@link padded} made longer. */
export function unpadded(bytes: ArrayBuffer | Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0+$/, '');
}

/** Why a protected answer stays closed. Never quotes it. */
export class CannotOpen extends Error {
  /** `format`: not a protected text. `key`: made for another key. `altered`: moved, cut or changed. */
  readonly reason: 'format' | 'key' | 'altered';

  constructor(reason: 'format' | 'key' | 'altered') {
    super(`a protected text cannot be opened: ${reason}`);
    this.name = 'CannotOpen';
    this.reason = reason;
  }
}
