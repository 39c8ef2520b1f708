import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { answerRotation } from '../../functions/_lib/rotation.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { createKeyPair, openerWith, writePublicKey } from '../../src/sealing/seal.ts';
import { fullDump } from '../support/dump.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { startPostgres, type Database, type TestPostgres } from '../support/postgres.ts';
import { officer, openedRow, TEST_KEYS, testKeys, usableKeys } from '../support/sealing.ts';
import { post, servicesOn, servicesOnLite } from '../support/service.ts';

let postgres: TestPostgres;
let database: Database;
let lite: TestLite;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  postgres = await startPostgres({ bootstrap: false, migrate: false });
  database = await postgres.createDatabase('lite', { bootstrap: false, migrate: false });
  lite = await startLite({ listen: true, postgresUrl: database.url });
});
afterAll(async () => {
  await lite.stop();
  await postgres.stop();
});

const FORMS_BY_SLUG = FORMS.map((form) => [form.slug, form] as const);
const protectedFieldsOf = (form: Form) => fieldsOf(form).filter(({ protection }) => protection !== undefined);

/** Answers whose every protected one is made of a word found nowhere else. */
function canaries(form: Form, word: string): Record<string, string[]> {
  const digits = [...word].map((letter) => letter.charCodeAt(0) % 10).join('');
  const answers = goodAnswers(form, `canari ${form.slug}`);
  for (const { name, kind } of protectedFieldsOf(form)) {
    if (kind === 'email') answers[name] = [`${word}@example.org`];
    if (kind === 'phone' || kind === 'contact') answers[name] = [`+2289${digits}`];
    if (kind === 'text' || kind === 'long-text') answers[name] = [`${name} ${word}`];
  }
  return answers;
}

async function rowOf(form: Form, response: Response): Promise<Record<string, unknown>> {
  const { reference } = (await response.json()) as { reference: string };
  const { rows } = await database.pool.query(`select * from public.${form.table} where reference = $1`, [
    reference,
  ]);
  return rows[0] as Record<string, unknown>;
}

const send = (form: Form, answers: Record<string, string[]>, keys: Partial<typeof TEST_KEYS> = {}) =>
  post(servicesOnLite(lite, keys), { slug: form.slug, body: urlencoded(answers) });

const newDataKey = () => randomBytes(32).toString('base64');

describe('a full copy of the database', () => {
  test('holds no name, address, telephone nor sealed text that was sent, whole or in part, in clear or in base64', async () => {
    const words = new Map<string, string>();
    for (const form of FORMS) {
      const word = `c${randomBytes(3).toString('hex')}`;
      words.set(form.slug, word);
      const response = await send(form, canaries(form, word));
      expect([form.slug, response.status]).toEqual([form.slug, 201]);
    }
    const dump = await fullDump(database);
    // The dump is a real one: what is not protected is in it.
    expect(dump).toContain('canari projet');
    expect(dump).toContain('public.registrations');
    for (const form of FORMS) {
      const word = words.get(form.slug)!;
      const answers = canaries(form, word);
      for (const { name } of protectedFieldsOf(form)) {
        const text = answers[name]![0]!;
        for (const hidden of [
          text,
          word,
          text.replace('+', ''),
          Buffer.from(text).toString('base64url'),
          Buffer.from(text).toString('hex'),
        ])
          expect(dump, `${form.slug}.${name}`).not.toContain(hidden);
      }
    }
  });

  test('does not even tell that two people have the same name, or how long it is', async () => {
    const answers = (city: string, name: string) => ({
      ...goodAnswers(inscription, city),
      last_name: [name],
    });
    const rows = [];
    for (const [city, name] of [
      ['Lyon', 'Ba'],
      ['Metz', 'Ba'],
      ['Nice', 'Agbodjan-Prince'],
    ] as const)
      rows.push(await rowOf(inscription, await send(inscription, answers(city, name))));
    const names = rows.map((row) => String(row['last_name']));
    expect(new Set(names).size).toBe(3);
    expect(new Set(names.map((name) => name.length)).size).toBe(1);
  });

  test('holds no fingerprint that somebody without the key could compute from guessed answers', async () => {
    const row = await rowOf(inscription, await send(inscription, goodAnswers(inscription, 'deviner')));
    const other = usableKeys({ ...TEST_KEYS, DATA_KEY: newDataKey() });
    const place = { form: 'inscription', field: 'email' };
    const address = 'essai-deviner@example.org';
    expect(row['email_index']).toBe(testKeys.emailIndex(address, place));
    expect(row['email_index']).not.toBe(other.emailIndex(address, place));
    expect(testKeys.contentHash('a')).not.toBe(other.contentHash('a'));
    expect(testKeys.limiter('a')).not.toBe(other.limiter('a'));
  });
});

describe.each(FORMS_BY_SLUG)('the form « %s »', (_slug, form) => {
  test('is read again in full by the officers and the functions together', async () => {
    const answers = canaries(form, `c${randomBytes(3).toString('hex')}`);
    const row = await openedRow(form, await rowOf(form, await send(form, answers)));
    for (const { name } of protectedFieldsOf(form)) expect(row[name]).toBe(answers[name]![0]);
  });

  test('stores nothing while a key is missing or spoilt, and says so', async () => {
    const count = async () =>
      (await database.pool.query(`select count(*)::int as n from public.${form.table}`)).rows[0].n as number;
    const before = await count();
    for (const keys of [
      { DATA_KEY: '' },
      { DATA_KEY: 'trop-court' },
      { OFFICERS_PUBLIC_KEY: '' },
      { OFFICERS_PUBLIC_KEY: `B${'A'.repeat(86)}` },
    ]) {
      const response = await send(form, goodAnswers(form, 'sans clé'), keys);
      expect(response.status).toBe(503);
      const { code, message } = (await response.json()) as { code: string; message: string };
      expect(code).toBe('closed');
      expect(message).toContain('Pas reçu, vos réponses sont gardées.');
    }
    expect(await count()).toBe(before);
  });
});

describe('the same person', () => {
  test('is recognised by the index of the address, whatever the capitals, and not from one form to another', async () => {
    const place = { form: 'inscription', field: 'email' };
    const answers = (city: string, email: string) => ({ ...goodAnswers(inscription, city), email: [email] });
    await send(inscription, answers('Aného', 'Akoua.Deux-Fois@Example.org'));
    await send(inscription, answers('Tsévié', 'akoua.deux-fois@example.org'));
    const { rows } = await database.pool.query(
      'select city from public.registrations where email_index = $1 order by city',
      [testKeys.emailIndex(' AKOUA.deux-fois@example.ORG ', place)],
    );
    expect(rows).toEqual([{ city: 'Réponse Aného' }, { city: 'Réponse Tsévié' }]);
    expect(testKeys.emailIndex('a@example.org', { form: 'projet', field: 'email' })).not.toBe(
      testKeys.emailIndex('a@example.org', place),
    );
  });
});

describe('changing the key of the data', () => {
  const place = { form: 'inscription', field: 'email' };
  const before = newDataKey();
  const after = newDataKey();
  const stored = async () =>
    (await database.pool.query('select * from public.registrations where reference = $1', [reference]))
      .rows[0];
  let reference: unknown;
  const rotate = (DATA_KEY: string) => answerRotation(servicesOnLite(lite, { DATA_KEY }));

  test('an address stays readable while both keys are there, is found by both indexes, and is closed again with the new one', async () => {
    const row = await rowOf(
      inscription,
      await send(
        inscription,
        { ...goodAnswers(inscription, 'rotation'), email: ['tourne@example.org'] },
        { DATA_KEY: before },
      ),
    );
    reference = row['reference'];
    const both = usableKeys({ ...TEST_KEYS, DATA_KEY: `${after},${before}` });
    expect(both.decrypt(String(row['email']), place)).toBe('tourne@example.org');
    expect(both.emailIndexes('tourne@example.org', place)).toContain(row['email_index']);
    expect(both.emailIndex('tourne@example.org', place)).not.toBe(row['email_index']);

    expect(await (await rotate(`${after},${before}`)).json()).toEqual({ done: 1, failed: 0 });
    const rotated = await stored();
    const alone = usableKeys({ ...TEST_KEYS, DATA_KEY: after });
    expect(alone.decrypt(rotated.email, place)).toBe('tourne@example.org');
    expect(rotated.email_index).toBe(alone.emailIndex('tourne@example.org', place));
    // Nothing else of the row has changed.
    expect({ ...rotated, email: 0, email_index: 0 }).toEqual({ ...row, email: 0, email_index: 0 });
  });

  test('has nothing left to do the next hour, nor when there is one key only', async () => {
    expect(await (await rotate(`${after},${before}`)).json()).toEqual({ done: 0, failed: 0 });
    expect(await (await rotate(after)).json()).toEqual({ done: 0, failed: 0 });
  });

  test('leaves alone, and counts, an address that was altered in the database', async () => {
    const next = newDataKey();
    const { email } = await stored();
    const altered = `${String(email).slice(0, -4)}AAAA`;
    await database.pool.query('update public.registrations set email = $1 where reference = $2', [
      altered,
      reference,
    ]);
    expect(await (await rotate(`${next},${after}`)).json()).toEqual({ done: 0, failed: 1 });
    expect((await stored()).email).toBe(altered);
  });

  test('waits for another hour when the database does not answer, and does nothing without keys', async () => {
    const nowhere = servicesOn(
      { url: 'http://127.0.0.1:9', secret: lite.keys.secret },
      { DATA_KEY: `${after},${before}` },
      { totalDeadline: 300, attemptDeadline: 100 },
    );
    expect((await answerRotation(nowhere)).status).toBe(503);
    expect((await rotate('')).status).toBe(503);
  });

  test('losing the key of the data loses the addresses: nothing else opens them', async () => {
    const { email } = await rowOf(
      inscription,
      await send(inscription, goodAnswers(inscription, 'clé perdue')),
    );
    const other = usableKeys({ ...TEST_KEYS, DATA_KEY: newDataKey() });
    expect(() => other.decrypt(String(email), place)).toThrow('key');
  });
});

describe('changing the officers’ key', () => {
  const place = { form: 'inscription', field: 'last_name' };

  test('new answers open with the new key only, and those received before with the old one still', async () => {
    const next = await createKeyPair();
    const old = await rowOf(inscription, await send(inscription, goodAnswers(inscription, 'avant')));
    const recent = await rowOf(
      inscription,
      await send(inscription, goodAnswers(inscription, 'après'), {
        OFFICERS_PUBLIC_KEY: writePublicKey(next.publicKey),
      }),
    );
    const newOfficer = await openerWith([next.privateKey]);
    expect(await officer.open(String(old['last_name']), place)).toBe('Réponse avant');
    expect(await newOfficer.open(String(recent['last_name']), place)).toBe('Réponse après');
    await expect(officer.open(String(recent['last_name']), place)).rejects.toThrow('key');
    await expect(newOfficer.open(String(old['last_name']), place)).rejects.toThrow('key');
  });

  test('losing the officers’ key loses what is sealed: the functions, with all their secrets, open nothing', async () => {
    const row = await rowOf(inscription, await send(inscription, goodAnswers(inscription, 'perdue')));
    expect(() => testKeys.decrypt(String(row['last_name']), place)).toThrow('format');
    const another = await createKeyPair();
    await expect(
      (await openerWith([another.privateKey])).open(String(row['last_name']), place),
    ).rejects.toThrow('key');
  });
});
