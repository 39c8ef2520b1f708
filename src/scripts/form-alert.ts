/* What must be read before anything else in a form: it comes first and takes the focus. */

/** Brings a part of the page into sight, and the focus to it. */
export function leadTo(part: HTMLElement | null): void {
  if (part && part.tabIndex < 0) part.tabIndex = -1;
  // Two steps: to bring into sight what it focuses, a browser may stop short of the first lines.
  part?.focus({ preventScroll: true });
  part?.scrollIntoView();
}

/** Puts a notice first in the form, in the place of the one before. */
export function putAlert(form: HTMLFormElement, alert: HTMLElement): void {
  form.querySelector('.form-alert')?.remove();
  alert.classList.add('form-alert');
  form.prepend(alert);
  leadTo(alert);
}

/**
 * A notice of this page's own, when no server can be asked for one.
 *
 * @param truth the first sentence: received, not received, or not known
 */
export function makeAlert(title: string, truth: string, text: string): HTMLElement {
  const alert = document.createElement('div');
  alert.setAttribute('role', 'alert');
  const strong = document.createElement('strong');
  strong.textContent = truth;
  const said = document.createElement('p');
  said.append(strong);
  alert.append(withText('h2', title), said, withText('p', text));
  return alert;
}

/** A button that does something in this page. */
export function makeButton(words: string, act: () => void): HTMLElement {
  const button = withText('button', words);
  button.type = 'button';
  button.className = 'button quiet';
  button.addEventListener('click', act);
  const line = document.createElement('p');
  line.append(button);
  return line;
}

function withText<Name extends keyof HTMLElementTagNameMap>(name: Name, text: string) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
