import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DECISION_KINDS, decisionsFor } from '../../src/domain/desk/decisions.ts';
import type { Role } from '../../src/domain/desk/roles.ts';
import { STATUSES, type Status } from '../../src/domain/follow-up/submission.ts';
import { plainText } from '../../src/domain/plain-text.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { type DecisionOptions, decideAs, undoAs } from './decide.ts';
import { RIGHTS, SUBMISSIONS, type Row } from './rights.ts';
import { insertRow } from './rows.ts';

const USERS = {
  stranger: '00000000-0000-4000-8000-000000000001',
  reader: '00000000-0000-4000-8000-000000000002',
  reviewer: '00000000-0000-4000-8000-000000000003',
  publisher: '00000000-0000-4000-8000-000000000004',
  admin: '00000000-0000-4000-8000-000000000005',
  otherReviewer: '00000000-0000-4000-8000-000000000006',
  otherPublisher: '00000000-0000-4000-8000-000000000007',
};
type User = keyof typeof USERS;
const ROLE_OF: Partial<Record<User, string>> = {
  reader: 'reader',
  reviewer: 'reviewer',
  publisher: 'publisher',
  admin: 'admin',
  otherReviewer: 'reviewer',
  otherPublisher: 'publisher',
};
const FORM_OF: Record<string, string> = {
  registrations: 'inscription',
  associations: 'association',
  projects: 'projet',
  difficulties: 'difficulte',
  return_requests: 'retour',
  rumours: 'rumeur',
  testimony_withdrawals: 'retrait-voix',
  feedback: 'avis',
  project_updates: 'nouvelle',
  help_offers: 'aide',
};

let db: TestPostgres;
beforeAll(async () => {
  db = await startPostgres();
  for (const [user, id] of Object.entries(USERS)) {
    await db.pool.query('insert into auth.users (id, email) values ($1, $2)', [id, `${user}@example.org`]);
    const role = ROLE_OF[user as User];
    if (role)
      await insertRow((text, params) => db.pool.query(text, params), 'officers', { user_id: id, role });
  }
}, 60_000);
afterAll(() => db.stop());
beforeEach(async () => {
  for (const table of SUBMISSIONS) await db.pool.query(`delete from public.${table}`);
  await db.pool.query('delete from private.build_requests');
  await db.pool.query('update public.desk_settings set two_publishers = false');
});

const as = (user: User, sql: string, params: unknown[] = []) =>
  db.runAs('authenticated', { sub: USERS[user] }, sql, params);

interface Filed {
  table: string;
  reference: string;
}

async function file(table = 'projects', changes: Row = {}): Promise<Filed> {
  const row = RIGHTS[table]!.row(randomUUID());
  const reference = `${String(row['reference']).slice(0, 10)}-${randomUUID().slice(0, 8)}`;
  await insertRow((text, params) => db.pool.query(text, params), table, { ...row, reference, ...changes });
  return { table, reference };
}

async function stateOf({ table, reference }: Filed): Promise<Record<string, unknown>> {
  return (await db.pool.query(`select * from public.${table} where reference = $1`, [reference])).rows[0];
}

const seen = async ({ reference }: Filed): Promise<string> =>
  (await db.pool.query('select seen from public.desk_submissions where reference = $1', [reference])).rows[0]
    .seen;
const decide = (user: User, { reference }: Filed, decision: string, options: DecisionOptions = {}) =>
  decideAs(db, USERS[user], reference, decision, options);
const undo = (user: User, decision: number | undefined) => undoAs(db, USERS[user], decision);

/** Ten minutes cannot be waited for: the clock is given. Only the owner may. */
async function undoAfter(user: User, decision: number | undefined, wait: string) {
  const client = await db.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify({ sub: USERS[user], role: 'authenticated' }),
    ]);
    const { rows } = await client.query(
      `select private.undo_decision(d.id, d.at + $2::interval) as answer from public.decisions as d where d.id = $1`,
      [decision, wait],
    );
    await client.query('commit');
    return rows[0].answer as { outcome: string };
  } finally {
    client.release();
  }
}

const REFUSED = { code: '42501' };
const IMPOSSIBLE = { code: '22023' };

describe('a decision', () => {
  test.each(SUBMISSIONS)('on a file of %s changes its state and is kept with who took it', async (table) => {
    const filed = await file(table);
    expect(await decide('reviewer', filed, 'accepted')).toMatchObject({
      outcome: 'done',
      status: 'accepted',
    });
    expect((await stateOf(filed))['status']).toBe('accepted');
    const { rows } = await as('reader', 'select kind, officer, form, reason, note from public.decisions');
    expect(rows).toEqual([
      { kind: 'accepted', officer: USERS.reviewer, form: FORM_OF[table], reason: null, note: null },
    ]);
  });

  test('asks or refuses with a reason, and a word for the person', async () => {
    const filed = await file();
    await expect(decide('reviewer', filed, 'refused')).rejects.toMatchObject(IMPOSSIBLE);
    await expect(decide('reviewer', filed, 'refused', { reason: 'inventée' })).rejects.toMatchObject({
      code: '23514',
    });
    await decide('reviewer', filed, 'needs_info', { reason: 'unclear', note: ' Dans quel village ? ' });
    expect((await stateOf(filed))['status']).toBe('needs_info');
    const { rows } = await as('reader', 'select reason, note from public.decisions');
    expect(rows).toEqual([{ reason: 'unclear', note: 'Dans quel village ?' }]);
    expect((await as('reader', 'select kind, actor from public.submission_events order by id')).rows).toEqual(
      [
        { kind: 'received', actor: 'person' },
        { kind: 'needs_info', actor: 'team' },
      ],
    );
  });

  test.each([
    ['stranger', 'accepted'],
    ['reader', 'accepted'],
    ['reader', 'refused'],
    ['reader', 'released'],
    ['reviewer', 'published'],
    ['reviewer', 'unpublished'],
  ] as const)('of a %s to have a file %s is refused', async (user, decision) => {
    const filed = await file('projects', {
      status: decision === 'unpublished' ? 'published' : 'received',
      slug: 'un',
      published_at: 'now',
    });
    await expect(decide(user, filed, decision, { reason: 'other', slug: 'un' })).rejects.toMatchObject(
      REFUSED,
    );
    expect((await as('reader', 'select 1 from public.decisions')).rowCount).toBe(0);
  });

  test('is refused when the state of the file does not allow it', async () => {
    for (const [table, status, decision] of [
      ['projects', 'withdrawn', 'accepted'],
      ['projects', 'accepted', 'accepted'],
      ['projects', 'refused', 'published'],
      ['projects', 'received', 'unpublished'],
      ['projects', 'received', 'released'],
      ['projects', 'received', 'withdrawn'],
      ['registrations', 'accepted', 'published'],
      ['difficulties', 'received', 'needs_info'],
      ['rumours', 'received', 'needs_info'],
    ] as const) {
      const filed = await file(table, { status });
      await expect(
        decide('admin', filed, decision, { reason: 'other', slug: 'une-page' }),
        `${table} ${status} ${decision}`,
      ).rejects.toMatchObject(IMPOSSIBLE);
    }
  });

  test('on what is no longer what the officer saw does nothing, and says so', async () => {
    const filed = await file();
    const before = await seen(filed);
    await decide('otherReviewer', filed, 'accepted');
    expect(await decide('reviewer', filed, 'refused', { seen: before, reason: 'other' })).toEqual({
      outcome: 'changed',
    });
    expect((await stateOf(filed))['status']).toBe('accepted');
    // A message of the person, too.
    const newer = await seen(filed);
    await db.pool.query(
      `insert into public.submission_events (form, row_id, kind, actor)
       select 'projet', id, 'added', 'person' from public.projects`,
    );
    expect(await decide('reviewer', filed, 'refused', { seen: newer, reason: 'other' })).toEqual({
      outcome: 'changed',
    });
    expect(await decide('reviewer', { ...filed, reference: 'P-XXXX' }, 'accepted', { seen: before })).toEqual(
      {
        outcome: 'gone',
      },
    );
  });

  test('of two officers at the same moment, one is done and the other told', async () => {
    const filed = await file();
    const before = await seen(filed);
    const answers = await Promise.all([
      decide('reviewer', filed, 'accepted', { seen: before }),
      decide('otherReviewer', filed, 'refused', { seen: before, reason: 'other' }),
    ]);
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['changed', 'done']);
    expect((await as('reader', 'select 1 from public.decisions')).rowCount).toBe(1);
  });

  test('goes with its file when that one is erased, and leaves nobody’s words in the audit log', async () => {
    const filed = await file();
    await decide('reviewer', filed, 'refused', { reason: 'unlawful', note: 'Un mot pour Kɔfi' });
    await db.pool.query('delete from public.projects');
    expect((await db.pool.query('select 1 from public.decisions')).rowCount).toBe(0);
    const log = await db.pool.query('select string_agg(detail::text, chr(10)) as text from public.audit_log');
    expect(log.rows[0].text).toContain('unlawful');
    expect(log.rows[0].text).not.toMatch(/Kɔfi|forage/);
  });

  test('is written in no other way: neither an officer nor the secret key writes these tables', async () => {
    const filed = await file();
    await decide('reviewer', filed, 'accepted');
    for (const statement of [
      `update public.projects set status = 'published', slug = 'x', published_at = now()`,
      `update public.projects set status = 'refused'`,
      `update public.decisions set officer = '${USERS.admin}'`,
      `delete from public.decisions`,
      `insert into public.decisions (form, row_id, at, officer, kind, before, after_status)
       values ('projet', '${randomUUID()}', now(), '${USERS.admin}', 'accepted', '{}', 'accepted')`,
      `update public.desk_settings set two_publishers = true`,
    ]) {
      await db.pool.query('grant all on all tables in schema public to authenticated, service_role');
      await expect(as('admin', statement), statement).rejects.toMatchObject(REFUSED);
      if (!statement.includes('projects'))
        await expect(db.runAs('service_role', {}, statement), statement).rejects.toMatchObject(REFUSED);
    }
    expect((await stateOf(filed))['status']).toBe('accepted');
  });
});

describe('what the desk offers', () => {
  /** Whether the database takes each decision on such a file, beside whether the desk offers it. */
  async function differences(table: string, changes: Row, user: User, role: Role): Promise<string[]> {
    const form = FORM_OF[table]!;
    const wrong: string[] = [];
    let filed: Filed | undefined;
    for (const decision of DECISION_KINDS) {
      // A state that this table cannot hold.
      filed ??= await file(table, changes).catch(() => undefined);
      if (!filed) return [];
      const state = {
        form,
        status: changes['status'] as Status,
        aside: changes['quarantined_at'] !== undefined,
      };
      const slug = `page-${randomUUID()}`;
      const taken = await decide(user, filed, decision, { reason: 'other', slug }).then(
        () => true,
        () => false,
      );
      if (taken !== decisionsFor(state, role).includes(decision))
        wrong.push(`${role} ${form} ${JSON.stringify(changes)} ${decision}: ${taken ? 'taken' : 'refused'}`);
      if (taken) filed = undefined;
    }
    return wrong;
  }

  test('is what the database takes, for every form and every state', async () => {
    const wrong: string[] = [];
    for (const table of SUBMISSIONS)
      for (const status of STATUSES)
        for (const aside of [{}, { quarantined_at: 'now', quarantine_reasons: ['no_token'] }]) {
          const page = status === 'published' ? { slug: `page-${randomUUID()}`, published_at: 'now' } : {};
          wrong.push(...(await differences(table, { status, ...page, ...aside }, 'admin', 'admin')));
        }
    expect(wrong).toEqual([]);
  });

  test('is what the database takes from each role', async () => {
    const wrong: string[] = [];
    for (const role of ['reader', 'reviewer', 'publisher', 'admin'] as const)
      for (const changes of [
        { status: 'received' },
        { status: 'published', slug: `p-${role}`, published_at: 'now' },
      ])
        wrong.push(...(await differences('projects', changes, role, role)));
    expect(wrong).toEqual([]);
  });
});

describe('publishing', () => {
  test('needs an address that is free and well made, and asks for a build', async () => {
    const filed = await file();
    await expect(decide('publisher', filed, 'published')).rejects.toMatchObject(IMPOSSIBLE);
    await expect(decide('publisher', filed, 'published', { slug: 'Pas Bon' })).rejects.toThrow('tirets');
    await expect(decide('publisher', filed, 'published', { slug: 'proposer' })).rejects.toThrow(
      'ne convient pas',
    );
    expect(await decide('publisher', filed, 'published', { slug: 'un-forage' })).toMatchObject({
      outcome: 'done',
    });
    expect((await db.runAs('anon', {}, 'select slug from public.published_projects')).rows).toEqual([
      { slug: 'un-forage' },
    ]);
    expect((await db.pool.query('select reason from private.build_requests')).rows).toEqual([
      { reason: 'published' },
    ]);
    await expect(decide('publisher', await file(), 'published', { slug: 'un-forage' })).rejects.toThrow(
      'a déjà cette adresse',
    );
    await decide('publisher', filed, 'unpublished', { reason: 'outdated' });
    expect((await stateOf(filed))['status']).toBe('accepted');
    expect((await db.runAs('anon', {}, 'select slug from public.published_projects')).rows).toEqual([]);
  });

  describe('when it takes two', () => {
    beforeEach(() => as('admin', 'select public.set_two_publishers(true)'));

    test('only an admin decides that it does', async () => {
      for (const user of ['stranger', 'reader', 'reviewer', 'publisher'] as const)
        await expect(as(user, 'select public.set_two_publishers(false)')).rejects.toMatchObject(REFUSED);
    });

    test('the first proposes, the second publishes', async () => {
      const filed = await file();
      const options = { slug: 'un-forage' };
      expect(await decide('publisher', filed, 'published', options)).toMatchObject({ outcome: 'proposed' });
      expect((await stateOf(filed))['status']).toBe('received');
      expect(await decide('publisher', filed, 'published', options)).toEqual({ outcome: 'waiting' });
      expect(await decide('otherPublisher', filed, 'published', options)).toMatchObject({ outcome: 'done' });
      expect(await stateOf(filed)).toMatchObject({ status: 'published', slug: 'un-forage' });
    });

    test('another address, a correction or another decision in between starts again', async () => {
      const filed = await file();
      await decide('publisher', filed, 'published', { slug: 'un-forage' });
      expect(await decide('otherPublisher', filed, 'published', { slug: 'deux-forages' })).toMatchObject({
        outcome: 'proposed',
      });
      await db.pool.query(
        `insert into public.submission_events (form, row_id, kind, actor)
         select 'projet', id, 'corrected', 'person' from public.projects`,
      );
      expect(await decide('publisher', filed, 'published', { slug: 'deux-forages' })).toMatchObject({
        outcome: 'proposed',
      });
      await decide('reviewer', filed, 'accepted');
      expect(await decide('otherPublisher', filed, 'published', { slug: 'deux-forages' })).toMatchObject({
        outcome: 'proposed',
      });
      expect((await stateOf(filed))['status']).toBe('accepted');
    });
  });
});

describe('what was put aside', () => {
  const aside = { quarantined_at: '2026-11-22T10:00:00Z', quarantine_reasons: ['no_token'] };

  test('is let out, then decided upon; and put back when that was a slip', async () => {
    const filed = await file('registrations', aside);
    await expect(decide('reviewer', filed, 'accepted')).rejects.toMatchObject(IMPOSSIBLE);
    const { decision } = await decide('reviewer', filed, 'released');
    expect((await stateOf(filed))['quarantined_at']).toBeNull();
    expect(await undo('reviewer', decision)).toMatchObject({ outcome: 'done' });
    expect((await stateOf(filed))['quarantined_at']).toEqual(new Date(aside.quarantined_at));
  });

  test('is counted apart in the queues', async () => {
    await file('registrations', aside);
    await file('registrations');
    const { rows } = await as('reader', 'select * from public.desk_counts order by aside');
    expect(rows).toEqual([
      { form: 'inscription', status: 'received', aside: false, number: 1 },
      { form: 'inscription', status: 'received', aside: true, number: 1 },
    ]);
  });
});

describe('undoing', () => {
  test.each([
    ['accepted', {}],
    ['needs_info', { reason: 'proof' }],
    ['refused', { reason: 'test' }],
    ['published', { slug: 'un-forage' }],
  ])('gives back to a file that was %s all it was before', async (decision, options) => {
    const filed = await file();
    const before = await stateOf(filed);
    const { decision: id } = await decide('publisher', filed, decision, options);
    expect(await undo('publisher', id)).toEqual({ outcome: 'done', status: 'received' });
    expect(await stateOf(filed)).toEqual(before);
    await expect(undo('publisher', id)).resolves.toEqual({ outcome: 'changed' });
  });

  test('is possible for ten minutes', async () => {
    const filed = await file();
    const { decision } = await decide('reviewer', filed, 'accepted');
    expect(await undoAfter('reviewer', decision, '10 minutes 1 second')).toEqual({ outcome: 'late' });
    expect((await stateOf(filed))['status']).toBe('accepted');
    expect(await undoAfter('reviewer', decision, '9 minutes 59 seconds')).toMatchObject({ outcome: 'done' });
    expect((await stateOf(filed))['status']).toBe('received');
  });

  test('is for whoever decided, or an admin', async () => {
    const { decision } = await decide('reviewer', await file(), 'accepted');
    for (const user of ['stranger', 'reader', 'otherReviewer', 'publisher'] as const)
      await expect(undo(user, decision), user).rejects.toMatchObject(REFUSED);
    expect(await undo('admin', decision)).toMatchObject({ outcome: 'done' });
  });

  test('stops when something has happened since', async () => {
    const filed = await file();
    const { decision } = await decide('reviewer', filed, 'accepted');
    await decide('otherReviewer', filed, 'refused', { reason: 'other' });
    expect(await undo('reviewer', decision)).toEqual({ outcome: 'changed' });
    const other = await file();
    const { decision: second } = await decide('reviewer', other, 'needs_info', { reason: 'unclear' });
    await db.pool.query(
      `update public.projects set status = 'withdrawn' where reference = '${other.reference}'`,
    );
    expect(await undo('reviewer', second)).toEqual({ outcome: 'changed' });
    expect((await stateOf(other))['status']).toBe('withdrawn');
  });
});

describe('the queues', () => {
  test('are read by officers, and by nobody else', async () => {
    for (const table of SUBMISSIONS) await file(table);
    for (const view of ['desk_submissions', 'desk_counts']) {
      expect((await as('reader', `select 1 from public.${view}`)).rowCount).toBe(SUBMISSIONS.length);
      expect((await as('stranger', `select 1 from public.${view}`)).rowCount).toBe(0);
      await expect(db.runAs('anon', {}, `select 1 from public.${view}`)).rejects.toMatchObject(REFUSED);
    }
  });

  test('hold nothing sealed, nothing encrypted and no key', async () => {
    for (const table of SUBMISSIONS) await file(table);
    const { rows } = await as('admin', 'select to_jsonb(s)::text as text from public.desk_submissions as s');
    for (const { text } of rows) expect(text).not.toMatch(/sealed1|enc1|follow_up|idempotency|content_hash/);
  });

  test('are searched without accents, by reference and by words', async () => {
    const filed = await file('projects', { title: 'Un FORAGE à Kpélé', summary: 'De l’eau, du cœur.' });
    for (const words of ['FORAGE a Kpele', filed.reference.toLowerCase(), 'De l\u2019eau, du cœur']) {
      const found = await as(
        'reader',
        'select reference from public.desk_submissions where haystack like $1',
        [`%${plainText(words)}%`],
      );
      expect(found.rows, words).toEqual([{ reference: filed.reference }]);
    }
  });
});

describe('letters given up', () => {
  test('are seen by officers only, without an address, and tried again by reviewers', async () => {
    await file('projects');
    await db.pool.query(
      `insert into private.outbox (kind, form, row_id, state, attempts, last_code, done_at)
       select 'receipt', 'projet', id, 'dead', 8, 'ETIMEDOUT', now() from public.projects`,
    );
    const { rows } = await as('reader', 'select * from public.desk_letters');
    expect(rows).toEqual([expect.objectContaining({ kind: 'receipt', attempts: 8, last_code: 'ETIMEDOUT' })]);
    expect((await as('stranger', 'select 1 from public.desk_letters')).rowCount).toBe(0);
    await expect(as('reader', 'select public.retry_letter($1)', [rows[0].id])).rejects.toMatchObject(REFUSED);
    expect((await as('reviewer', 'select public.retry_letter($1) as done', [rows[0].id])).rows).toEqual([
      { done: true },
    ]);
    expect((await db.pool.query('select state, attempts from private.outbox')).rows).toEqual([
      { state: 'pending', attempts: 0 },
    ]);
    expect((await as('reader', 'select 1 from public.desk_letters')).rowCount).toBe(0);
  });
});

describe('an export', () => {
  test('leaves a line that says which form and how many, for officers only', async () => {
    await as('reader', `select public.record_export('projet', 'accepted', 12)`);
    const { rows } = await as(
      'admin',
      'select actor, action, table_name, detail from public.audit_log order by id desc limit 1',
    );
    expect(rows).toEqual([
      {
        actor: USERS.reader,
        action: 'export',
        table_name: 'projects',
        detail: { status: 'accepted', number: 12 },
      },
    ]);
    await expect(as('stranger', `select public.record_export('projet', null, 1)`)).rejects.toMatchObject(
      REFUSED,
    );
    await expect(as('reader', `select public.record_export('projet', 'Kɔfi', 1)`)).rejects.toMatchObject(
      IMPOSSIBLE,
    );
  });
});

describe('naming an officer', () => {
  test('is for the secret key; the first is an admin, the next ones readers', async () => {
    const name = (email: string, role: string | null = null) =>
      db.runAs('service_role', {}, 'select public.name_officer($1, $2) as role', [email, role]);
    expect((await name('personne@example.org')).rows).toEqual([{ role: 'no_account' }]);
    expect((await name('Stranger@Example.org')).rows).toEqual([{ role: 'reader' }]);
    expect((await name('stranger@example.org', 'reviewer')).rows).toEqual([{ role: 'reviewer' }]);
    expect((await name('stranger@example.org')).rows).toEqual([{ role: 'reviewer' }]);
    await expect(name('stranger@example.org', 'queen')).rejects.toMatchObject({ code: '23514' });
    await expect(
      as('admin', `select public.name_officer('reader@example.org', 'admin')`),
    ).rejects.toMatchObject(REFUSED);
    await db.pool.query('delete from public.officers where user_id = $1', [USERS.stranger]);
  });
});
