import { answerSubmission, type Services } from '../../functions/_lib/submission.ts';
import type { StoreOptions } from '../../functions/_lib/database-call.ts';
import { supabaseFollowUps } from '../../functions/_lib/follow-up-store.ts';
import { supabaseStore, type Store } from '../../functions/_lib/store.ts';
import { builtPages } from '../../functions/_lib/pages.ts';
import type { Environment } from '../../functions/_lib/environment.ts';
import { keysOf } from '../../functions/_lib/keys.ts';
import { supabaseLetters } from '../../functions/_lib/mail/letter-store.ts';
import { mailSettingsOf } from '../../functions/_lib/mail/settings.ts';
import { KNOWN_PROJECT } from './forms.ts';
import type { TestLite } from './lite.ts';
import { TEST_KEYS } from './sealing.ts';

export const SITE = 'http://localhost:8888';

/** The real services of the functions on a test database. Pages are those of `dist`. */
export function servicesOn(
  database: { url: string; secret: string },
  environment: Partial<Environment> = {},
  options?: StoreOptions,
): Services {
  const full: Environment = {
    SUPABASE_URL: database.url,
    SUPABASE_SECRET_KEY: database.secret,
    SITE_URL: SITE,
    ...TEST_KEYS,
    ...environment,
  };
  return {
    environment: full,
    keys: keysOf(full),
    store: knowing(KNOWN_PROJECT, supabaseStore(full, options)),
    followUps: supabaseFollowUps(full, options),
    letters: supabaseLetters(full, options),
    mail: mailSettingsOf(full),
    pages: builtPages(),
    now: () => new Date(),
  };
}

/** The made-up project that good answers name is in the catalogue, even of a database without its seed. */
function knowing(slug: string, store: Store): Store {
  return { ...store, hasProject: async (asked) => asked === slug || store.hasProject(asked) };
}

/** The services on a `@supabase/lite` started with `listen: true`. */
export function servicesOnLite(
  lite: TestLite,
  environment: Partial<Environment> = {},
  // Longer than in production: a busy machine must not turn a first sending into a retry.
  options: StoreOptions = { totalDeadline: 60_000, attemptDeadline: 30_000 },
): Services {
  return servicesOn({ url: lite.url, secret: lite.keys.secret }, environment, options);
}

let sender = 0;

/** A new made-up network address at each call, so that the rate limit of one test is not another's. */
export function newAddress(): string {
  sender += 1;
  return `2001:db8::${sender.toString(16)}`;
}

interface PostOptions {
  slug: string;
  body: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  address?: string;
  context?: string;
  method?: string;
}

/** Sends one request straight to the handler, as Netlify would. */
export function post(
  services: Services,
  { slug, body, headers = {}, address, context = 'dev', method = 'POST' }: PostOptions,
) {
  const request = new Request(`${SITE}/api/formulaires/${slug}`, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    ...(method === 'GET' ? {} : { body }),
  });
  return answerSubmission(request, { slug, context, address: address ?? newAddress() }, services);
}
