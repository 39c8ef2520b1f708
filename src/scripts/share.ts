/* The device's share sheet where it has one, and the day of printing on the paper. */
export {};

const button = document.querySelector<HTMLButtonElement>('[data-share]');
const url = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href ?? location.href;

// `in`, because browsers without a share sheet have no such function, whatever the types say.
if (button && 'share' in navigator) {
  button.parentElement?.removeAttribute('hidden');
  button.addEventListener('click', () => {
    // Closing the sheet without choosing anyone is no error.
    navigator.share({ text: button.dataset['share'] ?? '', url }).catch(() => undefined);
  });
}

addEventListener('beforeprint', () => {
  const day = document.querySelector('[data-printed]');
  if (day)
    day.textContent = `Page imprimée le ${new Date().toLocaleDateString('fr', { dateStyle: 'long' })}. `;
});
