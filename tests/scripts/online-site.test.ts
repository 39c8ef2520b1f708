// Readers while sites take each other's place, on the real server of `npm start`; only the pages are small.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeHttp, createHttp, listen } from '../../scripts/lib/http.ts';
import { type OnlineSite, openOnlineSite } from '../../scripts/lib/online-site.ts';
import { type Project, makeProject } from './throwaway.ts';

const PAGES = 40;
const SWAPS = 8;

let project: Project;
let site: OnlineSite;
let servers: Server[];
let url: string;

const siteOf = (version: number) => (folder: string) => {
  writeSite(folder, version);
  return Promise.resolve();
};

/** A site whose every page has a script, a style and words of its version, and whose headers allow that script only. */
function writeSite(folder: string, version: number): void {
  const script = `window.version = ${version}`;
  const style = `_astro/style-${version}.css`;
  const html = (
    page: number,
  ) => `<!doctype html><link rel="stylesheet" href="/${style}"><title>${page}</title>
<script>${script}</script><p>version ${version}</p>${`<p>Une ligne de la version ${version}.</p>`.repeat(200)}<!--end-->`;
  mkdirSync(path.join(folder, '_astro'), { recursive: true });
  writeFileSync(path.join(folder, style), `/* ${version} */`);
  for (let page = 0; page < PAGES; page += 1) {
    mkdirSync(path.join(folder, `page-${page}`), { recursive: true });
    writeFileSync(path.join(folder, `page-${page}`, 'index.html'), html(page));
  }
  // Something that only one version has.
  mkdirSync(path.join(folder, `projet-${version}`));
  writeFileSync(path.join(folder, `projet-${version}`, 'index.html'), html(0));
  const hash = createHash('sha256').update(script).digest('base64');
  writeFileSync(
    path.join(folder, '_headers'),
    `/*\n  Content-Security-Policy: script-src 'sha256-${hash}'\n  X-Version: ${version}\n`,
  );
}

beforeAll(async () => {
  project = makeProject();
  writeSite(path.join(project.root, 'dist'), 0);
  site = await openOnlineSite(project.root, path.join(project.root, 'donnees'));
  const opened = await listen(
    () =>
      createHttp(({ method, url: address, headers }) => site.handle(method, address, headers), {
        trustForwardedFor: false,
      }),
    0,
    '127.0.0.1',
  );
  ({ servers } = opened);
  url = `http://127.0.0.1:${opened.port}`;
});
afterAll(async () => {
  await closeHttp(servers);
  await site.close();
  project.remove();
});

async function read(
  address: string,
): Promise<{ status: number; version: string; html: string; csp: string }> {
  const response = await fetch(url + address);
  return {
    status: response.status,
    version: response.headers.get('x-version') ?? '',
    html: await response.text(),
    csp: response.headers.get('content-security-policy') ?? '',
  };
}

test('readers get whole pages of one version, with its headers and its styles, while sites change', async () => {
  let over = false;
  let pages = 0;
  const seen = new Set<string>();
  const readOn = async (reader: number): Promise<void> => {
    for (let turn = reader; !over; turn += 7) {
      const page = await read(`/page-${turn % PAGES}/`);
      expect(page.status).toBe(200);
      expect(page.html.endsWith('<!--end-->')).toBe(true);
      const [, script = ''] = /<script>(.*?)<\/script>/.exec(page.html) ?? [];
      expect(script).toBe(`window.version = ${page.version}`);
      expect(page.csp).toContain(createHash('sha256').update(script).digest('base64'));
      // What the page asks for next, after another site may have taken its place.
      const [, style = ''] = /href="([^"]+)"/.exec(page.html) ?? [];
      expect(await read(style)).toMatchObject({ status: 200, html: `/* ${page.version} */` });
      // The pages that functions fill in are those of one whole site too.
      expect(readFileSync(path.join(site.pages, 'page-0/index.html'), 'utf8')).toContain('<!--end-->');
      seen.add(page.version);
      pages += 1;
    }
  };
  const readers = Array.from({ length: 6 }, (_, reader) => readOn(reader));
  for (let version = 1; version <= SWAPS; version += 1) {
    const before = pages;
    await site.replace(async (folder) => {
      writeSite(folder, version);
      // Each version has readers before the next one comes.
      while (pages < before + 10) await new Promise((resolve) => setImmediate(resolve));
    });
  }
  over = true;
  await Promise.all(readers);
  expect(seen.size).toBeGreaterThan(2);
  expect((await read('/page-1/')).version).toBe(String(SWAPS));
  expect(realpathSync(site.pages)).toBe(
    path.join(realpathSync(project.root), 'donnees/sites', `${SWAPS}`, 'dist'),
  );
});

test('what a site no longer has is gone as soon as the next one is online', async () => {
  expect((await read(`/projet-${SWAPS}/`)).status).toBe(200);
  await site.replace(siteOf(SWAPS + 1));
  expect((await read(`/projet-${SWAPS}/`)).status).toBe(404);
  expect((await read(`/projet-${SWAPS + 1}/`)).status).toBe(200);
});

test('a build that fails leaves the site that is there, and nothing half made', async () => {
  const folders = () => readdirSync(path.join(project.root, 'donnees/sites')).sort();
  const before = folders();
  await expect(
    site.replace((folder) => {
      writeSite(folder, 99);
      return Promise.reject(new Error('La page « essai » est fautive.'));
    }),
  ).rejects.toThrow('La page « essai » est fautive.');
  expect((await read('/page-1/')).version).toBe(String(SWAPS + 1));
  expect(folders()).toEqual(before);
});

test('at the end only the last site is left, and the built one was never touched', async () => {
  const other = path.join(project.root, 'autres-donnees');
  const alone = await openOnlineSite(project.root, other);
  for (const version of [1, 2, 3]) await alone.replace(siteOf(version));
  const { body } = await alone.handle('GET', new URL('/page-1/', url), new Headers());
  expect(new TextDecoder().decode(body)).toContain('version 3');
  await alone.close();
  expect(readdirSync(path.join(other, 'sites')).sort()).toEqual(['3', 'en-ligne']);
  expect(existsSync(path.join(project.root, 'dist/projet-0/index.html'))).toBe(true);
});
