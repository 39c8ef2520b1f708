// People who want to read or write what is not theirs, over HTTP, as they would from home: with a browser's tools, the
// publishable key that every page of the desk carries, and whatever account they have. Each session is a series of
// requests; after each one, none of the planted words was answered and the database is what it was.
//
// Here @supabase/lite has granted every table to the three roles again: what holds is row-level security and triggers.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestLite, startLite } from '../support/lite.ts';
import { CALLS, HISTORY, PUBLISHED, RIGHTS, SUBMISSIONS } from './rights.ts';
import { insertRow } from './rows.ts';

const ROW = '00000000-0000-4000-8000-0000000000ff';
/** Planted where nobody below may read, each in its own place, and in no request. */
const CANARY = {
  file: 'canari-dossier-7f3a',
  journal: 'canari-journal-91bc',
  letter: 'canari_lettre_c04d',
  limiter: 'canari-seau-2e6f',
  account: 'canari-compte-5d18@example.org',
  /** The account of another officer. */
  officer: 'c0ffee00-0000-4000-8000-00000000cafe',
};
const FILE_COLUMNS: Readonly<Record<string, string>> = {
  registrations: 'occupation',
  projects: 'description',
  associations: 'description',
  difficulties: 'extra_paper',
  rumours: 'claim',
  feedback: 'comment',
  project_updates: 'body',
  help_offers: 'details',
};
const TABLES = Object.keys(RIGHTS);
const WRITABLE = TABLES.filter((table) => !table.startsWith('published_'));

let lite: TestLite;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  // lite prints the stack of every refusal, and this file is made of refusals.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  lite = await startLite({ listen: true });
  await plant();
  for (const role of ['reader', 'reviewer', 'publisher', 'admin'] as const)
    tokens[role] = await tokenOf(`${role}@example.org`, role);
  tokens['stranger'] = await tokenOf('stranger@example.org');
  tokens['former'] = await tokenOf('former@example.org', 'admin');
  await lite.sql(
    `delete from public.officers where user_id = (select id from auth.users where email = 'former@example.org')`,
  );
}, 60_000);
afterAll(async () => {
  await lite.stop();
  vi.restoreAllMocks();
});

async function tokenOf(email: string, role?: 'reader' | 'reviewer' | 'publisher' | 'admin'): Promise<string> {
  const { client } = await lite.signIn(email, role);
  const { data } = await client.auth.getSession();
  return data.session?.access_token ?? '';
}

/** One row of everything, with the planted words. */
async function plant(): Promise<void> {
  const sql = (text: string, params: unknown[] = []) => lite.sql(inline(text, params));
  // Gives the API roles what a platform may give them, before the first session.
  await lite.anon.from('published_projects').select('slug');
  await sql(`insert into auth.users (id, email) values ('${ROW}', 'target@example.org')`);
  await sql(`insert into auth.users (id, email) values ('${CANARY.officer}', '${CANARY.account}')`);
  for (const table of [...SUBMISSIONS, ...HISTORY]) {
    const column = FILE_COLUMNS[table];
    const row = RIGHTS[table]!.row(ROW);
    await insertRow(sql, table, column ? { ...row, [column]: CANARY.file } : row);
  }
  for (const [view, table] of Object.entries(PUBLISHED))
    await insertRow(sql, table, {
      ...RIGHTS[table]!.row('00000000-0000-4000-8000-0000000000fe'),
      status: 'published',
      slug: RIGHTS[view]!.row(ROW)['slug'],
      published_at: '2026-11-02T10:00:00Z',
    });
  await insertRow(sql, 'officers', { user_id: CANARY.officer, role: 'publisher' });
  await sql(
    `insert into public.audit_log (action, table_name, detail)
     values ('update', 'projects', '{"planted": "${CANARY.journal}"}')`,
  );
  await sql(
    `insert into private.outbox (kind, form, row_id, last_code) values ('news', 'projet', '${ROW}', '${CANARY.letter}')`,
  );
  await sql(
    `insert into private.rate_limits (bucket, window_start, hits) values ('${CANARY.limiter}', now(), 1)`,
  );
  await sql(
    `insert into public.decisions (form, row_id, at, officer, kind, before, after_status)
     values ('projet', '${ROW}', now(), '${CANARY.officer}', 'accepted', '{"status": "received"}', 'received')`,
  );
}

/** lite's own connection takes no parameters. */
function inline(text: string, params: unknown[]): string {
  return text.replace(
    /\$(\d+)/g,
    (_, n: string) => `'${String(params[Number(n) - 1]).replaceAll("'", "''")}'`,
  );
}

/** Every row of our own tables, and who has an account, in one text. */
async function everything(): Promise<string> {
  const tables = await lite.sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'private') order by 1`,
  );
  const parts = [
    ...tables.map(({ name }) => name),
    '(select id, email, role, encrypted_password from auth.users)',
  ];
  const rows = await lite.sql<{ part: string; rows: string }>(
    parts
      .map(
        (part, index) =>
          `select ${index} as part, string_agg(t::text, chr(10) order by t::text) as rows from ${part} as t`,
      )
      .join(' union all '),
  );
  return JSON.stringify(rows);
}

interface Attempt {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

interface Session {
  who: string;
  does: string;
  /** What it sends with each request, beside the publishable key. */
  headers?: () => Record<string, string>;
  attempts: () => Attempt[];
  /** Officers read files: that is their work. */
  readsFiles?: boolean;
}

const rest = (path: string, more: Omit<Attempt, 'path'> = {}): Attempt => ({
  path: `/rest/v1/${path}`,
  ...more,
});
const call = (name: string, body: unknown = {}, headers: Record<string, string> = {}): Attempt[] => [
  rest(`rpc/${name}`, { method: 'POST', body, headers }),
  rest(`rpc/${name}?${new URLSearchParams(body as Record<string, string>).toString()}`, { headers }),
];
const auth = (path: string, body: unknown, method = 'POST'): Attempt => ({
  path: `/auth/v1/${path}`,
  method,
  body,
});
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const as = (name: string) => () => bearer(tokens[name]!);

const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token as `alg` says it is signed. */
function forge(
  claims: object,
  secret: string | undefined,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string {
  const content = `${text(header)}.${text(claims)}`;
  const signature =
    secret === undefined ? '' : createHmac('sha256', secret).update(content).digest('base64url');
  return `${content}.${signature}`;
}
const NOW = Math.floor(Date.now() / 1000);
const claims = (role: string, more: object = {}) => ({
  iss: 'supabase',
  role,
  sub: ADMIN,
  aud: 'authenticated',
  iat: NOW - 10,
  exp: NOW + 3600,
  ...more,
});
/** An admin's account, in forged tokens; the account of another session. */
const ADMIN = '00000000-0000-4000-8000-0000000000fd';

const readEverything = (): Attempt[] => TABLES.map((table) => rest(`${table}?select=*`));
const writeEverything = (): Attempt[] =>
  WRITABLE.flatMap((table) => {
    const { key, change, row } = RIGHTS[table]!;
    const target = `${table}?${key}=eq.${String(row(ROW)[key])}`;
    return [
      rest(table, { method: 'POST', body: row('00000000-0000-4000-8000-0000000000ee') }),
      rest(table, {
        method: 'POST',
        body: { ...row(ROW), ...change },
        headers: { Prefer: 'resolution=merge-duplicates,return=representation' },
      }),
      rest(target, { method: 'PATCH', body: change, headers: { Prefer: 'return=representation' } }),
      rest(target, { method: 'DELETE', headers: { Prefer: 'return=representation' } }),
    ];
  });
const decisions = (): Attempt[] =>
  ['accepted', 'needs_info', 'refused', 'published', 'unpublished', 'released'].flatMap((decision) =>
    call('decide', {
      form: 'projet',
      reference: `P-${ROW}`,
      decision,
      seen: 'received:ordinary:1:1',
      reason: 'other',
      note: 'Bonjour',
      slug: 'pris',
    }),
  );
const FUNCTIONS_OF_THE_SECRET_KEY: Readonly<Record<string, unknown>> = {
  submit_form: { form: 'avis', payload: '{"helpful":"yes"}' },
  name_officer: { email: 'stranger@example.org', role: 'admin' },
  purge_expired: { as_of: '2999-01-01T00:00:00Z' },
  purge_rate_limits: {},
  claim_letter: {},
  settle_letter: { id: ROW, lease: ROW, outcome: 'sent', code: null },
  answer_letter: { line: ROW, answer: 'erase', limiter: null },
  ask_for_news: { as_of: '2999-01-01T00:00:00Z' },
  follow_up_news: { link_hash: '0'.repeat(64), payload: '{}', fingerprint: '0'.repeat(64), limiter: null },
  follow_up_unsay: { link_hash: '0'.repeat(64), reference: `N-${ROW}`, limiter: null },
  follow_up_amend: {
    link_hash: '0'.repeat(64),
    payload: '{}',
    revision: 0,
    fingerprint: '0'.repeat(64),
    limiter: null,
  },
  ask_again: { as_of: '2999-01-01T00:00:00Z' },
  follow_up_add: { link_hash: '0'.repeat(64), body: 'x', fingerprint: '0'.repeat(64), limiter: null },
  follow_up: { link_hash: '0'.repeat(64), limiter: null },
  follow_up_erase: { link_hash: '0'.repeat(64), limiter: null },
  follow_up_withdraw: { link_hash: '0'.repeat(64), limiter: null },
  claim_build: {},
  settle_build: { build: 1, outcome: 'failed', code: 'no_hook' },
  confirm_build: { mark: ROW },
};
const secretCalls = () =>
  Object.entries(FUNCTIONS_OF_THE_SECRET_KEY).flatMap(([name, body]) => call(name, body));
const PRIVATE_FUNCTIONS = [
  'officer_role', 'require_role', 'erase_submission', 'queue_letter', 'describe_submission', 'new_reference',
  'begin_build', 'enable_letters', 'enable_follow_up', 'add_link', 'spend', 'seen', 'audit_line',
]; // prettier-ignore
const officerCalls = (): Attempt[] => [
  ...decisions(),
  ...call('undo_decision', { decision: 1 }),
  ...call('undo_decision', { decision: 2 }),
  ...call('set_two_publishers', { wanted: true }),
  ...call('retry_letter', { letter: ROW }),
  ...call('qualify_project', { reference: `P-${ROW}`, criterion: 'need', score: 'met', sentence: 'Oui.' }),
];

/** As sent by somebody without an account. */
const VISITORS: Omit<Session, 'who'>[] = [
  { does: 'reads every table and view by its name', attempts: readEverything },
  {
    does: 'asks how many rows there are',
    attempts: () =>
      SUBMISSIONS.flatMap((table) =>
        ['GET', 'HEAD'].map((method) => rest(table, { method, headers: { Prefer: 'count=exact' } })),
      ),
  },
  {
    does: 'joins what is public with what is not',
    attempts: () =>
      [
        '*,audit_log(*)', '*,projects(*)', '*,projects!inner(*)', '*,officers(*)', '*,decisions(*)', 'projects(*)',
        '*,p:projects(description)', '*,submission_events(*)', '*,...projects(*)',
      ].flatMap((select) => [
        rest(`published_projects?select=${select}`),
        rest(`published_associations?select=${select}`),
      ]), // prettier-ignore
  },
  {
    does: 'writes conditions that close ours and open others',
    attempts: () =>
      [
        'or=(slug.neq.x,description.neq.x)', 'or=(slug.neq.x),status.eq.received', 'or=(status.eq.received)',
        'or=(and(slug.neq.x,status.neq.x),not.and(slug.eq.x))', 'slug=neq.x)or(true', 'and=(true)', 'not.or=(slug.eq.x)',
        `slug=eq.x' or '1'='1`, `slug=eq.x'; select * from projects; --`, 'slug=in.(a,b) or 1=1',
        'slug=like.*)%20or%20(1=1', 'or=(slug.eq.a"or"1.eq.1)',
      ].map((query) => rest(`published_projects?select=*&${query}`)), // prettier-ignore
  },
  {
    does: 'filters and sorts by columns that the view has not',
    attempts: () =>
      [
        'email=not.is.null',
        'order=email_index',
        'phone=like.*',
        'status=eq.received',
        'order=projects(email)',
      ].map((query) => rest(`published_projects?${query}`)),
  },
  {
    does: 'puts SQL in the list of columns',
    attempts: () =>
      [
        '(select description from projects)', 'slug,(select string_agg(email,chr(10)) from auth.users)', '*;select * from projects',
        'slug::text,projects.description', '"slug" from projects --', 'count()', 'slug->>x', 'title:description', 'holder_name.max()',
        'pg_read_file(\'/etc/passwd\')',
      ].map((select) => rest(`published_projects?select=${encodeURIComponent(select)}`)), // prettier-ignore
  },
  {
    does: 'asks for the private schema in a header',
    attempts: () =>
      [
        'private',
        'auth',
        'pg_catalog',
        'information_schema',
        'public,private',
        'supabase_migrations',
      ].flatMap((schema) =>
        ['outbox', 'rate_limits', 'builds', 'users', 'pg_authid', 'tables', 'forms'].flatMap((table) => [
          rest(table, { headers: { 'Accept-Profile': schema } }),
          rest(table, { method: 'DELETE', headers: { 'Content-Profile': schema } }),
        ]),
      ),
  },
  {
    does: 'writes a schema before the name of a table',
    attempts: () =>
      [
        'private.outbox', 'private.rate_limits', 'auth.users', 'pg_catalog.pg_authid', 'pg_shadow', 'pg_authid', 'pg_user',
        'information_schema.tables', 'public.projects', '"projects"', 'projects%00', 'projects;', '../private/outbox',
        '%2e%2e/auth/users', 'PROJECTS', 'projects%20p',
      ].map((name) => rest(name)), // prettier-ignore
  },
  {
    does: 'asks for more than it is given',
    attempts: () =>
      ['0-999999', '-1', '0-', 'bytes=0-99', '999999999999999999999-'].flatMap((Range) => [
        rest('projects', { headers: { Range, 'Range-Unit': 'items' } }),
        rest('registrations?limit=1000000&offset=-1', { headers: { Range } }),
      ]),
  },
  {
    does: 'asks for other formats',
    attempts: () =>
      [
        'text/csv',
        'application/geo+json',
        'application/vnd.pgrst.plan+json',
        'application/vnd.pgrst.object+json',
      ].flatMap((Accept) => SUBMISSIONS.map((table) => rest(table, { headers: { Accept } }))),
  },
  { does: 'inserts, replaces, changes and deletes in every table', attempts: writeEverything },
  {
    does: 'replaces rows with PUT and by another key',
    attempts: () =>
      SUBMISSIONS.flatMap((table) => [
        rest(`${table}?id=eq.${ROW}`, { method: 'PUT', body: { ...RIGHTS[table]!.row(ROW), id: ROW } }),
        rest(`${table}?on_conflict=idempotency_key`, {
          method: 'POST',
          body: [{ ...RIGHTS[table]!.row(ROW), status: 'accepted' }],
          headers: { Prefer: 'resolution=merge-duplicates' },
        }),
      ]),
  },
  {
    does: 'changes and deletes without a condition',
    attempts: () =>
      WRITABLE.flatMap((table) => [
        rest(table, { method: 'DELETE' }),
        rest(table, { method: 'PATCH', body: RIGHTS[table]!.change }),
      ]),
  },
  {
    does: 'writes through the public views',
    attempts: () =>
      ['published_projects', 'published_associations', 'transparency', 'build_mark'].flatMap((view) => [
        rest(view, { method: 'POST', body: RIGHTS[view]!.row(ROW) }),
        rest(view, { method: 'PATCH', body: RIGHTS[view]!.change }),
        rest(view, { method: 'DELETE' }),
      ]),
  },
  {
    does: 'asks which testimonies were withdrawn',
    attempts: () =>
      [
        '',
        '0'.repeat(64),
        `${'0'.repeat(64)},%`,
        '*',
        "' or 1=1 --",
        Array(500).fill('0'.repeat(64)).join(),
      ].flatMap((hashes) => call('withdrawn_among', { hashes })),
  },
  { does: 'calls what only the functions may call', attempts: secretCalls },
  { does: 'calls what only officers may call', attempts: officerCalls },
  {
    does: 'guesses the names of private functions',
    attempts: () =>
      PRIVATE_FUNCTIONS.flatMap((name) => [
        ...call(name, { form: 'projet', row_id: ROW, reason: 'person' }),
        ...call(`private.${name}`),
        ...call(name, {}, { 'Content-Profile': 'private', 'Accept-Profile': 'private' }),
      ]),
  },
  {
    does: 'calls functions of PostgreSQL itself',
    attempts: () => [
      ...call('pg_read_file', { filename: '/etc/passwd' }),
      ...call('pg_ls_dir', { dirname: '/' }),
      ...call('query_to_xml', {
        query: 'select * from public.projects',
        nulls: 'true',
        tableforest: 'true',
        targetns: '',
      }),
      ...call('set_config', { setting_name: 'role', new_value: 'service_role', is_local: 'false' }),
      ...call('current_setting', { setting_name: 'request.jwt.claims' }),
      ...call('table_to_xml', { tbl: 'public.projects', nulls: 'true', tableforest: 'true', targetns: '' }),
      ...call('lo_import', { filename: '/etc/passwd' }),
      ...call('dblink', { connstr: 'dbname=postgres', sql: 'select 1' }),
      ...call('pg_terminate_backend', { pid: '1' }),
      ...call('version'),
      ...call(
        'pg_get_functiondef',
        { oid: '1' },
        { 'Content-Profile': 'pg_catalog', 'Accept-Profile': 'pg_catalog' },
      ),
      ...call('uid', {}, { 'Content-Profile': 'auth', 'Accept-Profile': 'auth' }),
    ],
  },
  {
    does: 'sends calls with arguments of the wrong shape',
    attempts: () =>
      [
        null,
        [],
        [{}],
        'x',
        0,
        { decision: { $ne: 1 } },
        { decision: [1] },
        { decision: '1; delete from projects' },
      ].flatMap((body) => [
        rest('rpc/undo_decision', { method: 'POST', body }),
        rest('rpc/decide', { method: 'POST', body }),
      ]),
  },
  {
    does: 'looks for the other services of Supabase',
    attempts: () =>
      [
        '/storage/v1/bucket', '/storage/v1/object/list/public', '/storage/v1/object/public/a/b', '/realtime/v1/websocket',
        '/functions/v1/', '/pg/query', '/pg-meta/default/query', '/rest/v1/', '/rest-admin/v1/', '/admin', '/_/', '/studio',
        '/api/query', '/platform/pg-meta/default/query', '/metrics', '/.env', '/rest/v1/../../keys.json',
      ].flatMap((path) => [
        { path },
        { path, method: 'POST', body: { query: 'select * from public.projects', sql: 'select * from projects' } },
      ]), // prettier-ignore
  },
  {
    does: 'asks GraphQL for everything',
    attempts: () =>
      ['/graphql/v1', '/graphql', '/rest/v1/rpc/graphql', '/rest/v1/rpc/resolve'].map((path) => ({
        path,
        method: 'POST',
        body: {
          query:
            '{ projectsCollection { edges { node { description email } } } __schema { types { name } } }',
        },
      })),
  },
  {
    does: 'acts as the administrator of accounts',
    attempts: () => [
      { path: '/auth/v1/admin/users' },
      auth('admin/users', { email: 'new@example.org', password: 'x'.repeat(12), role: 'service_role' }),
      auth(`admin/users/${ADMIN}`, {}, 'DELETE'),
      auth(`admin/users/${ADMIN}`, { password: 'changed by a visitor' }, 'PUT'),
      auth('admin/generate_link', { type: 'magiclink', email: 'admin@example.org' }),
      auth('invite', { email: 'admin@example.org' }),
    ],
  },
  {
    does: 'guesses the password and the codes of an officer',
    attempts: () => [
      ...['admin', 'password', '', 'admin@example.org', `' or 1=1 --`, '000000'].map((password) =>
        auth('token?grant_type=password', { email: 'admin@example.org', password }),
      ),
      ...Array.from({ length: 12 }, (_, guess) =>
        auth('verify', { type: 'email', email: 'admin@example.org', token: String(guess).padStart(6, '0') }),
      ),
      auth('token?grant_type=refresh_token', { refresh_token: 'x' }),
      auth('token?grant_type=id_token', {
        provider: 'google',
        id_token: forge(claims('authenticated'), 'x'),
      }),
    ],
  },
  {
    does: 'sends headers that other servers believe',
    headers: () => ({
      'X-Forwarded-User': 'admin@example.org',
      'X-Http-Method-Override': 'DELETE',
      'X-Supabase-Role': 'service_role',
      Role: 'service_role',
      'Request.Jwt.Claims': JSON.stringify(claims('service_role')),
      'X-Client-Info': 'service_role',
      Prefer: 'tx=commit',
      Cookie: `sb-access-token=${forge(claims('service_role'), 'x')}`,
    }),
    attempts: readEverything,
  },
];

/** Tokens that are not what they say. Each reads, then writes, then calls. */
const FORGERIES: Record<string, () => Record<string, string>> = {
  'an unsigned token of the secret key': () =>
    bearer(forge(claims('service_role'), undefined, { alg: 'none', typ: 'JWT' })),
  'an unsigned token of an admin': () => bearer(forge(claims('authenticated'), undefined, { alg: 'none' })),
  'an algorithm « nOnE »': () => bearer(forge(claims('service_role'), undefined, { alg: 'nOnE' })),
  'a token signed with another secret': () =>
    bearer(forge(claims('service_role'), 'another-secret-of-32-characters!!')),
  'a token signed with an empty secret': () => bearer(forge(claims('service_role'), '')),
  'a token signed with the publishable key': () =>
    bearer(forge(claims('service_role'), lite.keys.publishable)),
  'a token signed with a secret that many forget to change': () =>
    bearer(forge(claims('service_role'), 'super-secret-jwt-token-with-at-least-32-characters-long')),
  'a right token that has expired': () =>
    bearer(forge(claims('authenticated', { exp: NOW - 60 }), JWT_SECRET)),
  'a right token of an account that does not exist': () => bearer(forge(claims('authenticated'), JWT_SECRET)),
  'their own token, with another role written in': () => {
    const [header, , signature] = tokens['stranger']!.split('.');
    return bearer(`${header}.${text(claims('service_role'))}.${signature}`);
  },
  'their own token without its signature': () => bearer(tokens['stranger']!.replace(/[^.]*$/, '')),
  'a token whose header names a key of their own': () =>
    bearer(
      forge(claims('service_role'), 'x', {
        alg: 'HS256',
        kid: '../../dev/null',
        jku: 'https://ailleurs.example/k',
      }),
    ),
  'a token that says it is signed by RSA': () => bearer(forge(claims('service_role'), 'x', { alg: 'RS256' })),
  'the word service_role as a key': () => ({ apikey: 'service_role', ...bearer('service_role') }),
  'a guessed secret key': () => ({
    apikey: `sb_secret_${'a'.repeat(31)}`,
    ...bearer(`sb_secret_${'a'.repeat(31)}`),
  }),
  'two authorizations at once': () => ({
    Authorization: `Bearer ${tokens['stranger']!}, Bearer ${forge(claims('service_role'), 'x')}`,
  }),
  'no key at all': () => ({ apikey: '' }),
};

/** The secret of tests/support/lite.ts, for tokens that were right once. */
const JWT_SECRET = 'only-for-tests-0123456789abcdef0123456789';

const SESSIONS: Session[] = [
  ...VISITORS.map((one) => ({ who: 'a visitor', ...one })),
  ...Object.entries(FORGERIES).map(([what, headers]) => ({
    who: 'somebody',
    does: `comes with ${what}`,
    headers,
    attempts: () => [
      ...readEverything(),
      ...writeEverything().slice(0, 12),
      ...secretCalls(),
      ...officerCalls(),
    ],
  })),
  {
    who: 'a stranger with an account',
    does: 'reads everything',
    headers: as('stranger'),
    attempts: readEverything,
  },
  {
    who: 'a stranger with an account',
    does: 'writes everywhere',
    headers: as('stranger'),
    attempts: writeEverything,
  },
  {
    who: 'a stranger with an account',
    does: 'makes an officer of themselves',
    headers: as('stranger'),
    attempts: () => {
      const { sub } = JSON.parse(Buffer.from(tokens['stranger']!.split('.')[1]!, 'base64url').toString()) as {
        sub: string;
      };
      return [
        rest('officers', { method: 'POST', body: { user_id: sub, role: 'admin' } }),
        rest('officers', {
          method: 'POST',
          body: { user_id: sub, role: 'admin' },
          headers: { Prefer: 'resolution=merge-duplicates' },
        }),
        ...call('name_officer', { email: 'stranger@example.org', role: 'admin' }),
        rest('officers?select=*'),
      ];
    },
  },
  {
    who: 'a stranger with an account',
    does: 'calls what officers and functions call',
    headers: as('stranger'),
    attempts: () => [
      ...officerCalls(),
      ...secretCalls(),
      ...call('record_export', { form: 'projet', status: 'received', number: 1 }),
      ...call('verify_audit_log'),
      ...call('audit_links', { after: 0, wanted: 1000 }),
    ],
  },
  {
    who: 'a former admin',
    does: 'comes back with a token that still runs',
    headers: as('former'),
    attempts: readEverything,
  },
  {
    who: 'a former admin',
    does: 'decides with a token that still runs',
    headers: as('former'),
    attempts: () => [...officerCalls(), ...writeEverything(), ...call('verify_audit_log')],
  },
  ...(['reader', 'reviewer', 'publisher', 'admin'] as const).map((role) => ({
    who: `an officer (${role})`,
    does: 'writes into the tables without a decision',
    headers: as(role),
    readsFiles: true,
    attempts: writeEverything,
  })),
  ...(['reader', 'reviewer', 'publisher', 'admin'] as const).map((role) => ({
    who: `an officer (${role})`,
    does: 'calls what only the functions may call',
    headers: as(role),
    readsFiles: true,
    attempts: secretCalls,
  })),
  {
    who: 'an officer (reader)',
    does: 'decides, undoes and sets',
    headers: as('reader'),
    readsFiles: true,
    attempts: officerCalls,
  },
  {
    who: 'an officer (reviewer)',
    does: 'publishes, undoes what another decided, and sets',
    headers: as('reviewer'),
    readsFiles: true,
    attempts: () =>
      officerCalls().filter(
        ({ body, path }) =>
          /undo|two_publishers/.test(path) ||
          ['published', 'unpublished'].includes((body as { decision?: string } | undefined)?.decision ?? ''),
      ),
  },
  {
    who: 'an officer (publisher)',
    does: 'undoes what another decided, and lets one person publish alone',
    headers: as('publisher'),
    readsFiles: true,
    attempts: () => officerCalls().filter(({ path }) => /undo|two_publishers/.test(path)),
  },
  ...(['reader', 'reviewer', 'publisher'] as const).map((role) => ({
    who: `an officer (${role})`,
    does: 'looks for the other officers, the journal and the private tables',
    headers: as(role),
    readsFiles: true,
    attempts: () => [
      rest('officers?select=*'),
      rest(`officers?user_id=neq.${ROW}`),
      rest('officers?or=(role.eq.admin,role.eq.publisher)'),
      rest('audit_log?select=*'),
      rest('audit_chain?select=*'),
      rest('desk_letters?select=*'),
      rest('projects?select=*,audit_log(*)'),
      ...['outbox', 'rate_limits', 'builds'].map((table) =>
        rest(table, { headers: { 'Accept-Profile': 'private' } }),
      ),
      ...call('audit_links', { after: 0, wanted: 1000 }),
      ...call('audit_line', { entry: {} }),
      { path: '/auth/v1/admin/users' },
    ],
  })),
];

async function send(session: Session, attempt: Attempt): Promise<string> {
  const response = await fetch(lite.url + attempt.path, {
    method: attempt.method ?? 'GET',
    headers: {
      apikey: lite.keys.publishable,
      ...(attempt.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...attempt.headers,
      ...session.headers?.(),
    },
    ...(attempt.body === undefined ? {} : { body: JSON.stringify(attempt.body) }),
    redirect: 'manual',
  });
  if (process.env['TRACE'] === '1')
    console.log(
      session.who,
      '|',
      session.does,
      '|',
      attempt.method ?? 'GET',
      attempt.path.slice(0, 60),
      response.status,
    );
  return `${response.status} ${response.headers.get('content-range') ?? ''} ${await response.text()}`;
}

describe('what these tests rest on', () => {
  test('every function of the secret key is tried', () => {
    const callers = Map.groupBy(CALLS, ({ proname }) => proname);
    const secret = [...callers].filter(([, roles]) =>
      roles.every(({ rolname }) => rolname === 'service_role'),
    );
    expect(Object.keys(FUNCTIONS_OF_THE_SECRET_KEY).sort()).toEqual(secret.map(([name]) => name).sort());
  });

  test('there are more than fifty sessions, all different', () => {
    const titles = SESSIONS.map(({ who, does }) => `${who} ${does}`);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.length).toBeGreaterThanOrEqual(50);
  });

  test('the planted words can be read by whoever may, and a write shows', async () => {
    const admin: Session = { who: '', does: '', headers: as('admin'), attempts: readEverything };
    const answers = (await Promise.all(readEverything().map((one) => send(admin, one)))).join('\n');
    for (const word of [CANARY.file, CANARY.journal, CANARY.officer]) expect(answers).toContain(word);
    const before = await everything();
    for (const word of Object.values(CANARY)) expect(before).toContain(word);
    await lite.sql(`update private.rate_limits set hits = hits + 1`);
    expect(await everything()).not.toBe(before);
  });
});

test.each(SESSIONS)('$who $does: nothing is read, nothing is written', async (session) => {
  const before = await everything();
  const hidden = Object.entries(CANARY)
    // Decisions say who decided: every officer sees them.
    .filter(([what]) => !session.readsFiles || (what !== 'file' && what !== 'officer'))
    .map(([, word]) => word);
  if (session.readsFiles) hidden.push(`"user_id":"${CANARY.officer}"`);
  for (const attempt of session.attempts()) {
    const answer = await send(session, attempt);
    const shown = hidden.filter((word) => answer.includes(word));
    expect(shown, `${attempt.method ?? 'GET'} ${attempt.path}`).toEqual([]);
    // A count is an answer too.
    if (!session.readsFiles && /count=exact/.test(attempt.headers?.['Prefer'] ?? ''))
      expect(answer, attempt.path).not.toMatch(/\/[1-9]/);
  }
  expect(await everything()).toBe(before);
});
