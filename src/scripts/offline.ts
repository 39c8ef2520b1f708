/* Country pages that were opened once open again without a network: see public/hors-ligne.js. */
export {};

if ('serviceWorker' in navigator) {
  navigator.serviceWorker
    .register('/hors-ligne.js', { scope: '/pays/' })
    .then(async () => {
      const { active } = await navigator.serviceWorker.ready;
      const parts = performance.getEntriesByType('resource').map((entry) => entry.name);
      active?.postMessage([location.href.split('#')[0], ...parts]);
    })
    .catch(() => {
      // Without it the page only needs the network again.
    });
}
