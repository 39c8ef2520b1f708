/*
 * The draft: what is being written, kept on this device until it is sent. Forms whose words may put somebody in
 * danger keep one only when asked; the others, unless told that the device is shared. The words are in DraftBox.tsx.
 */
import { empty, fill, hasAnswers, valuesOf, type Values } from './form-values.ts';
import { offerFile } from './resume-file.ts';
import { forgetSent } from './sent.ts';

const LIFE_MS = 7 * 24 * 3600 * 1000;
const PAUSE_MS = 300;
const PREFIX = 'brouillon:';
const SHARED = 'appareil-partage';

const closed = new Set<string>();
/** The forms opened here whose drafts are kept without being asked for. */
const usual = new Set<string>();

interface Draft {
  version: string;
  savedAt: number;
  values: Values;
}

/** Keeps what is typed in a form, and brings back what was. Without storage nothing is kept, and nothing said. */
export function keepDraft(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>('[data-draft]');
  const choice = box?.querySelector<HTMLInputElement>('[data-draft-choice]');
  const status = box?.querySelector<HTMLElement>('[data-draft-status]');
  if (!box || !choice || !status || !canStore()) return;
  box.hidden = false;
  const slug = form.dataset['form'] ?? '';
  const onRequest = box.dataset['draft'] === 'on-request';
  if (!onRequest) usual.add(slug);
  const say = (words: string) => (status.textContent = words);

  dropOld();
  const known = readDraft(slug);
  choice.checked = onRequest ? known !== undefined : localStorage.getItem(SHARED) !== null;
  const isKept = () => choice.checked === onRequest;
  if (known && isKept() && !hasAnswers(valuesOf(form))) say(restore(form, known));

  const save = () => {
    if (!form.isConnected || closed.has(slug)) return;
    const values = valuesOf(form);
    if (!isKept() || !hasAnswers(values)) localStorage.removeItem(PREFIX + slug);
    else writeDraft(slug, { version: form.dataset['version'] ?? '', savedAt: Date.now(), values });
  };
  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE_MS);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    save();
  });
  // A telephone closes what is hidden without a word.
  document.addEventListener('visibilitychange', save);

  choice.addEventListener('change', () => {
    if (!onRequest) remember(choice.checked);
    save();
    say(
      isKept() ? 'Vos réponses sont gardées ici jusqu’à l’envoi.' : 'Plus rien n’est gardé sur cet appareil.',
    );
  });
  box.querySelector('[data-draft-erase]')?.addEventListener('click', () => {
    if (!confirm('Effacer toutes vos réponses\u00a0? Elles ne reviendront pas.')) return;
    empty(form);
    clearTimeout(timer);
    eraseDraft(slug);
    say('C’est effacé. Il ne reste rien sur cet appareil.');
  });
  offerFile(form, box, say);
}

/**
 * Whether the device may remember that this form was sent: never where even a draft is kept on request only, nor on a
 * device that is shared.
 */
export function mayRemember(slug: string): boolean {
  return usual.has(slug) && localStorage.getItem(SHARED) === null;
}

/** Forgets the draft of a form that was sent or left in a hurry: nothing more of it is kept by this page. */
export function closeDraft(slug: string): void {
  closed.add(slug);
  eraseDraft(slug);
}

function eraseDraft(slug: string) {
  try {
    localStorage.removeItem(PREFIX + slug);
  } catch {
    // Nothing was kept.
  }
}

function restore(form: HTMLFormElement, { version, savedAt, values }: Draft): string {
  fill(form, values);
  const day = new Date(savedAt).toLocaleDateString('fr-FR', { day: 'numeric', month: 'long' });
  const changed = version === form.dataset['version'] ? '' : ' Les questions ont changé depuis.';
  const again = form.querySelector('[data-consent]') ? ' Cochez à nouveau les accords.' : '';
  return `Voici vos réponses du ${day}.${changed} Relisez-les.${again}`;
}

function writeDraft(slug: string, draft: Draft) {
  try {
    localStorage.setItem(PREFIX + slug, JSON.stringify(draft));
  } catch {
    // No room left: what is on the screen is still there.
  }
}

function readDraft(slug: string): Draft | undefined {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + slug) ?? '') as Draft;
  } catch {
    return undefined;
  }
}

/** Of every form: what nobody came back to must not stay. A clock that was set back makes nothing last longer. */
function dropOld() {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    const age = Date.now() - (readDraft(key.slice(PREFIX.length))?.savedAt ?? 0);
    if (Math.abs(age) > LIFE_MS) localStorage.removeItem(key);
  }
}

/** Of the whole device, for every form. */
function remember(shared: boolean) {
  if (!shared) localStorage.removeItem(SHARED);
  else {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    forgetSent();
    localStorage.setItem(SHARED, 'oui');
  }
}

function canStore(): boolean {
  try {
    return typeof localStorage.length === 'number';
  } catch {
    return false;
  }
}
