// The desk as officers use it, on a service of its own: what they decide here must not be another test's submission.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_KEY_FILE, LOCAL_PASSPHRASE } from '../../scripts/lib/local-keys.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { COLOURS, violationsOn } from '../support/axe.ts';
import { watch, type Watched } from '../support/browser.ts';
import { desktop, launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { readCsv } from '../support/csv.ts';
import {
  acceptByKeyboard,
  asService,
  createAccount,
  enterDesk,
  goInDesk,
  openReference,
  sendFiles,
  type Account,
} from '../support/desk.ts';
import { startForTests, type TestServer } from '../support/server.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

let server: TestServer & { stop: () => Promise<void> };
let browser: Browser;
let smtp: TestSmtp;
let reviewer: Account;
let published: string;
let aside: string;

beforeAll(async () => {
  smtp = await startSmtp();
  const mail = { SMTP_URL: smtp.url, MAIL_FROM: 'Guide <guide@example.org>' };
  [server, browser] = await Promise.all([
    startForTests({ SANS_CONSTRUCTION: '1', ...mail }),
    launchChromium(),
  ]);
  reviewer = await createAccount(server, 'reviewer');
  const marks = Array.from({ length: 12 }, (_, index) => `bureau ${index}`);
  await sendFiles(server, inscription, marks, { change: { city: ['=1+1'] } });
  [published = ''] = await sendFiles(server, projet, ['un forage']);
  [aside = ''] = await sendFiles(server, inscription, ['de côté'], { aside: true });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await smtp.stop();
});

interface Seat {
  context: BrowserContext;
  page: Page;
  watched: Watched;
}

/** A browser on this service. The page was built for another one, whose public key is not this one's. */
async function sit(make: typeof desktop = desktop): Promise<Seat> {
  const context = await make(browser, { baseURL: server.baseUrl });
  await context.route('**/gestion/', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/data-key="[^"]*"/, `data-key="${server.publishableKey}"`);
    await route.fulfill({ response, body });
  });
  const watched = await watch(context, new URL(server.baseUrl));
  return { context, page: await context.newPage(), watched };
}

async function seatOf(account: Account, make?: typeof desktop): Promise<Seat> {
  const seat = await sit(make);
  await enterDesk(seat.page, account);
  await seat.page.locator('.desk-menu').waitFor();
  return seat;
}

async function stateOf(table: string, reference: string): Promise<Record<string, unknown>> {
  const { data } = await asService(server).from(table).select('*').eq('reference', reference).single();
  return data as Record<string, unknown>;
}

const alert = (page: Page, words: string | RegExp) => page.locator('.desk-notice', { hasText: words });

async function decisionsOn(table: string, reference: string) {
  const { id } = await stateOf(table, reference);
  const { data } = await asService(server)
    .from('decisions')
    .select('kind, reason, note')
    .eq('row_id', id)
    .order('id');
  return data;
}

test('the door says what is wrong, and who has no role gets one sentence', async () => {
  const stranger = await createAccount(server);
  const { context, page, watched } = await sit(phone);
  await enterDesk(page, { ...stranger, password: 'pas celui-là' });
  await alert(page, 'ne vont pas ensemble').waitFor();
  expect(await page.getByLabel('Adresse électronique').inputValue()).toBe(stranger.email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(stranger.password);
  await page.keyboard.press('Enter');
  await alert(page, 'n’a aucun rôle au bureau').waitFor();
  expect(await page.locator('.desk-menu').count()).toBe(0);
  await page.getByRole('button', { name: 'Sortir' }).click();
  await page.getByRole('heading', { name: 'Entrer' }).waitFor();
  expect(watched.problems).toEqual([]);
  await context.close();

  const silent = await withoutJavaScript(browser, { baseURL: server.baseUrl });
  const page2 = await silent.newPage();
  await page2.goto('/gestion/');
  expect(await page2.locator('main').innerText()).toMatch(/a besoin de JavaScript/);
  await silent.close();
});

test('a code by e-mail opens the door too, and no account is made for a stranger', async () => {
  const { context, page } = await sit();
  await page.goto('/gestion/');
  await page.getByRole('button', { name: 'Recevoir plutôt un code' }).click();
  await page.getByLabel('Adresse électronique').fill(reviewer.email);
  await page.getByRole('button', { name: 'Recevoir un code' }).click();
  await page.getByLabel('Code reçu').waitFor();
  const letters = readFileSync(path.join(server.dataDir, 'courriels.jsonl'), 'utf8').trim().split('\n');
  const { to, text } = JSON.parse(letters.at(-1)!) as { to: string; text: string };
  expect(to).toContain(reviewer.email);
  await page.getByLabel('Code reçu').fill(/\b\d{6}\b/.exec(text)![0]);
  await page.keyboard.press('Enter');
  await page.locator('.desk-menu').waitFor();
  await page.reload();
  await page.locator('.desk-menu').waitFor();
  await context.close();
});

test('ten files are accepted by keyboard, one key each, and the last one is taken back', async () => {
  const { context, page, watched } = await seatOf(reviewer);
  await goInDesk(page, '#/inscription/a-relire');
  await page.getByRole('heading', { name: 'Inscriptions' }).waitFor();
  const accepted = await acceptByKeyboard(page, 10);
  expect(Math.max(...accepted.map(({ interactions }) => interactions))).toBeLessThanOrEqual(3);
  expect(new Set(accepted.map(({ reference }) => reference)).size).toBe(10);
  for (const { reference } of accepted)
    expect((await stateOf('registrations', reference))['status']).toBe('accepted');

  const last = accepted.at(-1)!.reference;
  await page.locator('.desk-bar .desk-undo', { hasText: last }).waitFor();
  expect(await page.locator('.desk-bar .desk-time').innerText()).toMatch(/Encore (10 min 00|9 min \d\d) s/);
  await page.keyboard.press('z');
  await page
    .locator('.desk-file', { hasText: last })
    .locator('.desk-chip', { hasText: 'À relire' })
    .waitFor();
  expect((await stateOf('registrations', last))['status']).toBe('received');

  // Keys that are turned off, or that are typed, decide nothing.
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('a');
  await page.getByRole('searchbox').fill('');
  await page.locator('#dossier').focus();
  await page.keyboard.press('?');
  await page.getByLabel('Une touche seule agit').uncheck();
  await page.keyboard.press('Escape');
  await page.locator('#dossier').focus();
  await page.keyboard.press('a');
  await page.keyboard.press('j');
  expect(await openReference(page)).toBe(last);
  expect((await stateOf('registrations', last))['status']).toBe('received');
  expect(watched.problems).toEqual([]);
  await context.close();
});

test('a question outlives a network that is down and a session that ends, and « Back » goes back', async () => {
  const { context, page } = await seatOf(reviewer);
  await goInDesk(page, '#/inscription/a-relire');
  await page.locator('.desk-list a').last().click();
  const reference = await openReference(page);
  await page.keyboard.press('p');
  const send = page.locator('.desk-decision button[type=submit]');
  await send.click();
  await alert(page, 'Choisissez une raison').waitFor();
  await page.getByLabel('Raison').selectOption({ label: 'Une réponse n’est pas claire' });
  await page.getByLabel('Votre question').fill('Quel est le métier exact ?');

  await context.setOffline(true);
  await send.click();
  await alert(page, 'La connexion a coupé').waitFor();
  await context.setOffline(false);

  // The session ends, and cannot be renewed.
  await context.route('**/rest/v1/rpc/decide', (route) => route.fulfill({ status: 401, json: {} }), {
    times: 1,
  });
  await context.route('**/auth/v1/token?grant_type=refresh_token', (route) => route.fulfill({ status: 400, json: {} }), { times: 1 }); // prettier-ignore
  await send.click();
  await page.getByRole('dialog').getByLabel('Mot de passe', { exact: true }).fill(reviewer.password);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await page.getByLabel('Votre question').inputValue()).toBe('Quel est le métier exact ?');
  await page.locator('.desk-decide').waitFor();
  await send.click();
  await page.locator('.desk-undo', { hasText: reference }).waitFor();
  expect(await decisionsOn('registrations', reference)).toEqual([
    { kind: 'needs_info', reason: 'unclear', note: 'Quel est le métier exact ?' },
  ]);

  await goInDesk(page, '#/projet/publies');
  await page.getByRole('heading', { name: 'Projets' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Inscriptions' }).waitFor();
  await context.close();
});

test('publishing takes two people once an administrator wants it, and each sees where it stands', async () => {
  const [admin, first, second] = await Promise.all([
    createAccount(server, 'admin'),
    createAccount(server, 'publisher'),
    createAccount(server, 'publisher'),
  ]);
  const chief = await seatOf(admin);
  await goInDesk(chief.page, '#/journal');
  await chief.page.getByLabel('Publier demande deux personnes').check();
  await alert(chief.page, 'deux personnes').waitFor();

  const one = await seatOf(first);
  await goInDesk(one.page, `#/projet/a-relire/${published}`);
  await openReference(one.page);
  await one.page.keyboard.press('b');
  expect(await one.page.getByLabel('Fin de l’adresse').inputValue()).toMatch(/^[a-z0-9-]+$/);
  await one.page.getByLabel('Fin de l’adresse').fill('un-forage-au-bureau');
  await one.page.keyboard.press('Enter');
  await alert(one.page, 'En attente d’une deuxième personne').waitFor();
  await expect.poll(() => one.page.getByRole('button', { name: /publier/i }).count()).toBe(0);

  const two = await seatOf(second);
  await goInDesk(two.page, `#/projet/a-relire/${published}`);
  await alert(two.page, 'Il faut une deuxième personne').waitFor();
  await two.page.keyboard.press('b');
  await two.page.keyboard.press('Enter');
  await two.page.locator('.desk-undo', { hasText: `${published} : publié` }).waitFor();
  expect(await stateOf('projects', published)).toMatchObject({
    status: 'published',
    slug: 'un-forage-au-bureau',
  });

  await chief.page.getByRole('button', { name: 'Vérifier' }).click();
  await alert(chief.page, 'Le journal est intact').waitFor();
  for (const { context, watched } of [chief, one, two]) {
    expect(watched.problems).toEqual([]);
    await context.close();
  }
});

test('what was put aside is taken back, then found by a search', async () => {
  const { context, page } = await seatOf(reviewer);
  await goInDesk(page, `#/inscription/de-cote/${aside}`);
  await alert(page, 'cela ressemble à un robot').waitFor();
  await page.keyboard.press('m');
  await page.locator('.desk-chip.state', { hasText: 'À relire' }).waitFor();
  expect((await stateOf('registrations', aside))['quarantined_at']).toBeNull();
  await page.keyboard.press('/');
  await page.keyboard.type(`${aside.toLowerCase()} REPONSE`);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Recherche' }).waitFor();
  await page.locator('.desk-list a', { hasText: aside }).waitFor();
  await expect.poll(() => page.locator('.desk-list a').count()).toBe(1);
  await context.close();
});

test('the key opens sealed answers in the browser alone, and an export holds what it opens', async () => {
  const { context, page, watched } = await seatOf(reviewer);
  await goInDesk(page, '#/inscription/acceptes');
  async function exported(): Promise<Record<string, string>> {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exporter en CSV' }).click();
    const rows = readCsv(readFileSync(await (await download).path(), 'utf8'));
    const line = rows.find((cells) => cells.includes("'=1+1"));
    return Object.fromEntries(rows[0]!.map((name, index) => [name, line?.[index] ?? '']));
  }
  const closed = await exported();
  expect(closed).toMatchObject({ État: 'Accepté', Ville: "'=1+1" });
  expect(closed['Nom']).toMatch(/^\[scellé/);
  expect(closed['Adresse électronique']).toMatch(/^\[chiffré/);
  const { data: log } = await asService(server).from('audit_log').select('detail').eq('action', 'export');
  expect(log).toEqual([{ detail: { status: 'accepted', number: 9 } }]);

  await page.locator('.desk-list a').first().click();
  await openReference(page);
  const answers = page.locator('.desk-answers');
  expect(await answers.innerText()).toMatch(/Nom\s+Scellé/);
  await page.getByRole('button', { name: 'Ouvrir la clé' }).click();
  await page.getByLabel('Fichier de la clé').setInputFiles(path.join(server.dataDir, LOCAL_KEY_FILE));
  await page.getByLabel('Phrase secrète').fill('une autre phrase');
  await page.keyboard.press('Enter');
  await alert(page, 'n’ouvre pas ce fichier').waitFor();
  await page.getByLabel('Phrase secrète').fill(LOCAL_PASSPHRASE);
  watched.reset();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Fermer la clé' }).waitFor();
  await expect.poll(() => answers.innerText()).toMatch(/Nom\s+Réponse bureau \d/);
  expect(watched.requests).toEqual([]);
  expect((await exported())['Nom']).toMatch(/^Réponse bureau \d/);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toMatch(/bureau \d|"d"|demonstration/);
  expect(Object.keys(JSON.parse(kept)[1])).toEqual(['bureau-session']);
  await page.getByRole('button', { name: 'Fermer la clé' }).click();
  await expect.poll(() => answers.innerText()).toMatch(/Nom\s+Scellé/);
  expect(watched.problems).toEqual([]);
  await context.close();
});

test('axe finds nothing in any state at 360 pixels, and nothing sticks out', async () => {
  const { context, page } = await sit(phone);
  const found: string[] = [];
  async function look(state: string): Promise<void> {
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await violationsOn(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await violationsOn(page, COLOURS);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    found.push(
      ...[...light, ...dark, ...(wide > 0 ? [`${wide} px too wide`] : [])].map((one) => `${state}: ${one}`),
    );
  }
  await page.goto('/gestion/');
  await page.getByRole('button', { name: 'Entrer', exact: true }).click();
  await alert(page, 'Écrivez votre adresse').waitFor();
  await look('door');
  await enterDesk(page, await createAccount(server, 'admin'));
  await page.locator('.desk-menu').waitFor();
  await goInDesk(page, '#/projet/a-relire');
  await page.getByRole('heading', { name: 'Projets' }).waitFor();
  await page.locator('.desk-list, .desk-empty').waitFor();
  await look('queue');
  await goInDesk(page, `#/inscription/acceptes`);
  await page.locator('.desk-list a').first().click();
  await openReference(page);
  await page.getByRole('button', { name: 'Ne pas retenir' }).click();
  await page.locator('.desk-decision button[type=submit]').click();
  await look('file and refusal');
  await page.getByRole('button', { name: 'Raccourcis' }).click();
  await look('help');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Ouvrir la clé' }).click();
  await look('key');
  await page.keyboard.press('Escape');
  await goInDesk(page, '#/avis/refuses');
  await page.getByText('Rien ici.').waitFor();
  await look('empty');
  await goInDesk(page, '#/courriers');
  await page.getByText('Aucun courriel en échec').waitFor();
  await look('letters');
  await goInDesk(page, '#/journal');
  await page.locator('.desk-history').waitFor();
  await look('journal');
  expect(found).toEqual([]);
  await context.close();
});

test('a letter that a mail server refused for good is seen, sent again, and arrives', async () => {
  const deliver = async () => (await fetch(`${server.baseUrl}/.netlify/functions/courrier`)).json();
  // What the other tests left to send.
  await deliver();
  smtp.behave('never');
  const [refused = ''] = await sendFiles(server, inscription, ['courriel refusé']);
  expect(await deliver()).toEqual({ sent: 0, later: 0, never: 1 });

  const { context, page } = await seatOf(reviewer);
  await goInDesk(page, '#/courriers');
  await page.locator('.desk-rows li', { hasText: refused }).getByRole('button', { name: 'Renvoyer' }).click();
  await alert(page, 'il part dans la minute').waitFor();
  await page.getByText('Aucun courriel en échec').waitFor();
  smtp.behave('accept');
  smtp.letters();
  expect(await deliver()).toEqual({ sent: 1, later: 0, never: 0 });
  expect(smtp.letters().map(({ text }) => text.includes(refused))).toEqual([true]);
  await context.close();
});
