/* What a form holds, and putting it back. */

/** What was answered, by name of question. */
export type Values = Record<string, string[]>;

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What is asked for, what is signed, and what only a robot writes: a copy of the answers has no use for them. */
const LEFT_OUT = ['etape', 'jeton', 'sujet'];

const KEY = 'idempotency_key';

/** Every answer but the consents, which are given anew each time, and the key that tells this sending from another. */
export function valuesOf(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string' || value === '' || LEFT_OUT.includes(name)) continue;
    if (controlsOf(form, name)[0]?.dataset['consent'] === undefined) (values[name] ??= []).push(value);
  }
  return values;
}

/** Whether a question has an answer. */
export function hasAnswers(values: Values): boolean {
  return Object.keys(values).some((name) => name !== KEY);
}

/** Puts answers in the questions that are still asked, as if they were typed. */
export function fill(form: HTMLFormElement, values: Values): void {
  for (const [name, list] of Object.entries(values)) {
    for (const control of controlsOf(form, name)) put(control, list);
  }
}

/** Leaves every question without an answer. */
export function empty(form: HTMLFormElement): void {
  for (const control of form.querySelectorAll<Control>('[name]:not([type=hidden])')) put(control, []);
  newKey(form);
}

/** Gives this sending a key of its own. */
export function newKey(form: HTMLFormElement): void {
  const field = form.elements.namedItem(KEY) as HTMLInputElement;
  // On plain http too, where `crypto.randomUUID` is missing.
  field.value = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

function controlsOf(form: HTMLFormElement, name: string): Control[] {
  return [...form.querySelectorAll<Control>('[name]')].filter((control) => control.name === name);
}

function put(control: Control, list: string[]) {
  if (control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type)) {
    control.checked = list.includes(control.value);
  } else control.value = list[0] ?? '';
  const part = control.closest('details');
  if (part && list.length > 0) part.open = true;
  for (const kind of ['input', 'change']) control.dispatchEvent(new Event(kind, { bubbles: true }));
}
