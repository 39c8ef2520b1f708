// Whatever goes wrong, the page says exactly one true thing of the sending: received, not received, or not known.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { answerFollowUp } from '../../functions/_lib/follow-up.ts';
import { REFUSALS, TRUTHS } from '../../functions/_lib/sentences.ts';
import { answerSubmission, type Services } from '../../functions/_lib/submission.ts';
import { answerThanks } from '../../functions/_lib/thanks.ts';
import { hasFollowUp, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { attribute, elementsOf, textOf } from '../support/dist.ts';
import { goodAnswers } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { newAddress, post, servicesOn, servicesOnLite, SITE } from '../support/service.ts';
import {
  browserHeaders,
  controlsIn,
  sendControls,
  shown,
  templatePages,
  type Shown,
} from '../support/visit.ts';

let lite: TestLite;
let services: Services;
/** The database's own port answers nobody. */
let withoutDatabase: Services;
let removePages: () => void;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  lite = await startLite({ listen: true });
  const { pages, remove } = templatePages();
  removePages = remove;
  services = { ...servicesOnLite(lite), pages };
  const nowhere = { url: 'http://127.0.0.1:9', secret: lite.keys.secret };
  withoutDatabase = { ...servicesOn(nowhere, {}, { totalDeadline: 300, attemptDeadline: 100 }), pages };
});
afterAll(async () => {
  removePages();
  await lite.stop();
});

type Controls = [string, string][];
const controlsOf = (form: Form, mark: string = randomUUID()): Controls =>
  Object.entries(goodAnswers(form, mark)).flatMap(([name, list]) =>
    list.map((value): [string, string] => [name, value]),
  );

/** Which of the truths a page says, in the words people read. */
function truthsIn({ text }: Shown): string[] {
  const words = [...Object.values(TRUTHS), 'Déjà reçu.', 'Reçu, et mis de côté.'];
  return words.filter((one) => text.includes(fr(one)));
}

const answersIn = (page: Shown) =>
  controlsIn(page).filter(([name]) => !['etape', 'sujet', 'idempotency_key', 'jeton'].includes(name));
const sorted = (controls: Controls) => controls.map((one) => one.join('=')).sort();

/** From the page that shows the answers. */
async function sendAsPeopleDo(form: Form, by: Services, controls: Controls, address = newAddress()) {
  const page = await sendControls(services, form, [...controls, ['etape', 'verifier']], { address });
  return sendControls(by, form, controlsIn(page), { address });
}

describe.each(FORMS.map((form) => [form.slug, form] as const))('« %s »', (_slug, form) => {
  test('when the database does not answer: not known yet, the answers are there, and how to find out', async () => {
    const controls = controlsOf(form);
    const page = await sendAsPeopleDo(form, withoutDatabase, controls);
    expect(page.status).toBe(503);
    expect(truthsIn(page)).toEqual([TRUTHS.unknown]);
    expect(page.title).toMatch(/^Erreur\u00a0: /);
    expect(sorted(answersIn(page))).toEqual(sorted(controls));
    const links = elementsOf(page.document, 'a').map((link) => attribute(link, 'href') ?? '');
    expect(links.filter((link) => /^\/suivi\/#[\w-]{43}$/.test(link))).toHaveLength(
      hasFollowUp(form) ? 1 : 0,
    );
    // The same button again, once the database is back: stored once, under the key of the first try.
    const sent = await sendControls(services, form, controlsIn(page));
    const again = await sendControls(services, form, controlsIn(page));
    expect(sent.status).toBe(303);
    const place = (one: Shown) => one.location?.replace(/[?#].*/, '');
    expect(place(again)).toBe(place(sent));
    // And the link that was given is the link of what is now stored.
    const link = links.find((one) => one.startsWith('/suivi/#'));
    if (link) expect(sent.location).toContain(link.slice('/suivi/'.length));
  });

  test('when too many came from one connection: not received, the answers are there, and in how many minutes', async () => {
    const address = newAddress();
    for (let n = 0; n < 30; n++) await sendControls(services, form, controlsOf(form), { address });
    const controls = controlsOf(form);
    const page = await sendAsPeopleDo(form, services, controls, address);
    expect(page.status).toBe(429);
    expect(truthsIn(page)).toEqual([TRUTHS.kept]);
    expect(page.text).toMatch(/Réessayez dans \d+ minutes?, avec le même bouton\./);
    expect(page.text).toContain('Trop d’envois depuis votre connexion');
    expect(sorted(answersIn(page))).toEqual(sorted(controls));
  });

  test('when it was already sent: already received, under the same reference', async () => {
    const page = await sendControls(services, form, [...controlsOf(form), ['etape', 'verifier']]);
    const controls = controlsIn(page);
    const first = await sendControls(services, form, controls);
    const again = await sendControls(services, form, controls);
    const thanks = await thanksAt(form, again.location ?? '');
    expect(truthsIn(thanks)).toContain('Déjà reçu.');
    expect(truthsIn(thanks)).not.toContain(TRUTHS.kept);
    expect(thanks.text).toContain(/merci\/([A-Z0-9-]+)/.exec(first.location ?? '')?.[1]);
    expect(truthsIn(await thanksAt(form, first.location ?? ''))).not.toContain('Déjà reçu.');
  });

  test('when there is a doubt about a robot: received, put aside unless it is a withdrawal, and said so', async () => {
    const page = await sendControls(services, form, [...controlsOf(form), ['sujet', 'Viagra']]);
    const truths = truthsIn(await thanksAt(form, page.location ?? ''));
    expect(truths).toEqual(form.neverAside ? [] : ['Reçu, et mis de côté.']);
  });

  test('when the form is closed: not received, and where the answers are', async () => {
    const response = await answerSubmission(
      request(form, controlsOf(form)),
      { slug: form.slug, context: 'production', address: undefined },
      services,
    );
    const page = await shown(response);
    expect([page.status, truthsIn(page)]).toEqual([503, [TRUTHS.kept]]);
    expect(page.text).toContain('revenez en arrière');
    expect(page.text).toMatch(/loi togolaise/);
  });
});

test('when a form took too many from everybody: not received, and not the fault of who reads it', async () => {
  await lite.sql(`update private.forms set hourly_ceiling = 1 where slug = 'inscription'`);
  await sendAsPeopleDo(inscription, services, controlsOf(inscription));
  const page = await sendAsPeopleDo(inscription, services, controlsOf(inscription));
  await lite.sql(`update private.forms set hourly_ceiling = default`);
  expect([page.status, truthsIn(page)]).toEqual([429, [TRUTHS.kept]]);
  expect(page.text).toContain('Ce formulaire reçoit trop d’envois en ce moment');
});

test('when the database refuses: not received, which is certain', async () => {
  const refusing: Services = {
    ...services,
    store: { ...services.store, submit: () => Promise.resolve({ outcome: 'unavailable', done: 'no' }) },
  };
  const controls = controlsOf(inscription);
  const page = await sendAsPeopleDo(inscription, refusing, controls);
  expect([page.status, truthsIn(page)]).toEqual([503, [TRUTHS.kept]]);
  expect(sorted(answersIn(page))).toEqual(sorted(controls));
});

test('the database itself says which of the two it was', async () => {
  const { store } = services;
  await expect(store.submit('inscription', { city: 'Lyon' })).resolves.toEqual({
    outcome: 'unavailable',
    done: 'no',
  });
  await expect(withoutDatabase.store.submit('inscription', {})).resolves.toEqual({
    outcome: 'unavailable',
    done: 'unknown',
  });
});

test('when the keys are missing: not received, and the answers are there', async () => {
  const controls = controlsOf(inscription);
  const page = await sendControls({ ...services, keys: undefined }, inscription, controls);
  expect([page.status, truthsIn(page)]).toEqual([503, [TRUTHS.kept]]);
  expect(sorted(answersIn(page))).toEqual(sorted(controls));
});

test.each([
  ['too long', 413, { body: `city=${'x'.repeat(65 * 1024)}` }],
  [
    'from another site',
    403,
    { headers: { Origin: 'https://autre.example', 'Sec-Fetch-Site': 'cross-site' } },
  ],
  ['in a strange format', 415, { headers: { 'Content-Type': 'text/plain' } }],
])('when it is %s: not received, and how to find the answers again', async (_words, status, change) => {
  const page = await shown(
    await answerSubmission(
      request(inscription, controlsOf(inscription), change),
      { slug: 'inscription', context: 'dev', address: newAddress() },
      services,
    ),
  );
  expect([page.status, truthsIn(page)]).toEqual([status, [TRUTHS.kept]]);
  expect(page.text).toContain('dans la page d’avant');
});

test('when our own code breaks: not known yet, on the page of the form, or on a bare one when even that can not be read', async () => {
  const broken: Services = {
    ...services,
    store: { ...services.store, submit: () => Promise.reject(new TypeError('Kossi')) },
  };
  const written = vi.mocked(console.log).mock.calls;
  const unreadable = { ...services.pages, form: () => Promise.reject(new Error('no such file')) };
  for (const by of [broken, { ...broken, pages: unreadable }]) {
    const page = await sendControls(by, inscription, controlsOf(inscription));
    expect([page.status, truthsIn(page)]).toEqual([503, [TRUTHS.unknown]]);
    expect(page.title).toMatch(/^Erreur\u00a0: /);
    expect(page.text).toContain('revenez en arrière');
    expect(elementsOf(page.document, 'form')).toHaveLength(by === broken ? 1 : 0);
  }
  const cry = written.map(([line]) => String(line)).filter((line) => line.includes('"crash"'));
  expect(cry).toEqual(Array.from({ length: 2 }, () => '{"event":"crash","code":"TypeError"}'));
});

test('when the code behind a link breaks: not known yet either', async () => {
  const followUps = { ...services.followUps, see: () => Promise.reject(new Error('Kossi')) };
  const body = new URLSearchParams({ cle: 'A'.repeat(43), action: 'voir' });
  const asked = new Request(`${SITE}/api/suivi`, { method: 'POST', headers: browserHeaders(), body });
  const page = await shown(await answerFollowUp(asked, newAddress(), { ...services, followUps }));
  expect([page.status, page.text.includes(fr('Nous ne savons pas encore si c’est fait.'))]).toEqual([
    503,
    true,
  ]);
});

test('a program is told the same truths', async () => {
  const { code, message, followUp } = (await (
    await post(withoutDatabase, {
      slug: 'inscription',
      body: new URLSearchParams(controlsOf(inscription)).toString(),
    })
  ).json()) as Record<string, string>;
  expect(code).toBe('unavailable');
  expect(message).toContain(TRUTHS.unknown);
  expect(followUp).toMatch(/^\/suivi\/#[\w-]{43}$/);
});

test('every refusal says at most one truth, and none of its sentences says another', () => {
  for (const { title, text } of Object.values(REFUSALS))
    for (const truth of Object.values(TRUTHS)) expect(`${title} ${text}`).not.toContain(truth);
});

test('a reference alone, kept or shared, opens the thank-you page without any doubt said', async () => {
  const page = await thanksAt(inscription, `${thanksPageOf(inscription)}I-WWYH-FVQ6`);
  expect([page.status, truthsIn(page)]).toEqual([200, []]);
});

function request(form: Form, controls: Controls, change: { body?: string; headers?: object } = {}) {
  return new Request(`${SITE}/api/formulaires/${form.slug}`, {
    method: 'POST',
    headers: { ...browserHeaders(), ...change.headers },
    body: change.body ?? new URLSearchParams(controls).toString(),
  });
}

/** The thank-you page, with what is hidden left out. */
async function thanksAt(form: Form, location: string): Promise<Shown> {
  const address = new URL(location, SITE);
  const reference = address.pathname.split('/').at(-1) ?? '';
  expect(address.pathname.startsWith(thanksPageOf(form))).toBe(true);
  const page = await shown(await answerThanks(new Request(address), reference, services));
  for (const hidden of elementsOf(page.document).filter((one) => attribute(one, 'hidden') !== undefined)) {
    const siblings = hidden.parentNode?.childNodes;
    siblings?.splice(siblings.indexOf(hidden), 1);
  }
  return { ...page, text: textOf(page.document).replace(/\s+/g, ' ') };
}
