// A real mail server on the loopback, that behaves as it is told. One per test file:
//
//   const smtp = await startSmtp();
//   smtp.behave('stall');
//   smtp.letters();            // what it took
//   await smtp.stop();
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/**
 * `later` and `never` refuse the addressee (451, 550), `text-later` and `text-never` the text (452, 554), `sender` who
 * writes (553). `stall` never answers, `die` cuts the line in the middle of the text, `die-after` once it has it all.
 */
export type Behaviour =
  'accept' | 'later' | 'never' | 'text-later' | 'text-never' | 'sender' | 'stall' | 'die' | 'die-after';

/** A letter as it arrived. */
export interface Arrived {
  to: string[];
  headers: Record<string, string>;
  text: string;
  html: string;
  raw: string;
}

export interface TestSmtp {
  url: string;
  behave(how: Behaviour): void;
  /** The letters that arrived whole since the last call, oldest first. */
  letters(): Arrived[];
  /** How many times somebody began to hand one in. */
  attempts(): number;
  stop(): Promise<void>;
}

export async function startSmtp(): Promise<TestSmtp> {
  let how: Behaviour = 'accept';
  let arrived: Arrived[] = [];
  let attempts = 0;
  const cut = () => {
    for (const connection of server.connections) connection._socket.destroy();
  };
  const refusal = (code: number, message: string) =>
    Object.assign(new Error(message), { responseCode: code });

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onMailFrom(_address, _session, done) {
      attempts += 1;
      if (how === 'sender') done(refusal(553, 'not your address'));
      else done();
    },
    onRcptTo({ address }, _session, done) {
      if (how === 'later') done(refusal(451, `${address} is busy`));
      else if (how === 'never') done(refusal(550, `${address} does not exist`));
      else if (how !== 'stall') done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (how === 'die') cut();
      });
      stream.on('end', () => {
        if (how === 'text-later') {
          done(refusal(452, 'no room'));
          return;
        }
        if (how === 'text-never') {
          done(refusal(554, 'we do not like it'));
          return;
        }
        arrived.push(read(Buffer.concat(chunks).toString('latin1'), session.envelope.rcptTo));
        if (how === 'die-after') cut();
        else done();
      });
    },
  });
  // Lines that are cut are what some tests are about.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    behave: (next) => void (how = next),
    attempts: () => attempts,
    letters() {
      const taken = arrived;
      arrived = [];
      return taken;
    },
    stop: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}

function read(raw: string, rcptTo: readonly { address: string }[]): Arrived {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? '';
  const parts = rest.join('\r\n\r\n').split(`--${boundary}`);
  const part = (type: string) => {
    const found = parts.find((one) => one.includes(`Content-Type: ${type}`)) ?? '';
    const [partHead = '', ...body] = found.split('\r\n\r\n');
    return decode(body.join('\r\n\r\n'), partHead);
  };
  return {
    to: rcptTo.map(({ address }) => address),
    headers: headersOf(head),
    text: part('text/plain'),
    html: part('text/html'),
    raw,
  };
}

function headersOf(head: string): Record<string, string> {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), words(line.slice(at + 1).trim())];
    }),
  );
}

/** Undoes the encoded words of a header. */
function words(text: string): string {
  return text
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, what: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(what, 'base64').toString()
        : quotedPrintable(what.replaceAll('_', ' ')),
    );
}

function decode(body: string, head: string): string {
  const text = body.replace(/\r\n$/, '');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString();
  return /quoted-printable/i.test(head)
    ? quotedPrintable(text)
    : Buffer.from(text, 'latin1').toString().replaceAll('\r\n', '\n');
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString().replaceAll('\r\n', '\n');
}
