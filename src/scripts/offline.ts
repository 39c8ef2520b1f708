/* Country pages that were opened once open again without a network: see public/hors-ligne.js. */
export {};

/** Milliseconds: the first view comes first, and who leaves at once pays nothing more. */
const PATIENCE = 3000;

async function keepThisPage() {
  await navigator.serviceWorker.register('/hors-ligne.js', { scope: '/pays/' });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType('resource').map((entry) => entry.name);
  active?.postMessage([location.href.split('#')[0], ...parts]);
}

if ('serviceWorker' in navigator) {
  addEventListener('load', () => {
    setTimeout(() => {
      // Without it the page only needs the network again.
      keepThisPage().catch(() => undefined);
    }, PATIENCE);
  });
}
