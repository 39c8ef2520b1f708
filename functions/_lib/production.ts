import { readEnvironment } from './environment.ts';
import { supabaseFollowUps } from './follow-up-store.ts';
import { keysOf } from './keys.ts';
import { LETTER_PATIENCE } from './mail/deliver.ts';
import { supabaseLetters } from './mail/letter-store.ts';
import { mailSettingsOf } from './mail/settings.ts';
import { builtPages } from './pages.ts';
import { supabaseStore } from './store.ts';
import type { Services } from './submission.ts';

let services: Services | undefined;

/** The real services, made once per instance. */
export function productionServices(): Services {
  if (services) return services;
  const environment = readEnvironment();
  services = {
    environment,
    keys: keysOf(environment),
    store: supabaseStore(environment),
    followUps: supabaseFollowUps(environment),
    letters: supabaseLetters(environment, LETTER_PATIENCE),
    mail: mailSettingsOf(environment),
    pages: builtPages(),
    now: () => new Date(),
  };
  return services;
}
