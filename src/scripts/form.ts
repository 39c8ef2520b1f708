/*
 * What JavaScript adds to a form that works without it: one sending per intent whatever the line does, answers
 * kept when the server can't be reached, a character count, prefectures of the chosen region only.
 * The page after an error is the one the server made: there is no second set of rules or sentences here.
 */
import { keepCopy, readAnswers } from './answers-copy.ts';

const DEADLINE_MS = 30_000;

function enhance(form: HTMLFormElement) {
  const key = form.elements.namedItem('idempotency_key') as HTMLInputElement;
  if (key.value === '') key.value = randomKey();
  form.querySelectorAll<HTMLTextAreaElement>('textarea[data-max]').forEach(countCharacters);
  narrowPrefectures(form);
  leadTo(form.querySelector<HTMLElement>('.form-alert'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form: HTMLFormElement) {
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  if (!button || button.disabled) return;
  const words = button.textContent;
  button.disabled = true;
  button.textContent = 'Envoi en cours…';
  const answers = readAnswers(form);
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      // Asks for the address of the next page, instead of that page.
      headers: { Accept: 'text/html', 'X-Requested-With': 'fetch' },
      body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const next = response.ok ? response.headers.get('Location') : null;
    if (next) {
      keepCopy(answers);
      location.assign(next);
    } else show(form, response.status, await response.text());
  } catch {
    warn(form);
  } finally {
    button.disabled = false;
    button.textContent = words;
  }
}

/**
 * Shows what the server's page says. Answers to correct come with the whole form; any other refusal only brings its
 * notice, so that this page keeps what was typed.
 */
function show(form: HTMLFormElement, status: number, html: string) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const next = page.querySelector<HTMLFormElement>('form[data-form]');
  // A closed form's page has a note and no form; an open one may have a note besides its alert.
  const notice =
    page.querySelector<HTMLElement>('.form-alert') ?? page.querySelector<HTMLElement>('main .note');
  if (status === 422 && next) {
    form.replaceWith(next);
    enhance(next);
  } else if (notice) {
    putAlert(form, notice);
  } else {
    throw new Error('an answer the site did not write');
  }
  document.title = page.title;
}

function putAlert(form: HTMLFormElement, alert: HTMLElement) {
  form.querySelector('.form-alert')?.remove();
  alert.classList.add('form-alert');
  alert.tabIndex = -1;
  form.prepend(alert);
  leadTo(alert);
}

/** A browser would show the middle of a summary that is taller than the window: its title comes first. */
function leadTo(alert: HTMLElement | null) {
  alert?.focus({ preventScroll: true });
  alert?.scrollIntoView();
}

function warn(form: HTMLFormElement) {
  const alert = document.createElement('div');
  alert.setAttribute('role', 'alert');
  const title = document.createElement('h2');
  title.textContent = 'Nous ne savons pas encore si c’est arrivé';
  const text = document.createElement('p');
  text.textContent =
    'La connexion a coupé. Vos réponses sont toujours dans cette page. Appuyez encore une fois sur le bouton quand le réseau revient\u00a0: rien ne sera enregistré deux fois.';
  alert.append(title, text);
  putAlert(form, alert);
  document.title = `Erreur\u00a0: ${document.title.replace(/^Erreur\s:\s/, '')}`;
}

function countCharacters(area: HTMLTextAreaElement) {
  const max = Number(area.dataset['max']);
  const left = document.createElement('p');
  left.className = 'hint';
  left.setAttribute('aria-live', 'polite');
  const update = () => {
    const rest = max - [...area.value].length;
    left.textContent =
      rest >= 0 ? `Encore ${rest} signes possibles.` : `${-rest} signes de trop. Raccourcissez un peu.`;
    left.hidden = rest > max / 2;
  };
  area.after(left);
  area.addEventListener('input', update);
  update();
}

function narrowPrefectures(form: HTMLFormElement) {
  const region = form.elements.namedItem('region');
  const prefecture = form.elements.namedItem('prefecture');
  if (!(region instanceof HTMLSelectElement) || !(prefecture instanceof HTMLSelectElement)) return;
  const groups = [...prefecture.querySelectorAll('optgroup')];
  const update = () => {
    const chosen = region.value === '' ? undefined : region.selectedOptions[0]?.text;
    for (const group of groups) {
      if (chosen === undefined || group.label === chosen) prefecture.append(group);
      else group.remove();
    }
  };
  region.addEventListener('change', update);
  // Two answers that contradict each other stay as they are until one is changed: the page says what is wrong.
  const group = prefecture.selectedOptions[0]?.closest('optgroup');
  if (!group || group.label === region.selectedOptions[0]?.text) update();
}

/** Works on plain http too, where `crypto.randomUUID` is missing. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

document.querySelectorAll<HTMLFormElement>('form[data-form]').forEach(enhance);
