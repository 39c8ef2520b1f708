/*
 * What JavaScript adds to a form that works without it: one sending per intent whatever the line does, answers kept
 * when the server can't be reached, a way back from the page that shows them which asks nothing of the network.
 * Every page shown is the one the server made: there is no second set of rules or sentences here.
 */
import { keepCopy, readAnswers } from './answers-copy.ts';
import { closeDraft, keepDraft } from './draft.ts';
import { leadTo, makeAlert, makeButton, putAlert } from './form-alert.ts';
import { newKey } from './form-values.ts';
import { helpToAnswer } from './questions.ts';
import { forgetWaiting, READING_MS, sendLater, sendWaiting } from './send-later.ts';

const DEADLINE_MS = 30_000;

/** The questions as they were left for the page that shows the answers. */
let left: { part: HTMLElement; title: string } | undefined;
let shownAt = 0;

const isCheck = (form: HTMLFormElement) => form.dataset['check'] !== undefined;
const shownForm = () => document.querySelector<HTMLFormElement>('form[data-form]');

function enhance(form: HTMLFormElement) {
  // Without it, nothing tells « Modifier » from « Envoyer »: the browser then sends the form itself.
  if (isCheck(form) && !('submitter' in SubmitEvent.prototype)) return;
  shownAt = performance.now();
  if (!isCheck(form)) {
    const key = form.elements.namedItem('idempotency_key') as HTMLInputElement;
    if (key.value === '') newKey(form);
    helpToAnswer(form);
    keepDraft(form);
    sendWaiting(form);
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = (event.submitter ?? form.querySelector('.form-end button')) as HTMLButtonElement;
    if (button.name === '') void send(form, button);
    else goBack(form, button);
  });
}

async function send(form: HTMLFormElement, button: HTMLButtonElement) {
  if (button.disabled) return;
  const words = button.textContent;
  button.disabled = true;
  button.textContent = isCheck(form) && button.name === '' ? 'Envoi en cours…' : 'Un instant…';
  const data = new FormData(form);
  if (button.name !== '') data.append(button.name, button.value);
  try {
    // Quick fingers are not a robot's.
    if (isCheck(form)) await pause(shownAt + READING_MS - performance.now());
    const response = await fetch(form.action, {
      method: 'POST',
      // Asks for the address of the next page, instead of that page.
      headers: { Accept: 'text/html', 'X-Requested-With': 'fetch' },
      body: new URLSearchParams(data as unknown as Record<string, string>),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const next = response.ok ? response.headers.get('Location') : null;
    if (next) leave(form, next);
    else show(form, response.status, await response.text(), anchorOf(button));
  } catch {
    warn(form);
  } finally {
    button.disabled = false;
    button.textContent = words;
  }
}

function leave(form: HTMLFormElement, next: string) {
  keepCopy(readAnswers(form));
  closeDraft(form.dataset['form'] ?? '');
  // The page that shows the answers has its own place in the history: coming back leads to the questions.
  if (isShownInHistory()) location.replace(next);
  else location.assign(next);
}

/**
 * Shows what the server's page says. Answers to correct or to read again come as a whole form; a refusal only brings
 * its notice, so that this page keeps what it has.
 */
function show(form: HTMLFormElement, status: number, html: string, anchor: string | undefined) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const next = page.querySelector<HTMLFormElement>('form[data-form]');
  // A closed form's page has a note and no form; an open one may have a note besides its alert.
  const notice =
    page.querySelector<HTMLElement>('.form-alert') ?? page.querySelector<HTMLElement>('main .note');
  if (next && (status === 200 || status === 422)) {
    const title = document.title;
    const part = turnTo(form, next);
    if (part && isCheck(next)) keepQuestions(form, { part, title });
    enhance(next);
  } else if (notice) putAlert(form, notice);
  else throw new Error('an answer the site did not write');
  document.title = page.title;
  leadToStart(anchor);
}

/** Puts another form with what introduces it in the place of this one. Gives what was there. */
function turnTo(form: HTMLFormElement, next: HTMLFormElement): HTMLElement | undefined {
  const [here, there] = [form, next].map((one) => one.closest<HTMLElement>('.form-intro'));
  if (!here || !there) throw new Error('a form outside its page');
  here.replaceWith(there);
  return here;
}

/** The button « Back » of the browser leads to the questions, but where leaving in a hurry must leave no step behind. */
function keepQuestions(form: HTMLFormElement, questions: typeof left) {
  // With mistakes still marked, the server's own page is the right one to come back to.
  left = form.querySelector('.field-error') ? undefined : questions;
  if (!document.querySelector('[data-quick-exit]')) history.pushState({ relecture: true }, '');
}

function isShownInHistory(): boolean {
  return (history.state as { relecture?: boolean } | null)?.relecture === true;
}

/** From the answers to the questions: those of this page if it has them, or the server's. */
function goBack(form: HTMLFormElement, button: HTMLButtonElement) {
  if (!left) void send(form, button);
  else {
    bringBack(left, anchorOf(button));
    if (isShownInHistory()) history.back();
  }
}

function bringBack({ part, title }: NonNullable<typeof left>, anchor?: string) {
  left = undefined;
  shownForm()?.closest('.form-intro')?.replaceWith(part);
  document.title = title;
  leadToStart(anchor);
}

addEventListener('popstate', () => {
  const form = shownForm();
  if (!form || !isCheck(form)) return;
  if (left) bringBack(left);
  else void send(form, form.querySelector('.form-end button[name]') as HTMLButtonElement);
});

/** The question a button is about. */
function anchorOf(button: HTMLButtonElement): string | undefined {
  return button.getAttribute('formaction')?.split('#')[1];
}

function leadToStart(anchor?: string) {
  const control = anchor === undefined ? null : document.getElementById(anchor);
  control?.closest('details')?.setAttribute('open', '');
  leadTo(control ?? document.querySelector<HTMLElement>('.form-alert') ?? document.querySelector('h1'));
}

function warn(form: HTMLFormElement) {
  // Only the last step stores anything.
  const alert = isCheck(form)
    ? makeAlert(
        'Nous ne savons pas encore si c’est arrivé',
        'Nous ne savons pas encore si c’est reçu.',
        'La connexion a coupé. Vos réponses sont toujours dans cette page. Quand le réseau revient, appuyez encore une fois sur le bouton\u00a0: rien ne sera enregistré deux fois.',
      )
    : makeAlert(
        'La connexion a coupé',
        'Pas reçu, vos réponses sont gardées.',
        'Elles sont toujours dans cette page. Quand le réseau revient, appuyez encore une fois sur le bouton. Ou laissez-les partir toutes seules, sans les relire.',
      );
  alert.append(makeButton('Envoyer quand le réseau revient', () => sendLater(form)));
  putAlert(form, alert);
  document.title = `Erreur\u00a0: ${document.title.replace(/^Erreur\s:\s/, '')}`;
}

const pause = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));

const first = shownForm();
if (first) {
  enhance(first);
  leadTo(first.querySelector<HTMLElement>('.form-alert'));
  addEventListener('quick-exit', () => {
    closeDraft(first.dataset['form'] ?? '');
    forgetWaiting(first);
  });
}
