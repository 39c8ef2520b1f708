// Counts what really travels: a small proxy between the browser and the server.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Hit {
  /** Path and query. */
  path: string;
  /** What the browser asked, as it wrote it: the request line and the headers. */
  asked: string;
  status: number;
  type: string;
  /** Bytes of the body as sent, compressed. */
  body: number;
  /** Bytes of the status line and headers, as HTTP/1.1 writes them. */
  head: number;
}

export interface Wire {
  url: string;
  /** What went through since the last call. */
  take: () => Hit[];
  close: () => Promise<void>;
}

export async function countWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  let hits: Hit[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const inner = request(
      { hostname, port, path, method: incoming.method, headers: incoming.headers },
      (answer) => {
        const raw = answer.rawHeaders;
        let head = `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n\r\n`.length;
        for (let index = 0; index < raw.length; index += 2)
          head += raw[index]!.length + raw[index + 1]!.length + 4;
        const hit: Hit = {
          path,
          asked: [`${incoming.method} ${path}`, ...incoming.rawHeaders].join('\n'),
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          body: 0,
          head,
        };
        hits.push(hit);
        answer.on('data', (chunk: Buffer) => (hit.body += chunk.length));
        outgoing.writeHead(answer.statusCode ?? 502, raw);
        answer.pipe(outgoing);
      },
    );
    inner.once('error', () => outgoing.destroy());
    incoming.pipe(inner);
  });
  await new Promise<void>((resolve) => proxy.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    take() {
      const taken = hits;
      hits = [];
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      }),
  };
}
