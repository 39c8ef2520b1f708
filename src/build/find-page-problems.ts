import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addressOfPage, type BuiltPage } from './built-pages.ts';

/**
 * Looks for what must never reach a reader: dead links, missing or shared titles, inline styles. Pages are given one
 * by one and forgotten: only what links need is kept.
 */
export class PageChecker {
  #dist: string;
  /** The anchors of each page, by its address. */
  #anchors = new Map<string, ReadonlySet<string>>();
  /** The pages that hold a link, by what it leads to. */
  #links = new Map<string, { target: string; path: string }[]>();
  #owners = new Map<string, string>();
  #problems: string[] = [];
  #words = new Map<string, string>();

  constructor(dist: string) {
    this.#dist = dist;
  }

  /** Takes one page in. */
  add({ path, html }: BuiltPage): void {
    const here = addressOfPage(path);
    this.#anchors.set(here, new Set(this.#all(html, /\sid="([^"]+)"/g)));
    for (const target of new Set(this.#all(html, /\s(?:href|src|action)="([^"]*)"/g))) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('/api/')) continue;
      const { pathname, hash } = new URL(target.replaceAll('&amp;', '&'), `http://site${here}`);
      const key = pathname + hash;
      const links = this.#links.get(key);
      if (links) links.push({ target, path });
      else this.#links.set(key, [{ target, path }]);
    }
    this.#checkTitle(path, html);
    if (/ style="/.test(html)) {
      this.#problems.push(`${path} : un attribut « style » serait refusé par la règle de sécurité du site.`);
    }
  }

  /** What is wrong in the pages taken in, in French. */
  problems(): string[] {
    return [...[...this.#links].flatMap(([key, links]) => this.#deadLinks(key, links)), ...this.#problems];
  }

  #deadLinks(key: string, links: readonly { target: string; path: string }[]): string[] {
    const { pathname, hash } = new URL(key, 'http://site');
    const anchors = this.#anchors.get(pathname);
    if (!anchors) {
      if (existsSync(join(this.#dist, decodeURIComponent(pathname))) && !pathname.endsWith('/')) return [];
      return links.map(
        ({ path, target }) => `${path} : le lien « ${target} » ne mène à aucune page. Corrigez l’adresse.`,
      );
    }
    const anchor = decodeURIComponent(hash.slice(1));
    if (anchor === '' || anchors.has(anchor)) return [];
    return links.map(
      ({ path, target }) => `${path} : le lien « ${target} » vise un titre qui n’existe pas dans cette page.`,
    );
  }

  #checkTitle(path: string, html: string): void {
    const title = own(/<title>([^<]+)<\/title>/.exec(html)?.[1] ?? '');
    if (title === '') {
      this.#problems.push(`${path} : la page n’a pas de titre.`);
      return;
    }
    const other = this.#owners.get(title);
    this.#owners.set(title, path);
    if (other) {
      this.#problems.push(
        `${path} : le titre « ${title} » est déjà celui de ${other}. Changez l’un des deux.`,
      );
    }
  }

  /** What a pattern finds, each word kept once for all pages. */
  #all(html: string, pattern: RegExp): string[] {
    return Array.from(html.matchAll(pattern), ([, found = '']) => {
      const known = this.#words.get(found);
      if (known !== undefined) return known;
      const word = own(found);
      this.#words.set(word, word);
      return word;
    });
  }
}

/** A copy: a piece of a page would keep the whole page in memory. */
function own(text: string): string {
  return Buffer.from(text).toString();
}
