// A network that fails on purpose, between the functions and the database's HTTP door: plain TCP, one request a
// connection, so that each attempt has a fate of its own.
import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What happens to one request on its way, or to its answer. */
export type Fate =
  | { kind: 'passes' }
  /** The connection is reset before the request has left. */
  | { kind: 'reset-before' }
  /** The request is carried out, and the connection is reset before the answer. */
  | { kind: 'reset-after' }
  /** The request is carried out, and half of the answer comes. */
  | { kind: 'cut' }
  /** The request is carried out, and a page comes in the place of the answer. */
  | { kind: 'another-page' }
  /** A machine on the way answers instead of the door: the request goes no further. */
  | { kind: 'turned-away'; status: 429 | 503 }
  /** A machine on the way answers that the door was too slow; the request is carried out. */
  | { kind: 'given-up' }
  /** The request stays on the way, and arrives late although nobody waits any more. */
  | { kind: 'late-request'; milliseconds: number }
  /** The request is carried out at once, and its answer stays on the way. */
  | { kind: 'late-answer'; milliseconds: number };

/** What a request ended with, as its sender saw it. */
export interface Passage {
  fate: Fate['kind'];
  /** The status of the answer that came whole from the door; nothing when none did. */
  answered: number | undefined;
  /** The code of the database, in a refusal. */
  code: string | undefined;
}

export interface FaultProxy {
  url: string;
  /** The fates of the next requests, in order; then they pass. */
  next(fates: readonly Fate[]): void;
  /** Refuses connections for a while: nothing leaves. */
  refuse(milliseconds: number): Promise<void>;
  /** What went through since the last call, in no order. */
  take(): Passage[];
  /** Whether nothing is on the way. */
  isIdle(): boolean;
  /** When nothing is on the way any more, connections refused included. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** @param target the door, « http://127.0.0.1:1234 » */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  let fates: Fate[] = [];
  let passages: Passage[] = [];
  const underWay = new Set<Promise<void>>();
  const clients = new Set<Socket>();
  const watch = (work: Promise<void>): void => {
    const watched = work.finally(() => underWay.delete(watched));
    underWay.add(watched);
  };

  async function serve(client: Socket): Promise<void> {
    const request = await readRequest(client);
    if (!request) return;
    const fate = fates.shift() ?? { kind: 'passes' };
    const passage: Passage = { fate: fate.kind, answered: undefined, code: undefined };
    passages.push(passage);
    if (fate.kind === 'reset-before') return void client.resetAndDestroy();
    if (fate.kind === 'turned-away') return void client.end(pageOf(fate.status));
    if (fate.kind === 'late-request') await pause(fate.milliseconds);
    const answer = await carryOut(request, hostname, Number(port));
    if (fate.kind === 'late-answer') await pause(fate.milliseconds);
    if (fate.kind === 'reset-after' || answer === undefined) return void client.resetAndDestroy();
    if (fate.kind === 'another-page') return void client.end(pageOf(200));
    if (fate.kind === 'given-up') return void client.end(pageOf(504));
    if (fate.kind === 'cut') {
      client.write(answer.subarray(0, answer.length - 20));
      await pause(1);
      return void client.resetAndDestroy();
    }
    // Whoever has left reads nothing.
    if (client.destroyed || client.readableEnded) return void client.destroy();
    client.end(answer);
    const [head = '', body = ''] = answer.toString('utf8').split('\r\n\r\n');
    passage.answered = Number(head.split(' ')[1]);
    passage.code = /"code":"(\w+)"/.exec(body)?.[1];
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    client.on('error', () => undefined);
    watch(serve(client).catch(() => void client.resetAndDestroy()));
  });
  await listen(server, 0);
  const own = (server.address() as AddressInfo).port;

  const idle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  };
  return {
    url: `http://127.0.0.1:${own}`,
    next: (list) => void (fates = [...list]),
    async refuse(milliseconds) {
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close();
        // Connections that are open live on: only new ones are refused.
        setImmediate(resolve);
      });
      watch(pause(milliseconds).then(() => listen(server, own)));
    },
    take() {
      const taken = passages;
      passages = [];
      return taken;
    },
    isIdle: () => underWay.size === 0,
    idle,
    async close() {
      await idle();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.destroy();
      });
    },
  };
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Another program may hold the port for an instant. */
async function listen(server: Server, port: number): Promise<void> {
  for (;;) {
    const error = await new Promise<Error | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (!error) return;
    await pause(5);
  }
}

/** The request, changed so that it is alone on its connection; nothing when its sender left before its end. */
function readRequest(client: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0);
    client.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const end = read.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = read.subarray(0, end).toString('latin1');
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      const body = read.subarray(end + 4);
      if (body.length < length) return;
      const alone = head.replace(/^connection: .*$/im, 'Connection: close');
      resolve(Buffer.concat([Buffer.from(`${alone}\r\n\r\n`, 'latin1'), body]));
    });
    client.once('close', () => resolve(undefined));
    client.once('end', () => resolve(undefined));
  });
}

/** What the door answers; nothing when it hangs up. */
function carryOut(request: Buffer, host: string, port: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const door = connect({ host, port }, () => door.write(request));
    door.on('data', (chunk) => chunks.push(chunk));
    door.once('end', () => resolve(Buffer.concat(chunks)));
    door.once('error', () => resolve(undefined));
    door.once('close', () => resolve(undefined));
  });
}

/** What a machine on the way says for itself. */
function pageOf(status: number): string {
  const body = `<html><body><h1>${status}</h1></body></html>`;
  return `HTTP/1.1 ${status} Said\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
}
