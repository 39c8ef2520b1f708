import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { answerFollowUp } from '../../functions/_lib/follow-up.ts';
import { linkHash } from '../../functions/_lib/follow-up-link.ts';
import { builtPages } from '../../functions/_lib/pages.ts';
import type { Services } from '../../functions/_lib/submission.ts';
import { renderFollowUp } from '../../src/components/follow-up/render.tsx';
import type { SubmissionExport } from '../../src/domain/follow-up/export.ts';
import { MESSAGE_FIELD } from '../../src/domain/follow-up/message.ts';
import { difficulte } from '../../src/domain/forms/difficulte.ts';
import { fieldsOf, hasFollowUp, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { fullDump } from '../support/dump.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { startPostgres, type Database, type TestPostgres } from '../support/postgres.ts';
import { officer, openedRow } from '../support/sealing.ts';
import { newAddress, post, servicesOn, servicesOnLite, SITE } from '../support/service.ts';

const FOLLOWED = FORMS.filter(hasFollowUp).map((form) => [form.slug, form] as const);
const LINK = /^\/suivi\/#[\w-]{43}$/;

let postgres: TestPostgres;
let database: Database;
let lite: TestLite;
let dist: string;
let services: Services;
const logged: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => logged.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => logged.push(line));
  postgres = await startPostgres({ bootstrap: false, migrate: false });
  database = await postgres.createDatabase('lite', { bootstrap: false, migrate: false });
  lite = await startLite({ listen: true, postgresUrl: database.url });
  dist = await mkdtemp(join(tmpdir(), 'guide-suivi-'));
  await mkdir(join(dist, 'suivi'));
  await writeFile(
    join(dist, 'suivi/index.html'),
    `<!doctype html><html><head><title>Suivre mon envoi | Guide</title></head><body>${renderFollowUp()}</body></html>`,
  );
  services = withPages(servicesOnLite(lite));
});
afterAll(async () => {
  await lite.stop();
  await postgres.stop();
  await rm(dist, { recursive: true });
  vi.restoreAllMocks();
});

const withPages = (base: Services): Services => ({ ...base, pages: builtPages(dist) });
const unique = (word: string) => `${word}-${randomBytes(3).toString('hex')}`;

type Asked = Record<string, string | readonly string[]>;

/** What is asked for with a link, as a program does: in JSON, answered in JSON. */
function ask(body: Asked, headers: Record<string, string> = {}, on = services) {
  return answerFollowUp(
    new Request(`${SITE}/api/suivi`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
    newAddress(),
    on,
  );
}

/** The same as a page does. */
async function press(
  body: Asked,
  on = services,
): Promise<{ status: number; html: string; response: Response }> {
  const params = new URLSearchParams();
  for (const [name, values] of Object.entries(body))
    for (const value of [values].flat()) params.append(name, value);
  const response = await answerFollowUp(
    new Request(`${SITE}/api/suivi`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
      body: params,
    }),
    newAddress(),
    on,
  );
  return { status: response.status, html: await response.text(), response };
}

interface Sent {
  reference: string;
  followUp: string | null;
}

async function send(form: Form, answers: Asked, headers: Record<string, string> = {}): Promise<Sent> {
  const lists = Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, [value].flat()]));
  const response = await post(services, { slug: form.slug, body: urlencoded(lists), headers });
  return (await response.json()) as Sent;
}

/** Sends right answers, and gives the secret of their link. */
async function sendAndFollow(form: Form, seed = unique('suivi')): Promise<string> {
  const { followUp } = await send(form, goodAnswers(form, seed));
  return String(followUp).split('#')[1] ?? '';
}

const seen = async (cle: string) => (await (await ask({ cle, action: 'voir' })).json()) as SubmissionExport;
const rowOf = async (form: Form, cle: string) =>
  (await database.pool.query(`select * from public.${form.table} where follow_up_hash = $1`, [linkHash(cle)]))
    .rows[0] as Record<string, unknown> | undefined;
/** What the page would send of a question: its first answer. */
const valueOf = (file: SubmissionExport, name: string) =>
  file.answers.find((one) => one.name === name)?.value;

describe.each(FOLLOWED)('a submission of « %s »', (_slug, form) => {
  test('comes with a link whose secret no table holds', async () => {
    const { followUp } = await send(form, goodAnswers(form, unique('lien')));
    expect(followUp).toMatch(LINK);
    expect(await fullDump(database)).not.toContain(String(followUp).split('#')[1]);
  });

  test('is seen in full by its link, but for what is sealed', async () => {
    const seed = unique('vu');
    const cle = await sendAndFollow(form, seed);
    const file = await seen(cle);
    expect(file).toMatchObject({ form: { slug: form.slug }, status: 'received', revision: 0 });
    const opened = await openedRow(form, (await rowOf(form, cle))!);
    for (const { name, protection } of fieldsOf(form)) {
      const stored =
        typeof opened[name] === 'string' && /^\d+$/.test(opened[name]) && name !== 'founded_year'
          ? Number(opened[name])
          : opened[name];
      expect(valueOf(file, name), name).toEqual(protection === 'sealed' ? null : stored);
    }
    expect(JSON.stringify(file)).not.toMatch(/sealed1|enc1/);
  });

  test('is corrected in the page: what is sealed stays as it was, what is typed replaces the rest', async () => {
    const cle = await sendAndFollow(form);
    const before = (await rowOf(form, cle))!;
    const page = await press({ cle, action: 'corriger', etape: 'ouvrir' });
    expect(page.status).toBe(200);
    expect(page.html).toContain('Corriger votre envoi');
    const sealed = fieldsOf(form).filter(({ protection }) => protection === 'sealed');
    for (const { name } of sealed) {
      expect(page.html).toMatch(new RegExp(`<(input|textarea)[^>]* id="${name}"[^>]*(value=""|></textarea)`));
    }
    const others = Object.fromEntries(
      Object.entries(goodAnswers(form, unique('corrigé'))).filter(
        ([name]) => !sealed.some((one) => one.name === name),
      ),
    );
    const done = await press({ ...others, cle, action: 'corriger', revision: '0' });
    expect([done.status, done.html.includes('C’est enregistré.')]).toEqual([200, true]);
    const after = (await rowOf(form, cle))!;
    for (const { name } of sealed) expect(after[name], name).toBe(before[name]);
    const text = fieldsOf(form).find(({ kind, protection }) => kind === 'text' && protection === undefined);
    if (text) expect(after[text.name]).toEqual(others[text.name]?.[0]);
  });

  test('takes a new sealed answer, which only an officer opens', async () => {
    const [field] = fieldsOf(form).filter(
      ({ protection, kind }) => protection === 'sealed' && (kind === 'text' || kind === 'phone'),
    );
    if (!field) return;
    const cle = await sendAndFollow(form);
    const typed = field.kind === 'phone' ? '+22890123456' : 'Un autre nom';
    expect((await ask({ cle, action: 'corriger', [field.name]: typed })).status).toBe(200);
    const sealed = String((await rowOf(form, cle))![field.name]);
    expect(await officer.open(sealed, { form: form.slug, field: field.name })).toBe(typed);
  });

  test('refuses a wrong correction with the words of the form, keeps what was typed, and stores nothing', async () => {
    const cle = await sendAndFollow(form);
    const before = await rowOf(form, cle);
    const typed = unique('tapé');
    const text = fieldsOf(form).find(({ kind }) => kind === 'text')!;
    const required = fieldsOf(form).find(({ kind, required }) => required && /^choices?$/.test(kind))!;
    const page = await press({
      ...goodAnswers(form),
      [text.name]: typed,
      [required.name]: '',
      cle,
      action: 'corriger',
      revision: '0',
    });
    expect(page.status).toBe(422);
    expect(page.html).toContain('<title>Erreur\u00a0: Corriger votre envoi | Guide</title>');
    expect(page.html).toContain(required.missing);
    expect(page.html).toContain(typed);
    expect(await rowOf(form, cle)).toEqual(before);
  });

  test('takes a message, sealed to the officers', async () => {
    const cle = await sendAndFollow(form);
    const message = unique('Le numéro a changé');
    expect((await ask({ cle, action: 'ajouter', message })).status).toBe(200);
    const { id } = (await rowOf(form, cle))!;
    const { rows } = await database.pool.query(
      'select body from public.submission_messages where row_id = $1',
      [id],
    );
    expect(await officer.open(String(rows[0].body), { form: form.slug, field: MESSAGE_FIELD })).toBe(message);
    expect(await fullDump(database)).not.toContain(message);
  });

  test('is withdrawn, and comes back when its author corrects it', async () => {
    const cle = await sendAndFollow(form);
    expect(await (await ask({ cle, action: 'retirer' })).json()).toMatchObject({ status: 'withdrawn' });
    const page = await press({ cle, action: 'voir' });
    expect(page.html).not.toContain('value="retirer"');
    expect(page.html).not.toContain('value="ajouter"');
    expect((await ask({ cle, action: 'corriger', ...goodAnswers(form, unique('retour')) })).status).toBe(200);
    expect((await seen(cle)).status).toBe('received');
  });

  test('is given as a file', async () => {
    const cle = await sendAndFollow(form);
    const response = await ask({ cle, action: 'exporter' });
    const { reference } = await seen(cle);
    expect(response.headers.get('Content-Disposition')).toBe(
      `attachment; filename="mon-envoi-${reference}.json"`,
    );
    expect(await response.json()).toMatchObject({ reference, form: { title: form.title } });
  });

  test('once erased, after a confirmation, leaves no trace of its author in any table', async () => {
    const canary = unique('canari');
    const { reference, followUp } = await send(form, goodAnswers(form, canary));
    const cle = String(followUp).split('#')[1]!;
    const row = (await rowOf(form, cle))!;
    await ask({ cle, action: 'ajouter', message: `message ${canary}` });
    if (form.slug === 'projet') {
      await database.pool.query(
        `update public.projects set status = 'published', slug = $2, published_at = now(), quarantined_at = null where id = $1`,
        [row['id'], canary.toLowerCase()],
      );
    }
    const traces = [canary, canary.toLowerCase(), reference, cle]
      .concat(
        ['follow_up_hash', 'content_hash', 'idempotency_key', 'email_index'].map((name) => String(row[name])),
      )
      .filter((trace) => trace !== 'undefined' && trace !== 'null');
    expect(await fullDump(database), 'it is there before').toContain(reference);

    const asked = await press({ cle, action: 'effacer' });
    expect([asked.status, asked.html.includes('Effacer pour toujours')]).toEqual([200, true]);
    expect(await rowOf(form, cle)).toBeDefined();
    const erased = await press({ cle, action: 'effacer', confirmer: 'oui' });
    expect(erased.status).toBe(200);
    expect(erased.html).toContain('Votre envoi est effacé');
    expect(erased.html).toContain(form.title.replaceAll('’', '’'));

    const dump = await fullDump(database);
    expect(traces.filter((trace) => dump.includes(trace))).toEqual([]);
  });
});

describe('the link', () => {
  const answers = () => goodAnswers(inscription, unique('renvoi'));

  test('is the same for the same sending, whenever it comes again', async () => {
    const headers = { 'Idempotency-Key': unique('cle-de-renvoi') };
    const body = answers();
    const first = await send(inscription, body, headers);
    await database.pool.query(
      `update public.registrations set received_at = now() - interval '30 days' where reference = $1`,
      [first.reference],
    );
    expect(await send(inscription, body, headers)).toMatchObject(first);
  });

  test('is the same for the same answers within an hour, and is not given again afterwards', async () => {
    const body = answers();
    const first = await send(inscription, body);
    expect(first.followUp).toMatch(LINK);
    expect(await send(inscription, body)).toMatchObject(first);
    await database.pool.query(
      `update public.registrations set received_at = now() - interval '2 hours' where reference = $1`,
      [first.reference],
    );
    expect(await send(inscription, body)).toMatchObject({ reference: first.reference, followUp: null });
  });

  test('is another one for other answers under the same key, and each opens its own', async () => {
    const headers = { 'Idempotency-Key': unique('cle-a-deux-contenus') };
    const one = { ...answers(), city: 'Kara' };
    const other = { ...one, city: 'Lomé' };
    const links = [await send(inscription, one, headers), await send(inscription, other, headers)];
    expect(links[0]!.followUp).not.toBe(links[1]!.followUp);
    expect(await send(inscription, other, headers)).toMatchObject(links[1]!);
    for (const [index, city] of ['Kara', 'Lomé'].entries()) {
      const file = await seen(links[index]!.followUp!.split('#')[1]!);
      expect([file.reference, valueOf(file, 'city')]).toEqual([links[index]!.reference, city]);
    }
  });

  test('is in the fragment of the address a browser is sent to, and the page says when there is none', async () => {
    const body = urlencoded(answers());
    const browse = (headers: Record<string, string> = {}) =>
      post(services, { slug: 'inscription', body, headers: { Accept: 'text/html', ...headers } });
    const first = await browse();
    expect(first.status).toBe(303);
    expect(first.headers.get('Location')).toMatch(/^\/inscription\/merci\/I-[\w-]+(\?[a-z&]+)?#[\w-]{43}$/);
    // The page's own script is told the address: following it, `fetch` would lose the fragment.
    const script = await browse({ 'X-Requested-With': 'fetch' });
    expect(script.status).toBe(200);
    expect(script.headers.get('Location')?.split('#')[1]).toBe(first.headers.get('Location')?.split('#')[1]);
    await database.pool.query(`update public.registrations set received_at = now() - interval '2 hours'`);
    expect((await browse()).headers.get('Location')).toMatch(/#deja-recu$/);
  });

  test('exists for no form that says nothing of who sends it', async () => {
    for (const form of FORMS.filter((one) => !hasFollowUp(one))) {
      expect((await send(form, goodAnswers(form, unique('anonyme')))).followUp).toBeNull();
      const response = await post(services, {
        slug: form.slug,
        body: urlencoded(goodAnswers(form, unique('anonyme'))),
        headers: { Accept: 'text/html' },
      });
      expect(response.headers.get('Location')).not.toContain('#');
    }
  });

  test('wrong, malformed, or of an erased submission, gets word for word the same answer', async () => {
    const erased = await sendAndFollow(inscription);
    await ask({ cle: erased, action: 'effacer', confirmer: 'oui' });
    const right = await sendAndFollow(inscription);
    const wrong = [
      erased,
      randomBytes(32).toString('base64url'),
      'x',
      `${right}x`,
      right.slice(0, -1),
      '<b>&"',
    ];
    for (const action of ['voir', 'corriger', 'ajouter', 'exporter', 'retirer', 'effacer', 'inventer']) {
      const answers = await Promise.all(
        wrong.map(async (cle) => {
          const response = await ask({ cle, action, confirmer: 'oui', message: 'Bonjour' });
          return [response.status, await response.text(), ...response.headers].flat().join('\n');
        }),
      );
      expect(new Set(answers).size, action).toBe(1);
      expect(answers[0]).toMatch(/^404\n/);
      const pages = await Promise.all(
        wrong.map(async (cle) => (await press({ cle, action, confirmer: 'oui', message: 'Bonjour' })).html),
      );
      expect(new Set(pages.map((html) => html.replace(/ value="[^"]*"/g, ''))).size, action).toBe(1);
    }
  });

  test('is asked for in plain words when the field is empty', async () => {
    const { status, html } = await press({ cle: ' ', action: 'voir' });
    expect([status, html.includes('Collez votre lien de suivi')]).toEqual([422, true]);
  });
});

describe('two corrections', () => {
  test('at the same moment: one is stored, the other is shown again with what was typed', async () => {
    const cle = await sendAndFollow(inscription);
    const typed = (city: string) => ({
      ...goodAnswers(inscription, 'deux'),
      city,
      cle,
      action: 'corriger',
      revision: '0',
    });
    const pages = await Promise.all(['Kara', 'Lomé'].map((city) => press(typed(city))));
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const loser = pages.findIndex(({ status }) => status === 409);
    const city = ['Kara', 'Lomé'][loser]!;
    expect(pages[loser]!.html).toContain(`value="${city}"`);
    expect(pages[loser]!.html).toContain('Votre envoi a changé pendant que vous écriviez');
    // Its author has seen it: sending again from that page replaces the other.
    const revision = /name="revision" value="(\d+)"/.exec(pages[loser]!.html)?.[1];
    expect((await press({ ...typed(city), revision: revision! })).status).toBe(200);
    expect(await rowOf(inscription, cle)).toMatchObject({ city });
  });

  test('that are the same one sent twice are one', async () => {
    const cle = await sendAndFollow(inscription);
    const body = { ...goodAnswers(inscription, 'double'), cle, action: 'corriger', revision: '0' };
    const pages = await Promise.all([press(body), press(body)]);
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    expect((await seen(cle)).revision).toBe(1);
  });
});

describe('an address', () => {
  test('that changes is found by its new index, and one that goes takes its index along', async () => {
    const cle = await sendAndFollow(difficulte);
    await ask({ cle, action: 'corriger', email: 'autre@example.org' });
    const changed = (await rowOf(difficulte, cle))!;
    const place = { form: 'difficulte', field: 'email' };
    expect(changed['email_index']).toBe(services.keys!.emailIndex('autre@example.org', place));
    expect(valueOf(await seen(cle), 'email')).toBe('autre@example.org');
    expect((await ask({ cle, action: 'corriger', email: '', answer_wanted: 'no' })).status).toBe(200);
    expect(await rowOf(difficulte, cle)).toMatchObject({ email: null, email_index: null });
  });

  test('whose key is lost is said to be unreadable, and is kept by a correction', async () => {
    const cle = await sendAndFollow(inscription);
    const before = (await rowOf(inscription, cle))!;
    const other = withPages(servicesOnLite(lite, { DATA_KEY: randomBytes(32).toString('base64') }));
    const { html } = await press({ cle, action: 'voir' }, other);
    expect(html).toContain('Chiffré');
    expect((await ask({ cle, action: 'corriger', city: 'Atakpamé' }, {}, other)).status).toBe(200);
    expect(await rowOf(inscription, cle)).toMatchObject({ city: 'Atakpamé', email: before['email'] });
  });
});

describe('a published project', () => {
  test('leaves the catalogue when it is corrected, and both pages say so', async () => {
    const cle = await sendAndFollow(projet);
    const slug = unique('un-forage');
    await database.pool.query(
      `update public.projects set status = 'published', slug = $2, published_at = now(), quarantined_at = null where follow_up_hash = $1`,
      [linkHash(cle), slug],
    );
    const file = await press({ cle, action: 'voir' });
    expect(file.html).toContain(`href="/projets/${slug}/"`);
    const form = await press({ cle, action: 'corriger', etape: 'ouvrir' });
    expect(form.html).toContain('quitte le catalogue');
    const done = await press({
      ...goodAnswers(projet, unique('neuf')),
      cle,
      action: 'corriger',
      revision: '0',
    });
    expect(done.html).toContain('La page publique disparaît à la prochaine mise à jour du site');
    expect((await seen(cle)).status).toBe('received');
  });
});

test('what the team wrote with its decision is on the page, as it was typed', async () => {
  const cle = await sendAndFollow(inscription);
  const { id } = (await rowOf(inscription, cle))!;
  await database.pool.query(`update public.registrations set status = 'needs_info' where id = $1`, [id]);
  await database.pool.query(
    `insert into public.decisions (form, row_id, at, officer, kind, reason, note, before, after_status)
     values ('inscription', $1, now(), gen_random_uuid(), 'needs_info', 'unclear', $2, '{}', 'needs_info')`,
    [id, 'Quel <b>métier</b> ?\nMerci.'],
  );
  const { html } = await press({ cle, action: 'voir' });
  expect(html).toContain('Quel &lt;b&gt;métier&lt;/b&gt; ?\nMerci.');
  expect((await seen(cle)).team).toMatchObject({ reason: 'unclear' });
});

describe('when something is missing', () => {
  const nowhere = () =>
    withPages(
      servicesOn(
        { url: 'http://127.0.0.1:9', secret: lite.keys.secret },
        {},
        { totalDeadline: 300, attemptDeadline: 100 },
      ),
    );

  test('a database that does not answer loses nothing that was typed', async () => {
    const cle = await sendAndFollow(inscription);
    const form = await press({ cle, action: 'corriger', etape: 'ouvrir' });
    const hidden = Object.fromEntries(
      [
        ...form.html.split('</form>')[0]!.matchAll(/<input type="hidden"[^>]* name="(\w+)" value="([^"]*)"/g),
      ].map(([, name, value]) => [name!, value!]),
    );
    const typed = unique('Ville');
    const page = await press(
      { ...hidden, ...goodAnswers(inscription), city: typed, last_name: '' },
      nowhere(),
    );
    expect(page.status).toBe(503);
    expect(page.response.headers.get('Retry-After')).toBe('60');
    expect(page.html).toContain(typed);
    expect(page.html).toContain('Laissez vide pour garder votre réponse');
    expect(page.html).toContain('Rien n’a changé');

    const message = unique('Un message');
    const kept = await press({ cle, action: 'ajouter', message }, nowhere());
    expect([kept.status, kept.html.includes(message)]).toEqual([503, true]);
    for (const action of ['voir', 'retirer', 'effacer']) {
      const asked = await press({ cle, action, confirmer: 'oui' }, nowhere());
      expect([action, asked.status, asked.html.includes(`value="${cle}"`)]).toEqual([action, 503, true]);
      expect(asked.html).toContain(
        action === 'voir' ? 'Rien n’a changé' : 'Nous ne savons pas encore si c’est fait',
      );
    }
  });

  test('without keys, nothing is written in clear text, and erasing still works', async () => {
    const cle = await sendAndFollow(inscription);
    const keyless = withPages(servicesOnLite(lite, { DATA_KEY: '' }));
    const typed = unique('Ville');
    const page = await press({ ...goodAnswers(inscription), city: typed, cle, action: 'corriger' }, keyless);
    expect([page.status, page.html.includes(typed)]).toEqual([503, true]);
    expect((await ask({ cle, action: 'ajouter', message: 'Bonjour' }, {}, keyless)).status).toBe(503);
    expect((await ask({ cle, action: 'effacer', confirmer: 'oui' }, {}, keyless)).status).toBe(200);
    expect(await rowOf(inscription, cle)).toBeUndefined();
  });

  test('erasing through a program must be confirmed in the request itself', async () => {
    const cle = await sendAndFollow(inscription);
    const response = await ask({ cle, action: 'effacer' });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      422,
      'unconfirmed',
    ]);
    expect(await rowOf(inscription, cle)).toBeDefined();
  });
});

describe('what is refused before any work', () => {
  test.each([
    ['another site', { Origin: 'https://autre.example' }, 403],
    ['a post that the browser calls cross-site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['another media type', { 'Content-Type': 'text/plain' }, 415],
  ])('%s', async (_what, headers, status) => {
    const cle = await sendAndFollow(inscription);
    const response = await ask({ cle, action: 'effacer', confirmer: 'oui' }, headers);
    expect(response.status).toBe(status);
    expect(await rowOf(inscription, cle)).toBeDefined();
  });

  test('a body over 64 KiB, and one that is not what it says', async () => {
    expect((await ask({ cle: 'x', message: 'x'.repeat(65 * 1024) })).status).toBe(413);
    const response = await answerFollowUp(
      new Request(`${SITE}/api/suivi`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{',
      }),
      newAddress(),
      services,
    );
    expect(response.status).toBe(422);
  });

  test('the address of the function opened in a browser leads to the page', async () => {
    const get = (accept: string) =>
      answerFollowUp(
        new Request(`${SITE}/api/suivi`, { headers: { Accept: accept } }),
        newAddress(),
        services,
      );
    const browser = await get('text/html');
    expect([browser.status, browser.headers.get('Location')]).toEqual([303, '/suivi/']);
    const program = await get('application/json');
    expect([program.status, program.headers.get('Allow')]).toEqual([405, 'POST']);
  });
});

test('a sender who asks too often is refused with 429 and Retry-After, whatever the link', async () => {
  const left = 3_600_000 - (Date.now() % 3_600_000);
  if (left < 30_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
  const address = newAddress();
  const again = () =>
    answerFollowUp(
      new Request(`${SITE}/api/suivi`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify({ cle: 'x', action: 'voir' }),
      }),
      address,
      services,
    );
  const statuses = [];
  for (let n = 0; n < 120; n++) statuses.push((await again()).status);
  expect(new Set(statuses)).toEqual(new Set([404]));
  const refused = await again();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
});

test('no page may be kept by a browser or found by a search engine, and each has the headers of the site', async () => {
  const cle = await sendAndFollow(inscription);
  for (const body of [
    { action: 'voir' },
    { action: 'effacer' },
    { action: 'exporter' },
    { action: 'x', cle: 'x' },
  ]) {
    const { response } = await press({ cle, ...body });
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin');
    if (body.action !== 'exporter') expect(response.headers.get('X-Robots-Tag')).toBe('noindex');
  }
});

test('no log line holds a link, its fingerprint, or anything that was typed', async () => {
  logged.length = 0;
  const canary = unique('canari');
  const { reference, followUp } = await send(inscription, goodAnswers(inscription, canary));
  const cle = followUp!.split('#')[1]!;
  for (const action of ['voir', 'corriger', 'ajouter', 'exporter', 'retirer', 'effacer'])
    await ask({ cle, action, message: canary, city: canary, confirmer: 'oui' });
  await ask({ cle: `${cle}${canary}`, action: canary });
  const text = logged.join('\n');
  expect(logged.filter((line) => line.includes('follow-up'))).toHaveLength(7);
  for (const secret of [canary, cle, linkHash(cle), reference]) expect(text).not.toContain(secret);
});
