import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { headersFile } from '../../src/build/finish-dist.ts';
import { attribute, DIST, distPages, elementsOf } from '../support/dist.ts';

const pages = distPages();
const written = readFileSync(path.join(DIST, '_headers'), 'utf8');
const policy = /Content-Security-Policy: (.+)/u.exec(written)?.[1] ?? '';
const directives = new Map(
  policy.split(';').map((part) => {
    const [name = '', ...values] = part.trim().split(/\s+/u);
    return [name, values];
  }),
);

const inlineScripts = pages.flatMap((page) =>
  elementsOf(page.document, 'script')
    .filter((script) => attribute(script, 'src') === undefined)
    .filter((script) => !/json/u.test(attribute(script, 'type') ?? ''))
    .map((script) => script.childNodes.map((child) => ('value' in child ? child.value : '')).join('')),
);
const hashes = new Set(
  inlineScripts.map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`),
);

test('the headers apply to every address', () => {
  expect(written).toMatch(/^\/\*$/mu);
});

test('the security policy refuses by default and allows nothing unsafe', () => {
  expect(directives.get('default-src')).toEqual(["'none'"]);
  for (const name of ['base-uri', 'frame-ancestors']) expect(directives.get(name)).toEqual(["'none'"]);
  expect(directives.get('form-action')).toEqual(["'self'"]);
  expect(directives.get('style-src')).toEqual(["'self'"]);
  const allowed = [...directives.values()].flat();
  const known = /^(?:'self'|'none'|'wasm-unsafe-eval'|'sha256-[\w+/]{43}=')$/u;
  expect(allowed.filter((value) => !known.test(value))).toEqual([]);
});

test('the desk alone may talk to a Supabase elsewhere, and everything else is as strict there', () => {
  const file = headersFile(['sha256-x'], 'https://base.example');
  const [site = '', desk = ''] = [...file.matchAll(/Content-Security-Policy: (.+)/gu)].map(([, one]) => one);
  expect(file.indexOf('/gestion/*')).toBeGreaterThan(file.indexOf('/*\n'));
  expect(site).toContain("connect-src 'self';");
  expect(desk).toBe(site.replace("connect-src 'self'", "connect-src 'self' https://base.example"));
});

test('every inline script is allowed by its hash, and no hash is left over', () => {
  const allowed = (directives.get('script-src') ?? []).filter((value) => value.startsWith("'sha256-"));
  expect(allowed.sort()).toEqual([...hashes].sort());
});

test('a few distinct inline scripts are enough for the whole site', () => {
  // Each hash is some fifty bytes in every answer.
  expect(hashes.size).toBeLessThanOrEqual(12);
});

test('no page has an inline handler or a script address', () => {
  const wrong = pages.filter((page) =>
    elementsOf(page.document).some((element) =>
      element.attrs.some(({ name, value }) => /^on/u.test(name) || /^\s*javascript:/iu.test(value)),
    ),
  );
  expect(wrong.map((page) => page.file)).toEqual([]);
});

test('the server sends the headers with pages, files, errors and redirects', async () => {
  const { baseUrl } = inject('server');
  const names = [
    'content-security-policy',
    'strict-transport-security',
    'x-content-type-options',
    'referrer-policy',
  ];
  for (const address of ['/', '/guide/passeport/', '/favicon.svg', '/rien-ici/', '/api/sante']) {
    const answer = await fetch(baseUrl + address);
    expect({ address, missing: names.filter((name) => !answer.headers.has(name)) }).toEqual({
      address,
      missing: [],
    });
  }
  expect((await fetch(`${baseUrl}/rien-ici/`)).status).toBe(404);
  expect((await fetch(baseUrl)).headers.get('content-security-policy')).toBe(policy);
});

test('no page sets a cookie', async () => {
  const { baseUrl } = inject('server');
  for (const address of ['/', '/guide/passeport/', '/inscription/', '/rien-ici/']) {
    expect((await fetch(baseUrl + address)).headers.get('set-cookie')).toBeNull();
  }
});
