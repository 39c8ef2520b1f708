import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nouvelle } from '../../src/domain/forms/nouvelle.ts';
import { fieldsOf } from '../../src/domain/forms/form.ts';
import { CRITERIA, SCORES } from '../../src/domain/projects/qualification.ts';
import { SILENCE_DAYS } from '../../src/domain/projects/silence.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { decideAs, undoAs } from './decide.ts';
import { RIGHTS } from './rights.ts';
import { insertRow } from './rows.ts';

const READER = '00000000-0000-4000-8000-000000000001';
const REVIEWER = '00000000-0000-4000-8000-000000000002';
const PUBLISHER = '00000000-0000-4000-8000-000000000003';

let db: TestPostgres;
beforeAll(async () => {
  db = await startPostgres();
  for (const [id, role] of [
    [READER, 'reader'],
    [REVIEWER, 'reviewer'],
    [PUBLISHER, 'publisher'],
  ]) {
    await sql('insert into auth.users (id, email) values ($1, $2)', [id, `${role}@example.org`]);
    await sql('insert into public.officers (user_id, role) values ($1, $2)', [id, role]);
  }
}, 60_000);
afterAll(() => db.stop());
beforeEach(async () => {
  for (const table of ['public.projects', 'public.help_offers', 'private.build_requests', 'private.outbox'])
    await sql(`delete from ${table}`);
});

const sql = (text: string, params: unknown[] = []) => db.pool.query(text, params);
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

interface TestProject {
  id: string;
  reference: string;
  slug: string;
  link: string;
}

/** A project in the catalogue, with its follow-up link. */
async function project(columns: Record<string, unknown> = {}): Promise<TestProject> {
  const id = randomUUID();
  const slug = `projet-${id}`;
  const row = {
    ...RIGHTS['projects']!.row(id),
    id,
    follow_up_hash: hashOf(id),
    status: 'published',
    slug,
    published_at: '2026-06-01T10:00:00Z',
    confirmed_at: '2026-06-01T10:00:00Z',
    ...columns,
  };
  await insertRow(sql, 'projects', row);
  await sql('delete from private.build_requests');
  return { id, reference: `P-${id}`, slug, link: hashOf(id) };
}

const NEWS = {
  stage: 'ongoing',
  body: 'Le puits est creusé.',
  amount_received: 500_000,
  amount_spent: 120_000,
};

/** News, as the functions send them. Gives the answer of the follow-up. */
async function tell(link: string, changes: Record<string, unknown> = {}) {
  const news = { ...NEWS, form_version: 'test', ...changes };
  const { rows } = await db.runAs(
    'service_role',
    {},
    'select public.follow_up_news($1, $2, $3, null) as answer',
    [link, JSON.stringify(news), hashOf(JSON.stringify(news))],
  );
  return rows[0].answer === null ? null : JSON.parse(rows[0].answer);
}

async function followed(link: string) {
  const { rows } = await db.runAs('service_role', {}, 'select public.follow_up($1, null) as answer', [link]);
  return JSON.parse(rows[0].answer).submission;
}

/** What a visitor reads of a project. */
async function shown(slug: string): Promise<{ news: Record<string, unknown>[]; qualification: unknown[] }> {
  const { rows } = await db.runAs(
    'anon',
    {},
    'select news, qualification from public.published_projects where slug = $1',
    [slug],
  );
  return rows[0];
}

const builds = async () =>
  (await sql('select reason from private.build_requests order by id')).rows.map((r) => r.reason);

describe('news of a project, sent with its link,', () => {
  test('are read by an officer before anybody else; accepted, they are shown, and a build is asked for', async () => {
    const { slug, link } = await project();
    const answer = await tell(link);
    expect(answer.outcome).toBe('done');
    expect(answer.submission.updates).toMatchObject([
      { ...NEWS, status: 'received', picture: null, team: null },
    ]);
    expect(await shown(slug)).toEqual({ news: [], qualification: [] });
    expect(await builds()).toEqual([]);

    const { reference } = answer.submission.updates[0];
    expect(await decideAs(db, REVIEWER, reference, 'accepted')).toMatchObject({ outcome: 'done' });
    const { news } = await shown(slug);
    expect(news).toMatchObject([{ ...NEWS, picture: null }]);
    // What the form asks and the date: neither a reference nor an identifier.
    expect(Object.keys(news[0]!).toSorted()).toEqual(
      ['at', ...fieldsOf(nouvelle).map(({ name }) => name)].toSorted(),
    );
    expect(await builds()).toEqual(['published']);
  });

  test('leave the page again when the decision is undone, or when an officer refuses them, who says why to the holder', async () => {
    const { slug, link } = await project();
    const { reference } = (await tell(link)).submission.updates[0];
    const { decision } = await decideAs(db, REVIEWER, reference, 'accepted');
    expect(await undoAs(db, REVIEWER, decision)).toEqual({ outcome: 'done', status: 'received' });
    expect((await shown(slug)).news).toEqual([]);
    expect(await builds()).toEqual(['published', 'unpublished']);

    await decideAs(db, REVIEWER, reference, 'refused', { reason: 'private_data', note: 'Retirez le nom.' });
    expect((await followed(link)).updates).toMatchObject([
      { status: 'refused', team: { reason: 'private_data', note: 'Retirez le nom.' } },
    ]);
  });

  test('sent twice are stored once', async () => {
    const { id, link } = await project();
    await Promise.all([tell(link), tell(link), tell(link)]);
    expect((await sql('select 1 from public.project_updates where project_id = $1', [id])).rowCount).toBe(1);
  });

  test('are not taken when five already wait to be read', async () => {
    const { link } = await project();
    for (const number of [1, 2, 3, 4, 5]) {
      expect((await tell(link, { body: `Nouvelle ${number}` })).outcome).toBe('done');
    }
    expect((await tell(link, { body: 'Une de plus' })).outcome).toBe('full');
  });

  test.each(['received', 'accepted', 'withdrawn', 'refused'])(
    'are not taken of a project that is %s: nobody could read them',
    async (status) => {
      const { link } = await project({ status });
      expect((await tell(link)).outcome).toBe('closed');
      expect((await sql('select 1 from public.project_updates')).rowCount).toBe(0);
    },
  );

  test('are not taken with a link that opens nothing, nor with that of another form', async () => {
    expect(await tell(hashOf('inconnu'))).toBeNull();
    const id = randomUUID();
    await insertRow(sql, 'help_offers', { ...RIGHTS['help_offers']!.row(id), follow_up_hash: hashOf(id) });
    expect((await tell(hashOf(id))).outcome).toBe('closed');
  });

  test('are taken back by their author, and by nobody who holds another link', async () => {
    const { slug, link } = await project();
    const other = await project();
    const { reference } = (await tell(link)).submission.updates[0];
    await decideAs(db, REVIEWER, reference, 'accepted');
    const unsay = (by: string) =>
      db.runAs('service_role', {}, 'select public.follow_up_unsay($1, $2, null)', [by, reference]);
    await unsay(other.link);
    expect((await shown(slug)).news).toHaveLength(1);
    await unsay(link);
    expect((await shown(slug)).news).toEqual([]);
    expect(await builds()).toEqual(['published', 'erased']);
    expect((await sql('select 1 from public.decisions where kind = $1', ['accepted'])).rowCount).toBe(0);
  });

  test('are shown as long as their project is, however old, and go with it', async () => {
    const { id, link } = await project();
    const { reference } = (await tell(link)).submission.updates[0];
    await decideAs(db, REVIEWER, reference, 'accepted');
    await sql(`select private.purge_expired('2040-01-01')`);
    expect((await sql('select 1 from public.project_updates where project_id = $1', [id])).rowCount).toBe(1);
    await sql('update public.project_updates set status = $1', ['refused']);
    await sql(`select private.purge_expired('2040-01-01')`);
    expect((await sql('select 1 from public.project_updates where project_id = $1', [id])).rowCount).toBe(0);

    await tell(link);
    await db.runAs('service_role', {}, 'select public.follow_up_erase($1, null)', [link]);
    expect((await sql('select 1 from public.project_updates')).rowCount).toBe(0);
  });

  test.each(['anon', 'authenticated'] as const)('are not for %s to send', async (role) => {
    await sql(
      'grant execute on function public.follow_up_news(text, text, text, text) to anon, authenticated',
    );
    await expect(
      db.runAs(role, {}, `select public.follow_up_news('x', '{}', 'y', null)`),
    ).rejects.toMatchObject({ code: '42501' });
    await sql(
      'revoke execute on function public.follow_up_news(text, text, text, text) from anon, authenticated',
    );
  });
});

/** Somebody offers to help the project of this address. */
async function offer(slug: string, columns: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  await insertRow(sql, 'help_offers', { ...RIGHTS['help_offers']!.row(id), project: slug, ...columns });
  return `H-${id}`;
}

const letters = async (kind: string) =>
  (
    await sql('select row_id, due_at > now() as later from private.outbox where kind = $1 and state = $2', [
      kind,
      'pending',
    ])
  ).rows;

describe('an offer of help', () => {
  test('is shown to nobody but the holder of its project, once an officer lets it through, with the encrypted address', async () => {
    const { slug, link } = await project();
    const other = await project();
    const reference = await offer(slug);
    expect((await followed(link)).offers).toEqual([]);
    await decideAs(db, REVIEWER, reference, 'accepted');
    expect((await followed(link)).offers).toEqual([
      {
        reference,
        at: expect.any(String),
        help: ['skills'],
        details: 'Plombière, deux semaines.',
        email: RIGHTS['help_offers']!.row(randomUUID())['email'],
        confirmed: false,
      },
    ]);
    expect((await followed(other.link)).offers).toEqual([]);
    expect(JSON.stringify(await shown(slug))).not.toContain('Plombière');
  });

  test('is hidden again when it is refused later, or when who sent it withdraws or erases it', async () => {
    const { slug, link } = await project();
    for (const end of ['refused', 'withdraw', 'erase']) {
      const hash = hashOf(randomUUID());
      const reference = await offer(slug, { follow_up_hash: hash });
      await decideAs(db, REVIEWER, reference, 'accepted');
      expect((await followed(link)).offers, end).toHaveLength(1);
      if (end === 'refused') await decideAs(db, REVIEWER, reference, end, { reason: 'other' });
      else await db.runAs('service_role', {}, `select public.follow_up_${end}($1, null)`, [hash]);
      expect((await followed(link)).offers, end).toEqual([]);
    }
  });

  test('names a project by its address, and never a row of its choice', async () => {
    const { id, slug } = await project();
    const other = await project();
    const reference = await offer(slug, { project_id: other.id });
    const of = async () =>
      (await sql('select project_id from public.help_offers where reference = $1', [reference])).rows[0]
        .project_id;
    expect(await of()).toBe(id);
    await sql('update public.help_offers set project_id = $1 where reference = $2', [other.id, reference]);
    expect(await of()).toBe(id);
    await sql('update public.help_offers set project = $1 where reference = $2', [other.slug, reference]);
    expect(await of()).toBe(other.id);
    const unknown = await offer('nulle-part');
    expect(
      (await sql('select project_id from public.help_offers where reference = $1', [unknown])).rows[0]
        .project_id,
    ).toBeNull();
  });

  test('goes with its project', async () => {
    const { slug, link } = await project();
    await offer(slug);
    await db.runAs('service_role', {}, 'select public.follow_up_erase($1, null)', [link]);
    expect((await sql('select 1 from public.help_offers')).rowCount).toBe(0);
  });

  test('is told to the holder by one letter, ten minutes later, and at most once a day', async () => {
    const { id, slug } = await project();
    const { decision } = await decideAs(db, REVIEWER, await offer(slug), 'accepted');
    expect(await letters('offer')).toEqual([{ row_id: id, later: true }]);
    await undoAs(db, REVIEWER, decision);
    expect(await letters('offer')).toEqual([]);

    for (let count = 0; count < 3; count += 1) await decideAs(db, REVIEWER, await offer(slug), 'accepted');
    expect(await letters('offer')).toHaveLength(1);
    await sql(`update private.outbox set state = 'sent', done_at = now() where kind = 'offer'`);
    await decideAs(db, REVIEWER, await offer(slug), 'accepted');
    const { rows } = await sql(
      `select due_at > now() + interval '23 hours' as tomorrow from private.outbox where kind = 'offer' and state = 'pending'`,
    );
    expect(rows).toEqual([{ tomorrow: true }]);
  });

  test('is told by no letter to an address that nobody confirmed, or that asked for silence', async () => {
    const doubtful = await project({ confirmed_at: null });
    const silent = await project({ mail_stopped_at: '2026-07-01T10:00:00Z' });
    for (const { slug } of [doubtful, silent]) await decideAs(db, REVIEWER, await offer(slug), 'accepted');
    expect(await letters('offer')).toEqual([]);
  });
});

describe('a project of which nobody has heard', () => {
  const published = new Date('2026-06-01T10:00:00Z');
  const after = (days: number) => new Date(published.getTime() + days * 86_400_000).toISOString();
  const askOn = async (days: number) =>
    (await sql('select private.ask_for_news($1) as written', [after(days)])).rows[0].written;
  const forgetLetters = () => sql('delete from private.outbox');

  test('is asked about once, before its page says anything: the database and the site count the same days', async () => {
    await project();
    expect(await askOn(SILENCE_DAYS.asked - 1)).toBe(0);
    expect(await askOn(SILENCE_DAYS.asked)).toBe(1);
    expect(await askOn(SILENCE_DAYS.silent - 1)).toBe(0);
    await forgetLetters();
    expect(await askOn(SILENCE_DAYS.silent - 1)).toBe(1);
    await forgetLetters();
    expect(await askOn(SILENCE_DAYS.silent)).toBe(0);
  });

  test('is counted from its last accepted news, and is not asked about while some wait to be read', async () => {
    const { id, link } = await project();
    const { reference } = (await tell(link)).submission.updates[0];
    expect(await askOn(SILENCE_DAYS.asked)).toBe(0);
    await decideAs(db, REVIEWER, reference, 'accepted');
    await sql('update public.project_updates set received_at = $1 where project_id = $2', [after(30), id]);
    expect(await askOn(SILENCE_DAYS.asked)).toBe(0);
    expect(await askOn(30 + SILENCE_DAYS.asked)).toBe(1);
  });

  test('is asked a year later whether it still serves once it is delivered, and left in peace after that', async () => {
    await project({ stage: 'delivered' });
    await project({ stage: 'in_service' });
    expect(await askOn(SILENCE_DAYS.asked)).toBe(0);
    expect(await askOn(SILENCE_DAYS.deliveredAsked - 1)).toBe(0);
    expect(await askOn(SILENCE_DAYS.delivered - 1)).toBe(1);
    await forgetLetters();
    expect(await askOn(SILENCE_DAYS.delivered)).toBe(0);
  });

  test.each([
    ['is an example', { is_example: true }],
    ['is not published', { status: 'accepted' }],
    ['has no confirmed address', { confirmed_at: null }],
  ])('is not asked about when it %s', async (_, columns) => {
    await project(columns);
    expect(await askOn(SILENCE_DAYS.asked)).toBe(0);
  });

  test('is asked about once when two runs come together, and never in advance by the secret key', async () => {
    await project();
    const written: unknown[] = await Promise.all([1, 2, 3].map(() => askOn(SILENCE_DAYS.asked)));
    expect(written.filter((letters) => letters === 1)).toHaveLength(1);
    await forgetLetters();
    await sql('update public.projects set published_at = now()');
    await db.runAs('service_role', {}, `select public.ask_for_news(now() + interval '80 days')`);
    expect(await letters('silence')).toEqual([]);
  });
});

/** What an officer makes of one point of a project. */
const qualify = (
  officer: string,
  reference: string,
  criterion: string,
  score: string | null,
  sentence: string | null,
) =>
  db.runAs('authenticated', { sub: officer }, 'select public.qualify_project($1, $2, $3, $4) as answer', [
    reference,
    criterion,
    score,
    sentence,
  ]);

describe('what an officer makes of a project', () => {
  test('is shown on its page, changed or taken back, each time in the journal without its sentence', async () => {
    const { id, reference, slug } = await project();
    await qualify(REVIEWER, reference, 'need', 'clear', ' Trois villages sont nommés. ');
    await qualify(REVIEWER, reference, 'upkeep', 'missing', 'Personne n’est nommé.');
    await qualify(PUBLISHER, reference, 'need', 'partial', 'Deux villages sur trois.');
    await qualify(PUBLISHER, reference, 'upkeep', null, null);
    expect((await shown(slug)).qualification).toEqual([
      { criterion: 'need', score: 'partial', sentence: 'Deux villages sur trois.', at: expect.any(String) },
    ]);
    expect(await builds()).toHaveLength(4);
    const { rows } = await sql(
      `select actor, action, detail -> 'values' as said from public.audit_log
       where table_name = 'project_qualifications' and row_id = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { actor: REVIEWER, action: 'insert', said: { criterion: 'need', score: [null, 'clear'] } },
      { actor: REVIEWER, action: 'insert', said: { criterion: 'upkeep', score: [null, 'missing'] } },
      { actor: PUBLISHER, action: 'update', said: { criterion: 'need', score: ['clear', 'partial'] } },
      { actor: PUBLISHER, action: 'delete', said: { criterion: 'upkeep', score: ['missing', null] } },
    ]);
    expect(JSON.stringify((await sql('select detail from public.audit_log')).rows)).not.toContain('village');
  });

  test('takes exactly the points and the opinions of the public grid, with a sentence', async () => {
    const { reference, slug } = await project();
    for (const { value } of CRITERIA)
      for (const score of SCORES) await qualify(REVIEWER, reference, value, score.value, 'Lu.');
    expect((await shown(slug)).qualification).toHaveLength(CRITERIA.length);
    for (const [criterion, score, sentence] of [
      ['beauty', 'clear', 'Lu.'],
      ['need', 'wonderful', 'Lu.'],
      ['need', 'clear', ' '],
      ['need', 'clear', 'x'.repeat(281)],
    ] as const) {
      await expect(qualify(REVIEWER, reference, criterion, score, sentence)).rejects.toMatchObject({
        code: '22023',
      });
    }
    expect((await qualify(REVIEWER, 'P-INCONNU', 'need', 'clear', 'Lu.')).rows[0].answer).toBe('gone');
  });

  test('is for reviewers and above', async () => {
    const { reference } = await project();
    for (const officer of [READER, randomUUID()]) {
      await expect(qualify(officer, reference, 'need', 'clear', 'Lu.')).rejects.toMatchObject({
        code: '42501',
      });
    }
  });

  test('goes with the project', async () => {
    const { reference, link } = await project();
    await qualify(REVIEWER, reference, 'need', 'clear', 'Lu.');
    await db.runAs('service_role', {}, 'select public.follow_up_erase($1, null)', [link]);
    expect((await sql('select 1 from public.project_qualifications')).rowCount).toBe(0);
  });
});

describe('the day an association was confirmed', () => {
  test('is never given by whoever sends or corrects the form', async () => {
    const id = randomUUID();
    const row = {
      ...RIGHTS['associations']!.row(id),
      activities: ['education'],
      confirmed_at: '2099-01-01T00:00:00Z',
    };
    const { reference: _, ...payload } = row as Record<string, unknown>;
    await expect(
      db.runAs('service_role', {}, 'select public.submit_form($1, $2)', [
        'association',
        JSON.stringify(payload),
      ]),
    ).rejects.toThrow('columns refused for the form association: confirmed_at');

    await insertRow(sql, 'associations', { ...RIGHTS['associations']!.row(id), follow_up_hash: hashOf(id) });
    await expect(
      db.runAs('service_role', {}, 'select public.follow_up_amend($1, $2, 0, $3, null)', [
        hashOf(id),
        JSON.stringify({ confirmed_at: '2099-01-01T00:00:00Z' }),
        hashOf('x'),
      ]),
    ).rejects.toThrow('columns refused for the form association: confirmed_at');
    await sql('delete from public.associations');
  });

  test('may be old: an officer who publishes it again makes it last from that day', async () => {
    const id = randomUUID();
    await insertRow(sql, 'associations', {
      ...RIGHTS['associations']!.row(id),
      received_at: '2024-01-01T10:00:00Z',
      confirmed_at: '2024-01-01T10:00:00Z',
    });
    await decideAs(db, PUBLISHER, `S-${id}`, 'published', { slug: 'les-amis' });
    const { rows } = await sql('select published_at from public.associations');
    expect(rows[0].published_at.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await sql('update public.submission_events set at = $1', ['2024-01-01T10:00:00Z']);
    await sql('select private.purge_expired(now() + interval $$19 months$$)');
    expect((await sql('select 1 from public.associations')).rowCount).toBe(1);
    await sql('select private.purge_expired(now() + interval $$21 months$$)');
    expect((await sql('select 1 from public.associations')).rowCount).toBe(0);
  });
});
