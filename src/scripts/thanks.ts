/* On the thank-you page: the follow-up link, the copy of the answers kept in this tab, and a button to print. */
import { forgetCopy, readCopy } from './answers-copy.ts';
import { forgetSent } from './sent.ts';

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
    forgetSent();
    list?.replaceChildren();
    copy.hidden = true;
  });
}

const print = document.querySelector<HTMLButtonElement>('[data-print]');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}

const link = document.querySelector<HTMLElement>('[data-link]');
const secret = location.hash.slice(1);

if (link && secret.length >= 30) {
  const { href } = new URL(`/suivi/#${secret}`, location.origin);
  const anchor = link.querySelector('a');
  anchor?.setAttribute('href', href);
  anchor?.replaceChildren(href);
  link.hidden = false;
  document.querySelector<HTMLElement>('[data-by-hand]')?.remove();
  offerToCopy(href);
  // On these pages nothing must stay that somebody else could open. Elsewhere the address brings the link back.
  if (document.querySelector('[data-quick-exit]')) {
    history.replaceState(null, '', location.pathname + location.search);
  }
}

function offerToCopy(text: string) {
  const place = document.querySelector<HTMLElement>('[data-copy-link]');
  // Only on a safe connection have browsers a clipboard, whatever the types say.
  if (!place || !('clipboard' in navigator)) return;
  const status = place.querySelector('[role=status]');
  place.hidden = false;
  place.querySelector('button')?.addEventListener('click', () => {
    navigator.clipboard.writeText(text).then(
      () => status?.replaceChildren('Le lien est copié.'),
      () => status?.replaceChildren('Le lien n’a pas été copié. Copiez-le à la main.'),
    );
  });
}
