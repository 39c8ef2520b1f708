/** Why a build failed, in the words of the database. */
export const BUILD_FAILURES = [
  'no_hook',
  'hook_refused',
  'hook_unreachable',
  'not_live',
  'build_failed',
  'interrupted',
] as const;

/** One line of the view `desk_builds`: a build, or (`waiting`) what nobody has looked at yet. */
export interface DeskBuild {
  id: number | null;
  outcome: 'waiting' | 'asked' | 'started' | 'live' | 'failed';
  wanted_at: string;
  done_at: string | null;
  code: (typeof BUILD_FAILURES)[number] | null;
}

/** What the desk says of the site online. */
export interface PublicationWords {
  /** Whether somebody must do something about it. */
  alert: boolean;
  sentences: string[];
}

/** Longer than putting online ever takes before it starts. */
const LONG_WAIT_MS = 30 * 60 * 1000;

const WHY: Readonly<Record<(typeof BUILD_FAILURES)[number], string>> = {
  no_hook:
    'l’adresse qui lance la construction n’est pas réglée (BUILD_HOOK_URL). Lancez une construction à la main',
  hook_refused: 'l’hébergeur a refusé de construire le site. Nous réessaierons',
  hook_unreachable: 'l’hébergeur ne répond pas. Nous réessaierons',
  not_live:
    'elle n’a pas abouti. La construction a sans doute échoué : regardez-la chez l’hébergeur. Nous réessaierons',
  build_failed: 'la construction a échoué. La fenêtre où tourne le service dit pourquoi. Nous réessaierons',
  interrupted: 'le service s’est arrêté pendant la construction. Nous réessaierons',
};

/** Says in words which site is online, and what became of the last request. */
export function publicationWords(builds: readonly DeskBuild[], now: Date): PublicationWords {
  const known = builds
    .filter(({ outcome }) => outcome !== 'waiting')
    .sort((a, b) => (b.id ?? 0) - (a.id ?? 0));
  const [last] = known;
  const live = known.find(({ outcome }) => outcome === 'live');
  const waiting = builds.find(({ outcome }) => outcome === 'waiting');
  const sentences = live?.done_at ? [`En ligne depuis ${moment(live.done_at, now)}.`] : [];
  let alert = false;
  if (last?.outcome === 'failed') {
    alert = true;
    sentences.unshift(
      `La mise en ligne demandée à ${moment(last.wanted_at, now)} a échoué : ${WHY[last.code ?? 'not_live']}.`,
      'Le site d’avant reste en ligne.',
    );
  }
  const asked = last?.outcome === 'asked' || last?.outcome === 'started' ? last : waiting;
  if (asked) {
    const long = asked === waiting && now.getTime() - Date.parse(asked.wanted_at) > LONG_WAIT_MS;
    alert ||= long;
    sentences.unshift(
      long
        ? `La mise en ligne demandée à ${moment(asked.wanted_at, now)} n’a pas commencé. Dites-le à la personne qui tient le site.`
        : `Mise en ligne demandée à ${moment(asked.wanted_at, now)}. Elle prend quelques minutes.`,
    );
  }
  return { alert, sentences };
}

const DAY = new Intl.DateTimeFormat('fr', { day: 'numeric', month: 'long', timeZone: 'Africa/Lome' });
const HOUR = new Intl.DateTimeFormat('fr', { hour: '2-digit', minute: '2-digit', timeZone: 'Africa/Lome' });

/** « 14 h 32 », with the day when it is another one. */
function moment(at: string, now: Date): string {
  const then = new Date(at);
  const hour = HOUR.format(then).replace(':', ' h ');
  return DAY.format(then) === DAY.format(now) ? hour : `${hour} le ${DAY.format(then)}`;
}
