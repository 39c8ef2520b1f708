// What the service is told: the environment, then .env, then what the embedded Supabase makes up for itself.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { UserError } from './terminal.mjs';

export const DEFAULT_PORT = 8888;

/** The environment completed by .env: what is already set wins, as on Netlify. */
export function readEnvironment(root: string, base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const file = path.join(root, '.env');
  const env: NodeJS.ProcessEnv = { ...base };
  // The tests run the embedded service, whatever the developer's .env is connected to.
  if (env.SANS_DOTENV === '1' || !existsSync(file)) return env;
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) {
    // An empty line copied from .env.example (« SUPABASE_URL= ») means « not set », not « set to nothing ».
    if (value !== undefined && value !== '' && (env[name] === undefined || env[name] === ''))
      env[name] = value;
  }
  return env;
}

export function readPort(env: NodeJS.ProcessEnv): number {
  const text = env.PORT ?? '';
  if (text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d+$/u.test(text) || port > 65_535) {
    throw new UserError(`PORT vaut « ${text} » : il faut un nombre entre 0 et 65535, par exemple PORT=8889.`);
  }
  return port;
}

export function readDataDir(root: string, env: NodeJS.ProcessEnv): string {
  const text = env.DATA_DIR ?? '';
  return path.resolve(root, text === '' ? '.data' : text);
}
