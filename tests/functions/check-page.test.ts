import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Services } from '../../functions/_lib/submission.ts';
import { fieldsOf, questionOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { avis } from '../../src/domain/forms/avis.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { checkForm } from '../../src/domain/forms/schema.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { answerInWords } from '../../src/domain/forms/words.ts';
import { attribute, elementsOf, hasClass, textOf, type Element } from '../support/dist.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { usableKeys } from '../support/sealing.ts';
import { post, servicesOnLite, SITE } from '../support/service.ts';
import { controlsIn, sendControls, templatePages, type Shown } from '../support/visit.ts';

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

let postgres: TestPostgres;
let lite: TestLite;
let services: Services;
let removePages: () => void;
/** The server's clock. */
let now = Date.parse('2026-11-22T10:00:00Z');

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  postgres = await startPostgres({ bootstrap: false, migrate: false });
  lite = await startLite({ listen: true, postgresUrl: postgres.url });
  const { pages, remove } = templatePages();
  removePages = remove;
  services = { ...servicesOnLite(lite), pages, now: () => new Date(now) };
});
afterAll(async () => {
  removePages();
  await lite.stop();
  await postgres.stop();
});

interface Row {
  quarantined_at: unknown;
  quarantine_reasons: string[];
}

const rowsOf = (form: Form, reference: string) =>
  lite.sql<Row>(
    `select quarantined_at, quarantine_reasons from public.${form.table} where reference = '${reference}'`,
  );
const countIn = async ({ table }: Form) =>
  Number((await lite.sql<{ n: number }>(`select count(*)::int as n from public.${table}`))[0]?.n);

const answers = (form: Form, mark: string = randomUUID()) => goodAnswers(form, mark);
const listed = (values: Record<string, string[]>) =>
  Object.entries(values).flatMap(([name, list]) => list.map((value): [string, string] => [name, value]));

/** The page that shows the answers again. */
function check(form: Form, values = answers(form), more: [string, string][] = []): Promise<Shown> {
  return sendControls(services, form, [...listed(values), ['etape', 'verifier'], ...more]);
}

const referenceIn = ({ location }: Shown) => /\/merci\/([A-Z0-9-]+)/.exec(location ?? '')?.[1] ?? '';

/** Why the row was put aside: nothing when it was not. */
async function reasonsOf(form: Form, page: Shown): Promise<string[]> {
  expect(page.status).toBe(303);
  const [row] = await rowsOf(form, referenceIn(page));
  expect(row?.quarantined_at !== null).toBe((row?.quarantine_reasons.length ?? 0) > 0);
  // What the person is told is what is true.
  expect(page.location?.includes('verification')).toBe(row?.quarantined_at !== null);
  return row?.quarantine_reasons ?? ['no row'];
}

const EVERY = FORMS.map((form) => [form.slug, form] as const);

describe.each(EVERY)('the page that shows the answers of « %s » again', (_slug, form) => {
  test('stores nothing and says so', async () => {
    const before = await countIn(form);
    const page = await check(form);
    expect(page.status).toBe(200);
    expect(page.title).toBe('Vérifiez vos réponses\u00a0: Essai | Guide');
    const headings = elementsOf(page.document, 'h1').map(textOf);
    expect(headings).toEqual(['Vérifiez vos réponses']);
    expect(page.text).toContain('Rien n’est encore envoyé, rien n’est encore enregistré.');
    expect(await countIn(form)).toBe(before);
  });

  test('shows every question with its answer in words, under the headings of the form', async () => {
    const values = answers(form);
    const page = await check(form, values);
    const checked = checkForm(form, values);
    if (!checked.ok) throw new Error('these answers are wrong');
    const lines = elementsOf(page.document, 'dl')
      .flatMap((list) => elementsOf(list, 'div'))
      .map((line) => [textOf(elementsOf(line, 'dt')[0]!), fr(textOf(elementsOf(line, 'dd')[0]!))]);
    expect(lines).toEqual(
      fieldsOf(form).map((field) => [
        fr(questionOf(field)),
        fr(answerInWords(field, checked.values[field.name] ?? null)),
      ]),
    );
    expect(elementsOf(page.document, 'h2').map(textOf)).toEqual(form.sections.map(({ title }) => fr(title)));
    const send = elementsOf(page.document, 'button').filter(
      (button) => attribute(button, 'name') === undefined,
    );
    expect(send.map(textOf)).toEqual([fr(form.submit)]);
  });

  test('has for each answer a button that leads back to its question, everything still there', async () => {
    const values = answers(form);
    const page = await check(form, values);
    const buttons = elementsOf(page.document, 'button').filter((one) => hasClass(one, 'plain'));
    expect(buttons.map((one) => textOf(one).replace(/^Modifier : /, ''))).toEqual(
      fieldsOf(form).map((field) => fr(questionOf(field))),
    );
    const before = await countIn(form);
    const back = await sendControls(services, form, controlsIn(page, { name: 'etape', value: 'modifier' }));
    expect([back.status, back.title]).toEqual([200, 'Essai | Guide']);
    const anchors = buttons.map((one) => attribute(one, 'formaction')?.split('#')[1] ?? '');
    const ids = elementsOf(back.document).map((element) => attribute(element, 'id'));
    expect(ids).toEqual(expect.arrayContaining(anchors));
    expect(
      elementsOf(back.document, 'details').filter(
        (one) => hasClass(one, 'form-more') && attribute(one, 'open') === undefined,
      ),
    ).toEqual([]);
    const again = controlsIn(back);
    for (const [name, list] of Object.entries(values))
      expect(
        again.filter(([one]) => one === name).map(([, value]) => value),
        name,
      ).toEqual(list);
    // Read again and sent, it is stored once, as it was.
    const next = await sendControls(services, form, again);
    now += 5 * SECOND;
    expect(await reasonsOf(form, await sendControls(services, form, controlsIn(next)))).toEqual([]);
    expect(await countIn(form)).toBe(before + 1);
  });

  test('gives the sending a key, so that pressing twice stores once even without JavaScript', async () => {
    const page = await check(form);
    now += 5 * SECOND;
    const before = await countIn(form);
    const first = await sendControls(services, form, controlsIn(page));
    const second = await sendControls(services, form, controlsIn(page));
    expect(referenceIn(second)).toBe(referenceIn(first));
    expect(first.location).not.toContain('deja');
    expect(second.location).toMatch(/\?deja(&|#|$)/);
    expect(await countIn(form)).toBe(before + 1);
  });

  test('comes only once every answer is right, and mistakes are told as before', async () => {
    const page = await check(form, {});
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^Erreur\u00a0: /);
    expect(elementsOf(page.document, 'dl')).toEqual([]);
  });

  test('gives a program its token, and stores nothing either', async () => {
    const before = await countIn(form);
    const values = answers(form);
    const asked = await post(services, {
      slug: form.slug,
      body: urlencoded({ ...values, etape: ['verifier'] }),
    });
    const { jeton, stored } = (await asked.json()) as { jeton: string; stored: boolean };
    expect([asked.status, stored, await countIn(form)]).toEqual([200, false, before]);
    now += 3 * SECOND;
    const sent = await post(services, { slug: form.slug, body: urlencoded({ ...values, jeton: [jeton] }) });
    expect(sent.status).toBe(201);
    expect(Object.keys((await sent.json()) as object).sort()).toEqual(['followUp', 'reference']);
  });
});

describe('the proof that the answers were shown', () => {
  const form = inscription;
  async function sentAfter(milliseconds: number, change = (controls: [string, string][]) => controls) {
    const page = await check(form);
    now += milliseconds;
    return reasonsOf(form, await sendControls(services, form, change(controlsIn(page))));
  }

  test.each<[string, number, string[]]>([
    ['at once', 0, ['young_token']],
    ['a moment before two seconds', 1999, ['young_token']],
    ['after two seconds', 2000, []],
    ['after ninety minutes', 90 * 60 * SECOND, []],
    ['after a night', 9 * 3600 * SECOND, []],
    ['after seven days', 7 * DAY, []],
    ['after seven days and a moment', 7 * DAY + 1, ['old_token']],
    ['before it was made', -3 * SECOND, ['young_token']],
  ])('sent %s', async (_words, milliseconds, reasons) => {
    expect(await sentAfter(milliseconds)).toEqual(reasons);
  });

  test('is of no use for other answers', async () => {
    expect(
      await sentAfter(5 * SECOND, (controls) =>
        controls.map(([name, value]) => [name, name === 'city' ? 'Une autre ville' : value]),
      ),
    ).toEqual(['forged_token']);
  });

  test('is of no use in another form', async () => {
    const [other] = FORMS.filter((one) => one !== form);
    const page = await check(form);
    const token = controlsIn(page).find(([name]) => name === 'jeton')!;
    now += 5 * SECOND;
    const sent = await sendControls(services, other!, [...listed(answers(other!)), token]);
    expect(await reasonsOf(other!, sent)).toEqual(['forged_token']);
  });

  test.each([
    [
      'a date changed',
      (token: string) => token.replace(/^[^.]+/, (issued) => (parseInt(issued, 36) - 9000).toString(36)),
    ],
    ['half of it', (token: string) => token.slice(0, 20)],
    ['words', () => 'un jeton'],
    ['a point', () => '.'],
  ])('with %s is forged', async (_words, forge) => {
    const forged = (controls: [string, string][]): [string, string][] =>
      controls.map(([name, value]) => [name, name === 'jeton' ? forge(value) : value]);
    expect(await sentAfter(5 * SECOND, forged)).toEqual(['forged_token']);
  });

  test('still holds after the key was changed, as long as the older one is there', async () => {
    const page = await check(form);
    now += 5 * SECOND;
    const { DATA_KEY = '', OFFICERS_PUBLIC_KEY = '' } = services.environment;
    const newer = Buffer.alloc(32, 'newer').toString('base64');
    const rotated = {
      ...services,
      keys: usableKeys({ DATA_KEY: `${newer},${DATA_KEY}`, OFFICERS_PUBLIC_KEY }),
    };
    const sent = await sendControls(rotated, form, controlsIn(page));
    expect(await reasonsOf(form, sent)).toEqual([]);
  });

  test('is missing from a sending made straight away, which is stored, put aside, and told so', async () => {
    const page = await sendControls(services, form, listed(answers(form)));
    expect(await reasonsOf(form, page)).toEqual(['no_token']);
    const response = await post(services, { slug: form.slug, body: urlencoded(answers(form)) });
    expect([response.status, await response.json()]).toEqual([
      201,
      { reference: expect.any(String), followUp: expect.stringMatching(/^\/suivi\/#/), quarantined: true },
    ]);
  });

  test('sent again the way people do, what was put aside is taken out', async () => {
    const values = answers(form);
    const first = await sendControls(services, form, listed(values));
    expect(await reasonsOf(form, first)).toEqual(['no_token']);
    const page = await check(form, values);
    now += 5 * SECOND;
    const again = await sendControls(services, form, controlsIn(page));
    expect(referenceIn(again)).toBe(referenceIn(first));
    expect(again.location).not.toContain('verification');
    expect(await rowsOf(form, referenceIn(again))).toEqual([
      { quarantined_at: null, quarantine_reasons: ['no_token'] },
    ]);
  });
});

describe('the field that nobody sees', () => {
  // A withdrawal never waits for anybody.
  const mayBeAside = FORMS.filter((form) => !form.neverAside);
  test.each(mayBeAside.map((form) => [form.slug, form] as const))(
    'filled in « %s », puts the sending aside whatever else is right',
    async (_slug, form) => {
      const shown = await check(form, answers(form), [['sujet', 'Cheap watches']]);
      now += 5 * SECOND;
      const page = await sendControls(services, form, controlsIn(shown));
      expect(await reasonsOf(form, page)).toEqual(['honeypot']);
    },
  );

  test('stays filled on the way back to the questions: a robot gets no second chance', async () => {
    const page = await check(inscription, answers(inscription), [['sujet', 'Cheap watches']]);
    const back = await sendControls(
      services,
      inscription,
      controlsIn(page, { name: 'etape', value: 'modifier' }),
    );
    expect(controlsIn(back)).toContainEqual(['sujet', 'Cheap watches']);
  });

  test.each(FORMS.map((form) => [form.slug, form] as const))(
    'of « %s » is out of reach: of the eye, of the keyboard, of the voice, and of what browsers fill in',
    async (_slug, form) => {
      const page = await sendControls(services, form, [['etape', 'modifier']]);
      const trap = elementsOf(page.document, 'input').find((one) => attribute(one, 'name') === 'sujet')!;
      expect(attribute(trap, 'tabindex')).toBe('-1');
      expect(attribute(trap, 'autocomplete')).toBe('off');
      const box = trap.parentNode as Element;
      expect([attribute(box, 'class'), attribute(box, 'aria-hidden')]).toEqual(['vh', 'true']);
      expect(textOf(box)).toBe('N’écrivez rien ici');
    },
  );
});

describe('« Oui » or « Non » under a page of the guide', () => {
  const press = (headers: Record<string, string>, more: Record<string, string[]> = {}) =>
    post(services, {
      slug: 'avis',
      body: urlencoded({ page: ['/guide/passeport/'], helpful: ['no'], ...more }),
      headers,
    });
  const FROM_PAGE = { Origin: SITE };

  test.each<Record<string, string>>([
    { Origin: SITE, 'Sec-Fetch-Site': 'same-origin' },
    { Origin: SITE },
    { 'Sec-Fetch-Site': 'same-origin' },
    { Referer: `${SITE}/guide/passeport/` },
  ])('is taken at one press from a browser that says %j', async (headers) => {
    const response = await press(headers);
    expect(response.status).toBe(201);
    expect(await response.json()).not.toHaveProperty('quarantined');
  });

  test('from a program that says nothing of itself is put aside', async () => {
    const response = await press({});
    const { reference, quarantined } = (await response.json()) as { reference: string; quarantined: boolean };
    expect([response.status, quarantined]).toEqual([201, true]);
    expect(await rowsOf(avis, reference)).toMatchObject([{ quarantine_reasons: ['no_page'] }]);
  });

  test.each<[string, Record<string, string[]>, string]>([
    ['a comment', { comment: ['Bravo'] }, 'no_token'],
    ['a page in words', { page: ['Achetez sur spam.example'] }, 'no_token'],
    ['an address elsewhere', { page: ['https://spam.example/'] }, 'no_token'],
    ['a proof that is not one', { jeton: ['x'] }, 'forged_token'],
    ['the field that nobody sees', { sujet: ['x'] }, 'honeypot'],
  ])('with %s, must have been read again', async (_words, more, reason) => {
    const { reference } = (await (await press(FROM_PAGE, more)).json()) as { reference: string };
    expect(await rowsOf(avis, reference)).toMatchObject([{ quarantine_reasons: [reason] }]);
  });
});
