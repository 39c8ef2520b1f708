// The keys that protect answers on this machine: made once in the data folder, good for demonstrations and tests only.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseKeyFile, wrapKeyPair } from '../../src/sealing/key-file.ts';
import { createKeyPair } from '../../src/sealing/seal.ts';

/** Opens the officers' key file of a data folder. No secret: what it opens are made-up answers. */
export const LOCAL_PASSPHRASE = 'demonstration locale';

/** The name of the officers' key file in a data folder, for the desk. */
export const LOCAL_KEY_FILE = 'cle-agents.json';

export interface ProtectionKeys {
  DATA_KEY: string;
  OFFICERS_PUBLIC_KEY: string;
}

/** The variables that the functions need to protect answers, from the data folder. */
export async function readProtectionKeys(dataDir: string): Promise<ProtectionKeys> {
  return {
    DATA_KEY: readDataKey(path.join(dataDir, 'cle-des-donnees.txt')),
    OFFICERS_PUBLIC_KEY: await readOfficersKey(path.join(dataDir, LOCAL_KEY_FILE)),
  };
}

function readDataKey(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const key = randomBytes(32).toString('base64');
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}

async function readOfficersKey(file: string): Promise<string> {
  const known = existsSync(file) ? parseKeyFile(readFileSync(file, 'utf8')) : undefined;
  if (known) return known.publicKey;
  const made = await wrapKeyPair(
    await createKeyPair(),
    LOCAL_PASSPHRASE,
    new Date().toISOString().slice(0, 10),
  );
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made.publicKey;
}
