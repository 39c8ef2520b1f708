import { request } from 'node:http';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../scripts/lib/server.ts';
import { type Project, makeProject } from './throwaway.ts';

let project: Project;
let server: RunningServer;

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

/** node:http rather than fetch, which decompresses and follows by itself. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${server.url}${path}`,
      { method: options.method ?? 'GET', headers: options.headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

beforeAll(async () => {
  project = makeProject();
  project.write(
    'src/Hello.tsx',
    'export function Hello({ name }: { name: string }) { return <p>Bonjour {name}</p>; }',
  );
  project.write(
    'functions/_lib/count.ts',
    'let count = 0;\nexport const next = (): number => (count += 1);\n',
  );
  project.write(
    'functions/hello.ts',
    `import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Hello } from '../src/Hello.tsx';
import { next } from './_lib/count.ts';
export default async (request: Request, context: { ip: string; params: Record<string, string> }) => {
  if (request.url.endsWith('?throw')) throw new Error('secret detail');
  const headers = new Headers({ 'content-type': 'application/json' });
  headers.append('set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
  headers.append('set-cookie', 'b=2');
  const form = request.method === 'POST' ? Object.fromEntries(new URLSearchParams(await request.text())) : {};
  const html = renderToStaticMarkup(createElement(Hello, { name: form['nom'] ?? '' }));
  return Response.json({ html, form, ip: context.ip, params: context.params, count: next(), env: process.env['SUPABASE_URL'] }, { status: 201, headers });
};
export const config = { path: '/api/essai/:slug', method: ['GET', 'POST'] };
`,
  );
  server = await startServer({
    root: project.root,
    port: 0,
    dataDir: `${project.root}/donnees`,
    build: false,
    quiet: true,
  });
});

afterAll(async () => {
  await server.stop();
  project.remove();
});

describe('pages', () => {
  test('carry the headers of netlify.toml and Netlify’s caching', async () => {
    const { status, headers } = await ask('/');
    expect(status).toBe(200);
    expect(headers['x-essai']).toBe('oui');
    expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('are compressed as asked, and answer 304 when nothing changed', async () => {
    const whole = await ask('/guide/');
    const packed = await ask('/guide/', { headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(whole.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe('br');
    expect(packed.headers.vary).toBe('Accept-Encoding');
    expect(packed.body.length).toBeLessThan(whole.body.length / 4);
    expect(
      (await ask('/guide/', { headers: { 'accept-encoding': 'br;q=0, gzip' } })).headers['content-encoding'],
    ).toBe('gzip');
    const again = await ask('/guide/', {
      headers: { 'if-none-match': String(packed.headers.etag), 'accept-encoding': 'br' },
    });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const { status, headers, body } = await ask('/guide/', { method: 'HEAD' });
    expect(status).toBe(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(1000);
    expect(body).toHaveLength(0);
  });

  test('redirects of netlify.toml and the missing final slash', async () => {
    expect(await ask('/ancien/')).toMatchObject({ status: 301, headers: { location: '/guide/' } });
    expect(await ask('/guide?a=1')).toMatchObject({ status: 301, headers: { location: '/guide/?a=1' } });
  });

  test.each(['/absent/', '/%E0%A4%A', '//ailleurs.example/', '/..%2fpackage.json', '/netlify.toml'])(
    'what is not a page is the 404 page: %s',
    async (path) => {
      const { status, body, headers } = await ask(path);
      expect(status).toBe(404);
      expect(body.toString()).toContain('Page introuvable');
      expect(headers['x-essai']).toBe('oui');
    },
  );

  test('a malformed request is refused without a word from Node', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = createConnection(server.port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => {
        resolve(text);
      });
      socket.on('error', reject);
      socket.write('GET / HTTP/1.1\r\nHost: a b\r\n\r\n');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
  });
});

describe('functions', () => {
  test('get the form, the address, the parameters and the environment; every cookie is kept', async () => {
    const { status, headers, body } = await ask('/api/essai/projet', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '203.0.113.7' },
      body: 'nom=%C6%96%C9%94+Ahouefa&vide=',
    });
    expect(status).toBe(201);
    expect(headers['set-cookie']).toEqual(['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2']);
    expect(JSON.parse(body.toString())).toMatchObject({
      html: '<p>Bonjour Ɩɔ Ahouefa</p>',
      form: { nom: 'Ɩɔ Ahouefa', vide: '' },
      // What the caller claims about its address is not believed.
      ip: '127.0.0.1',
      params: { slug: 'projet' },
      env: server.url,
    });
  });

  test('an exception is an answer without a stack', async () => {
    const { status, body } = await ask('/api/essai/projet?throw');
    expect(status).toBe(500);
    expect(body.toString()).toBe('Le service a rencontré une erreur. Réessayez dans quelques minutes.\n');
  });

  test('a verb outside the list is as if there was no function', async () => {
    expect((await ask('/api/essai/projet', { method: 'DELETE' })).status).toBe(405);
  });

  test('more than 6 MB is refused', async () => {
    const { status, body } = await ask('/api/essai/projet', {
      method: 'POST',
      body: 'a'.repeat(6 * 1024 * 1024 + 1),
    });
    expect(status).toBe(413);
    expect(body.toString()).toContain('6 Mo');
  });

  test('two hundred requests at once are all answered, by a few instances', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => ask('/api/essai/projet', { method: 'POST', body: 'nom=a' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const counts = answers.map(({ body }) => (JSON.parse(body.toString()) as { count: number }).count);
    // Each instance counts for itself: several have worked, and none was started anew for each request.
    expect(Math.max(...counts)).toBeGreaterThan(20);
    expect(new Set(counts).size).toBeLessThan(counts.length);
  });

  test('a caller that hangs up breaks nothing', async () => {
    await Promise.all(
      Array.from(
        { length: 5 },
        () =>
          new Promise<void>((resolve) => {
            const socket = createConnection(server.port, '127.0.0.1', () => {
              socket.write(
                'POST /api/essai/projet HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nnom=',
              );
              setTimeout(() => socket.destroy(), 20);
            });
            socket.on('close', () => {
              resolve();
            });
          }),
      ),
    );
    expect((await ask('/api/essai/projet')).status).toBe(201);
  });
});

describe('Supabase', () => {
  test('refuses a request without a key, and obeys row-level security with the public one', async () => {
    expect((await ask('/rest/v1/notes')).status).toBe(401);
    const { status, body } = await ask('/rest/v1/notes?select=body', {
      headers: { apikey: server.keys.publishable },
    });
    expect(status).toBe(200);
    expect(JSON.parse(body.toString())).toEqual([{ body: 'exemple' }]);
    expect((await ask('/auth/v1/settings', { headers: { apikey: server.keys.publishable } })).status).toBe(
      200,
    );
  });
});
