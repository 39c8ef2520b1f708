/* Search as the reader types. Nothing is fetched before the field has the reader's attention. */

import { ENGINE_OPTIONS, find, type PageFound, type Pagefind, type Result } from './find.ts';
import { nearWords, understand, type SearchWords } from './query.ts';

interface Engine {
  pagefind: Pagefind;
  /** Missing when they could not be fetched: the words typed are then taken as they are. */
  words: SearchWords | undefined;
}
interface Answer {
  found: Result[];
  /** What was looked for, when it is not what was typed. */
  instead?: string;
  /** Words to propose when nothing was found. */
  near: readonly string[];
}

const SHOWN = 4;
const PAUSE_MS = 250;
const ADDRESS = '/pagefind/pagefind.js';
const WORDS = '/recherche-mots.json';
let engine: Promise<Engine> | undefined;

function load(): Promise<Engine> {
  engine ??= (async () => {
    const words = fetch(WORDS)
      .then((answer) => (answer.ok ? (answer.json() as Promise<SearchWords>) : undefined))
      .catch(() => undefined);
    const pagefind = (await import(/* @vite-ignore */ ADDRESS)) as Pagefind;
    await pagefind.options(ENGINE_OPTIONS);
    try {
      await pagefind.init();
      // init() ends before its downloads do: looking for nothing waits for them, and tells of a failure.
      await pagefind.preload('');
    } catch (error) {
      // The engine would remember the failure for ever.
      await pagefind.destroy();
      throw error;
    }
    return { pagefind, words: await words };
  })();
  engine.catch(() => (engine = undefined));
  return engine;
}

/** The index holds straight apostrophes: see src/build/separate-elisions.ts. */
function curly(text: string): string {
  return text.replace(/(\p{L})(?:'|&#39;)(?=\p{L})/gu, '$1’');
}

class SearchBox extends HTMLElement {
  #input = this.querySelector('input') as HTMLInputElement;
  #kind = this.querySelector<HTMLInputElement>('[name=genre]');
  #output = this.querySelector('.search-results') as HTMLElement;
  #shown = SHOWN;
  #turn = 0;

  connectedCallback() {
    const address = new URLSearchParams(location.search);
    const asked = address.get('q');
    if (this.#kind?.type === 'checkbox') {
      this.#kind.checked = address.get('genre') === this.#kind.value;
      this.#kind.addEventListener('change', () => void this.#search());
    }
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
      await Promise.all([load(), pause]);
      if (turn !== this.#turn) return;
      const answer = await this.find(query);
      const first = await Promise.all(answer.found.slice(0, this.#shown).map((result) => result.data()));
      if (turn === this.#turn) this.#show(query, first, answer);
    } catch {
      if (turn !== this.#turn) return;
      this.#say(
        'La recherche n’a pas pu se charger. Vérifiez votre connexion, ou parcourez la liste des pages.',
        true,
      );
    }
  }

  /** The whole way from the words typed to the pages: the tests take it too. */
  async find(query: string): Promise<Answer> {
    const { pagefind, words } = await load();
    const asked = understand(query, words);
    const kind =
      this.#kind && (this.#kind.type === 'hidden' || this.#kind.checked) ? this.#kind.value : undefined;
    const found = await find(pagefind, asked.words, kind);
    return {
      found,
      ...(asked.changed ? { instead: asked.words.join(' ') } : {}),
      near: found.length === 0 ? nearWords(query, words) : [],
    };
  }

  #show(query: string, results: PageFound[], { found, instead, near }: Answer) {
    const total = found.length;
    if (total === 0) {
      this.#sayNone(query, near);
      return;
    }
    const list = document.createElement('ol');
    list.className = 'plain-list';
    for (const result of results) list.append(this.#item(result));
    const what = instead === undefined ? '' : ` pour «\u00a0${instead}\u00a0»`;
    this.#say(`${total === 1 ? '1 page trouvée' : `${total} pages trouvées`}${what}.`);
    this.#output.append(list);
    if (total > results.length) this.#output.append(this.#more());
  }

  #item(result: PageFound) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = result.url;
    link.textContent = curly(result.meta.title ?? result.url);
    const section = document.createElement('span');
    section.className = 'small soft result-section';
    section.textContent = result.meta.section ?? '';
    const excerpt = document.createElement('p');
    excerpt.className = 'small';
    // Pagefind escapes the text and only adds <mark>.
    excerpt.innerHTML = curly(result.excerpt);
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

  #sayNone(query: string, near: readonly string[]) {
    const none = `Aucun résultat pour «\u00a0${query}\u00a0».`;
    if (near.length === 0) {
      this.#say(
        `${none} Essayez un seul mot, plus simple\u00a0: «\u00a0passeport\u00a0», «\u00a0naissance\u00a0», «\u00a0visa\u00a0».`,
        true,
      );
      return;
    }
    this.#say(`${none} Vouliez-vous dire `, true);
    const links = near.map((word) => {
      const link = document.createElement('a');
      link.href = `/recherche/?q=${encodeURIComponent(word)}`;
      link.textContent = word;
      return link;
    });
    this.#output.firstElementChild?.append(
      ...links.flatMap((link, index) => (index === 0 ? [link] : [' ou ', link])),
      '\u00a0?',
    );
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
