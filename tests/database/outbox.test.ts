import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { decideAs, undoAs } from './decide.ts';
import { RIGHTS } from './rights.ts';
import { insertRow } from './rows.ts';

const OFFICER = '00000000-0000-4000-8000-000000000003';

let db: TestPostgres;
beforeAll(async () => {
  db = await startPostgres();
  await db.pool.query(`insert into auth.users (id) values ('${OFFICER}')`);
  await insertRow((text, params) => db.pool.query(text, params), 'officers', {
    user_id: OFFICER,
    role: 'publisher',
  });
}, 60_000);
afterAll(() => db.stop());

const sql = (text: string, params: unknown[] = []) => db.pool.query(text, params);
const asFunctions = (text: string, params: unknown[] = []) => db.runAs('service_role', {}, text, params);

beforeEach(async () => {
  await sql(
    'delete from public.registrations; delete from public.difficulties; delete from private.rate_limits',
  );
});

type Row = Record<string, unknown>;

/** Sends a registration by the door of the functions. Gives its reference. */
async function send(columns: Row = {}, form = 'inscription'): Promise<string> {
  const table = form === 'inscription' ? 'registrations' : 'difficulties';
  const { reference: _reference, ...row } = RIGHTS[table]!.row(randomUUID());
  const { rows } = await asFunctions('select * from public.submit_form($1, $2)', [
    form,
    JSON.stringify({ ...row, follow_up_hash: hash(), _mail: true, ...columns }),
  ]);
  return rows[0].reference;
}

/** The same, its address already confirmed and its receipt gone. */
async function sendConfirmed(columns: Row = {}): Promise<string> {
  const reference = await send(columns);
  await sql(`update private.outbox set state = 'sent', done_at = now() where row_id = (${idOf(reference)})`);
  await sql('update public.registrations set confirmed_at = now() where reference = $1', [reference]);
  return reference;
}

const hash = () => randomUUID().replaceAll('-', '').repeat(2);
const idOf = (reference: string) => `select id from public.registrations where reference = '${reference}'`;
const lines = async (): Promise<Row[]> =>
  (await sql('select * from private.outbox order by created_at')).rows;
const kinds = async () => (await lines()).map(({ kind, state }) => `${String(kind)} ${String(state)}`);
const makeDue = () => sql('update private.outbox set due_at = now()');

interface Claimed {
  id: string;
  lease: string;
  kind: string;
  status: string;
  reference: string;
  attempts: number;
  confirmed: boolean;
  email: string;
}
async function claim(): Promise<Claimed | null> {
  const { rows } = await asFunctions('select public.claim_letter() as line');
  return rows[0].line && (JSON.parse(rows[0].line) as Claimed);
}
const settle = async ({ id, lease }: Claimed, outcome: string, code = '') =>
  (
    await asFunctions('select public.settle_letter($1, $2, $3, $4) as state', [
      id,
      lease,
      outcome,
      code || null,
    ])
  ).rows[0].state;
const answer = async (line: string, what: string) => {
  const { rows } = await asFunctions('select public.answer_letter($1, $2, null) as answer', [line, what]);
  return rows[0].answer && JSON.parse(rows[0].answer);
};
/** What the person does with their link, as the functions behind it do. */
const asPerson = (text: string) => sql(`begin; set local guide.actor = 'person'; ${text}; commit`);

describe('a receipt', () => {
  test('is written with the submission, once however often it is sent, and holds no address', async () => {
    const row = { idempotency_key: 'the same', content_hash: hash() };
    const first = await send(row);
    expect(await send(row)).toBe(first);
    expect(await kinds()).toEqual(['receipt pending']);
    const { email, email_index } = (await sql('select * from public.registrations')).rows[0];
    expect(JSON.stringify(await lines())).not.toContain(email);
    expect(JSON.stringify(await lines())).not.toContain(email_index);
  });

  test('is not written when the submission is not stored', async () => {
    await expect(send({ city: '' })).rejects.toMatchObject({ code: '23514' });
    expect(await lines()).toEqual([]);
  });

  test.each([
    ['no mail server is set', { _mail: false }],
    ['the functions say nothing of one', { _mail: null }],
  ])('is not written when %s', async (_, columns) => {
    await send(columns);
    expect(await lines()).toEqual([]);
  });

  test('is not written for a form without an address, nor when the person left none', async () => {
    await send({}, 'difficulte');
    expect(await lines()).toEqual([]);
    const { email, email_index } = RIGHTS['registrations']!.row(randomUUID());
    await send({ email, email_index, answer_wanted: 'yes' }, 'difficulte');
    expect(await kinds()).toEqual(['receipt pending']);
  });

  test('does not leave for what was put aside, and leaves when an officer lets it out', async () => {
    const aside = { quarantined_at: new Date().toISOString(), quarantine_reasons: ['honeypot'] };
    const reference = await send(aside);
    expect(await kinds()).toEqual(['receipt held']);
    expect(await claim()).toBeNull();
    await decideAs(db, OFFICER, reference, 'released');
    expect(await claim()).toMatchObject({ kind: 'receipt' });
  });

  test('goes three times a day to one address, whoever fills in the form', async () => {
    const email_index = hash();
    const others = () => ({ email_index, content_hash: hash(), idempotency_key: randomUUID() });
    await Promise.all(Array.from({ length: 8 }, () => send(others())));
    expect(await lines()).toHaveLength(3);
    await send();
    expect(await lines()).toHaveLength(4);
  });
});

describe('a sender', () => {
  test('gets one letter at a time, and nobody else gets it meanwhile', async () => {
    await send();
    await send();
    const claimed = await Promise.all([claim(), claim(), claim(), claim()]);
    const ids = claimed.flatMap((line) => line?.id ?? []);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toHaveLength(2);
  });

  test('that dies leaves its letter to another after two minutes, and can no longer speak for it', async () => {
    await send();
    const dead = (await claim())!;
    expect(await claim()).toBeNull();
    await sql(`update private.outbox set leased_until = now() - interval '1 second'`);
    const alive = (await claim())!;
    expect(alive).toMatchObject({ id: dead.id, attempts: 2 });
    expect(await settle(dead, 'sent')).toBeNull();
    expect(await kinds()).toEqual(['receipt pending']);
    expect(await settle(alive, 'sent')).toBe('sent');
    expect(await claim()).toBeNull();
  });

  test('waits longer and longer, and gives up after eight tries', async () => {
    await send();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await makeDue();
      const state = await settle((await claim())!, 'later', 'ETIMEDOUT');
      expect(state).toBe(attempt < 8 ? 'pending' : 'dead');
      const { rows } = await sql(
        'select round(extract(epoch from due_at - now()) / 60)::int as minutes from private.outbox',
      );
      waits.push(rows[0].minutes);
    }
    expect(waits.slice(0, 7)).toEqual([1, 5, 15, 60, 240, 720, 1440]);
    await makeDue();
    expect(await claim()).toBeNull();
    expect(await lines()).toMatchObject([{ state: 'dead', attempts: 8, last_code: 'ETIMEDOUT' }]);
  });

  test('gives up at once what the other side will never take', async () => {
    await send();
    expect(await settle((await claim())!, 'never', '550')).toBe('dead');
    expect(await lines()).toMatchObject([{ last_code: '550' }]);
  });

  test('never tries a ninth time a letter that kills whoever sends it', async () => {
    await send();
    for (let death = 1; death <= 8; death += 1) {
      expect(await claim()).not.toBeNull();
      await sql('update private.outbox set leased_until = now()');
    }
    expect(await claim()).toBeNull();
    expect(await lines()).toMatchObject([{ state: 'dead', last_code: 'gave_up' }]);
  });

  test('does not surprise anybody with a letter a week late', async () => {
    await send();
    await sql(`update private.outbox set created_at = now() - interval '8 days'`);
    expect(await claim()).toBeNull();
    expect(await lines()).toMatchObject([{ state: 'dead', last_code: 'too_old' }]);
  });

  test('cannot write a sentence of the mail server in the database: it could quote an address', async () => {
    await send();
    const line = (await claim())!;
    await expect(settle(line, 'later', '550 no such user kossi@example.org')).rejects.toMatchObject({
      code: '23514',
    });
  });

  test('finds nothing any more of a submission that was erased', async () => {
    await send();
    const line = (await claim())!;
    await sql('delete from public.registrations');
    expect(await lines()).toEqual([]);
    expect(await settle(line, 'sent')).toBeNull();
  });
});

describe('news of a submission', () => {
  const decide = (reference: string, decision: string) =>
    decideAs(db, OFFICER, reference, decision, { reason: 'other' });

  test('are written when an officer decides, to a confirmed address, ten minutes later', async () => {
    await decide(await sendConfirmed(), 'accepted');
    expect(await kinds()).toEqual(['receipt sent', 'news pending']);
    expect(await claim()).toBeNull();
    await makeDue();
    expect(await claim()).toMatchObject({ kind: 'news', status: 'accepted' });
  });

  test('tell the last decision only, and nothing when it was a slip', async () => {
    const reference = await sendConfirmed();
    await decide(reference, 'refused');
    await decide(reference, 'accepted');
    await makeDue();
    expect(await claim()).toMatchObject({ kind: 'news', status: 'accepted' });
    await sql('delete from public.registrations');
    const { decision } = await decide(await sendConfirmed(), 'refused');
    await undoAs(db, OFFICER, decision);
    expect(await kinds()).toEqual(['receipt sent']);
  });

  test('leave again when the officer decides otherwise while they are leaving', async () => {
    const reference = await sendConfirmed();
    await decide(reference, 'refused');
    await makeDue();
    const leaving = (await claim())!;
    await decide(reference, 'accepted');
    expect(await settle(leaving, 'sent')).toBeNull();
    await makeDue();
    expect(await claim()).toMatchObject({ kind: 'news', status: 'accepted', attempts: 1 });
  });

  test('are not written to an address that nobody confirmed: it may be somebody else’s', async () => {
    await decide(await send(), 'accepted');
    expect(await kinds()).toEqual(['receipt pending']);
  });

  test('are not written to whoever did it themselves, nor to whoever wants no letter', async () => {
    const reference = await sendConfirmed();
    await asPerson(`update public.registrations set status = 'withdrawn'`);
    expect(await kinds()).toEqual(['receipt sent']);
    await sql(`update public.registrations set mail_stopped_at = now(), status = 'received'`);
    await decide(reference, 'refused');
    expect(await kinds()).toEqual(['receipt sent']);
  });

  test('that wait are dropped when the person asks for silence before they leave', async () => {
    await decide(await sendConfirmed(), 'accepted');
    await sql('update public.registrations set mail_stopped_at = now()');
    await makeDue();
    expect(await claim()).toBeNull();
    expect(await kinds()).toEqual(['receipt sent']);
  });
});

describe('the answers to a letter', () => {
  const oneLine = async () => String((await lines())[0]!['id']);
  const row = async () => (await sql('select * from public.registrations')).rows[0];

  test('looking changes nothing, however often: programs open links before people do', async () => {
    const reference = await send();
    for (let time = 0; time < 3; time += 1)
      expect(await answer(await oneLine(), 'see')).toEqual({
        outcome: 'done', kind: 'receipt', form: 'inscription', reference, status: 'received',
      }); // prettier-ignore
    expect(await row()).toMatchObject({ confirmed_at: null, mail_stopped_at: null });
  });

  test('confirming says when, and asks for letters again', async () => {
    await send();
    await answer(await oneLine(), 'stop');
    expect((await row()).mail_stopped_at).toBeInstanceOf(Date);
    await answer(await oneLine(), 'confirm');
    expect((await row()).confirmed_at).toBeInstanceOf(Date);
    expect((await row()).mail_stopped_at).toBeNull();
  });

  test('erasing erases, and leaves a line that says so', async () => {
    await send();
    const line = await oneLine();
    const before = (await sql('select 1 from public.erasures')).rowCount!;
    expect(await answer(line, 'erase')).toMatchObject({ outcome: 'done' });
    expect(await row()).toBeUndefined();
    expect((await sql('select 1 from public.erasures')).rowCount).toBe(before + 1);
    expect(await answer(line, 'see')).toBeNull();
    expect(await answer(randomUUID(), 'see')).toBeNull();
  });

  test('an unknown answer is refused', async () => {
    await send();
    await expect(answer(await oneLine(), 'publish')).rejects.toMatchObject({ code: '22023' });
  });
});

describe('another address', () => {
  const correct = (columns: string) => asPerson(`update public.registrations set ${columns}`);

  test('must be confirmed in its turn, and the letters to the one before answer no more', async () => {
    await sendConfirmed();
    const old = String((await lines())[0]!['id']);
    await correct(`email_index = '${hash()}'`);
    expect((await sql('select confirmed_at from public.registrations')).rows).toEqual([
      { confirmed_at: null },
    ]);
    expect(await kinds()).toEqual(['receipt sent', 'confirmation pending']);
    expect(await answer(old, 'confirm')).toEqual({ outcome: 'voided' });
    expect(await answer(old, 'erase')).toEqual({ outcome: 'voided' });
    expect((await sql('select 1 from public.registrations')).rowCount).toBe(1);
    expect(await claim()).toMatchObject({ kind: 'confirmation', confirmed: false });
  });

  test('stops what was about to leave for the one before', async () => {
    await send();
    const leaving = (await claim())!;
    await correct(`email_index = '${hash()}'`);
    expect(await settle(leaving, 'later')).toBeNull();
    expect(await kinds()).toEqual(['receipt dead', 'confirmation pending']);
  });

  test('is asked for nothing when no letter ever left: no mail server is set', async () => {
    await send({ _mail: false });
    await correct(`email_index = '${hash()}'`);
    expect(await lines()).toEqual([]);
  });

  test('is not one, when the same is closed again with another key', async () => {
    await sendConfirmed();
    await asFunctions(`update public.registrations set email_index = '${hash()}'`);
    expect((await sql('select confirmed_at from public.registrations')).rows[0].confirmed_at).toBeInstanceOf(
      Date,
    );
    expect(await kinds()).toEqual(['receipt sent']);
  });
});

describe('« Toujours d’accord ? »', () => {
  const ask = async (asOf: string) => (await sql('select private.ask_again($1) as n', [asOf])).rows[0].n;
  const agreed = async (columns: Row = {}) => {
    const reference = await sendConfirmed();
    const given = { consent_at: '2026-11-22T10:00:00Z', confirmed_at: '2026-11-23T10:00:00Z', ...columns };
    for (const [name, value] of Object.entries(given))
      await sql(`update public.registrations set ${name} = $1 where reference = $2`, [value, reference]);
  };

  test('is asked a year after the last agreement, then a year after that, and never twice', async () => {
    await agreed();
    expect(await ask('2027-11-22T10:00:00Z')).toBe(0);
    expect(await ask('2027-11-23T10:00:00Z')).toBe(1);
    expect(await Promise.all(['2027-11-23T11:00:00Z', '2028-03-01T10:00:00Z'].map(ask))).toEqual([0, 0]);
    expect(await ask('2028-11-23T10:00:00Z')).toBe(1);
  });

  test('starts the year again for whoever says yes', async () => {
    await agreed();
    await ask('2027-11-23T10:00:00Z');
    await sql(`update public.registrations set confirmed_at = '2027-12-01T10:00:00Z'`);
    expect(await ask('2028-11-30T10:00:00Z')).toBe(0);
    expect(await ask('2028-12-01T10:00:00Z')).toBe(1);
  });

  test.each([
    ['nobody confirmed the address', { confirmed_at: null }],
    ['the person wants no letter', { mail_stopped_at: '2026-12-01T10:00:00Z' }],
    ['the submission was refused', { status: 'refused' }],
    ['the submission was withdrawn', { status: 'withdrawn' }],
    ['it was put aside', { quarantine_reasons: '{no_token}', quarantined_at: '2026-12-01T10:00:00Z' }],
    ['it is an example', { is_example: true }],
  ])('is not asked when %s', async (_, columns) => {
    await agreed(columns);
    expect(await ask('2030-01-01T10:00:00Z')).toBe(0);
  });

  test('is not asked today for another year, whatever date the secret key gives', async () => {
    await sendConfirmed();
    const { rows } = await asFunctions(`select public.ask_again('2999-01-01') as n`);
    expect(rows).toEqual([{ n: 0 }]);
  });
});

test.each(['anon', 'authenticated'] as const)('nothing of the letters is for %s', async (role) => {
  await send();
  for (const call of [
    'public.claim_letter()',
    `public.settle_letter(null, null, 'sent', null)`,
    `public.answer_letter(gen_random_uuid(), 'see', null)`,
    'public.ask_again(now())',
  ]) {
    await sql(`grant execute on function ${call.replace(/\(.*/, '')} to anon, authenticated`);
    await expect(db.runAs(role, {}, `select ${call}`), call).rejects.toMatchObject({ code: '42501' });
  }
  await expect(db.runAs(role, {}, 'select * from private.outbox')).rejects.toMatchObject({ code: '42501' });
});
