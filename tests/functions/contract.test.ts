import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { answerHealth } from '../../functions/_lib/health.ts';
import { TRUTHS } from '../../functions/_lib/sentences.ts';
import type { Services } from '../../functions/_lib/submission.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { isReference } from '../../src/domain/forms/reference.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { newAddress, post, servicesOn, servicesOnLite } from '../support/service.ts';

let lite: TestLite;
let services: Services;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  lite = await startLite({ listen: true });
  services = servicesOnLite(lite);
});
afterAll(() => lite.stop());

const countIn = async (table: string) =>
  Number((await lite.sql<{ n: number }>(`select count(*)::int as n from public.${table}`))[0]?.n);

const jsonOf = async (response: Response) => (await response.json()) as Record<string, unknown>;

describe.each(FORMS.map((form) => [form.slug, form] as const))('the form « %s »', (slug, form) => {
  test('stores right answers and gives 201 with a reference', async () => {
    const response = await post(services, { slug, body: urlencoded(goodAnswers(form, 'premier')) });
    expect(response.status).toBe(201);
    const body = await jsonOf(response);
    // Sent without a page of the site: stored all the same, put aside, and told so; but not what must be done.
    const aside = form.neverAside ? [] : ['quarantined'];
    expect(Object.keys(body).sort()).toEqual(['followUp', ...aside, 'reference']);
    expect(isReference(String(body['reference']))).toBe(true);
  });

  test('takes the same answers as JSON', async () => {
    const body = JSON.stringify(goodAnswers(form, 'json'));
    const response = await post(services, { slug, body, headers: { 'Content-Type': 'application/json' } });
    expect(response.status).toBe(201);
  });

  test('names every missing answer at once, in the order of the page, with 422', async () => {
    const before = await countIn(form.table);
    const response = await post(services, { slug, body: '' });
    expect(response.status).toBe(422);
    const { errors } = (await jsonOf(response)) as { errors: { field: string; message: string }[] };
    const required = form.sections.flatMap((section) => section.fields).filter((field) => field.required);
    expect(errors.map((error) => error.field)).toEqual(required.map((field) => field.name));
    expect(errors.every((error) => /\p{L}{3,}.*\.$/u.test(error.message))).toBe(true);
    expect(await countIn(form.table)).toBe(before);
  });

  test('keeps both the first sending and its correction under the same key', async () => {
    const headers = { 'Idempotency-Key': 'cle-de-correction' };
    const before = await countIn(form.table);
    await post(services, { slug, body: urlencoded(goodAnswers(form, 'faute')), headers });
    const corrected = await post(services, {
      slug,
      body: urlencoded(goodAnswers(form, 'correction')),
      headers,
    });
    expect(corrected.status).toBe(201);
    expect(await countIn(form.table)).toBe(before + 2);
  });
});

describe.each(FORMS.filter((form) => !form.anonymous).map((form) => [form.slug, form] as const))(
  'the named form « %s »',
  (slug, form) => {
    test('stores one row for the same submission sent again, whatever its key', async () => {
      const body = urlencoded(goodAnswers(form, 'deux fois'));
      const first = await post(services, { slug, body, headers: { 'Idempotency-Key': 'cle-numero-1' } });
      const again = await post(services, { slug, body, headers: { 'Idempotency-Key': 'cle-numero-1' } });
      const keyless = await post(services, { slug, body });
      expect([first.status, again.status, keyless.status]).toEqual([201, 200, 200]);
      const references = await Promise.all(
        [first, again, keyless].map(async (one) => (await jsonOf(one))['reference']),
      );
      expect(new Set(references).size).toBe(1);
    });
  },
);

test('two people may give the same anonymous answer, and a repeat under one key is stored once', async () => {
  const body = urlencoded({ helpful: ['yes'], page: ['/guide/passeport/'] });
  const before = await countIn('feedback');
  const send = (key?: string) =>
    post(services, { slug: 'avis', body, headers: key ? { 'Idempotency-Key': key } : {} });
  const statuses = [await send(), await send(), await send('cle-d-avis'), await send('cle-d-avis')].map(
    (response) => response.status,
  );
  expect(statuses).toEqual([201, 201, 201, 200]);
  expect(await countIn('feedback')).toBe(before + 3);
});

describe('what is refused before any work', () => {
  const body = urlencoded(goodAnswers(inscription, 'refus'));
  const slug = 'inscription';

  test('an unknown form is 404', async () => {
    expect((await post(services, { slug: '__proto__', body })).status).toBe(404);
  });

  test('another method than POST is 405 and says which is allowed', async () => {
    const response = await post(services, { slug, body, method: 'GET' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('POST');
  });

  test.each([
    ['a foreign Origin', { Origin: 'https://autre.example' }],
    ['an opaque Origin', { Origin: 'null' }],
    ['a post that the browser calls cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a post from a sister domain', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:8888' }],
  ])('%s is 403', async (_name, headers) => {
    expect((await post(services, { slug, body, headers })).status).toBe(403);
  });

  test('the site’s own origin is let through', async () => {
    const headers = { Origin: 'http://localhost:8888', 'Sec-Fetch-Site': 'same-origin' };
    expect((await post(services, { slug, body, headers })).status).toBe(201);
  });

  test.each(['multipart/form-data; boundary=x', 'text/plain', ''])(
    'the media type « %s » is 415',
    async (type) => {
      expect((await post(services, { slug, body, headers: { 'Content-Type': type } })).status).toBe(415);
    },
  );

  test('a body over 64 KiB is 413, announced or not', async () => {
    const large = `city=${'x'.repeat(64 * 1024)}`;
    expect((await post(services, { slug, body: large })).status).toBe(413);
    const streamed = new Request('http://localhost:8888/api/formulaires/inscription', {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);
    const { answerSubmission } = await import('../../functions/_lib/submission.ts');
    expect(
      (await answerSubmission(streamed, { slug, context: 'dev', address: undefined }, services)).status,
    ).toBe(413);
  });

  test.each(['{', '[]', '"texte"', '{"city":{"a":1}}', 'null', ''])(
    'unreadable JSON « %s » is 422 in the contract’s shape',
    async (json) => {
      const response = await post(services, {
        slug,
        body: json,
        headers: { 'Content-Type': 'application/json' },
      });
      expect(response.status).toBe(422);
      expect(await jsonOf(response)).toEqual({
        errors: [{ field: '', message: expect.stringContaining(TRUTHS.kept) }],
      });
    },
  );

  test('in production without a declaration to the IPDCP the forms are 503 « closed »', async () => {
    const response = await post(services, { slug, body, context: 'production' });
    expect(response.status).toBe(503);
    expect((await jsonOf(response))['code']).toBe('closed');
    const declared = servicesOnLite(lite, { IPDCP_DECLARATION: 'essai' });
    const answers = urlencoded(goodAnswers(inscription, 'ouvert'));
    expect((await post(declared, { slug, body: answers, context: 'production' })).status).toBe(201);
  });

  test('the thirty-first submission of an hour from one address is 429 with Retry-After, and a repeat is not', async () => {
    const address = newAddress();
    const answers = (n: number) => urlencoded(goodAnswers(inscription, `limite ${n}`));
    for (let n = 0; n < 30; n++)
      expect((await post(services, { slug, body: answers(n), address })).status).toBe(201);
    const refused = await post(services, { slug, body: answers(30), address });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await post(services, { slug, body: answers(3), address })).status).toBe(200);
  });
});

describe('what is never trusted', () => {
  test('columns that are not questions are ignored', async () => {
    const answers = {
      ...goodAnswers(inscription, 'curieux'),
      status: ['accepted'],
      is_example: ['true'],
      id: ['x'],
    };
    const response = await post(services, { slug: 'inscription', body: urlencoded(answers) });
    expect(response.status).toBe(201);
    const [row] = await lite.sql<{ status: string; is_example: boolean }>(
      "select status, is_example from public.registrations where city = 'Réponse curieux'",
    );
    expect(row).toEqual({ status: 'received', is_example: false });
  });

  test('a consent written as a refusal is not a consent', async () => {
    const answers = { ...goodAnswers(inscription, 'refuse'), consent_registry: ['non'] };
    const response = await post(services, { slug: 'inscription', body: urlencoded(answers) });
    expect(response.status).toBe(422);
    const optional = {
      ...goodAnswers(inscription, 'partiel'),
      consent_contact: ['false'],
      consent_statistics: [],
    };
    await post(services, { slug: 'inscription', body: urlencoded(optional) });
    const [row] = await lite.sql<Record<string, boolean>>(
      "select consent_contact, consent_statistics from public.registrations where city = 'Réponse partiel'",
    );
    expect(row).toEqual({ consent_contact: false, consent_statistics: false });
  });
});

describe('when the database is in trouble', () => {
  test('a database nobody answers for is 503 « unavailable » with Retry-After, within the deadline', async () => {
    const nowhere = servicesOn(
      { url: 'http://127.0.0.1:9', secret: lite.keys.secret },
      {},
      { totalDeadline: 900, attemptDeadline: 300 },
    );
    const response = await post(nowhere, {
      slug: 'inscription',
      body: urlencoded(goodAnswers(inscription, 'perdu')),
    });
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('60');
    expect((await jsonOf(response))['code']).toBe('unavailable');
  });

  test('no log line holds anything that was typed', async () => {
    const lines: string[] = [];
    const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
    const errors = vi.spyOn(console, 'error').mockImplementation((line: string) => lines.push(line));
    const canary = 'canari-7f3a';
    const answers = goodAnswers(inscription, canary);
    await post(services, { slug: 'inscription', body: urlencoded(answers) });
    await post(services, { slug: 'inscription', body: urlencoded({ ...answers, email: [canary] }) });
    const nowhere = servicesOn(
      { url: 'http://127.0.0.1:9', secret: lite.keys.secret },
      {},
      { totalDeadline: 300, attemptDeadline: 100 },
    );
    await post(nowhere, { slug: 'inscription', body: urlencoded(answers) });
    spy.mockRestore();
    errors.mockRestore();
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines.join('\n')).not.toContain(canary);
  });
});

describe('the health of the service', () => {
  test('is « ok » with the build’s version, and « degraded » with 503 when the database is away', async () => {
    const pages = { ...services.pages, version: () => Promise.resolve('abc123') };
    const healthy = await answerHealth({ store: services.store, pages });
    expect([healthy.status, await healthy.json()]).toEqual([
      200,
      { status: 'ok', database: 'ok', version: 'abc123' },
    ]);
    const nowhere = servicesOn(
      { url: 'http://127.0.0.1:9', secret: lite.keys.secret },
      {},
      { totalDeadline: 300, attemptDeadline: 100 },
    );
    const sick = await answerHealth({ store: nowhere.store, pages });
    expect([sick.status, await sick.json()]).toEqual([
      503,
      { status: 'degraded', database: 'unreachable', version: 'abc123' },
    ]);
  });
});
