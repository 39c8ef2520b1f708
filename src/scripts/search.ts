/* Search as the reader types. Nothing is fetched before the field has the reader's attention. */

interface Result {
  url: string;
  excerpt: string;
  meta: { title?: string; section?: string };
}
interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  debouncedSearch(
    query: string,
    options?: Record<string, unknown>,
    wait?: number,
  ): Promise<{ results: { data(): Promise<Result> }[] } | null>;
}

const SHOWN = 5;
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

  connectedCallback() {
    const asked = new URLSearchParams(location.search).get('q');
    if (asked && location.pathname === '/recherche/') {
      this.#input.value = asked;
      void this.#search();
    }
    this.#input.addEventListener('focus', () => void load().catch(() => undefined), { once: true });
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
    const query = this.#input.value.trim();
    if (query === '') {
      this.#output.replaceChildren();
      return;
    }
    if (this.#output.childElementCount === 0) this.#say('Recherche en cours…');
    try {
      const pagefind = await load();
      const found = await pagefind.debouncedSearch(query, {}, 250);
      if (!found) return;
      const results = await Promise.all(found.results.slice(0, this.#shown).map((result) => result.data()));
      if (query === this.#input.value.trim()) this.#show(query, results, found.results.length);
    } catch {
      this.#say(
        'La recherche n’a pas pu se charger. Vérifiez votre connexion, ou parcourez la liste des pages.',
        true,
      );
    }
  }

  #show(query: string, results: Result[], total: number) {
    if (total === 0) {
      this.#say(
        `Aucun résultat pour « ${query} ». Essayez un seul mot, plus simple : « passeport », « naissance », « visa ».`,
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
