import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestLite, startLite } from '../support/lite.ts';
import { type ApiRole, type TestPostgres, startPostgres } from '../support/postgres.ts';
import { RIGHTS, SEALED, type Row } from './rights.ts';

interface Answer {
  reference: string;
  created: boolean;
  link_key: string | null;
  quarantined: boolean;
}

/** What the functions send: no reference, the database draws one. */
function submission(changes: Row = {}, table = 'registrations'): Row {
  const { reference: _reference, ...row } = RIGHTS[table]!.row(randomUUID());
  const content = { ...row, ...changes };
  const hash = createHash('sha256').update(
    JSON.stringify([content['email'], content['city'], content['title']]),
  );
  return { ...content, content_hash: changes['content_hash'] ?? hash.digest('hex') };
}

const person = (city: string, changes: Row = {}) => submission({ city, ...changes });

// The limiter counts by clock hour: a test that crossed the hour would start a new count.
async function stayWithinTheHour(): Promise<void> {
  const left = 3_600_000 - (Date.now() % 3_600_000);
  if (left < 20_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
}

describe('submit_form on PostgreSQL', { timeout: 60_000 }, () => {
  let db: TestPostgres;
  beforeAll(async () => void (db = await startPostgres()), 60_000);
  afterAll(() => db.stop());
  beforeEach(() =>
    db.pool.query(
      'delete from public.registrations; delete from public.projects; delete from private.rate_limits',
    ),
  );

  async function submit(payload: Row, form = 'inscription', role: ApiRole = 'service_role'): Promise<Answer> {
    const { rows } = await db.runAs(role, {}, 'select * from public.submit_form($1, $2)', [
      form,
      JSON.stringify(payload),
    ]);
    return rows[0] as Answer;
  }
  const count = async (table = 'public.registrations'): Promise<number> =>
    (await db.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;
  const hitsOf = async (bucket: string): Promise<number[]> =>
    (await db.pool.query('select hits from private.rate_limits where bucket = $1', [bucket])).rows.map(
      ({ hits }) => hits,
    );

  test('the secret key may store a registration and a project, each in its own table', async () => {
    const registration = await submit(person('Lyon', { skills: ['Soudure', 'Ɖɔwɔla'], phone: SEALED }));
    const project = await submit(submission({}, 'projects'), 'projet');
    expect(registration).toEqual({
      reference: expect.stringMatching(/^I-[A-Z3-9]{4}-[A-Z3-9]{4}$/),
      created: true,
      link_key: null,
      quarantined: false,
    });
    expect(project).toEqual({
      reference: expect.stringMatching(/^P-[A-Z3-9]{4}-[A-Z3-9]{4}$/),
      created: true,
      link_key: null,
      quarantined: false,
    });
    const { rows } = await db.pool.query(
      'select status, skills, availability, is_example from public.registrations',
    );
    expect(rows).toEqual([
      { status: 'received', skills: ['Soudure', 'Ɖɔwɔla'], availability: [], is_example: false },
    ]);
    expect(await count('public.projects')).toBe(1);
  });

  test('the same key with the same content gives one row and the same reference, even a month later', async () => {
    const payload = person('Lyon');
    const first = await submit(payload);
    await db.pool.query(`update public.registrations set received_at = now() - interval '30 days'`);
    expect(await submit(payload)).toEqual({ ...first, created: false });
    expect(await count()).toBe(1);
  });

  test('the same content under another key within a day gives the same reference', async () => {
    const first = await submit(person('Lyon'));
    await db.pool.query(`update public.registrations set received_at = now() - interval '23 hours'`);
    expect(await submit(person('Lyon'))).toEqual({ ...first, created: false });
  });

  test('the same content under another key after a day is a new submission', async () => {
    await submit(person('Lyon'));
    await db.pool.query(`update public.registrations set received_at = now() - interval '25 hours'`);
    expect((await submit(person('Lyon'))).created).toBe(true);
    expect(await count()).toBe(2);
  });

  test('the same key with a corrected content is stored beside the first, and each can be sent again', async () => {
    const original = person('Lyon');
    const corrected = person('Lille', { idempotency_key: original['idempotency_key'] });
    const first = await submit(original);
    const second = await submit(corrected);
    expect(second.created).toBe(true);
    expect(second.reference).not.toBe(first.reference);
    await db.pool.query(`update public.registrations set received_at = now() - interval '30 days'`);
    expect(await submit(original)).toEqual({ ...first, created: false });
    expect(await submit(corrected)).toEqual({ ...second, created: false });
    expect(await count()).toBe(2);
  });

  describe('the key from which the follow-up link is made', () => {
    const link = 'e'.repeat(64);
    const otherLink = 'f'.repeat(64);

    test('is given to whoever sends, and again for as long as it is the same sending', async () => {
      const payload = person('Lyon', { follow_up_hash: link });
      expect(await submit(payload)).toMatchObject({ link_key: payload['idempotency_key'] });
      await db.pool.query(`update public.registrations set received_at = now() - interval '1 year'`);
      expect(await submit(payload)).toMatchObject({ created: false, link_key: payload['idempotency_key'] });
    });

    test('is given for the same content under another key during one hour, not afterwards', async () => {
      const first = person('Lyon', { follow_up_hash: link });
      const again = { ...first, idempotency_key: randomUUID(), follow_up_hash: otherLink };
      const { reference } = await submit(first);
      const known = { reference, created: false, quarantined: false };
      expect(await submit(again)).toEqual({ ...known, link_key: first['idempotency_key'] });
      await db.pool.query(`update public.registrations set received_at = now() - interval '61 minutes'`);
      expect(await submit(again)).toEqual({ ...known, link_key: null });
    });

    test('names the content too, when one key comes with a second content', async () => {
      const first = person('Lyon', { follow_up_hash: link });
      const second = person('Lille', {
        follow_up_hash: otherLink,
        idempotency_key: first['idempotency_key'],
      });
      await submit(first);
      expect(await submit(second)).toMatchObject({
        created: true,
        link_key: `${String(first['idempotency_key'])}:${String(second['content_hash'])}`,
      });
    });

    test('of what was withdrawn is not given: the same content sent anew is a new submission', async () => {
      const first = person('Lyon', { follow_up_hash: link });
      await submit(first);
      await db.pool.query(`update public.registrations set status = 'withdrawn'`);
      const again = { ...first, idempotency_key: randomUUID(), follow_up_hash: otherLink };
      expect(await submit(again)).toMatchObject({ created: true, link_key: again.idempotency_key });
    });
  });

  test('one content sent to two forms is two submissions', async () => {
    const payload = person('Lyon');
    await submit(payload);
    const project = submission(
      { content_hash: payload['content_hash'], idempotency_key: payload['idempotency_key'] },
      'projects',
    );
    expect((await submit(project, 'projet')).created).toBe(true);
  });

  test('200 people sending twice at the same moment make 200 rows, and both copies get one reference', async () => {
    const payloads = Array.from({ length: 200 }, (_, index) =>
      person(`Ville ${index}`, { _limiter: `n${index}` }),
    );
    const answers = await Promise.all(payloads.flatMap((payload) => [submit(payload), submit(payload)]));
    expect(await count()).toBe(200);
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(200);
    expect(answers.filter(({ created }) => created)).toHaveLength(200);
    for (let index = 0; index < answers.length; index += 2) {
      expect(answers[index]!.reference).toBe(answers[index + 1]!.reference);
    }
  });

  test('the same content sent under twenty keys at the same moment makes one row', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(person('Lyon'))));
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1);
    expect(await count()).toBe(1);
  });

  test('the same key with two contents at the same moment makes two rows and no error', async () => {
    const idempotency_key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => submit(person(`Ville ${index % 2}`, { idempotency_key }))),
    );
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(2);
    expect(await count()).toBe(2);
  });

  test('the 31st submission of one hour from one sender is refused with HTTP 429, and nothing is stored', async () => {
    await stayWithinTheHour();
    for (let index = 0; index < 30; index += 1) await submit(person(`Ville ${index}`, { _limiter: 'hash' }));
    await expect(submit(person('Une de trop', { _limiter: 'hash' }))).rejects.toMatchObject({
      code: 'PT429',
      detail: expect.stringMatching(/^\d+$/),
    });
    expect(await count()).toBe(30);
    expect(await hitsOf('inscription:hash')).toEqual([30]);
  });

  test('another sender, another form and no sender at all are not touched by somebody’s limit', async () => {
    await stayWithinTheHour();
    await submit(person('Lyon', { _limiter: 'hash', _limit: 1 }));
    await expect(submit(person('Lille', { _limiter: 'hash', _limit: 1 }))).rejects.toMatchObject({
      code: 'PT429',
    });
    expect((await submit(person('Lille', { _limiter: 'other', _limit: 1 }))).created).toBe(true);
    expect((await submit(submission({ _limiter: 'hash', _limit: 1 }, 'projects'), 'projet')).created).toBe(
      true,
    );
    expect((await submit(person('Nice'))).created).toBe(true);
  });

  test('sending again what is already stored is never refused and never counts', async () => {
    await stayWithinTheHour();
    const payload = person('Lyon', { _limiter: 'hash', _limit: 1 });
    const first = await submit(payload);
    for (let index = 0; index < 5; index += 1)
      expect(await submit(payload)).toEqual({ ...first, created: false });
    expect(await hitsOf('inscription:hash')).toEqual([1]);
  });

  test('the limit holds when the submissions arrive together', async () => {
    await stayWithinTheHour();
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => submit(person(`Ville ${index}`, { _limiter: 'hash' }))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
    expect(await count()).toBe(30);
  });

  test('a submission that fails does not count', async () => {
    await expect(submit(person('', { _limiter: 'hash' }))).rejects.toMatchObject({ code: '23514' });
    expect(await count('private.rate_limits')).toBe(0);
  });

  test('what is known of a sender is erased after 24 hours', async () => {
    await db.pool.query(
      `insert into private.rate_limits values ('old', now() - interval '25 hours', 3), ('recent', now() - interval '23 hours', 3)`,
    );
    await submit(person('Lyon', { _limiter: 'hash' }));
    const { rows } = await db.pool.query('select bucket from private.rate_limits order by 1');
    expect(rows.map(({ bucket }) => bucket)).toEqual([
      'formulaires:hash',
      'inscription:hash',
      'recent',
      'total:inscription',
    ]);
  });

  test.each([
    ['an unknown form', 'compte', {}, '22023'],
    ['an unknown column', 'inscription', { is_admin: true }, '22023'],
    ['a column of another form', 'inscription', { sector: 'water' }, '22023'],
    ['a column whose name is an injection', 'inscription', { 'city") values (1); --': 'x' }, '22023'],
    ['an identifier', 'inscription', { id: randomUUID() }, '22023'],
    ['a status', 'inscription', { status: 'accepted' }, '22023'],
    ['a date of reception', 'inscription', { received_at: '2020-01-01' }, '22023'],
    ['the mark of an example', 'inscription', { is_example: true }, '22023'],
    ['a value outside its list', 'inscription', { education_level: 'guru' }, '23514'],
    ['a missing consent', 'inscription', { consent_registry: false }, '23514'],
    ['a value of the wrong type', 'inscription', { consent_contact: 'perhaps' }, '22P02'],
    ['no idempotency key', 'inscription', { idempotency_key: null }, '22023'],
    ['an empty required value', 'inscription', { city: null }, '23502'],
    ['an empty required name', 'inscription', { last_name: null }, '23514'],
    ['a name in clear text', 'inscription', { last_name: 'Mensah' }, '23514'],
    ['an address without its index', 'inscription', { email_index: null }, '23514'],
  ])('a submission with %s is refused and nothing is stored', async (_what, form, changes, code) => {
    await expect(submit(person('Lyon', { ...changes, _limiter: 'hash' }), form)).rejects.toMatchObject({
      code,
    });
    expect(await count()).toBe(0);
    expect(await count('private.rate_limits')).toBe(0);
  });

  test.each([
    ['an address', { slug: 'un-forage' }],
    ['a date of publication', { published_at: '2026-01-01' }],
    ['the status “published”', { status: 'published' }],
  ])('nobody may submit a project with %s: publishing is an officer’s act', async (_what, changes) => {
    await expect(submit(submission(changes, 'projects'), 'projet')).rejects.toMatchObject({ code: '22023' });
    expect(await count('public.projects')).toBe(0);
  });

  test.each(['[]', '"text"', 'null', 'not json'])('the payload %s is refused', async (payload) => {
    await expect(
      db.runAs('service_role', {}, 'select * from public.submit_form($1, $2)', ['inscription', payload]),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^22/) });
  });

  test.each(['anon', 'authenticated'] as const)(
    '%s may not submit, even if it were granted the function',
    async (role) => {
      await expect(submit(person('Lyon'), 'inscription', role)).rejects.toMatchObject({ code: '42501' });
      await db.pool.query(`grant execute on function public.submit_form(text, text) to ${role}`);
      await db.pool.query(`grant all on all tables in schema public to ${role}`);
      await expect(submit(person('Lyon'), 'inscription', role)).rejects.toMatchObject({ code: '42501' });
      expect(await count()).toBe(0);
      await db.pool.query(`revoke all on function public.submit_form(text, text) from ${role}`);
    },
  );
});

describe.each(['pglite', 'postgres'] as const)(
  'submit_form through supabase-js on the %s driver of lite',
  { timeout: 60_000 },
  (driver) => {
    let lite: TestLite;
    let db: TestPostgres | undefined;

    beforeAll(async () => {
      vi.spyOn(console, 'error').mockImplementation(() => {});
      if (driver === 'postgres') {
        db = await startPostgres({ bootstrap: false, migrate: false });
        lite = await startLite({ postgresUrl: db.url });
      } else {
        lite = await startLite();
      }
    }, 60_000);
    afterAll(async () => {
      await lite.stop();
      await db?.stop();
      vi.restoreAllMocks();
    });

    const send = (client: TestLite['anon'], payload: Row, form = 'inscription') =>
      client.rpc('submit_form', { form, payload: JSON.stringify(payload) });

    test('the secret key may store a submission, and sending it again gives the same reference', async () => {
      const payload = person('Aŋlɔ', { skills: ['Soudure'] });
      const first = await send(lite.service, payload);
      expect(first.data).toEqual([
        { reference: expect.stringMatching(/^I-/), created: true, link_key: null, quarantined: false },
      ]);
      const again = await send(lite.service, payload);
      expect(again.data).toMatchObject([{ ...first.data[0], created: false }]);
      const { data } = await lite.service.from('registrations').select('city, skills');
      expect(data).toEqual([{ city: 'Aŋlɔ', skills: ['Soudure'] }]);
    });

    test('fifty people sending twice at the same moment make fifty rows', async () => {
      const payloads = Array.from({ length: 50 }, (_, index) => person(`Ville ${index}`));
      const answers = await Promise.all(
        payloads.flatMap((payload) => [0, 1].map(() => send(lite.service, payload))),
      );
      expect(new Set(answers.map(({ data }) => data[0].reference)).size).toBe(50);
      expect(
        await lite.sql(`select count(*)::int as n from public.registrations where city like 'Ville %'`),
      ).toEqual([{ n: 50 }]);
    });

    test('one submission too many is answered with HTTP 429 and the seconds to wait', async () => {
      await stayWithinTheHour();
      await send(lite.service, person('Nice', { _limiter: 'hash', _limit: 1 }));
      const { status, error } = await send(lite.service, person('Metz', { _limiter: 'hash', _limit: 1 }));
      expect(status).toBe(429);
      expect(Number(error?.details)).toBeGreaterThan(0);
    });

    test('an unknown column is refused with an error that is not the server’s', async () => {
      const { status, error } = await send(lite.service, person('Brest', { is_admin: true }));
      expect(status).toBe(400);
      expect(error?.message).toContain('is_admin');
    });

    test('a visitor and a signed-in stranger may not submit', async () => {
      const stranger = await lite.signIn(`${driver}@example.org`);
      for (const client of [lite.anon, stranger.client]) {
        const { error } = await send(client, person('Dijon'));
        expect(error?.code).toBe('42501');
      }
      expect(await lite.sql(`select 1 from public.registrations where city = 'Dijon'`)).toEqual([]);
    });
  },
);
