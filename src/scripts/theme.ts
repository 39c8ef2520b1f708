/* The theme button: without a choice the page follows the device. */
const root = document.documentElement;
const buttons = document.querySelectorAll<HTMLButtonElement>('.mode');
const device = matchMedia('(prefers-color-scheme: dark)');

const isDark = () => (root.dataset['mode'] ? root.dataset['mode'] === 'dark' : device.matches);

function show() {
  for (const button of buttons) {
    button.textContent = isDark() ? 'Thème clair' : 'Thème sombre';
    button.hidden = false;
  }
}

for (const button of buttons) {
  button.addEventListener('click', () => {
    const mode = isDark() ? 'light' : 'dark';
    root.dataset['mode'] = mode;
    try {
      localStorage.setItem('theme', mode);
    } catch {
      // Storage may be forbidden: the choice then lasts for this page.
    }
    show();
  });
}
device.addEventListener('change', show);
show();
