import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasFollowUp } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { type ApiRole, type TestPostgres, startPostgres } from '../support/postgres.ts';
import { decideAs, undoAs } from './decide.ts';
import { HISTORY, PUBLISHED, RIGHTS, SEALED, type Row } from './rights.ts';

const FOLLOWED = FORMS.filter(hasFollowUp);
const OFFICER = '00000000-0000-4000-8000-000000000005';
const fingerprint = () => randomBytes(32).toString('hex');

interface Answer {
  outcome: string;
  submission: {
    form: string;
    row: Row;
    revision: number;
    events: { at: string; kind: string; actor: string }[];
    team: { reason: string | null; note: string | null } | null;
  };
}

let db: TestPostgres;
beforeAll(async () => {
  db = await startPostgres();
  await db.pool.query(`insert into auth.users (id) values ('${OFFICER}')`);
  await db.pool.query(`insert into public.officers (user_id, role) values ('${OFFICER}', 'admin')`);
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.pool.query('delete from private.rate_limits; delete from private.build_requests'));

/** Stores a submission as the functions do, and gives the fingerprint of its link. */
async function submitted(form: string, table: string, changes: Row = {}): Promise<string> {
  const link = fingerprint();
  const { reference: _reference, ...row } = RIGHTS[table]!.row(randomUUID());
  await db.runAs('service_role', {}, 'select public.submit_form($1, $2)', [
    form,
    JSON.stringify({ ...row, follow_up_hash: link, ...changes }),
  ]);
  return link;
}

const CALLS = {
  follow_up: (link: string) => [link, null],
  follow_up_amend: (link: string, row: Row = {}, revision = 0, print = fingerprint()) => [
    link,
    JSON.stringify(row),
    revision,
    print,
    null,
  ],
  follow_up_add: (link: string, print = fingerprint()) => [link, SEALED, print, null],
  follow_up_withdraw: (link: string) => [link, null],
  follow_up_erase: (link: string) => [link, null],
} as const;

async function call(
  name: keyof typeof CALLS,
  values: unknown[],
  role: ApiRole = 'service_role',
  claims = {},
) {
  const places = values.map((_, index) => `$${index + 1}`).join(', ');
  const { rows } = await db.runAs(role, claims, `select public.${name}(${places}) as answer`, values);
  const answer = (rows[0] as { answer: string | null }).answer;
  return answer === null ? null : (JSON.parse(answer) as Answer);
}

const see = (link: string) => call('follow_up', CALLS.follow_up(link));
const amend = (link: string, row: Row, revision?: number, print?: string) =>
  call('follow_up_amend', CALLS.follow_up_amend(link, row, revision, print));
const kindsOf = async (link: string) =>
  (await see(link))?.submission.events.map(({ kind, actor }) => `${kind} by ${actor}`);
const count = async (table: string) =>
  (await db.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n;
const stored = async (table: string, link: string) =>
  (await db.pool.query(`select * from public.${table} where follow_up_hash = $1`, [link])).rows[0] as
    Row | undefined;

test('the database gives a follow-up to exactly the forms that are declared with one', async () => {
  const { rows } = await db.pool.query('select slug from private.forms where follow_up');
  expect(rows.map(({ slug }) => String(slug)).toSorted()).toEqual(
    FOLLOWED.map(({ slug }) => slug).toSorted(),
  );
});

describe.each(FOLLOWED.map(({ slug, table }) => [slug, table] as const))(
  'a submission of « %s »',
  (slug, table) => {
    test('is seen by its link, with its history and nothing that identifies it to machines', async () => {
      const link = await submitted(slug, table);
      const answer = await see(link);
      expect(answer).toMatchObject({
        outcome: 'seen',
        submission: { form: slug, revision: 0, row: { status: 'received' } },
      });
      expect(answer!.submission.events).toMatchObject([{ kind: 'received', actor: 'person' }]);
      const secret = ['id', 'follow_up_hash', 'idempotency_key', 'content_hash', 'email_index'];
      expect(Object.keys(answer!.submission.row).filter((name) => secret.includes(name))).toEqual([]);
      expect(JSON.stringify(answer)).not.toContain(link);
    });

    test('tells its author what the team did, and never who did it', async () => {
      const link = await submitted(slug, table);
      const { reference } = (await stored(table, link))!;
      expect(await decideAs(db, OFFICER, String(reference), 'accepted')).toMatchObject({ outcome: 'done' });
      expect(await kindsOf(link)).toEqual(['received by person', 'accepted by team']);
      expect(JSON.stringify(await see(link))).not.toContain(OFFICER);
    });

    test('once corrected goes back to the queue, with what its author did as its last event', async () => {
      const link = await submitted(slug, table);
      await db.pool.query(`update public.${table} set status = 'accepted' where follow_up_hash = $1`, [link]);
      const answer = await amend(link, { form_version: 'corrigé' });
      expect(answer).toMatchObject({
        outcome: 'done',
        submission: { revision: 1, row: { status: 'received' } },
      });
      expect(await stored(table, link)).toMatchObject({ form_version: 'corrigé', status: 'received' });
      expect(await kindsOf(link)).toEqual(['received by person', 'accepted by team', 'corrected by person']);
    });

    test('is withdrawn once, however often that is asked', async () => {
      const link = await submitted(slug, table);
      for (let time = 0; time < 2; time += 1)
        await call('follow_up_withdraw', CALLS.follow_up_withdraw(link));
      expect(await kindsOf(link)).toEqual(['received by person', 'withdrawn by person']);
    });

    test('once erased leaves a line with the form, the day and the reason, and nothing else', async () => {
      const link = await submitted(slug, table);
      const { id } = (await stored(table, link))!;
      await call('follow_up_add', CALLS.follow_up_add(link));
      const before = await count('public.erasures');
      expect(await call('follow_up_erase', CALLS.follow_up_erase(link))).toMatchObject({ outcome: 'done' });
      expect(await stored(table, link)).toBeUndefined();
      for (const of of ['submission_events', 'submission_messages']) {
        expect((await db.pool.query(`select 1 from public.${of} where row_id = $1`, [id])).rowCount, of).toBe(
          0,
        );
      }
      expect(await count('public.erasures')).toBe(before + 1);
      const { rows } = await db.pool.query(
        `select form, day = current_date as today, reason from public.erasures order by id desc limit 1`,
      );
      expect(rows).toEqual([{ form: slug, today: true, reason: 'person' }]);
      expect(await call('follow_up_erase', CALLS.follow_up_erase(link))).toBeNull();
      expect(await count('public.erasures')).toBe(before + 1);
    });

    test('takes its history along however it is deleted', async () => {
      const link = await submitted(slug, table);
      const { id } = (await stored(table, link))!;
      await db.pool.query(`delete from public.${table} where id = $1`, [id]);
      expect(
        (await db.pool.query('select 1 from public.submission_events where row_id = $1', [id])).rowCount,
      ).toBe(0);
    });

    test.each([
      'reference',
      'status',
      'received_at',
      'follow_up_hash',
      'idempotency_key',
      'content_hash',
      'is_example',
      'id',
      'inconnue',
    ])('does not let its author change “%s”', async (column) => {
      const link = await submitted(slug, table);
      await expect(amend(link, { [column]: null })).rejects.toMatchObject({ code: '22023' });
      expect(await kindsOf(link)).toEqual(['received by person']);
    });
  },
);

describe.each(Object.entries(PUBLISHED))('what is shown by %s', (view, table) => {
  const slug = FOLLOWED.find((form) => form.table === table)!.slug;
  const publish = async (link: string) => {
    const address = `adresse-${randomBytes(4).toString('hex')}`;
    await db.pool.query(
      `update public.${table} set status = 'published', slug = $2, published_at = now() where follow_up_hash = $1`,
      [link, address],
    );
    return address;
  };
  const isShown = async (address: string) =>
    (await db.runAs('anon', {}, `select 1 from public.${view} where slug = $1`, [address])).rowCount === 1;

  test.each([
    ['corrected', (link: string) => amend(link, {}), 'unpublished'],
    [
      'withdrawn',
      (link: string) => call('follow_up_withdraw', CALLS.follow_up_withdraw(link)),
      'unpublished',
    ],
    ['erased', (link: string) => call('follow_up_erase', CALLS.follow_up_erase(link)), 'erased'],
  ])('once %s is no longer there, and a build is asked for', async (_what, act, reason) => {
    const link = await submitted(slug, table);
    const address = await publish(link);
    expect(await isShown(address)).toBe(true);
    await act(link);
    expect(await isShown(address)).toBe(false);
    const { rows } = await db.pool.query('select reason from private.build_requests order by id');
    expect(rows).toEqual([{ reason: 'published' }, { reason }]);
  });

  test('leaves no word of its address in the audit log', async () => {
    const link = await submitted(slug, table);
    const address = await publish(link);
    await call('follow_up_erase', CALLS.follow_up_erase(link));
    const { rows } = await db.pool.query(
      'select string_agg(log::text, chr(10)) as text from public.audit_log as log',
    );
    expect(rows[0].text).toContain('slug');
    expect(rows[0].text).not.toContain(address);
  });
});

describe('a correction', () => {
  test('made twice in two places at the same moment is stored once, and the other is told', async () => {
    const link = await submitted('inscription', 'registrations');
    const cities = Array.from({ length: 10 }, (_, index) => `Ville ${index}`);
    const answers = await Promise.all(cities.map((city) => amend(link, { city })));
    expect(answers.map((answer) => answer!.outcome).toSorted()).toEqual([
      ...Array.from({ length: 9 }, () => 'changed'),
      'done',
    ]);
    const winner = cities[answers.findIndex((answer) => answer!.outcome === 'done')];
    expect(await stored('registrations', link)).toMatchObject({ city: winner });
    expect(await kindsOf(link)).toEqual(['received by person', 'corrected by person']);
  });

  test('sent twice is done once, and both are told so', async () => {
    const link = await submitted('inscription', 'registrations');
    const print = fingerprint();
    const answers = await Promise.all([1, 2].map(() => amend(link, { city: 'Kara' }, 0, print)));
    expect(answers.map((answer) => answer!.outcome)).toEqual(['done', 'done']);
    expect(await kindsOf(link)).toEqual(['received by person', 'corrected by person']);
  });

  test('on what was corrected meanwhile changes nothing, and says what is stored now', async () => {
    const link = await submitted('inscription', 'registrations');
    await amend(link, { city: 'Kara' });
    const late = await amend(link, { city: 'Lomé' }, 0);
    expect(late).toMatchObject({ outcome: 'changed', submission: { revision: 1, row: { city: 'Kara' } } });
    expect(await amend(link, { city: 'Lomé' }, 1)).toMatchObject({ outcome: 'done' });
  });

  test('empties an answer, which takes the default of its column', async () => {
    const link = await submitted('projet', 'projects', { amount_raised: 5, commune: 'Zio 3' });
    await amend(link, { amount_raised: null, commune: null });
    expect(await stored('projects', link)).toMatchObject({ amount_raised: '0', commune: null });
  });

  test('is refused by the rules of the table, whatever the functions have let through', async () => {
    const link = await submitted('inscription', 'registrations');
    await expect(amend(link, { last_name: 'Mensah' })).rejects.toMatchObject({ code: '23514' });
    await expect(amend(link, { consent_registry: false })).rejects.toMatchObject({ code: '23514' });
    expect(await kindsOf(link)).toEqual(['received by person']);
  });
});

describe('what the team writes with a decision', () => {
  const said = async (link: string) => (await see(link))!.submission.team;

  test('is read by the link, until it is undone or the person has answered, and never who wrote it', async () => {
    const link = await submitted('inscription', 'registrations');
    const { reference } = (await stored('registrations', link))!;
    expect(await said(link)).toBeNull();
    const words = { reason: 'unclear', note: 'Quel est votre métier ?' };
    const { decision } = await decideAs(db, OFFICER, String(reference), 'needs_info', words);
    expect(await said(link)).toEqual(words);
    expect(JSON.stringify(await see(link))).not.toContain(OFFICER);
    await undoAs(db, OFFICER, decision);
    expect(await said(link)).toBeNull();
    await decideAs(db, OFFICER, String(reference), 'needs_info', words);
    await amend(link, { city: 'Kara' });
    expect(await said(link)).toBeNull();
  });
});

describe('a message', () => {
  const add = (link: string, print?: string) => call('follow_up_add', CALLS.follow_up_add(link, print));

  test('brings back to the queue what waited for it, and nothing else', async () => {
    const link = await submitted('inscription', 'registrations');
    await db.pool.query(`update public.registrations set status = 'needs_info' where follow_up_hash = $1`, [
      link,
    ]);
    expect(await add(link)).toMatchObject({ outcome: 'done', submission: { row: { status: 'received' } } });
    await db.pool.query(`update public.registrations set status = 'accepted' where follow_up_hash = $1`, [
      link,
    ]);
    expect(await add(link)).toMatchObject({ submission: { row: { status: 'accepted' } } });
    expect(await kindsOf(link)).toEqual([
      'received by person',
      'needs_info by team',
      'added by person',
      'accepted by team',
      'added by person',
    ]);
  });

  test('sent twice within an hour is kept once', async () => {
    const link = await submitted('inscription', 'registrations');
    const print = fingerprint();
    await Promise.all([add(link, print), add(link, print)]);
    const { id } = (await stored('registrations', link))!;
    expect(
      (await db.pool.query('select 1 from public.submission_messages where row_id = $1', [id])).rowCount,
    ).toBe(1);
  });

  test('is refused after twenty', async () => {
    const link = await submitted('inscription', 'registrations');
    for (let index = 0; index < 20; index += 1) expect((await add(link))!.outcome).toBe('done');
    expect((await add(link))!.outcome).toBe('full');
  });

  test('is stored sealed or not at all', async () => {
    const link = await submitted('inscription', 'registrations');
    await expect(call('follow_up_add', [link, 'en clair', fingerprint(), null])).rejects.toMatchObject({
      code: '23514',
    });
  });
});

describe('who may call these functions', () => {
  const names = Object.keys(CALLS) as (keyof typeof CALLS)[];

  test('a link that no submission has gets nothing from any of them', async () => {
    for (const name of names) expect(await call(name, CALLS[name](fingerprint())), name).toBeNull();
  });

  test.each(['anon', 'authenticated'] as const)(
    '%s, an officer included, may not, even if the platform granted everything of schema public',
    async (role) => {
      const link = await submitted('inscription', 'registrations');
      const claims = role === 'authenticated' ? { sub: OFFICER } : {};
      const tryAll = async () => {
        for (const name of names)
          await expect(call(name, CALLS[name](link), role, claims), name).rejects.toMatchObject({
            code: '42501',
          });
      };
      await tryAll();
      await db.pool.query(
        `grant execute on all functions in schema public to ${role}; grant all on all tables in schema public to ${role}`,
      );
      await tryAll();
      expect(await kindsOf(link)).toEqual(['received by person']);
      await db.pool.query(`revoke execute on all functions in schema public from ${role}`);
    },
  );

  test('nobody writes the history, not even the secret key granted everything again', async () => {
    await db.pool.query('grant all on all tables in schema public to service_role');
    for (const table of HISTORY) {
      const [column, value] = Object.entries(RIGHTS[table]!.change)[0]!;
      for (const statement of [
        `delete from public.${table}`,
        `update public.${table} set ${column} = '${String(value)}'`,
      ])
        await expect(db.runAs('service_role', {}, statement), statement).rejects.toMatchObject({
          code: '42501',
        });
    }
  });

  test('even the owner may not rewrite the list of erasures', async () => {
    for (const statement of ['delete from public.erasures', `update public.erasures set reason = 'officer'`])
      await expect(db.pool.query(statement), statement).rejects.toMatchObject({ code: '42501' });
  });

  test('one sender asks 120 times in an hour, even when all the requests come together, and no more', async () => {
    const left = 3_600_000 - (Date.now() % 3_600_000);
    if (left < 20_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
    const ask = (limiter: string) => call('follow_up', [fingerprint(), limiter]);
    const results = await Promise.allSettled(Array.from({ length: 150 }, () => ask('quelqu’un')));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(30);
    for (const one of refused)
      expect(one).toMatchObject({ reason: { code: 'PT429', detail: expect.stringMatching(/^\d+$/) } });
    expect(await ask('quelqu’un d’autre')).toBeNull();
  });
});
