import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltPage } from './finish-dist.ts';

/** What must never reach a reader: dead links, missing or shared titles, inline styles. In French. */
export function findPageProblems(dist: string, pages: readonly BuiltPage[]): string[] {
  const anchors = new Map(pages.map((page) => [addressOf(page.path), idsIn(page.html)]));
  return [
    ...pages.flatMap((page) => deadLinks(page, anchors, dist)),
    ...titleProblems(pages),
    ...pages
      .filter((page) => / style="/.test(page.html))
      .map((page) => `${page.path} : un attribut « style » serait refusé par la règle de sécurité du site.`),
  ];
}

function addressOf(path: string): string {
  return `/${path.replace(/index\.html$/, '').replace(/\.html$/, '/')}`;
}

function idsIn(html: string): Set<string> {
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? ''));
}

function deadLinks(page: BuiltPage, anchors: Map<string, Set<string>>, dist: string): string[] {
  const here = addressOf(page.path);
  const targets = new Set(
    [...page.html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map((match) => match[1] ?? ''),
  );
  return [...targets].flatMap((target) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('/api/')) return [];
    const url = new URL(target.replaceAll('&amp;', '&'), `http://site${here}`);
    const known = anchors.get(url.pathname);
    if (!known) {
      if (existsSync(join(dist, decodeURIComponent(url.pathname))) && !url.pathname.endsWith('/')) return [];
      return [`${page.path} : le lien « ${target} » ne mène à aucune page. Corrigez l’adresse.`];
    }
    const anchor = decodeURIComponent(url.hash.slice(1));
    if (anchor === '' || known.has(anchor)) return [];
    return [`${page.path} : le lien « ${target} » vise un titre qui n’existe pas dans cette page.`];
  });
}

function titleProblems(pages: readonly BuiltPage[]): string[] {
  const owner = new Map<string, string>();
  return pages.flatMap((page) => {
    const title = /<title>([^<]+)<\/title>/.exec(page.html)?.[1];
    if (!title) return [`${page.path} : la page n’a pas de titre.`];
    const other = owner.get(title);
    owner.set(title, page.path);
    return other
      ? [`${page.path} : le titre « ${title} » est déjà celui de ${other}. Changez l’un des deux.`]
      : [];
  });
}
