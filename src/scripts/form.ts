/*
 * What JavaScript adds to a form that works without it: one sending per intent whatever the line does, answers kept
 * when the server can't be reached, a way back from the page that shows them which asks nothing of the network.
 * Every page shown is the one the server made: there is no second set of rules or sentences here.
 */
import { keepCopy, readAnswers } from './answers-copy.ts';
import { closeDraft, keepDraft, mayRemember } from './draft.ts';
import { leadTo, makeAlert, makeButton, putAlert } from './form-alert.ts';
import { newKey } from './form-values.ts';
import { helpToAnswer } from './questions.ts';
import { forgetWaiting, READING_MS, sendLater, sendWaiting } from './send-later.ts';
import { forgetSent, rememberSent } from './sent.ts';
import { saySent } from './sent-note.ts';

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
  let status = 0;
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
    ({ status } = response);
    const next = response.ok ? response.headers.get('Location') : null;
    if (next) leave(form, next);
    else show(form, status, await response.text(), anchorOf(button));
  } catch {
    warn(form, status);
  } finally {
    button.disabled = false;
    button.textContent = words;
  }
}

function leave(form: HTMLFormElement, next: string) {
  const slug = form.dataset['form'] ?? '';
  keepCopy(readAnswers(form));
  closeDraft(slug);
  if (mayRemember(slug))
    rememberSent(slug, (form.elements.namedItem('idempotency_key') as HTMLInputElement).value);
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

/**
 * Says what is true when no page of the site came back.
 *
 * @param status what came instead, from the platform in front of the site; 0 when nothing did
 */
function warn(form: HTMLFormElement, status: number) {
  const isCut = status === 0;
  const again = `Vos réponses sont toujours dans cette page. ${isCut ? 'Quand le réseau revient,' : 'Attendez une minute, puis'} appuyez encore une fois sur le bouton`;
  const cut = 'La connexion a coupé';
  const silent = 'Le site n’a pas pu répondre';
  // Only the last step stores anything, and what the platform itself refuses goes no further.
  const alert =
    isCheck(form) && (isCut || status >= 500)
      ? makeAlert(
          isCut ? 'Nous ne savons pas encore si c’est arrivé' : silent,
          'Nous ne savons pas encore si c’est reçu.',
          `${isCut ? `${cut}. ` : ''}${again}\u00a0: rien ne sera enregistré deux fois.`,
        )
      : makeAlert(
          isCut ? cut : silent,
          'Pas reçu, vos réponses sont gardées.',
          `${again}.${isCheck(form) ? '' : ' Ou laissez-les partir toutes seules, sans les relire.'}`,
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
  if (!isCheck(first)) saySent(first);
  addEventListener('pageshow', ({ persisted }) => {
    const form = shownForm();
    if (persisted && form && !isCheck(form)) saySent(form);
  });
  leadTo(first.querySelector<HTMLElement>('.form-alert'));
  addEventListener('quick-exit', () => {
    closeDraft(first.dataset['form'] ?? '');
    forgetSent();
    forgetWaiting(first);
  });
}
