// One node:http server for the whole local service: reads a request, hands it to the right part, sends the answer.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { compress, isCompressible, negotiate, type Reply } from './site.ts';
import { UserError } from './terminal.mjs';

/** Netlify's limit for the body of a request to a function. */
export const BODY_LIMIT = 6 * 1024 * 1024;

export interface LocalRequest {
  method: string;
  url: URL;
  headers: Headers;
  body: Uint8Array;
  ip: string;
  /** Set when the reader went away: an answer nobody waits for isn't worth computing. */
  signal: AbortSignal;
}

export type Handler = (
  request: LocalRequest,
  raw: IncomingMessage,
  response: ServerResponse,
) => Promise<Response | Reply | undefined>;

interface Options {
  /** Honour the caller's X-Forwarded-For: for tests that need several addresses, never otherwise. */
  trustForwardedFor: boolean;
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Headers that describe one hop, or that only Netlify may set. */
const NOT_FORWARDED = /^(?:connection|keep-alive|transfer-encoding|upgrade|te|trailer|expect|host|x-nf-.*)$/u;
const NOT_SENT = /^(?:connection|keep-alive|transfer-encoding|content-length)$/u;

function addressOf(request: IncomingMessage, trust: boolean): string {
  const forwarded = request.headers['x-forwarded-for'];
  if (trust && typeof forwarded === 'string' && forwarded !== '')
    return forwarded.split(',')[0]?.trim() ?? '';
  return (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/u, '');
}

function urlOf(request: IncomingMessage, fallbackHost: string): URL {
  const host = request.headers.host ?? fallbackHost;
  const target = request.url ?? '/';
  // Put together by hand: `new URL('//elsewhere/', base)` would leave for another host.
  if (!/^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/iu.test(host) || !target.startsWith('/')) {
    throw new Refused(400, 'Requête mal formée.');
  }
  try {
    return new URL(`http://${host}${target}`);
  } catch {
    throw new Refused(400, 'Requête mal formée.');
  }
}

function readBody(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): void => {
      reject(new Refused(413, 'Envoi trop volumineux : 6 Mo au plus.'));
      // Keep reading, for a while, what is already on its way: closing at once would hide the answer.
      request.removeAllListeners('data');
      request.resume();
    };
    if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) {
      tooLarge();
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_LIMIT) tooLarge();
      else chunks.push(chunk);
    });
    request.once('end', () => {
      resolve(new Uint8Array(Buffer.concat(chunks)));
    });
    request.once('error', reject);
    request.once('aborted', () => {
      reject(new Refused(400, 'Envoi interrompu.'));
    });
  });
}

async function toReply(answer: Response, accepted: string | undefined, head: boolean): Promise<Reply> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const headers: [string, string][] = [...answer.headers];
  const wanted = negotiate(accepted);
  const worth =
    bytes.length >= 1024 &&
    !answer.headers.has('content-encoding') &&
    isCompressible(answer.headers.get('content-type'));
  if (
    head ||
    wanted === undefined ||
    !worth ||
    (answer.headers.get('cache-control') ?? '').includes('no-transform')
  ) {
    return { status: answer.status, headers, body: bytes };
  }
  const vary = answer.headers.get('vary');
  const others = headers.filter(([name]) => name !== 'vary' && name !== 'etag');
  return {
    status: answer.status,
    headers: [
      ...others,
      ['vary', vary === null ? 'Accept-Encoding' : `${vary}, Accept-Encoding`],
      ['content-encoding', wanted],
    ],
    body: await compress(wanted, bytes, 5),
  };
}

function write(response: ServerResponse, reply: Reply, method: string): void {
  if (response.destroyed) return;
  const { status, body } = reply;
  for (const [name, value] of reply.headers) {
    // appendHeader keeps each Set-Cookie a header of its own.
    if (!NOT_SENT.test(name)) response.appendHeader(name, value);
  }
  const bodiless = status === 204 || status === 304;
  // A HEAD answer of a page knows its length; one that a function left empty doesn't.
  if (!bodiless && (method !== 'HEAD' || body.length > 0)) response.setHeader('content-length', body.length);
  response.writeHead(status);
  response.end(bodiless || method === 'HEAD' ? undefined : body);
}

const plain = (status: number, text: string): Reply => ({
  status,
  headers: [
    ['content-type', 'text/plain; charset=utf-8'],
    ['cache-control', 'no-store'],
  ],
  body: new TextEncoder().encode(`${text}\n`),
});

export function createHttp(handler: Handler, options: Options): Server {
  const server = createServer((request, response) => {
    const method = request.method ?? 'GET';
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    response.on('error', () => undefined);
    const answer = async (): Promise<void> => {
      const url = urlOf(request, 'localhost');
      const ip = addressOf(request, options.trustForwardedFor);
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) {
        if (value === undefined || NOT_FORWARDED.test(name)) continue;
        for (const single of Array.isArray(value) ? value : [value]) headers.append(name, single);
      }
      headers.set('x-forwarded-for', ip);
      headers.set('x-forwarded-proto', 'http');
      headers.set('host', url.host);
      const body = method === 'GET' || method === 'HEAD' ? new Uint8Array() : await readBody(request);
      const result = await handler(
        { method, url, headers, body, ip, signal: gone.signal },
        request,
        response,
      );
      // undefined: the handler has answered by itself (the development proxy).
      if (result === undefined || gone.signal.aborted) return;
      const reply =
        result instanceof Response
          ? await toReply(result, request.headers['accept-encoding'], method === 'HEAD')
          : result;
      write(response, reply, method);
    };
    answer().catch((error: unknown) => {
      if (gone.signal.aborted || response.headersSent) {
        response.destroy();
        return;
      }
      if (error instanceof Refused) {
        response.setHeader('connection', 'close');
        write(response, plain(error.status, error.message), method);
        return;
      }
      process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      write(response, plain(500, 'Le service a rencontré une erreur.'), method);
    });
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  if (options.upgrade) server.on('upgrade', options.upgrade);
  return server;
}

function listenOn(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/**
 * Listens on this machine only (both families of « localhost »), unless HOST says otherwise: the embedded
 * Supabase has no business on a café's network.
 */
export async function listen(
  make: () => Server,
  port: number,
  host: string | undefined,
): Promise<{ port: number; servers: Server[] }> {
  const hosts = host === undefined || host === '' ? ['127.0.0.1', '::1'] : [host];
  const servers: Server[] = [];
  let bound = port;
  for (const [index, name] of hosts.entries()) {
    const server = make();
    try {
      bound = await listenOn(server, bound, name);
      servers.push(server);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      // A machine without IPv6 is no reason to stop.
      if (index > 0 && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue;
      for (const open of servers) open.close();
      if (code === 'EADDRINUSE') {
        throw new UserError(
          `Le port ${String(port)} est déjà pris par un autre programme : fermez-le, ou choisissez un autre port, par exemple « PORT=${String(port + 1)} npm start ».`,
        );
      }
      if (code === 'EACCES') {
        throw new UserError(
          `Le port ${String(port)} est réservé au système : choisissez-en un au-dessus de 1023, par exemple « PORT=8888 npm start ».`,
        );
      }
      throw new UserError(`Impossible d’écouter sur ${name}, port ${String(port)} (${code}).`, {
        cause: error,
      });
    }
  }
  return { port: bound, servers };
}

export async function closeHttp(servers: Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeIdleConnections();
          // Requests in flight get two seconds to end.
          setTimeout(() => {
            server.closeAllConnections();
          }, 2000).unref();
        }),
    ),
  );
}
