import process from 'node:process';

/** How the desk reaches Supabase, written in its page: nothing secret. */
export interface DeskSettings {
  /** Empty when it is the site's own origin, as on one machine. */
  url: string;
  /** Empty when the site is built without a database. */
  key: string;
}

/** What the environment of the build says of Supabase to browsers. */
export function deskSettings(env: NodeJS.ProcessEnv = process.env): DeskSettings {
  const { SUPABASE_URL: url = '', SUPABASE_PUBLISHABLE_KEY: key = '', SITE_URL: site = '' } = env;
  if (url === '') return { url: '', key: '' };
  const { origin } = new URL(url);
  return { url: site !== '' && new URL(site).origin === origin ? '' : origin, key };
}
