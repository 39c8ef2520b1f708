/*
 * What JavaScript adds to the follow-up page, which works without it: the link opens by itself, its secret leaves the
 * address bar at once, and a bad line loses nothing that was typed. Every page shown is the one the server made.
 * No import, not even of what the forms share: it would cost this page and theirs a request more.
 */
export {};

const DEADLINE_MS = 30_000;
const root = document.querySelector<HTMLElement>('[data-follow-up]');

/** Opens the submission of the address, if it has one after the sign #. A jump inside the page is much shorter. */
function openLink(page: HTMLElement, first: DocumentFragment) {
  const secret = location.hash.slice(1);
  if (secret.length < 30) return;
  // Neither the history nor whoever looks at the screen keeps it.
  history.replaceState(null, '', location.pathname);
  // Another submission may be shown: the field for a link is on the first page only.
  page.replaceChildren(first.cloneNode(true));
  const form = page.querySelector('form');
  const field = page.querySelector<HTMLInputElement>('input[name=cle]');
  if (!form || !field) return;
  field.value = secret;
  void send(page, form);
}

async function send(page: HTMLElement, form: HTMLFormElement) {
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  if (!button || button.disabled) return;
  const words = button.textContent;
  button.disabled = true;
  button.textContent = 'Un instant…';
  try {
    // Not `form.action`: a field bears that name.
    const response = await fetch(form.getAttribute('action') ?? '', {
      method: 'POST',
      headers: { Accept: 'text/html' },
      body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    show(page, await response.text());
  } catch {
    warn(form);
  } finally {
    button.disabled = false;
    button.textContent = words;
  }
}

function show(page: HTMLElement, html: string) {
  const answer = new DOMParser().parseFromString(html, 'text/html');
  const next = answer.querySelector<HTMLElement>('[data-follow-up]');
  if (!next) throw new Error('an answer the site did not write');
  page.replaceChildren(...next.childNodes);
  document.title = answer.title;
  leadTo(page.querySelector<HTMLElement>('.form-alert') ?? page.querySelector('h1'));
}

function warn(form: HTMLFormElement) {
  form.querySelector('.form-alert')?.remove();
  const alert = document.createElement('div');
  alert.className = 'form-alert';
  alert.setAttribute('role', 'alert');
  alert.tabIndex = -1;
  const title = document.createElement('h2');
  title.textContent = 'La connexion a coupé';
  const truth = document.createElement('strong');
  truth.textContent = 'Nous ne savons pas encore si c’est fait.';
  const text = document.createElement('p');
  text.append(
    truth,
    ' Ce que vous avez écrit est toujours dans cette page. Appuyez encore une fois quand le réseau revient\u00a0: rien ne sera fait deux fois.',
  );
  alert.append(title, text);
  form.prepend(alert);
  leadTo(alert);
}

function leadTo(part: HTMLElement | null) {
  part?.focus({ preventScroll: true });
  part?.scrollIntoView();
}

if (root) {
  root.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    // The browser itself keeps a file.
    if (form.dataset['download']) return;
    event.preventDefault();
    void send(root, form);
  });
  const first = document.createDocumentFragment();
  first.append(...[...root.childNodes].map((node) => node.cloneNode(true)));
  addEventListener('hashchange', () => openLink(root, first));
  openLink(root, first);
}
