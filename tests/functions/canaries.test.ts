// Words found nowhere else, typed into every question of every form and into every box of the follow-up page: where
// they come out. Only on the page of whoever typed them.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerFollowUp } from '../../functions/_lib/follow-up.ts';
import { answerSubmission, type Services } from '../../functions/_lib/submission.ts';
import { answerThanks } from '../../functions/_lib/thanks.ts';
import type { Field } from '../../src/domain/forms/field.ts';
import { fieldsOf, hasFollowUp, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { startDoor, type Door } from '../support/door.ts';
import { fullDump } from '../support/dump.ts';
import { goodAnswer, goodAnswers, urlencoded } from '../support/forms.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { newAddress, servicesOn, SITE } from '../support/service.ts';
import { browserHeaders, controlsIn, shown, templatePages } from '../support/visit.ts';

let postgres: TestPostgres;
let door: Door;
let services: Services;
/** The database's own port answers nobody. */
let withoutDatabase: Services;
let remove: () => void;
let written = '';

const MAIL = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'guide@example.org' };

beforeAll(async () => {
  const keep = (...words: unknown[]) => void (written += `${words.map(String).join(' ')}\n`);
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation(keep);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      keep(chunk);
      return true;
    });
  postgres = await startPostgres();
  door = await startDoor(postgres.url);
  const templates = templatePages();
  remove = templates.remove;
  const { pages } = templates;
  const patience = { totalDeadline: 60_000, attemptDeadline: 30_000 };
  services = { ...servicesOn({ url: door.url, secret: door.secret }, MAIL, patience), pages };
  const nowhere = { url: 'http://127.0.0.1:9', secret: door.secret };
  withoutDatabase = { ...servicesOn(nowhere, MAIL, { totalDeadline: 60, attemptDeadline: 30 }), pages };
});
afterAll(async () => {
  remove();
  await door.stop();
  await postgres.stop();
  vi.restoreAllMocks();
});
beforeEach(() => void (written = ''));

/** Answers made of words found nowhere else, each its own, as far as a question lets one write; and those words. */
function canariesFor(form: Form): { answers: Record<string, string[]>; words: string[] } {
  const words: string[] = [];
  const canary = (field: Field): string[] => {
    const word = `zq${randomBytes(5).toString('hex')}`;
    const digits = `9${String(randomBytes(4).readUInt32BE() % 10_000_000).padStart(7, '0')}`;
    switch (field.kind) {
      case 'url':
        words.push(word);
        return [`https://example.org/${word}`];
      case 'tags':
        words.push(word);
        return [word];
      case 'email':
        words.push(word);
        return [`${word}@example.org`];
      case 'phone':
      case 'contact':
        words.push(digits);
        return [`+228${digits}`];
      case 'code':
        words.push(goodAnswer(field, word)[0]!);
        return goodAnswer(field, word);
      case 'text':
      case 'long-text':
        words.push(word);
    }
    return goodAnswer(field, word);
  };
  const answers = Object.fromEntries(fieldsOf(form).map((field) => [field.name, canary(field)]));
  return { answers, words };
}

/** Where an answer leads, or may be kept or written down by machines: its headers, and the addresses of its page. */
async function outsideOf(response: Response): Promise<string> {
  const headers = [...response.headers].map((pair) => pair.join(': ')).join('\n');
  const html = await response.text();
  const addresses = html.match(/\b(?:href|action|formaction|src)="[^"]*"/g) ?? [];
  const title = /<title>.*?<\/title>/s.exec(html)?.[0] ?? '';
  return [headers, ...addresses, title].join('\n');
}

interface Way {
  on?: Services;
  context?: string;
  address?: string;
  headers?: Record<string, string>;
}

function send(form: Form, body: string, { on = services, context = 'dev', address, headers }: Way = {}) {
  const request = new Request(`${SITE}/api/formulaires/${form.slug}`, {
    method: 'POST',
    headers: { ...browserHeaders(), ...headers },
    body,
  });
  return answerSubmission(request, { slug: form.slug, context, address: address ?? newAddress() }, on);
}

function ask(body: Record<string, string[]>, headers: Record<string, string> = {}, on = services) {
  const request = new Request(`${SITE}/api/suivi`, {
    method: 'POST',
    headers: { ...browserHeaders(), ...headers },
    body: urlencoded(body),
  });
  return answerFollowUp(request, newAddress(), on);
}

/** What somebody else is shown right after. */
async function pagesOfAnother(form: Form): Promise<string> {
  const responses = [
    await send(form, 'etape=modifier'),
    await send(form, urlencoded({ ...goodAnswers(form, 'autre'), consent_publication: [] })),
    await send(form, 'x'.repeat(70_000)),
    await ask({ cle: ['x'.repeat(43)], action: ['voir'] }),
    await answerThanks(new Request(`${SITE}${thanksPageOf(form)}I-WWYH-FVQ6`), 'I-WWYH-FVQ6', services),
  ];
  return (await Promise.all(responses.map((response) => response.text()))).join('\n');
}

const DISK_FULL: Partial<Services['store']> = {
  submit: () => Promise.resolve({ outcome: 'unavailable', done: 'no' }),
};
const withStore = (store: Partial<Services['store']>): Services => ({
  ...services,
  store: { ...services.store, ...store },
});

describe.each(FORMS.map((form) => [form.slug, form] as const))('what is typed into « %s »', (_slug, form) => {
  const { answers, words } = canariesFor(form);
  const body = urlencoded(answers);
  const json = { Accept: 'application/json' };

  test('comes out in no log, no address, no title, no header and nobody else’s page, however it is answered', async () => {
    const read = await shown(await send(form, `${body}&etape=verifier`));
    const address = newAddress();
    const limited = withStore({
      submit: () => Promise.resolve({ outcome: 'limited', retryAfterSeconds: 60, whose: 'sender' }),
    });
    const required = fieldsOf(form).filter((field) => field.required);
    const withMistakes = urlencoded(
      Object.fromEntries(Object.entries(answers).filter(([name]) => name !== required[0]?.name)),
    );
    const responses: [number, Response][] = [
      [200, await send(form, `${body}&etape=verifier`)],
      [200, await send(form, `${body}&etape=modifier`)],
      [303, await send(form, new URLSearchParams(controlsIn(read)).toString(), { address })],
      [303, await send(form, `${body}&sujet=${words[0]}`, { address })],
      [form.anonymous ? 201 : 200, await send(form, body, { headers: { 'X-Requested-With': 'fetch' } })],
      [form.anonymous ? 201 : 200, await send(form, body, { headers: json })],
      [422, await send(form, withMistakes)],
      [422, await send(form, withMistakes, { headers: json })],
      [413, await send(form, body + `&${words[0]}=${'x'.repeat(70_000)}`)],
      [415, await send(form, body, { headers: { 'Content-Type': 'text/plain' } })],
      [
        403,
        await send(form, body, { headers: { Origin: `https://${words[0]}.example`, 'Sec-Fetch-Site': '' } }),
      ],
      [429, await send(form, body, { on: limited })],
      [429, await send(form, body, { on: limited, headers: json })],
      [503, await send(form, body, { on: withoutDatabase })],
      [503, await send(form, body, { on: withoutDatabase, headers: json })],
      [503, await send(form, body, { on: withStore(DISK_FULL) })],
      [503, await send(form, body, { on: { ...services, keys: undefined } })],
      [503, await send(form, body, { context: 'production' })],
    ];
    expect(responses.map(([, { status }]) => status)).toEqual(responses.map(([status]) => status));
    const outside = (await Promise.all(responses.map(([, response]) => outsideOf(response)))).join('\n');
    const others = await pagesOfAnother(form);
    // What is looked into is not empty.
    expect(written).toContain('"status":503');
    expect(outside).toContain('location: ');
    expect(others).toContain(form.title);
    for (const word of [...words, address]) {
      expect(written).not.toContain(word);
      expect(outside).not.toContain(word);
      expect(others).not.toContain(word);
    }
  });
});

describe.each(FORMS.filter(hasFollowUp).map((form) => [form.slug, form] as const))(
  'what is typed into the follow-up of « %s »',
  (_slug, form) => {
    test('comes out in no log, no address, no title, no header, nobody else’s page, and closed in the database', async () => {
      const first = await send(form, urlencoded(goodAnswers(form, randomBytes(4).toString('hex'))));
      const cle = [first.headers.get('Location')?.split('#')[1] ?? ''];
      const { answers, words } = canariesFor(form);
      const message = `zm${randomBytes(5).toString('hex')}`;
      const correct = { ...answers, cle, action: ['corriger'], formulaire: [form.slug] };
      const add = { cle, action: ['ajouter'], message: [`Bonjour, ${message}.`] };
      const limited: Services = {
        ...services,
        followUps: {
          ...services.followUps,
          add: () => Promise.resolve({ outcome: 'limited', retryAfterSeconds: 60, whose: 'sender' }),
        },
      };
      const responses: [number, Response][] = [
        [200, await ask({ ...correct, etape: ['ouvrir'] })],
        [
          422,
          await ask({
            ...correct,
            [fieldsOf(form).find(({ kind }) => kind === 'choice' || kind === 'choices')!.name]: [message],
          }),
        ],
        [200, await ask({ ...correct, revision: ['0'] })],
        [409, await ask({ ...correct, ...goodAnswers(form, words[0]), revision: ['0'] })],
        [503, await ask(correct, {}, withoutDatabase)],
        [503, await ask(correct, {}, { ...services, keys: undefined })],
        [200, await ask(add)],
        [429, await ask(add, {}, limited)],
        [503, await ask(add, {}, withoutDatabase)],
        [413, await ask({ ...add, message: [message, 'x'.repeat(70_000)] })],
        [415, await ask(add, { 'Content-Type': 'text/plain' })],
        [404, await ask({ ...add, cle: [`${message}${words[0]}`] })],
        [200, await ask({ cle, action: [message] })],
        [200, await ask({ cle, action: ['exporter'] })],
      ];
      expect(responses.map(([, { status }]) => status)).toEqual(responses.map(([status]) => status));
      const outside = (await Promise.all(responses.map(([, response]) => outsideOf(response)))).join('\n');
      const others = await pagesOfAnother(form);
      expect(written).toContain('"action":"ajouter"');
      for (const word of [...words, message, cle[0]!]) {
        expect(written).not.toContain(word);
        expect(outside).not.toContain(word);
        expect(others).not.toContain(word);
      }
      const dump = await fullDump(postgres);
      const isClosed = fieldsOf(form).filter(({ protection }) => protection !== undefined);
      const typed = [...isClosed.map(({ name }) => answers[name]![0]!), message];
      for (const text of typed)
        for (const way of ['utf8', 'hex', 'base64url'] as const)
          expect(dump.includes(Buffer.from(text).toString(way)), `${text} as ${way}`).toBe(false);
    });
  },
);

test('of what everybody may read in the database, which is all that the site is built from, nothing private is part', async () => {
  const typed = new Map<Form, Record<string, string[]>>();
  for (const form of FORMS) {
    const { answers } = canariesFor(form);
    typed.set(form, answers);
    const read = await shown(await send(form, `${urlencoded(answers)}&etape=verifier`));
    const later = { ...services, now: () => new Date(Date.now() + 3000) };
    const sent = await send(form, new URLSearchParams(controlsIn(read)).toString(), { on: later });
    expect(sent.status).toBe(303);
  }
  for (const table of ['projects', 'associations'])
    await postgres.pool.query(
      `update public.${table} set status = 'published', published_at = now(), slug = 'canari-' || left(id::text, 8)
       where quarantined_at is null`,
    );
  const { rows } = await postgres.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class as c join pg_namespace as n on n.oid = relnamespace
     where relkind in ('r', 'v', 'm') and n.nspname = 'public' and has_table_privilege('anon', c.oid, 'select')`,
  );
  let readable = '';
  for (const { name } of rows)
    readable += JSON.stringify((await postgres.runAs('anon', {}, `select * from ${name}`)).rows);
  const projet = FORMS.find(({ slug }) => slug === 'projet')!;
  expect(readable).toContain(typed.get(projet)!['title']![0]);
  for (const [form, answers] of typed) {
    for (const { name, privacy, kind } of fieldsOf(form)) {
      // A choice, a sum or a date is the same for everybody.
      const isOwn = !['choice', 'choices', 'consent', 'money', 'month', 'year', 'code'].includes(kind);
      if (privacy === 'private' && isOwn)
        expect(readable, `${form.slug}.${name}`).not.toContain(answers[name]![0]);
    }
  }
});
