import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, inject, test } from 'vitest';
import { DIST } from '../support/dist.ts';

/** Every file of the site as text; Pagefind packs its own with gzip. */
const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => {
    const full = path.join(entry.parentPath, entry.name);
    const bytes = readFileSync(full);
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    return { name: path.relative(DIST, full), text: text.toString('utf8') };
  });

const filesWith = (text: string): string[] =>
  files.filter((file) => file.text.includes(text)).map((file) => file.name);

test('the packed search index can be read by these tests', () => {
  expect(files.some(({ name, text }) => name.endsWith('.pf_fragment') && text.includes('passeport'))).toBe(
    true,
  );
});

test('no secret key is in any published file', () => {
  const { secretKey, dataDir } = inject('server');
  expect(filesWith(secretKey)).toEqual([]);
  const dataKey = readFileSync(path.join(dataDir, 'cle-des-donnees.txt'), 'utf8').trim();
  expect(filesWith(dataKey)).toEqual([]);
  const keys =
    /sb_secret_|service_role|\beyJ[\w-]{8,}\.[\w-]{8,}\.|SUPABASE_SECRET_KEY|DATA_KEY|SMTP_URL|BEGIN [A-Z ]*PRIVATE KEY/u;
  expect(files.filter(({ text }) => keys.test(text)).map(({ name }) => name)).toEqual([]);
});

test('no path of the machine that built the site is in any published file', () => {
  expect(filesWith(process.cwd())).toEqual([]);
});

test('no source map and no source file is published', () => {
  expect(
    files.map(({ name }) => name).filter((name) => /\.(?:map|tsx?|astro|ya?ml|sql|env)$/u.test(name)),
  ).toEqual([]);
});

type Row = Record<string, unknown>;
const rows = {
  registrations: [] as Row[],
  associations: [] as Row[],
  projects: [] as Row[],
  difficulties: [] as Row[],
  return_requests: [] as Row[],
  rumours: [] as Row[],
  published_projects: [] as Row[],
};

beforeAll(async () => {
  const { baseUrl, secretKey } = inject('server');
  for (const table of Object.keys(rows) as (keyof typeof rows)[]) {
    const answer = await fetch(`${baseUrl}/rest/v1/${table}?select=*`, { headers: { apikey: secretKey } });
    expect(answer.status).toBe(200);
    rows[table] = (await answer.json()) as Row[];
  }
});

/** Long enough to be nobody else's. */
const texts = (row: Row, columns: string[]): string[] =>
  columns
    .map((column) => row[column])
    .filter((value): value is string => typeof value === 'string' && value.length > 5);

test('no one who registered is in any published file', () => {
  expect(rows.registrations.length).toBeGreaterThan(0);
  const found = rows.registrations.flatMap((row) =>
    texts(row, [
      'first_names',
      'last_name',
      'email',
      'email_index',
      'phone',
      'occupation',
      'reference',
      'content_hash',
      'idempotency_key',
      'follow_up_hash',
      'id',
    ]),
  );
  expect(found.filter((value) => filesWith(value).length > 0)).toEqual([]);
});

test('nothing written in an association’s private part, a difficulty, a return or a rumour is in any published file', () => {
  const { associations, difficulties, return_requests, rumours } = rows;
  const sent = [...associations, ...difficulties, ...return_requests, ...rumours];
  for (const table of [associations, difficulties, return_requests, rumours])
    expect(table.length).toBeGreaterThan(0);
  const found = sent.flatMap((row) =>
    texts(row, [
      ...['contact_name', 'contact_role', 'email', 'email_index', 'phone'],
      ...['office', 'extra_paper', 'details', 'call_name', 'contact', 'safe_hours', 'claim', 'link'],
      ...['reference', 'content_hash', 'idempotency_key', 'follow_up_hash', 'id'],
    ]),
  );
  expect(found.filter((value) => filesWith(value).length > 0)).toEqual([]);
});

test('of a project, only what its view publishes is in the pages', () => {
  expect(rows.projects.length).toBeGreaterThan(0);
  const shown = new Set(Object.keys(rows.published_projects[0] ?? {}));
  expect([...shown]).not.toContain('email');
  const hidden = Object.keys(rows.projects[0] ?? {}).filter(
    // Every row has the same words there.
    (column) => !shown.has(column) && !['status', 'form_version'].includes(column) && !/_at$/u.test(column),
  );
  expect(hidden).toEqual(expect.arrayContaining(['email', 'phone', 'reference']));
  const found = rows.projects.flatMap((row) => texts(row, hidden));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((value) => filesWith(value).length > 0)).toEqual([]);
});
