/* A button that prints: it appears with this script, which it needs. */
export {};

const button = document.querySelector<HTMLButtonElement>('[data-print]');

button?.parentElement?.removeAttribute('hidden');
button?.addEventListener('click', () => {
  window.print();
});
