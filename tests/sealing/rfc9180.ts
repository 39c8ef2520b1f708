// A second reading of RFC 9180 (mode base, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM), on Node's own
// cryptography: it proves that what we store is the standard, and that any tool that knows it can open it one day.
import { createDecipheriv, createECDH, createHmac } from 'node:crypto';

const KEM = Buffer.from('KEM\0\x10', 'latin1');
const HPKE = Buffer.from('HPKE\0\x10\0\x01\0\x02', 'latin1');
const EMPTY = Buffer.alloc(0);

const hmac = (key: Buffer, ...parts: Buffer[]) =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest();

const extract = (suite: Buffer, salt: Buffer, label: string, secret: Buffer) =>
  hmac(
    salt.length === 0 ? Buffer.alloc(32) : salt,
    Buffer.from('HPKE-v1'),
    suite,
    Buffer.from(label),
    secret,
  );

/** Of 32 bytes at most: one block of HKDF-Expand. */
const expand = (suite: Buffer, key: Buffer, label: string, info: Buffer, length: number) =>
  hmac(
    key,
    Buffer.from([0, length]),
    Buffer.from('HPKE-v1'),
    suite,
    Buffer.from(label),
    info,
    Buffer.from([1]),
  ).subarray(0, length);

/** Opens a single message sealed to a private key. */
export function openWithNode(privateKey: Buffer, enc: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  const recipient = createECDH('prime256v1');
  recipient.setPrivateKey(privateKey);
  const shared = recipient.computeSecret(enc);
  const kemContext = Buffer.concat([enc, recipient.getPublicKey()]);
  const secret = expand(KEM, extract(KEM, EMPTY, 'eae_prk', shared), 'shared_secret', kemContext, 32);

  const context = Buffer.concat([
    Buffer.from([0]),
    extract(HPKE, EMPTY, 'psk_id_hash', EMPTY),
    extract(HPKE, EMPTY, 'info_hash', EMPTY),
  ]);
  const schedule = extract(HPKE, secret, 'secret', EMPTY);
  const key = expand(HPKE, schedule, 'key', context, 32);
  const nonce = expand(HPKE, schedule, 'base_nonce', context, 12);

  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}
