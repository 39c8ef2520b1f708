// The folder where the local service keeps everything: opened by one process at a time.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateApiKey } from '@supabase/lite';
import { UserError } from './terminal.mjs';

export interface Keys {
  publishable: string;
  secret: string;
  /** Signs the sessions of the embedded Auth: kept, so that officers stay signed in across restarts. */
  jwtSecret: string;
}

interface Owner {
  pid: number;
  born: string;
  url: string;
}

const NOUNS: Record<string, string> = {
  EACCES: 'l’accès est refusé',
  EPERM: 'l’accès est refusé',
  EROFS: 'le disque est en lecture seule',
  ENOSPC: 'le disque est plein',
  ENOTDIR: 'ce n’est pas un dossier',
  EEXIST: 'ce n’est pas un dossier',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function unusable(dataDir: string, error: unknown): UserError {
  const code = codeOf(error);
  const reason = NOUNS[code] ?? (error instanceof Error ? error.message : String(error));
  return new UserError(
    `Le dossier de données « ${dataDir} » n’est pas utilisable : ${reason}. Corrigez ses droits, ou choisissez-en un autre : DATA_DIR=autre-dossier npm start.`,
    { cause: error },
  );
}

/** When a process was born, where the system tells (Linux): a number alone may have been given to another one. */
function birth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return birth(owner.pid) === owner.born;
}

function readOwner(file: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>;
    return typeof owner.pid === 'number'
      ? { pid: owner.pid, born: owner.born ?? '', url: owner.url ?? '' }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the folder for this process. PGlite has no lock of its own: two processes on one folder would corrupt it.
 * A lock left by a killed process is recognised and replaced.
 */
export function lockDataFolder(dataDir: string, url: string): () => void {
  const file = path.join(dataDir, 'verrou.json');
  const mine: Owner = { pid: process.pid, born: birth(process.pid), url };
  try {
    mkdirSync(dataDir, { recursive: true });
    for (let attempt = 0; ; attempt += 1) {
      try {
        writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
        break;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST' || attempt > 2) throw error;
        const owner = readOwner(file);
        if (owner !== undefined && isAlive(owner)) {
          throw new UserError(
            `Le service tourne déjà avec le dossier de données « ${dataDir} » (processus ${String(owner.pid)}, ${owner.url}) : arrêtez-le d’abord, ou donnez un autre dossier et un autre port : DATA_DIR=.data-2 PORT=8889 npm start.`,
          );
        }
        unlinkSync(file);
      }
    }
  } catch (error) {
    throw error instanceof UserError ? error : unusable(dataDir, error);
  }
  return () => {
    if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** The address of the service that holds the folder now, if there is one. */
export function runningService(dataDir: string): string | undefined {
  const owner = readOwner(path.join(dataDir, 'verrou.json'));
  return owner !== undefined && isAlive(owner) ? owner.url : undefined;
}

/** Random keys of this machine, made once. They open only the embedded database, and never leave the folder. */
export async function readKeys(dataDir: string): Promise<Keys> {
  const file = path.join(dataDir, 'keys.json');
  try {
    const keys = JSON.parse(readFileSync(file, 'utf8')) as Partial<Keys>;
    if (keys.publishable && keys.secret && keys.jwtSecret) {
      return { publishable: keys.publishable, secret: keys.secret, jwtSecret: keys.jwtSecret };
    }
  } catch (error) {
    // Missing or cut short by a crash: made anew below. Unreadable: say so rather than lose the sessions.
    if (!(error instanceof SyntaxError) && codeOf(error) !== 'ENOENT') throw unusable(dataDir, error);
  }
  const keys: Keys = {
    publishable: (await generateApiKey('publishable')).key,
    secret: (await generateApiKey('secret')).key,
    jwtSecret: randomBytes(32).toString('hex'),
  };
  try {
    writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw unusable(dataDir, error);
  }
  return keys;
}
