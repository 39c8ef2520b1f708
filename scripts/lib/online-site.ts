// The site that readers get, and how a new one takes its place. Each new site has a folder of its own: a request is
// answered from one site only, pages and headers together, and the one before stays a while for whoever is reading it.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { type Reply, type Site, openSite, readPublishDir } from './site.ts';

/** How long a page already open may still ask for its parts: styles, pieces of the search index. */
const GRACE_MS = 60_000;

/** Files whose names change with what they hold: those of the site before are never mistaken for the new ones. */
const NAMED_BY_CONTENT = /^\/(?:_astro|pagefind)\//u;

export interface OnlineSite {
  handle: Site['handle'];
  /** A link that always leads to the pages of the site online: for the functions, which fill some in. */
  pages: string;
  /** Has a new site made in the folder it is given, then puts it online. When it fails, the one before stays. */
  replace: (build: (folder: string) => Promise<void>) => Promise<void>;
  close: () => Promise<void>;
}

/** Serves the site already built in a project. */
export async function openOnlineSite(root: string, dataDir: string): Promise<OnlineSite> {
  const folder = path.join(dataDir, 'sites');
  // Left by a service that was killed.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pages = path.join(folder, 'en-ligne');
  const point = (site: Site): void => {
    const next = `${pages}.suivant`;
    rmSync(next, { force: true });
    symlinkSync(site.publishDir, next);
    renameSync(next, pages);
  };

  let current = await openSite(root);
  point(current);
  let before: Site | undefined;
  let number = 0;
  const leaving = new Map<NodeJS.Timeout, () => Promise<void>>();

  const retire = (site: Site, place: string | undefined): void => {
    before = site;
    const leave = async (): Promise<void> => {
      leaving.delete(timer);
      if (before === site) before = undefined;
      await site.close();
      if (place !== undefined) rmSync(place, { recursive: true, force: true });
    };
    const timer = setTimeout(() => void leave(), GRACE_MS).unref();
    leaving.set(timer, leave);
  };

  let place: string | undefined;
  return {
    pages,
    async handle(method, url, headers): Promise<Reply> {
      // Read once: what follows is answered by this site, even when another one is put online meanwhile.
      const [now, old] = [current, before];
      const reply = await now.handle(method, url, headers);
      if (reply.status !== 404 || old === undefined || !NAMED_BY_CONTENT.test(url.pathname)) return reply;
      const older = await old.handle(method, url, headers);
      return older.status === 404 ? reply : older;
    },
    async replace(build) {
      number += 1;
      const made = path.join(folder, String(number));
      mkdirSync(made);
      let next: Site;
      try {
        // The rules of the site are part of it: redirects, headers, and where its pages are.
        const rules = path.join(root, 'netlify.toml');
        if (existsSync(rules)) copyFileSync(rules, path.join(made, 'netlify.toml'));
        await build(readPublishDir(made));
        next = await openSite(made);
      } catch (error) {
        rmSync(made, { recursive: true, force: true });
        throw error;
      }
      const [old, oldPlace] = [current, place];
      point(next);
      current = next;
      place = made;
      retire(old, oldPlace);
    },
    async close() {
      for (const [timer, leave] of leaving) {
        clearTimeout(timer);
        await leave();
      }
      await current.close();
    },
  };
}
