/* On the thank-you page: the copy of the answers kept in this tab, and a button to print. */
import { forgetCopy, readCopy } from './answers-copy.ts';

const copy = document.querySelector<HTMLElement>('[data-copy]');
const answers = readCopy();

if (copy && answers.length > 0) {
  const list = copy.querySelector('dl');
  for (const [label, answer] of answers) {
    const term = document.createElement('dt');
    term.textContent = label;
    const detail = document.createElement('dd');
    detail.textContent = answer;
    list?.append(term, detail);
  }
  copy.hidden = false;
  copy.querySelector('[data-forget]')?.addEventListener('click', () => {
    forgetCopy();
    list?.replaceChildren();
    copy.hidden = true;
  });
}

const print = document.querySelector<HTMLButtonElement>('[data-print]');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
