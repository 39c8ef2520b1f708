/* A page that asks for it opens again without a network, once it was opened: see public/hors-ligne.js. */
export {};

/** Milliseconds: the first view comes first, and who leaves at once pays nothing more. */
const PATIENCE = 3000;

async function keepThisPage(scope: string) {
  await navigator.serviceWorker.register('/hors-ligne.js', { scope });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType('resource').map((entry) => entry.name);
  active?.postMessage([location.origin + location.pathname, ...parts]);
}

const scope = document.querySelector<HTMLElement>('[data-offline]')?.dataset['offline'];

if (scope && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    setTimeout(() => {
      // Without it the page only needs the network again.
      keepThisPage(scope).catch(() => undefined);
    }, PATIENCE);
  });
}
