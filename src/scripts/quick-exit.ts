/* « Quitter vite »: by the button, or by pressing Escape three times running. */
export {};

const PRESSES = 3;
const PATIENCE_MS = 5000;

const exit = document.querySelector<HTMLAnchorElement>('[data-quick-exit]');
const status = document.querySelector('[data-quick-exit-status]');
let presses = 0;
let last = 0;

/** Leaves nothing on the screen while the other page comes, which may take long. */
function leave({ href, dataset }: HTMLAnchorElement) {
  forgetTab();
  // Removing the styles, too: no colour of the site remains.
  const policy = document.createElement('meta');
  policy.name = 'referrer';
  policy.content = 'no-referrer';
  document.head.replaceChildren(policy);
  document.body.replaceChildren();
  document.title = dataset['quickExit'] ?? '';
  location.replace(href);
}

/** What pages keep in this tab; who keeps anything elsewhere listens to the event. No import: one request less. */
function forgetTab() {
  dispatchEvent(new Event('quick-exit'));
  try {
    sessionStorage.clear();
  } catch {
    // Storage may be forbidden: then nothing was kept.
  }
}

function count(event: KeyboardEvent): number {
  if (event.key !== 'Escape') return 0;
  if (event.repeat) return presses;
  return event.timeStamp - last > PATIENCE_MS ? 1 : presses + 1;
}

if (exit) {
  exit.addEventListener('click', (event) => {
    event.preventDefault();
    leave(exit);
  });
  // Before anything of the page that would keep the key for itself.
  addEventListener(
    'keydown',
    (event) => {
      presses = count(event);
      last = event.timeStamp;
      if (presses >= PRESSES) leave(exit);
      else if (status)
        status.textContent =
          presses === 0 ? '' : `Encore ${PRESSES - presses} fois Échap pour quitter cette page.`;
    },
    { capture: true },
  );
}
