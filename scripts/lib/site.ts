// Pages of dist/ as Netlify serves them: redirects and headers of netlify.toml through Netlify's own code
// (@netlify/dev), then what its CDN adds and @netlify/dev doesn't: compression, ETag, 304, the 404 page.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { NetlifyDev } from '@netlify/dev';
import { parse as parseToml } from 'smol-toml';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Beyond this the cache starts again: ten thousand pages must not fill a laptop's memory. */
const CACHE_BYTES = 256 * 1024 * 1024;
const SMALLEST_COMPRESSED = 256;

export type Coding = 'br' | 'gzip';

export function isCompressible(type: string | null): boolean {
  return /^(?:text\/|application\/(?:javascript|json|xml|manifest\+json|ld\+json|rss\+xml|atom\+xml|wasm)|image\/svg\+xml)/u.test(
    type ?? '',
  );
}

/** The coding to answer with, among those the reader accepts. */
export function negotiate(accepted: string | undefined): Coding | undefined {
  const refused = new Set<string>();
  const names = new Set<string>();
  for (const part of (accepted ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    if (parameters.some((text) => /^q=0(?:\.0+)?$/u.test(text))) refused.add(name);
    else names.add(name);
  }
  for (const coding of ['br', 'gzip'] as const) {
    if (names.has(coding) || (names.has('*') && !refused.has(coding))) return coding;
  }
  return undefined;
}

export async function compress(coding: Coding, bytes: Uint8Array, quality: number): Promise<Uint8Array> {
  if (coding === 'gzip') return zip(bytes, { level: quality >= 9 ? 9 : 6 });
  return brotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

export interface Reply {
  status: number;
  headers: [string, string][];
  body: Uint8Array;
}

interface Page {
  status: number;
  headers: [string, string][];
  bytes: Uint8Array;
  tag: string;
  compressible: boolean;
  codings: Map<Coding, Promise<Uint8Array>>;
}

export interface Site {
  publishDir: string;
  handle: (method: string, url: URL, headers: Headers) => Promise<Reply>;
  close: () => Promise<void>;
}

/** Where the pages of a project are built. */
export function readPublishDir(root: string): string {
  const file = path.join(root, 'netlify.toml');
  if (!existsSync(file)) return path.join(root, 'dist');
  const { build } = parseToml(readFileSync(file, 'utf8')) as { build?: { publish?: string } };
  return path.resolve(root, build?.publish ?? 'dist');
}

async function openNetlify(root: string): Promise<NetlifyDev> {
  const off = { enabled: false };
  const netlify = new NetlifyDev({
    projectRoot: root,
    // Everything that would call Netlify's servers, and the functions, which are run by functions.ts.
    aiGateway: off,
    blobs: off,
    database: off,
    edgeFunctions: off,
    environmentVariables: off,
    functions: off,
    geolocation: off,
    images: off,
    server: off,
    serverAddress: null,
    // An empty token keeps it from reading the one of a person who uses Netlify's own tools on this machine.
    apiToken: '',
    skipGitignore: true,
  });
  await netlify.start();
  return netlify;
}

export async function openSite(root: string): Promise<Site> {
  const publishDir = readPublishDir(root);
  const netlify = await openNetlify(root);
  const cache = new Map<string, Page>();
  let cached = 0;

  const toPage = async (response: Response, status: number): Promise<Page> => {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const type = response.headers.get('content-type');
    return {
      status,
      headers: [...response.headers].filter(([name]) => name !== 'age'),
      bytes,
      tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
      compressible: isCompressible(type) && bytes.length >= SMALLEST_COMPRESSED,
      codings: new Map(),
    };
  };

  const notFound = async (url: URL): Promise<Page> => {
    const response = await netlify.handle(new Request(new URL('/404.html', url)));
    if (response !== undefined) return toPage(response, 404);
    const type = { headers: { 'content-type': 'text/plain; charset=utf-8' } };
    return toPage(new Response('Page introuvable.\n', type), 404);
  };

  const redirect = (location: string, status: number): Page => ({
    status,
    headers: [['location', location]],
    bytes: new Uint8Array(),
    tag: '',
    compressible: false,
    codings: new Map(),
  });

  const find = async (url: URL): Promise<Page> => {
    const kept = cache.get(url.pathname);
    if (kept !== undefined) return kept;
    let found: Awaited<ReturnType<NetlifyDev['handleAndIntrospect']>>;
    try {
      decodeURIComponent(url.pathname);
      found = await netlify.handleAndIntrospect(new Request(url));
    } catch (error) {
      if (error instanceof URIError) return notFound(url);
      throw error;
    }
    if (found === undefined) return notFound(url);
    const { response, type } = found;
    const location = response.headers.get('location');
    if (location !== null) {
      // Netlify answers with the address as written: same site, same port, whatever the proxy in front.
      const target = new URL(location, url);
      return redirect(
        target.origin === url.origin ? target.href.slice(url.origin.length) : target.href,
        response.status,
      );
    }
    // « /guide » for dist/guide/index.html: Netlify's CDN sends to « /guide/ », @netlify/dev serves it in place.
    if (
      type === 'static' &&
      !url.pathname.endsWith('/') &&
      !path.posix.basename(url.pathname).includes('.')
    ) {
      if (existsSync(path.join(publishDir, url.pathname, 'index.html')))
        return redirect(`${url.pathname}/${url.search}`, 301);
    }
    const page = await toPage(response, response.status);
    if (type === 'static' && page.status === 200) {
      if (cached + page.bytes.length > CACHE_BYTES) {
        cache.clear();
        cached = 0;
      }
      cache.set(url.pathname, page);
      cached += page.bytes.length;
    }
    return page;
  };

  return {
    publishDir,
    async handle(method, url, headers) {
      if (method !== 'GET' && method !== 'HEAD') {
        // As Netlify: a page takes no other verb.
        const text = new TextEncoder().encode('Cette adresse se lit seulement.\n');
        return {
          status: 405,
          headers: [
            ['allow', 'GET, HEAD'],
            ['content-type', 'text/plain; charset=utf-8'],
          ],
          body: text,
        };
      }
      const page = await find(url);
      const out = page.headers.filter(([name]) => name !== 'etag' && name !== 'content-length');
      const coding = page.compressible ? negotiate(headers.get('accept-encoding') ?? undefined) : undefined;
      if (page.compressible) out.push(['vary', 'Accept-Encoding']);
      if (page.status === 200 && page.tag !== '') {
        const wanted = (headers.get('if-none-match') ?? '')
          .split(',')
          .map((text) => text.trim().replace(/^W\//u, ''));
        const suffix = coding === undefined ? '' : `-${coding}`;
        out.push(['etag', `"${page.tag}${suffix}"`]);
        if (wanted.includes('*') || wanted.some((text) => text.startsWith(`"${page.tag}`))) {
          return {
            status: 304,
            headers: out.filter(([name]) => name !== 'content-type'),
            body: new Uint8Array(),
          };
        }
      }
      if (coding === undefined) return { status: page.status, headers: out, body: page.bytes };
      let encoded = page.codings.get(coding);
      if (encoded === undefined) {
        encoded = compress(coding, page.bytes, page.status === 200 ? 11 : 5);
        page.codings.set(coding, encoded);
      }
      return { status: page.status, headers: [...out, ['content-encoding', coding]], body: await encoded };
    },
    close: () => netlify.stop(),
  };
}
