// The keys of a service started in a data folder, as its functions and its desk hold them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Keys } from '../../functions/_lib/keys.ts';
import { LOCAL_KEY_FILE, LOCAL_PASSPHRASE, readProtectionKeys } from '../../scripts/lib/local-keys.ts';
import { parseKeyFile, unwrapKeyFile } from '../../src/sealing/key-file.ts';
import { openerWith, type Opener } from '../../src/sealing/seal.ts';
import { usableKeys } from './sealing.ts';

interface LocalKeys {
  officer: Opener;
  keys: Keys;
}

const known = new Map<string, Promise<LocalKeys>>();

export function localKeys(dataDir: string): Promise<LocalKeys> {
  const keys = known.get(dataDir) ?? readLocalKeys(dataDir);
  known.set(dataDir, keys);
  return keys;
}

async function readLocalKeys(dataDir: string): Promise<LocalKeys> {
  const file = parseKeyFile(readFileSync(path.join(dataDir, LOCAL_KEY_FILE), 'utf8'));
  const privateKey = file && (await unwrapKeyFile(file, LOCAL_PASSPHRASE));
  if (!privateKey) throw new Error(`no officers' key can be opened in ${dataDir}`);
  return {
    officer: await openerWith([privateKey]),
    keys: usableKeys(await readProtectionKeys(dataDir)),
  };
}
