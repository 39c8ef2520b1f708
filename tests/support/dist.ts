// The built site as tests read it: every page parsed once, and a copy of the project to build in another way.
//
//   for (const page of distPages()) if (page.kind === 'fiche') …
//   const copy = copyProject();            // the same sources in a throwaway folder
//   await copy.build({ GUIDE_TODAY: '2031-01-01' });
//   distPages(copy.dist);
//   copy.remove();
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { type DefaultTreeAdapterMap, parse } from 'parse5';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const DIST = path.join(ROOT, 'dist');

type Node = DefaultTreeAdapterMap['node'];
export type Element = DefaultTreeAdapterMap['element'];
export type Document = DefaultTreeAdapterMap['document'];

/** What a page is for: the budgets and the promises differ. */
export type PageKind =
  | 'home'
  | 'fiche'
  | 'article'
  | 'form'
  | 'thanks'
  | 'project'
  | 'association'
  | 'list'
  | 'sources'
  | 'legal'
  | 'country'
  | 'search'
  | 'book'
  | 'desk'
  | 'other';

export interface Page {
  /** From dist/: « guide/passeport/index.html ». */
  file: string;
  /** « /guide/passeport/ ». */
  address: string;
  kind: PageKind;
  html: string;
  document: Document;
}

const LEGAL = [
  '/confidentialite/',
  '/confidentialite/registre/',
  '/transparence/',
  '/accessibilite/',
  '/mentions-legales/',
];

function kindOf(address: string, html: string): PageKind {
  if (address === '/') return 'home';
  if (address.startsWith('/404')) return 'other';
  if (html.includes('data-thanks=')) return 'thanks';
  // The whole guide on one page, heavy by nature: its link says how heavy before it is opened.
  if (html.includes('data-book=')) return 'book';
  if (html.includes('data-form=')) return 'form';
  if (address === '/recherche/') return 'search';
  // A tool for the team: no reader opens it.
  if (address === '/gestion/') return 'desk';
  if (LEGAL.includes(address)) return 'legal';
  if (address.startsWith('/sources/')) return 'sources';
  if (address.startsWith('/pays/')) return address === '/pays/' ? 'list' : 'country';
  // It shows posts as the page of a country does.
  if (address.startsWith('/migration/carte-urgence/')) return 'country';
  if (/^\/projets\/(?:$|(?:secteur|region|prefecture|etape|besoin|pays|page|archives)\/)/u.test(address))
    return 'list';
  if (/^\/[a-z-]+\/$/u.test(address)) return 'list';
  if (/^\/associations\/(?:page|pays|activite|region)\//u.test(address)) return 'list';
  if (address.startsWith('/projets/')) return 'project';
  if (/^\/associations\/[a-z0-9-]+\/$/u.test(address) && address !== '/associations/inscrire/')
    return 'association';
  return html.includes('class="brief"') ? 'fiche' : 'article';
}

const parsed = new Map<string, Page[]>();

/** Every page of a build, in alphabetical order. Read once per folder: ask again with `fresh` after a new build. */
export function distPages(dist = DIST, { fresh = false } = {}): Page[] {
  const known = parsed.get(dist);
  if (known !== undefined && !fresh) return known;
  const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .sort()
    .map((file) => readPage(file, dist));
  parsed.set(dist, pages);
  return pages;
}

/** One page of a build. */
export function readPage(file: string, dist = DIST): Page {
  const html = readFileSync(path.join(dist, file), 'utf8');
  const address = `/${file.replaceAll('\\', '/').replace(/(?:index)?\.html$/u, '')}`;
  return { file, address, kind: kindOf(address, html), html, document: parse(html) };
}

/** The page at an address, which must exist. */
export function pageAt(address: string, dist = DIST): Page {
  const page = distPages(dist).find((one) => one.address === address);
  if (page === undefined) throw new Error(`dist/ has no page at ${address}`);
  return page;
}

/** Every node below this one, in reading order. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* nodesOf(child);
  if ('content' in node) yield* nodesOf(node.content);
}

/** Every element below, of one name when given. */
export function elementsOf(node: Node, name?: string): Element[] {
  return [...nodesOf(node)].filter(
    (one): one is Element => 'tagName' in one && (name === undefined || one.tagName === name),
  );
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

export function hasClass(element: Element, name: string): boolean {
  return (attribute(element, 'class') ?? '').split(/\s+/u).includes(name);
}

/** The text a reader finds below, without scripts and styles. */
export function textOf(node: Node): string {
  if ('tagName' in node && ['script', 'style', 'template'].includes(node.tagName)) return '';
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map((child) => textOf(child)).join('') : '';
}

/** Bytes on the wire at brotli 11, as a CDN and our server send it. */
export function brotliSize(bytes: string | Uint8Array): number {
  const input = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return brotliCompressSync(input, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: input.length },
  }).length;
}

export interface Weight {
  html: number;
  /** Style sheets that hold back the first paint. */
  css: number;
  /** Script files. */
  scripts: number;
  /** Scripts written in the page, already counted in `html`. */
  inline: number;
  favicon: number;
  /** Page, style sheets, script files with what they import, icon. */
  requests: number;
}

const sizes = new Map<string, number>();

function fileSize(file: string): number {
  let size = sizes.get(file);
  if (size === undefined) {
    size = brotliSize(readFileSync(file));
    sizes.set(file, size);
  }
  return size;
}

/** Scripts, and what they import before they run. */
function withImports(dist: string, address: string, seen: Set<string>): Set<string> {
  if (seen.has(address)) return seen;
  seen.add(address);
  const code = readFileSync(path.join(dist, address), 'utf8');
  for (const [, from = ''] of code.matchAll(/(?:from|import)\s*["'](\.?\.?\/[^"']+\.js)["']/gu)) {
    withImports(dist, new URL(from, `http://site${address}`).pathname, seen);
  }
  return seen;
}

/** What a first visit to the page brings down, brotli(11), pictures and lazy parts left out. */
export function weightOf(page: Page, dist = DIST): Weight {
  const links = elementsOf(page.document, 'link');
  const css = links
    .filter((link) => attribute(link, 'rel') === 'stylesheet')
    .map((link) => attribute(link, 'href') ?? '');
  const scripts = elementsOf(page.document, 'script');
  const files = new Set<string>();
  let inline = 0;
  for (const script of scripts) {
    const src = attribute(script, 'src');
    if (src !== undefined) withImports(dist, src, files);
    else if (!/json/u.test(attribute(script, 'type') ?? '')) inline += brotliSize(rawTextOf(script));
  }
  const icon = links.find((link) => attribute(link, 'rel') === 'icon');
  const favicon = icon ? fileSize(path.join(dist, attribute(icon, 'href') ?? '')) : 0;
  const total = (addresses: Iterable<string>): number =>
    [...addresses].reduce((sum, address) => sum + fileSize(path.join(dist, address)), 0);
  return {
    html: brotliSize(page.html),
    css: total(css),
    scripts: total(files),
    inline,
    favicon,
    requests: 1 + css.length + files.size + (icon ? 1 : 0),
  };
}

function rawTextOf(element: Element): string {
  return element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How a build ended, what it printed, and what it cost. */
export interface Built {
  code: number;
  output: string;
  seconds: number;
  /** Peak resident memory of the build's process; 0 where the system doesn't say (/proc is Linux's). */
  peakMb: number;
  /** The most that it and the processes it starts (the indexer of the search) held at one time. */
  peakTogetherMb: number;
}

export interface ProjectCopy {
  root: string;
  dist: string;
  /** `astro build` there. */
  build: (env?: NodeJS.ProcessEnv) => Promise<Built>;
  remove: () => void;
}

const SOURCES = ['content', 'src', 'public', 'supabase', 'functions'];
const FILES = ['astro.config.mjs', 'package.json', 'tsconfig.json', 'netlify.toml'];

/** The same sources in a throwaway folder, with the installed packages of this one. */
export function copyProject(): ProjectCopy {
  const root = mkdtempSync(path.join(tmpdir(), 'guide-copie-'));
  for (const name of [...SOURCES, ...FILES]) {
    const from = path.join(ROOT, name);
    if (existsSync(from)) cpSync(from, path.join(root, name), { recursive: true });
  }
  // Astro keeps its cache in node_modules: a folder of our own, filled with links. Starlight is copied, because its
  // components must lie below the project's root.
  const own = path.join(root, 'node_modules');
  const all = path.join(ROOT, 'node_modules');
  mkdirSync(path.join(own, '@astrojs'), { recursive: true });
  const link = (folder: string, skip: string[]): void => {
    for (const name of readdirSync(path.join(all, folder))) {
      if (!skip.includes(name)) symlinkSync(path.join(all, folder, name), path.join(own, folder, name));
    }
  };
  link('', ['@astrojs', '.astro', '.vite', '.package-lock.json', '.cache']);
  link('@astrojs', ['starlight']);
  cpSync(path.join(all, '@astrojs/starlight'), path.join(own, '@astrojs/starlight'), { recursive: true });
  return {
    root,
    dist: path.join(root, 'dist'),
    build: (env = {}) => astroBuild(root, env),
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function astroBuild(root: string, env: NodeJS.ProcessEnv): Promise<Built> {
  // The catalogue of a copy is only what editors wrote, unless the test says otherwise.
  const { SUPABASE_URL: _url, NODE_ENV: _mode, VITEST: _vitest, ...inherited } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: root,
    env: { ...inherited, NODE_ENV: 'production', NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  let peakMb = 0;
  let peakTogetherMb = 0;
  const sampling = setInterval(() => {
    peakTogetherMb = Math.max(peakTogetherMb, residentMb(child.pid));
    try {
      const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
      peakMb = Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1000 || peakMb;
    } catch {
      // Not on Linux, or the process has just ended.
    }
  }, 200);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearInterval(sampling);
      resolve({
        code: code ?? 1,
        output,
        seconds: (performance.now() - began) / 1000,
        peakMb,
        peakTogetherMb,
      });
    });
  });
}

/** What a process and those it started hold in memory now. */
function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const own = Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1000;
    const children = readdirSync(`/proc/${String(pid)}/task`).flatMap((task) =>
      readFileSync(`/proc/${String(pid)}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter(Boolean),
    );
    return children.reduce((sum, one) => sum + residentMb(Number(one)), own);
  } catch {
    // Not on Linux, or the process has just ended.
    return 0;
  }
}
