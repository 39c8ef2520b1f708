/* Search as the reader types. Nothing is fetched before the field has the reader's attention. */

interface Result {
  url: string;
  excerpt: string;
  meta: { title?: string; section?: string };
}
interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  search(query: string): Promise<{ results: { data(): Promise<Result> }[] }>;
}

const SHOWN = 5;
const PAUSE_MS = 250;
// Words of every page: each would cost its part of the index and say nothing of what is looked for.
const EMPTY = new Set(
  'a à au aux avec ce ces cet cette comment d dans de des du en est et il j je l la le les ma mes mon ne on ou où par pas pour que quel quelle qui s sa se ses si son sur ta tes ton un une vos votre'.split(
    ' ',
  ),
);

/** The query without its empty words, unless it has no others. */
function meaningful(query: string): string {
  const words = query.split(/\s+/).filter((word) => !EMPTY.has(word.toLowerCase()));
  return words.join(' ') || query;
}
const ADDRESS = '/pagefind/pagefind.js';
let engine: Promise<Pagefind> | undefined;

function load(): Promise<Pagefind> {
  engine ??= (async () => {
    const pagefind = (await import(/* @vite-ignore */ ADDRESS)) as Pagefind;
    await pagefind.options({
      excerptLength: 22,
      // The worker would be a second copy of the engine to download.
      noWorker: true,
      ranking: { metaWeights: { title: 5, questions: 4, section: 0 } },
    });
    await pagefind.init();
    return pagefind;
  })();
  engine.catch(() => (engine = undefined));
  return engine;
}

class SearchBox extends HTMLElement {
  #input = this.querySelector('input') as HTMLInputElement;
  #output = this.querySelector('.search-results') as HTMLElement;
  #shown = SHOWN;
  #turn = 0;

  connectedCallback() {
    const asked = new URLSearchParams(location.search).get('q');
    if (asked && location.pathname === '/recherche/') {
      this.#input.value = asked;
      void this.#search();
    }
    // A field that takes the focus by itself shows no intent, and a tap on it gives no second focus.
    for (const sign of this.#input.autofocus ? ['pointerdown'] : ['focus', 'pointerdown']) {
      this.#input.addEventListener(sign, () => void load().catch(() => undefined), { once: true });
    }
    this.#input.addEventListener('input', () => {
      this.#shown = SHOWN;
      void this.#search();
    });
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#search();
    });
  }

  async #search() {
    const turn = ++this.#turn;
    const query = this.#input.value.trim();
    if (query === '') {
      this.#output.replaceChildren();
      return;
    }
    if (this.#output.childElementCount === 0) this.#say('Recherche en cours…');
    try {
      // Not Pagefind's own pause, which fetches a part of the index for each letter typed.
      const pause = new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const [pagefind] = await Promise.all([load(), pause]);
      if (turn !== this.#turn) return;
      const { results } = await pagefind.search(meaningful(query));
      const first = await Promise.all(results.slice(0, this.#shown).map((result) => result.data()));
      if (turn === this.#turn) this.#show(query, first, results.length);
    } catch {
      if (turn !== this.#turn) return;
      this.#say(
        'La recherche n’a pas pu se charger. Vérifiez votre connexion, ou parcourez la liste des pages.',
        true,
      );
    }
  }

  #show(query: string, results: Result[], total: number) {
    if (total === 0) {
      this.#say(
        `Aucun résultat pour «\u00a0${query}\u00a0». Essayez un seul mot, plus simple\u00a0: «\u00a0passeport\u00a0», «\u00a0naissance\u00a0», «\u00a0visa\u00a0».`,
        true,
      );
      return;
    }
    const list = document.createElement('ol');
    list.className = 'plain-list';
    for (const result of results) list.append(this.#item(result));
    this.#say(total === 1 ? '1 page trouvée.' : `${total} pages trouvées.`);
    this.#output.append(list);
    if (total > results.length) this.#output.append(this.#more());
  }

  #item(result: Result) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = result.url;
    link.textContent = result.meta.title ?? result.url;
    const section = document.createElement('span');
    section.className = 'small soft result-section';
    section.textContent = result.meta.section ?? '';
    const excerpt = document.createElement('p');
    excerpt.className = 'small';
    // Pagefind escapes the text and only adds <mark>.
    excerpt.innerHTML = result.excerpt;
    item.append(link, section, excerpt);
    return item;
  }

  #more() {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button quiet';
    button.textContent = 'Voir plus de résultats';
    button.addEventListener('click', () => {
      this.#shown += SHOWN;
      void this.#search();
    });
    return button;
  }

  #say(sentence: string, help = false) {
    const text = document.createElement('p');
    text.textContent = sentence;
    this.#output.replaceChildren(text);
    if (!help) return;
    const links = document.createElement('p');
    links.innerHTML =
      '<a href="/recherche/#pages">Toutes les pages, de A à Z</a> · <a href="/guide/urgence/">J’ai une urgence</a>';
    this.#output.append(links);
  }
}

customElements.define('search-box', SearchBox);
