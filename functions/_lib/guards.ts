/** The largest body a form may send, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

/** How a body is written, or `undefined` when the functions do not read that kind. */
export function bodyKindOf(request: Request): 'form' | 'json' | undefined {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type === 'application/json') return 'json';
  return undefined;
}

/** Whether the answer should be JSON rather than a page. */
export function wantsJson(request: Request): boolean {
  const accept = request.headers.get('accept') ?? '';
  if (accept.includes('application/json')) return true;
  return !accept.includes('text/html') && bodyKindOf(request) === 'json';
}

/** Whether the page's own script sent the request: `fetch` follows a redirection by itself, and loses its fragment. */
export function isFromScript(request: Request): boolean {
  return request.headers.get('x-requested-with') === 'fetch';
}

/**
 * Whether another site's page sent the request. A static page carries no per-visitor token: the browser's own
 * word on where a post comes from is the guard. Tools that are not browsers say nothing and are let through,
 * since they carry nobody's rights.
 */
export function isForeign(request: Request, siteUrl: string | undefined): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (site === 'cross-site' || site === 'same-site') return true;
  if (origin === null || site === 'same-origin') return false;
  return !ownOrigins(request, siteUrl).includes(origin);
}

/**
 * Whether a page of the site sent the request. Of a form, every browser says so in one of three ways, with or without
 * JavaScript; most programs say nothing.
 */
export function isFromPage(request: Request, siteUrl: string | undefined): boolean {
  const { headers } = request;
  if (headers.get('sec-fetch-site') === 'same-origin') return true;
  const said = headers.get('origin') ?? headers.get('referer') ?? '';
  return URL.canParse(said) && ownOrigins(request, siteUrl).includes(new URL(said).origin);
}

function ownOrigins(request: Request, siteUrl: string | undefined): string[] {
  return [request.url, siteUrl].flatMap((address) => (address ? [new URL(address).origin] : []));
}

/**
 * Reads a body as text without ever holding more than the limit.
 *
 * @returns the text, or `undefined` when it is too large
 */
export async function readBody(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return undefined;
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
