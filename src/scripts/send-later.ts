/*
 * « Envoyer quand le réseau revient »: answers wait on this device with the key of their sending, leave when the line
 * is back or when their form is next opened, and are stored once however often they leave.
 */
import { closeDraft, mayRemember } from './draft.ts';
import { leadTo, makeAlert, makeButton } from './form-alert.ts';
import { fill } from './form-values.ts';
import { rememberSent } from './sent.ts';

const PREFIX = 'envoi:';
/** Goes with what waits once it has left: it may have arrived, although no answer came. The server reads nothing of it. */
const LEFT = 'parti';
const DEADLINE_MS = 30_000;
/** A little more than what the server asks between the page that shows the answers and the sending. */
export const READING_MS = 2500;
const AGAIN_MS = 60_000;

interface Stored {
  reference: string;
  followUp: string | null;
  quarantined?: boolean;
}

/** Keeps what the form would send now, and sends it as soon as it can. */
export function sendLater(form: HTMLFormElement): void {
  const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  try {
    localStorage.setItem(keyOf(form), body.toString());
  } catch {
    // The page itself keeps the answers as long as it is open.
  }
  form.querySelector('.form-alert')?.remove();
  wait(form, body);
}

/** Sends what waited since another visit. */
export function sendWaiting(form: HTMLFormElement): void {
  try {
    const kept = localStorage.getItem(keyOf(form));
    if (kept !== null) wait(form, new URLSearchParams(kept));
  } catch {
    // Nothing waits.
  }
}

/** Forgets what waits. */
export function forgetWaiting(form: HTMLFormElement): void {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // Nothing was kept.
  }
}

const keyOf = (form: HTMLFormElement) => PREFIX + (form.dataset['form'] ?? '');

function wait(form: HTMLFormElement, body: URLSearchParams) {
  const stop = new AbortController();
  const isOver = () => stop.signal.aborted;
  const show = (alert: HTMLElement) => {
    document.querySelector('.waiting')?.remove();
    alert.classList.add('form-alert', 'waiting');
    form.before(alert);
    leadTo(alert);
  };
  const end = () => {
    stop.abort();
    forgetWaiting(form);
    form.hidden = false;
  };
  const cancel = makeButton('Ne plus envoyer', () => {
    end();
    document.querySelector('.waiting')?.remove();
    fill(form, valuesIn(body));
    leadTo(form.querySelector('h2'));
  });
  let said = '';
  /** Said once: an alert that comes back every minute would take the focus each time. */
  const say = (title: string, truth: string, text: string) => {
    if (said === title + truth) return;
    said = title + truth;
    const alert = makeAlert(title, truth, text);
    alert.append(cancel);
    show(alert);
  };
  // What was sent once may have arrived.
  const truthNow = () => (body.has('jeton') || body.has(LEFT) ? UNKNOWN : NOT_YET);
  let busy = false;
  const attempt = async () => {
    if (busy || isOver()) return;
    busy = true;
    const outcome = await deliver(form, body).catch(() => undefined);
    busy = false;
    if (isOver()) return;
    if (outcome && 'stored' in outcome) {
      end();
      const slug = form.dataset['form'] ?? '';
      closeDraft(slug);
      if (mayRemember(slug)) rememberSent(slug, body.get('idempotency_key') ?? '');
      form.hidden = true;
      show(received(form, outcome.stored));
    } else if (outcome?.status === 422) {
      end();
      fill(form, valuesIn(body));
      show(toMend(outcome.words));
    } else {
      if (!outcome) say(NO_LINE, truthNow(), PATIENCE);
      else {
        // Without a word of the site, a server in trouble may have stored what was sent.
        const lost = outcome.words === '' && outcome.status >= 500;
        const unknown = outcome.words.includes(UNKNOWN) || (lost && truthNow() === UNKNOWN);
        say(NO_SERVER, unknown ? UNKNOWN : NOT_YET, AGAIN);
      }
      setTimeout(() => void attempt(), AGAIN_MS);
    }
  };
  // What waits must not change on the way.
  form.hidden = true;
  say(NO_LINE, truthNow(), PATIENCE);
  addEventListener('online', () => void attempt(), { signal: stop.signal });
  if (navigator.onLine) void attempt();
}

const NO_LINE = 'Vos réponses attendent le réseau';
const NO_SERVER = 'Le site ne peut pas les prendre pour le moment';
const NOT_YET = 'Pas encore reçu, vos réponses sont gardées sur cet appareil.';
const UNKNOWN = 'Nous ne savons pas encore si c’est reçu.';
const AGAIN =
  'Elles sont gardées sur cet appareil. Cette page réessaie toutes les minutes, tant qu’elle est ouverte. Rien ne sera enregistré deux fois.';
const PATIENCE =
  'Elles partiront toutes seules dès que le réseau revient, tant que cette page est ouverte. Vous pouvez aussi la fermer\u00a0: elles partiront quand vous rouvrirez ce formulaire. Elles ne seront enregistrées qu’une fois.';

type Outcome = { stored: Stored } | { status: number; words: string };

/** @throws when no server answers */
async function deliver(form: HTMLFormElement, body: URLSearchParams): Promise<Outcome> {
  if (body.has('etape')) {
    const shown = await post(form, body);
    const { jeton } = await jsonIn<{ jeton: string }>(shown.clone());
    if (jeton === undefined) return refusal(shown);
    body.delete('etape');
    body.set('jeton', jeton);
    await new Promise((resolve) => setTimeout(resolve, READING_MS));
  }
  rememberItLeft(form, body);
  const response = await post(form, body);
  return response.ok ? { stored: (await response.json()) as Stored } : refusal(response);
}

/** The next visit must not say « pas encore reçu » of what may have arrived. */
function rememberItLeft(form: HTMLFormElement, body: URLSearchParams) {
  if (body.has(LEFT)) return;
  body.set(LEFT, 'oui');
  try {
    const kept = localStorage.getItem(keyOf(form));
    if (kept !== null) localStorage.setItem(keyOf(form), `${kept}&${LEFT}=oui`);
  } catch {
    // The page itself knows as long as it is open.
  }
}

function post(form: HTMLFormElement, body: URLSearchParams): Promise<Response> {
  return fetch(form.action, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body,
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
}

/** Nothing, when the platform in front of the site answered in its place. */
async function jsonIn<Body>(response: Response): Promise<Partial<Body>> {
  return (await response.json().catch(() => ({}))) as Partial<Body>;
}

async function refusal(response: Response): Promise<Outcome> {
  const { message = '', errors = [] } = await jsonIn<{ message: string; errors: { message: string }[] }>(
    response,
  );
  return { status: response.status, words: [message, ...errors.map((one) => one.message)].join(' ') };
}

function received(form: HTMLFormElement, { reference, followUp, quarantined }: Stored): HTMLElement {
  const secret = followUp?.split('#')[1];
  const link = document.createElement('a');
  link.href = `${form.dataset['page'] ?? '/'}merci/${reference}${quarantined ? '?verification' : ''}${secret ? `#${secret}` : ''}`;
  link.textContent = secret
    ? 'Ouvrir la page de confirmation et votre lien de suivi'
    : 'Ouvrir la page de confirmation';
  const line = document.createElement('p');
  line.append(link);
  const alert = makeAlert('Vos réponses sont parties', 'Reçu.', `Votre référence\u00a0: ${reference}.`);
  alert.append(line);
  return alert;
}

function toMend(words: string): HTMLElement {
  return makeAlert('Vos réponses ne peuvent pas partir ainsi', 'Pas reçu, vos réponses sont gardées.', words);
}

function valuesIn(body: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(body.keys())].map((name) => [name, body.getAll(name)]));
}
