/*
 * A page that asks for it opens again without a network, once it was opened: see public/hors-ligne.js. Where the page
 * offers the choice (`data-keep-choice`), its reader may refuse: then this site keeps no page at all on the device.
 */
export {};

/** Milliseconds: the first view comes first, and who leaves at once pays nothing more. */
const PATIENCE = 3000;
/** Where the refusal is remembered. It doesn't say what was read. */
const REFUSAL = 'sans-copie';

async function keepThisPage(scope: string) {
  await navigator.serviceWorker.register('/hors-ligne.js', { scope });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType('resource').map((entry) => entry.name);
  active?.postMessage([location.origin + location.pathname, ...parts]);
}

async function keepNothing() {
  const [workers, copies] = await Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]);
  await Promise.all([
    ...workers.map((worker) => worker.unregister()),
    ...copies.map((name) => caches.delete(name)),
  ]);
}

function isRefused(): boolean {
  try {
    return localStorage.getItem(REFUSAL) !== null;
  } catch {
    return false;
  }
}

function remember(refused: boolean) {
  try {
    if (refused) localStorage.setItem(REFUSAL, '1');
    else localStorage.removeItem(REFUSAL);
  } catch {
    // Where nothing can be remembered, the choice holds until the page is left.
  }
}

/** Waits until the worker, which works on its own, has this page: what is said must be true. */
async function untilKept() {
  while (!(await caches.match(location.pathname))) await new Promise((resolve) => setTimeout(resolve, 300));
}

const scope = document.querySelector<HTMLElement>('[data-offline]')?.dataset['offline'];
const choice = document.querySelector<HTMLElement>('[data-keep-choice]');

/** Shows the words that are true now: « impossible » stands in the page, for browsers that can do nothing else. */
function say(state: 'waiting' | 'kept' | 'dropped' | 'impossible') {
  for (const part of choice?.querySelectorAll<HTMLElement>('[data-when]') ?? [])
    part.hidden = part.dataset['when'] !== state;
}

if (scope && 'serviceWorker' in navigator) {
  const keep = async () => {
    say('waiting');
    try {
      await keepThisPage(scope);
      if (choice) await untilKept();
      say(isRefused() ? 'dropped' : 'kept');
    } catch {
      // The page only needs the network again.
      say('impossible');
    }
  };
  const actions: Record<string, () => Promise<void>> = {
    async keep() {
      remember(false);
      await keep();
    },
    async drop() {
      remember(true);
      await keepNothing();
      say('dropped');
    },
  };
  choice?.addEventListener('click', ({ target }) => {
    const name = target instanceof HTMLElement ? target.dataset['keep'] : undefined;
    const action = name === undefined ? undefined : actions[name];
    // The button pressed has gone: the keyboard goes on from the other.
    void action?.().then(() =>
      choice.querySelector<HTMLElement>('[data-when]:not([hidden]) button')?.focus(),
    );
  });
  if (isRefused()) say('dropped');
  else {
    say('waiting');
    addEventListener('load', () => {
      setTimeout(() => {
        void keep();
      }, PATIENCE);
    });
  }
}
