import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerDelivery } from '../../functions/_lib/mail/deliver.ts';
import { smtpServer } from '../../functions/_lib/mail/mail-server.ts';
import { mailSettingsOf } from '../../functions/_lib/mail/settings.ts';
import type { Services } from '../../functions/_lib/submission.ts';
import type { LetterHead } from '../../src/domain/letters/letter.ts';
import { difficulte } from '../../src/domain/forms/difficulte.ts';
import type { Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { startPostgres, type Database, type TestPostgres } from '../support/postgres.ts';
import { TEST_KEYS } from '../support/sealing.ts';
import { post, servicesOnLite, SITE } from '../support/service.ts';
import { startSmtp, type Arrived, type TestSmtp } from '../support/smtp.ts';

const HEAD: LetterHead = {
  name: 'Guide de test',
  status: 'Site de démonstration, non officiel',
  statusDetail: 'Ce site n’est pas un site de l’État togolais.',
  contact: null,
};

let postgres: TestPostgres;
let database: Database;
let lite: TestLite;
let smtp: TestSmtp;
let said: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  postgres = await startPostgres({ bootstrap: false, migrate: false });
  database = await postgres.createDatabase('lite', { bootstrap: false, migrate: false });
  lite = await startLite({ listen: true, postgresUrl: database.url });
  smtp = await startSmtp();
});
afterAll(async () => {
  await smtp.stop();
  await lite.stop();
  await postgres.stop();
});
beforeEach(async () => {
  said = [];
  smtp.behave('accept');
  for (const { table } of FORMS) await sql(`delete from public.${table}`);
});
afterEach(() => void smtp.letters());

const sql = (text: string, params: unknown[] = []) => database.pool.query(text, params);
const settings = () => ({ SMTP_URL: smtp.url, MAIL_FROM: 'Guide de test <guide@example.org>' });
const services = (environment: object = {}) => servicesOnLite(lite, { ...settings(), ...environment });

function deliver(on: Services = services(), run = 25_000) {
  const { mail, keys, letters } = on;
  const server = mail && smtpServer(mail);
  return answerDelivery({ mail, keys, letters, server, head: () => Promise.resolve(HEAD) }, run);
}
const delivered = async (on?: Services) => (await deliver(on)).json();

let person = 0;
const newAddress = () => `personne-${(person += 1)}@example.net`;

/** Sends a form as somebody with this address. Gives the reference. */
async function send(email = newAddress(), form: Form = inscription, on = services()): Promise<string> {
  const answers = { ...goodAnswers(form, `courrier ${email}`), email: [email] };
  const response = await post(on, { slug: form.slug, body: urlencoded(answers) });
  const { reference } = (await response.json()) as { reference: string };
  // Posted by a program: an officer lets it out.
  await sql(`update public.${form.table} set quarantined_at = null`);
  return reference;
}
const row = async (reference: string, table = 'registrations') =>
  (await sql(`select * from public.${table} where reference = $1`, [reference])).rows[0];
const lines = async () => (await sql('select * from private.outbox order by created_at')).rows;
const makeDue = () => sql(`update private.outbox set due_at = now()`);

describe('a letter', () => {
  test('leaves after a sending, to the address that was given, with the reference, what follows and the links', async () => {
    const email = newAddress();
    const reference = await send(email);
    expect(await delivered()).toEqual({ sent: 1, later: 0, never: 0 });
    const [letter, ...others] = smtp.letters();
    expect(others).toEqual([]);
    expect(letter!.to).toEqual([email]);
    expect(letter!.headers).toMatchObject({
      subject: `Votre envoi est arrivé\u00a0: ${reference}`,
      from: 'Guide de test <guide@example.org>',
      to: email,
      'auto-submitted': 'auto-generated',
    });
    for (const words of [letter!.text, letter!.html]) {
      expect(words).toContain(reference);
      expect(words).toContain(`${SITE}/confirmer/#confirmer.`);
      expect(words).toContain(HEAD.statusDetail);
    }
    const token = /\/suivi\/#([\w-]{43})/.exec(letter!.text)![1]!;
    expect((await row(reference)).follow_up_hash).toBe(createHash('sha256').update(token).digest('hex'));
    expect(await lines()).toMatchObject([{ state: 'sent', attempts: 1, last_code: null }]);
    expect(await delivered()).toEqual({ sent: 0, later: 0, never: 0 });
  });

  test('shows nothing, follows nobody: no image, no style sheet, no link but ours, no header that asks for a receipt', async () => {
    await send();
    await deliver();
    const [{ html, raw }] = smtp.letters() as [Arrived];
    expect(html).not.toMatch(/<img|<link|<script|url\(|@import|background/i);
    expect([...html.matchAll(/href="([^"]+)"/g)].filter(([, href]) => !href!.startsWith(SITE))).toEqual([]);
    expect(raw).not.toMatch(/Disposition-Notification|Return-Receipt|X-Mailer/i);
  });

  test('says nothing of the answers: whoever reads the mailbox learns the name of the form, no more', async () => {
    const email = newAddress();
    await send(email);
    await deliver();
    const [{ text }] = smtp.letters() as [Arrived];
    expect(text).not.toMatch(/Réponse courrier/);
    expect(text).not.toContain(email);
  });

  test('leaves for every form that has an address, and for no other', async () => {
    const forms = FORMS.filter(({ slug }) =>
      ['inscription', 'projet', 'association', 'difficulte'].includes(slug),
    );
    for (const form of forms) await send(newAddress(), form);
    for (const form of FORMS.filter((one) => !forms.includes(one))) {
      const answers = goodAnswers(form, 'sans adresse');
      expect((await post(services(), { slug: form.slug, body: urlencoded(answers) })).status).toBe(201);
    }
    expect(await delivered()).toEqual({ sent: 4, later: 0, never: 0 });
  });

  test('is not written for whoever left no address', async () => {
    const { email: _email, answer_wanted: _wanted, ...answers } = goodAnswers(difficulte, 'anonyme');
    expect((await post(services(), { slug: 'difficulte', body: urlencoded(answers) })).status).toBe(201);
    expect(await lines()).toEqual([]);
  });
});

describe('without a mail server', () => {
  test.each([
    ['SMTP_URL is empty', { SMTP_URL: '' }],
    ['MAIL_FROM is missing', { MAIL_FROM: '' }],
    ['MAIL_FROM is not an address', { MAIL_FROM: 'nous' }],
    ['SMTP_URL is of another protocol', { SMTP_URL: 'https://example.org' }],
  ])('everything else works, and no line waits: %s', async (_, environment) => {
    const on = services(environment);
    await send(newAddress(), inscription, on);
    expect((await sql('select 1 from public.registrations')).rowCount).toBe(1);
    expect(await lines()).toEqual([]);
    expect(await delivered(on)).toEqual({ code: 'no-mail' });
  });

  test('what is wrong in the settings is named in the log, and never shown', () => {
    mailSettingsOf({ SMTP_URL: 'ftp://secret-word@example.org', MAIL_FROM: 'nous', SITE_URL: SITE });
    expect(said).toEqual(['{"event":"mail-unusable","code":"SMTP_URL MAIL_FROM"}']);
  });
});

describe('a mail server that', () => {
  test.each([
    ['is busy for this addressee', 'later', '451'],
    ['has no room for the text', 'text-later', '452'],
  ] as const)('%s gets the letter again, once', async (_, how, code) => {
    await send();
    smtp.behave(how);
    expect(await delivered()).toEqual({ sent: 0, later: 1, never: 0 });
    expect(await lines()).toMatchObject([{ state: 'pending', last_code: code }]);
    smtp.behave('accept');
    expect(await delivered()).toEqual({ sent: 0, later: 0, never: 0 });
    await makeDue();
    expect(await delivered()).toEqual({ sent: 1, later: 0, never: 0 });
    expect(smtp.letters()).toHaveLength(1);
  });

  test.each([
    ['does not know the addressee', 'never', '550'],
    ['will not have the text', 'text-never', '554'],
  ] as const)('%s is not asked twice, and the others are served', async (_, how, code) => {
    await send();
    smtp.behave(how);
    expect(await delivered()).toEqual({ sent: 0, later: 0, never: 1 });
    smtp.behave('accept');
    const email = newAddress();
    await send(email);
    await makeDue();
    expect(await delivered()).toEqual({ sent: 1, later: 0, never: 0 });
    expect(smtp.letters().map(({ to }) => to)).toEqual([[email]]);
    expect((await lines()).map(({ state, last_code }) => [state, last_code])).toEqual([
      ['dead', code],
      ['sent', null],
    ]);
  });

  test.each([
    ['never answers', 'stall', 'ETIMEDOUT'],
    ['cuts the line in the middle of a letter', 'die', 'ECONNECTION'],
    ['does not want our own address', 'sender', '553'],
  ] as const)('%s costs one try of one letter: the rest waits, and nothing is lost', async (_, how, code) => {
    for (let count = 0; count < 3; count += 1) await send();
    smtp.behave(how);
    const before = smtp.attempts();
    expect(await delivered()).toEqual({ sent: 0, later: 1, never: 0 });
    expect(smtp.attempts() - before).toBe(1);
    expect((await lines()).map(({ attempts }) => attempts).toSorted()).toEqual([0, 0, 1]);
    expect((await lines()).find(({ attempts }) => attempts === 1)).toMatchObject({ last_code: code });
    expect(smtp.letters()).toEqual([]);
    smtp.behave('accept');
    await makeDue();
    expect(await delivered()).toEqual({ sent: 3, later: 0, never: 0 });
    expect(new Set(smtp.letters().map(({ to }) => String(to))).size).toBe(3);
  });

  test('is not there at all costs one try too', async () => {
    await send();
    await send();
    expect(await delivered(services({ SMTP_URL: 'smtp://127.0.0.1:9' }))).toEqual({
      sent: 0,
      later: 1,
      never: 0,
    });
    expect((await lines()).map(({ state }) => state)).toEqual(['pending', 'pending']);
  });

  test('takes a letter and dies before it says so gets it twice, under the same name: nothing can prevent that', async () => {
    await send();
    smtp.behave('die-after');
    expect(await delivered()).toMatchObject({ later: 1 });
    smtp.behave('accept');
    await makeDue();
    expect(await delivered()).toMatchObject({ sent: 1 });
    const [first, second, ...more] = smtp.letters();
    expect(more).toEqual([]);
    expect(second!.headers['message-id']).toBe(first!.headers['message-id']);
    expect(second!.text).toBe(first!.text);
  });

  test('refuses eight times sees no ninth', async () => {
    await send();
    smtp.behave('later');
    for (let attempt = 0; attempt < 9; attempt += 1) {
      await makeDue();
      await deliver();
    }
    expect(await lines()).toMatchObject([{ state: 'dead', attempts: 8, last_code: '451' }]);
    smtp.behave('accept');
    await makeDue();
    expect(await delivered()).toEqual({ sent: 0, later: 0, never: 0 });
  });

  test('is elsewhere is only spoken to under cover: without TLS, neither password nor letter leaves', async () => {
    // Leads here all the same, by a name that does not say so.
    const mail = mailSettingsOf({
      ...settings(),
      SMTP_URL: smtp.url.replace('127.0.0.1', '0.0.0.0'),
      SITE_URL: SITE,
    });
    const before = smtp.attempts();
    const letter = { to: 'a@example.org', subject: 'a', text: 'a', html: 'a', messageId: '<a@example.org>' };
    expect(await smtpServer(mail!).send(letter, 8000)).toMatchObject({ outcome: 'later', reached: false });
    expect(smtp.attempts()).toBe(before);
  });
});

describe('senders', () => {
  test('that work at the same time share the letters: each leaves once', async () => {
    const addresses = Array.from({ length: 12 }, newAddress);
    for (const email of addresses) await send(email);
    const done = await Promise.all([delivered(), delivered(), delivered()]);
    expect(done.map(({ sent }) => Number(sent)).reduce((a, b) => a + b)).toBe(12);
    expect(
      smtp
        .letters()
        .map(({ to }) => String(to))
        .toSorted(),
    ).toEqual(addresses.toSorted());
  });

  test('that lose the database after the letter has left do not send it again while they may live, and then say the same', async () => {
    await send();
    const on = services();
    const deaf: Services = { ...on, letters: { ...on.letters, settle: () => Promise.resolve(undefined) } };
    expect(await delivered(deaf)).toMatchObject({ sent: 1 });
    expect(await delivered()).toEqual({ sent: 0, later: 0, never: 0 });
    await sql(`update private.outbox set leased_until = now() - interval '1 second'`);
    expect(await delivered()).toMatchObject({ sent: 1 });
    const [first, second] = smtp.letters();
    expect(second!.headers['message-id']).toBe(first!.headers['message-id']);
  });

  test('begin no letter that they could not finish', async () => {
    await send();
    expect(await (await deliver(services(), 11_000)).json()).toEqual({ sent: 0, later: 0, never: 0 });
    expect(await lines()).toMatchObject([{ attempts: 0 }]);
  });

  test('without the key of an address wait for it to come back', async () => {
    await send();
    const other = services({ DATA_KEY: randomBytes(32).toString('base64') });
    expect(await delivered(other)).toEqual({ sent: 0, later: 1, never: 0 });
    expect((await deliver(services({ DATA_KEY: '' }))).status).toBe(503);
    await makeDue();
    expect(await delivered()).toMatchObject({ sent: 1 });
  });

  test('that find no database say so', async () => {
    const on = services();
    const lost: Services = { ...on, letters: { ...on.letters, claim: () => Promise.resolve('unavailable') } };
    expect((await deliver(lost)).status).toBe(503);
  });

  test('say in the log what became of letters, never to whom nor with which key', async () => {
    const email = `canari-${randomBytes(4).toString('hex')}@example.org`;
    await send(email);
    for (const how of ['later', 'sender', 'die', 'never'] as const) {
      smtp.behave(how);
      await makeDue();
      await deliver();
    }
    await sql(`update private.outbox set state = 'pending'`);
    smtp.behave('accept');
    await makeDue();
    await deliver();
    const [{ text }] = smtp.letters() as [Arrived];
    const journal = said.join('\n');
    expect(journal).toContain('"event":"letter"');
    expect(journal).toContain('"event":"delivery"');
    expect(journal).not.toContain(email.split('@')[0]);
    for (const [, secret] of text.matchAll(/#(\S+)/g)) expect(journal).not.toContain(secret);
    const stored = JSON.stringify(await lines());
    expect(stored).not.toContain(email.split('@')[0]);
  });
});

describe('the letters that come later', () => {
  const confirmed = async (form: Form = inscription) => {
    const reference = await send(newAddress(), form);
    await sql(`update public.${form.table} set confirmed_at = now()`);
    await sql('delete from private.outbox');
    return reference;
  };
  const decide = async (table: string, status: string) => {
    await sql(`update public.${table} set status = $1, slug = 'un-projet', published_at = now()`, [
      status,
    ]).catch(() => sql(`update public.${table} set status = $1`, [status]));
    await makeDue();
    await deliver();
    return smtp.letters()[0]!;
  };

  test.each([
    ['needs_info', 'une précision'],
    ['accepted', 'l’a accepté'],
    ['published', 'est publié'],
    ['refused', 'ne l’a pas retenu'],
    ['withdrawn', 'a retiré votre envoi'],
  ])('tell that a project is now « %s »', async (status, words) => {
    const reference = await confirmed(projet);
    const { text, headers } = await decide('projects', status);
    expect(text).toContain(words);
    expect(text).toContain(reference);
    expect(headers['subject']).toContain(reference);
    expect(headers['subject']).not.toMatch(/accept|refus|publi|projet/i);
    expect(headers['list-unsubscribe']).toMatch(new RegExp(`^<${SITE}/confirmer/#arreter\\.`));
  });

  test('ask every year whether one still agrees: keep, change, erase, and what happens without an answer', async () => {
    await confirmed();
    await sql(
      `update public.registrations set consent_at = '2025-03-10', confirmed_at = '2025-03-11T10:00:00Z'`,
    );
    await lite.service.rpc('ask_again', { as_of: new Date().toISOString() });
    await makeDue();
    expect(await delivered()).toMatchObject({ sent: 1 });
    const [{ text, headers }] = smtp.letters() as [Arrived];
    expect(headers['subject']).toMatch(/^Toujours d’accord\u00a0\?/);
    for (const link of ['/confirmer/#garder.', '/suivi/#', '/confirmer/#effacer.', '/confirmer/#arreter.'])
      expect(text).toContain(`${SITE}${link}`);
    expect(text).toContain('11 mars 2025');
    expect(text).toContain('tout sera effacé le 11 mars 2027');
    expect(headers['list-unsubscribe']).toContain('/confirmer/#arreter.');
  });

  test('hold the same follow-up link after a change of key, as long as the older one is there', async () => {
    const reference = await send();
    const { follow_up_hash: hash } = await row(reference);
    const next = randomBytes(32).toString('base64');
    await deliver(services({ DATA_KEY: `${next},${TEST_KEYS.DATA_KEY}` }));
    const token = /\/suivi\/#([\w-]{43})/.exec(smtp.letters()[0]!.text)![1]!;
    expect(createHash('sha256').update(token).digest('hex')).toBe(hash);
  });

  test('say to keep the link one has, rather than give one that opens nothing', async () => {
    await send();
    await sql(`update public.registrations set follow_up_hash = repeat('0', 64)`);
    await deliver();
    const [{ text }] = smtp.letters() as [Arrived];
    expect(text).not.toContain('/suivi/#');
    expect(text).toContain('ouvrez le lien que vous avez gardé');
  });
});
