import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerLetter } from '../../functions/_lib/letter-answer.ts';
import { letterLink } from '../../functions/_lib/mail/letter-link.ts';
import { builtPages } from '../../functions/_lib/pages.ts';
import type { Services } from '../../functions/_lib/submission.ts';
import { renderLetterPage } from '../../src/components/letters/render.tsx';
import { LETTER_ANSWERS, LETTER_WORDS, type LetterAnswer } from '../../src/domain/letters/answer.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { TEST_KEYS, testKeys } from '../support/sealing.ts';
import { newAddress, post, servicesOn, servicesOnLite, SITE } from '../support/service.ts';
import { browserHeaders, controlsIn, shown, type Shown } from '../support/visit.ts';

const MAIL = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'guide@example.org' };

let lite: TestLite;
let services: Services;
let dist: string;
let said: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  // lite prints the stack of every refusal.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  dist = mkdtempSync(path.join(tmpdir(), 'guide-letter-'));
  mkdirSync(path.join(dist, 'confirmer'));
  writeFileSync(
    path.join(dist, 'confirmer/index.html'),
    `<!doctype html><html lang="fr"><head><title>Répondre à un courriel | Guide</title></head><body>${renderLetterPage()}</body></html>`,
  );
  lite = await startLite({ listen: true });
  services = { ...servicesOnLite(lite, MAIL), pages: builtPages(dist) };
});
afterAll(async () => {
  await lite.stop();
  rmSync(dist, { recursive: true });
});

let reference: string;
let line: string;

beforeEach(async () => {
  said = [];
  await lite.sql('delete from public.registrations');
  const answers = goodAnswers(inscription, randomBytes(4).toString('hex'));
  const response = await post(services, { slug: 'inscription', body: urlencoded(answers) });
  ({ reference } = (await response.json()) as { reference: string });
  await lite.sql('update public.registrations set quarantined_at = null');
  line = (await lite.sql<{ id: string }>('select id from private.outbox'))[0]!.id;
});

const linkTo = (answer: LetterAnswer, of = line) => letterLink(SITE, answer, of, testKeys);
const row = async () => (await lite.sql('select confirmed_at, mail_stopped_at from public.registrations'))[0];

async function ask(body: Record<string, string>, on = services, change: RequestInit = {}): Promise<Shown> {
  const request = new Request(`${SITE}/api/confirmer`, {
    method: 'POST',
    headers: browserHeaders(),
    body: new URLSearchParams(body).toString(),
    ...change,
  });
  return shown(await answerLetter(request, newAddress(), on));
}

/** Presses the button of the page. */
const press = (page: Shown) => ask(Object.fromEntries(controlsIn(page)));

describe('a link in a letter', () => {
  test.each(LETTER_ANSWERS)(
    'to « %s » opens a page that asks, and changes nothing however often it is opened',
    async (answer) => {
      for (let time = 0; time < 3; time += 1) {
        const page = await ask({ cle: linkTo(answer) });
        expect(page.status).toBe(200);
        expect(page.title).toBe(`${fr(LETTER_WORDS[answer].question)} | Guide`);
        expect(page.text).toContain(reference);
      }
      expect(await row()).toEqual({ confirmed_at: null, mail_stopped_at: null });
    },
  );

  test('to confirm confirms when its button is pressed', async () => {
    const page = await press(await ask({ cle: linkTo('confirmer') }));
    expect([page.status, page.text]).toEqual([200, expect.stringContaining(LETTER_WORDS.confirmer.done)]);
    expect(await row()).toEqual({ confirmed_at: expect.anything(), mail_stopped_at: null });
  });

  test('to keep says yes again', async () => {
    await lite.sql(`update public.registrations set confirmed_at = '2020-01-01'`);
    await press(await ask({ cle: linkTo('garder') }));
    const [{ recent }] = (await lite.sql(
      "select confirmed_at > now() - interval '1 hour' as recent from public.registrations",
    )) as [{ recent: boolean }];
    expect(recent).toBe(true);
  });

  test('to stop stops', async () => {
    await press(await ask({ cle: linkTo('arreter') }));
    expect(await row()).toEqual({ confirmed_at: null, mail_stopped_at: expect.anything() });
  });

  test('to erase erases, says what remains, and then opens nothing', async () => {
    const link = linkTo('effacer');
    const page = await press(await ask({ cle: link }));
    expect(page.text).toContain(LETTER_WORDS.effacer.done);
    expect(page.text).toContain('une ligne sans nom');
    expect(await row()).toBeUndefined();
    const again = await ask({ cle: link });
    expect([again.status, again.text]).toEqual([404, expect.stringContaining('Ce lien ne sert plus')]);
  });

  test('works pasted whole, or only what follows the sign #, spaces included', async () => {
    const link = linkTo('confirmer');
    for (const typed of [link, link.split('#')[1]!, ` ${link}\n`])
      expect((await ask({ cle: typed })).status, typed).toBe(200);
  });

  test('cannot be made from another: neither another answer, nor another letter, nor another key', async () => {
    const code = linkTo('garder').split('#')[1]!;
    const other = randomBytes(16).toString('base64url');
    for (const forged of [
      code.replace('garder', 'effacer'),
      code.replace(/\..{22}/, `.${other}`),
      `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`,
      letterLink(SITE, 'effacer', line, { ...testKeys, letterSignatures: () => ['A'.repeat(43)] }),
      'garder.',
      'n’importe quoi',
    ]) {
      const page = await ask({ cle: forged, oui: 'oui' });
      expect([page.status, page.text], forged).toEqual([
        404,
        expect.stringContaining('Ce lien ne sert plus'),
      ]);
    }
    expect(await row()).toEqual({ confirmed_at: null, mail_stopped_at: null });
  });

  test('that this site did not write is refused without asking the database', async () => {
    const nowhere = servicesOn({ url: 'http://127.0.0.1:9', secret: lite.keys.secret }, MAIL);
    const page = await ask(
      { cle: linkTo('garder').replace('garder', 'effacer') },
      { ...nowhere, pages: services.pages },
    );
    expect(page.status).toBe(404);
  });

  test('still opens after a change of key, as long as the older one is there', async () => {
    const next = randomBytes(32).toString('base64');
    const rotated = servicesOnLite(lite, { ...MAIL, DATA_KEY: `${next},${TEST_KEYS.DATA_KEY}` });
    expect((await ask({ cle: linkTo('confirmer') }, { ...rotated, pages: services.pages })).status).toBe(200);
    const replaced = servicesOnLite(lite, { ...MAIL, DATA_KEY: next });
    expect((await ask({ cle: linkTo('confirmer') }, { ...replaced, pages: services.pages })).status).toBe(
      404,
    );
  });

  test('to an address that was changed since says which letter to use, and does nothing', async () => {
    await lite.sql('update private.outbox set voided = true');
    const page = await ask({ cle: linkTo('effacer'), oui: 'oui' });
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('ancienne adresse')]);
    expect(await row()).toBeDefined();
  });
});

describe('the page', () => {
  test('opened or reloaded by its address leads to the field, and changes nothing', async () => {
    for (const method of ['GET', 'HEAD', 'PUT']) {
      const request = new Request(
        `${SITE}/api/confirmer?cle=${encodeURIComponent(linkTo('effacer'))}&oui=oui`,
        { method },
      );
      const response = await answerLetter(request, newAddress(), services);
      expect([response.status, response.headers.get('Location')]).toEqual([303, '/confirmer/']);
    }
    expect(await row()).toBeDefined();
  });

  test('refuses what another site sends, and a body it cannot read', async () => {
    const body = new URLSearchParams({ cle: linkTo('effacer'), oui: 'oui' }).toString();
    const refusals = [
      [
        403,
        {
          headers: {
            ...browserHeaders(),
            Origin: 'https://ailleurs.example',
            'Sec-Fetch-Site': 'cross-site',
          },
          body,
        },
      ],
      [415, { headers: { ...browserHeaders(), 'Content-Type': 'text/plain' }, body }],
      [413, { body: `cle=${'a'.repeat(70_000)}` }],
      [422, { body: 'oui=oui' }],
    ] as const;
    for (const [status, change] of refusals) {
      const page = await ask({}, services, change);
      expect([page.status, page.title]).toEqual([status, expect.stringMatching(/^Erreur/)]);
      expect(page.text).toContain('Rien n’a changé');
    }
    expect(await row()).toBeDefined();
  });

  test('says what is true when the database does not answer, and keeps the link to try again', async () => {
    const nowhere = servicesOn({ url: 'http://127.0.0.1:9', secret: lite.keys.secret }, MAIL, {
      totalDeadline: 300,
      attemptDeadline: 100,
    });
    const on = { ...nowhere, pages: services.pages };
    const link = linkTo('effacer');
    const looked = await ask({ cle: link }, on);
    expect([looked.status, looked.text]).toEqual([503, expect.stringContaining('Rien n’a changé')]);
    const pressed = await ask({ cle: link, oui: 'oui' }, on);
    expect([pressed.status, pressed.text]).toEqual([
      503,
      expect.stringContaining('Nous ne savons pas encore'),
    ]);
    expect(controlsIn(pressed)).toContainEqual(['cle', link]);
    const closed = await ask({ cle: link }, { ...services, keys: undefined });
    expect(closed.status).toBe(503);
  });

  test('opens a hundred and twenty times an hour for one connection, then says when to come back', async () => {
    await lite.sql(
      `insert into private.rate_limits (bucket, window_start, hits)
       values ('confirmer:${testKeys.limiter(`${new Date().toISOString().slice(0, 10)} une adresse`)}', date_trunc('hour', now()), 120)`,
    );
    const request = new Request(`${SITE}/api/confirmer`, {
      method: 'POST',
      headers: browserHeaders(),
      body: new URLSearchParams({ cle: linkTo('confirmer') }).toString(),
    });
    const response = await answerLetter(request, 'une adresse', services);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  test('leaves in the log what was answered, never the link', async () => {
    const link = linkTo('arreter');
    await press(await ask({ cle: link }));
    const journal = said.join('\n');
    expect(journal).toContain('"action":"arreter"');
    expect(journal).not.toContain(link.split('.').at(-1));
    expect(journal).not.toContain(reference);
  });
});
