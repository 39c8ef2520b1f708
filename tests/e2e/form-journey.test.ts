// The page that shows every answer again, what the device keeps meanwhile, and sendings that wait for the line.
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { difficulte } from '../../src/domain/forms/difficulte.ts';
import type { Field } from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { retour } from '../../src/domain/forms/retour.ts';
import { rumeur } from '../../src/domain/forms/rumeur.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import {
  answersIn,
  fillByLabels,
  onTheSite,
  open,
  readAgain,
  referenceAfter,
  sendAndBeThanked,
  sendButton,
  unfold,
  unique,
} from '../support/browser.ts';
import { desktop, launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { sending } from './answers.ts';

const DAY = 24 * 3600 * 1000;

let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(() => context.close());

async function start(make: typeof phone) {
  context = await make(browser, onTheSite());
  page = await context.newPage();
}

async function fillNew(form: Form, mark: string) {
  const made = sending(form, unique(mark));
  await open(page, form.page);
  await fillByLabels(page, form, made.typed);
  return made;
}

/** What a person answered, without what the page adds to it. */
async function answered(): Promise<Record<string, string[]>> {
  const { etape: _step, idempotency_key: _key, sujet: _trap, ...answers } = await answersIn(page);
  return answers;
}

const without = (fields: readonly Field[], answers: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(answers).filter(([name]) => !fields.some((field) => field.name === name)),
  );

const heading = () => page.locator('h1').innerText();
const ordinary = (rows: Record<string, unknown>[]) => rows.map((row) => row['quarantined_at']);

describe('reading the answers again', () => {
  test('with JavaScript, « Modifier » leads to the very question, asks nothing of the network and loses nothing', async () => {
    await start(phone);
    const { rows } = await fillNew(projet, 'modifier');
    const before = await answered();
    await readAgain(page);
    expect(await heading()).toBe('Vérifiez vos réponses');
    expect(await page.title()).toMatch(/^Vérifiez vos réponses/);
    expect(await page.locator('main').innerText()).toContain('Rien n’est encore envoyé');
    expect(await page.locator(':focus').innerText()).toBe('Vérifiez vos réponses');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Modifier : Téléphone', exact: true }).click();
    expect(await page.locator(':focus').getAttribute('name')).toBe('phone');
    expect(await answered()).toEqual(before);
    expect(await heading()).toBe(projet.title);
    await context.setOffline(false);
    await page.locator(':focus').fill('+228 92 00 00 00');
    await sendAndBeThanked(page, projet);
    const stored = await rows();
    expect(stored).toMatchObject([{ phone: '+22892000000' }]);
    expect(ordinary(stored)).toEqual([null]);
  });

  test('with JavaScript, the browser’s own « Back » leads to the questions too, and does not leave the form', async () => {
    await start(phone);
    await open(page, '/guide/');
    await fillNew(rumeur, 'precedent');
    const before = await answered();
    await readAgain(page);
    await page.goBack();
    await expect.poll(heading).toBe(rumeur.title);
    expect(new URL(page.url()).pathname).toBe(rumeur.page);
    expect(await answered()).toEqual(before);
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe('/guide/');
  });

  test('where one may have to leave in a hurry, reading again leaves no step in the history', async () => {
    await start(phone);
    await open(page, '/guide/');
    await fillNew(retour, 'sans-trace');
    await readAgain(page);
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe('/guide/');
  });

  test('with JavaScript, mistakes mended before reading again are not shown as mistakes on the way back', async () => {
    await start(phone);
    const { typed } = sending(inscription, unique('erreur'));
    await open(page, inscription.page);
    await fillByLabels(page, inscription, { ...typed, email: 'pas une adresse' });
    await sendButton(page).click();
    await page.locator('.form-alert').waitFor();
    await fillByLabels(page, inscription, { email: String(typed['email']) });
    await readAgain(page);
    await page.getByRole('button', { name: 'Revenir aux questions' }).click();
    await page.locator('[data-draft]').waitFor();
    expect(await page.locator('.form-alert, .field-error').count()).toBe(0);
    expect(await page.getByLabel('Adresse électronique', { exact: true }).inputValue()).toBe(typed['email']);
  });

  // One of each kind: who says who they are, who leaves no trace, nobody. Every form does it without a browser.
  test.each([inscription, retour, rumeur].map((form) => [form.slug, form] as const))(
    'without JavaScript, an answer of « %s » is changed on the way, and only the last one is stored, once',
    async (_slug, form) => {
      await start(withoutJavaScript);
      const { typed, corrected, stored, rows } = await fillNew(form, 'sans-js');
      const before = await answered();
      await readAgain(page);
      expect(await heading()).toBe('Vérifiez vos réponses');
      const field = fieldsOf(form).find(({ name }) => corrected[name] !== typed[name])!;
      const label = fr(field.label.replace(/ \(facultatif\)$/, ''));
      await page.getByRole('button', { name: `Modifier : ${label}`, exact: true }).click();
      await page.waitForURL(`**/api/formulaires/${form.slug}#${field.name}*`);
      expect(await answered()).toEqual(before);
      await fillByLabels(page, form, { [field.name]: corrected[field.name] ?? '' });
      await readAgain(page);
      // A person needs more than two seconds to read.
      await page.waitForTimeout(2100);
      await sendButton(page).click();
      await referenceAfter(page, form);
      const now = await rows();
      expect(now).toHaveLength(1);
      expect(now[0]?.[field.name]).not.toEqual(stored[field.name]);
      expect(ordinary(now)).toEqual([null]);
    },
  );

  test('with the keyboard alone, as fast as can be, from the first question to the thank-you page', async () => {
    await start(desktop);
    const { rows, marked, stored } = sending(rumeur, unique('clavier'));
    await open(page, rumeur.page);
    await page.getByLabel('Qu’est-ce qui se dit', { exact: false }).first().focus();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.keyboard.insertText('On dit que tout est payé.');
    await press('Tab', 'Space', 'Tab');
    await page.keyboard.insertText('10/2026');
    await press('Tab');
    await page.keyboard.insertText(marked.answer);
    await press('Tab', 'Tab', 'Enter');
    await page.locator('form[data-check]').waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Vérifiez vos réponses');
    // One « Modifier » for each question, then the button that sends.
    for (const _field of fieldsOf(rumeur)) await press('Tab');
    await press('Tab');
    expect(await page.locator(':focus').innerText()).toBe(fr(rumeur.submit));
    await press('Enter');
    await referenceAfter(page, rumeur);
    const now = await rows();
    expect(now).toMatchObject([{ month_seen: stored['month_seen'] }]);
    expect(ordinary(now)).toEqual([null]);
  });

  test.each([-DAY, DAY])(
    'a telephone whose clock is %i milliseconds wrong is nobody’s robot',
    async (wrong) => {
      await start(phone);
      await page.clock.setSystemTime(Date.now() + wrong);
      const { rows } = await fillNew(inscription, 'horloge');
      await sendAndBeThanked(page, inscription);
      expect(ordinary(await rows())).toEqual([null]);
    },
  );

  test('without JavaScript, pressing at once is put aside, and the thank-you page says so', async () => {
    await start(withoutJavaScript);
    const { rows } = await fillNew(inscription, 'trop-vite');
    // As a program would: no page is drawn in between.
    const { baseURL = '' } = onTheSite();
    const read = await page.evaluate(() =>
      new URLSearchParams(
        new FormData(document.querySelector('form[data-form]') as HTMLFormElement) as never,
      ).toString(),
    );
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' };
    const asked = await fetch(`${baseURL}/api/formulaires/inscription`, {
      method: 'POST',
      headers,
      body: read,
    });
    const { jeton } = (await asked.json()) as { jeton: string };
    const body = new URLSearchParams(read);
    body.delete('etape');
    body.set('jeton', jeton);
    const sent = await fetch(`${baseURL}/api/formulaires/inscription`, {
      method: 'POST',
      headers: { ...headers, Accept: 'text/html' },
      body,
      redirect: 'manual',
    });
    await open(page, sent.headers.get('Location') ?? '');
    expect(await page.locator('[data-note=verification]').innerText()).toContain('Reçu, et mis de côté.');
    expect((await rows())[0]?.['quarantine_reasons']).toEqual(['young_token']);
  });
});

const kept = (slug: string) => page.evaluate((key) => localStorage.getItem(`brouillon:${key}`), slug);
const box = () => page.locator('[data-draft]');
const status = () => box().getByRole('status').innerText();

describe('a draft', () => {
  test('survives a tab that is killed, key included, but for the consents; it is announced, and erased on sending', async () => {
    await start(phone);
    const { rows } = await fillNew(inscription, 'brouillon');
    expect(await box().innerText()).toContain(
      'Vos réponses restent sur cet appareil, et nulle part ailleurs',
    );
    const before = await answersIn(page);
    await expect.poll(() => kept('inscription')).toContain(before['email']?.[0]);
    expect(await kept('inscription')).not.toMatch(/sujet|consent_/);
    // The process is killed: no event tells the page.
    const control = await context.newCDPSession(page);
    await Promise.race([control.send('Page.crash'), page.waitForEvent('crash')]).catch(() => undefined);
    page = await context.newPage();
    await open(page, inscription.page);
    expect(await status()).toMatch(
      /^Voici vos réponses du \d+ \p{L}+\. Relisez-les\. Cochez à nouveau les accords\.$/u,
    );
    const after = await answersIn(page);
    const consents = fieldsOf(inscription).filter(({ kind }) => kind === 'consent');
    expect(after).toEqual(without(consents, before));
    // What was open because it has an answer is open again.
    expect(await page.getByLabel('Téléphone', { exact: false }).first().isVisible()).toBe(true);
    for (const { label } of consents) await page.getByLabel(fr(label), { exact: true }).check();
    await sendAndBeThanked(page, inscription);
    expect(await kept('inscription')).toBeNull();
    expect(await rows()).toHaveLength(1);
  });

  test('sent from a page that was killed before its answer came is stored once', async () => {
    await start(phone);
    const { rows } = await fillNew(rumeur, 'tuee');
    await readAgain(page);
    await page.route('**/api/formulaires/*', async (route) => {
      await route.fetch({ maxRedirects: 0 });
      await route.abort('connectionreset');
    });
    await sendButton(page).click();
    await page.locator('.form-alert').waitFor();
    const [row] = await rows();
    await page.close();
    page = await context.newPage();
    await open(page, rumeur.page);
    // An anonymous form: without its key this would be somebody else's answer.
    expect(await sendAndBeThanked(page, rumeur)).toBe(row?.['reference']);
    expect(await rows()).toHaveLength(1);
  });

  test('is erased on demand, from the page and from the device', async () => {
    await start(phone);
    const { marked } = await fillNew(inscription, 'effacer');
    await expect.poll(() => kept('inscription')).toContain(marked.answer);
    page.once('dialog', (dialog) => void dialog.accept());
    await box().getByRole('button', { name: 'Effacer mes réponses' }).click();
    await expect.poll(status).toBe('C’est effacé. Il ne reste rien sur cet appareil.');
    expect(
      Object.values(await answered())
        .flat()
        .join(''),
    ).toBe('');
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(marked.answer);
    await page.reload();
    expect(
      Object.values(await answered())
        .flat()
        .join(''),
    ).toBe('');
  });

  test('is not kept on a device that is shared, and the choice is remembered for every form', async () => {
    await start(phone);
    const { marked } = await fillNew(inscription, 'partage');
    await expect.poll(() => kept('inscription')).toContain(marked.answer);
    await box().getByLabel('Cet appareil est partagé : ne rien garder').check();
    expect(await kept('inscription')).toBeNull();
    await fillNew(projet, 'partage');
    expect(await box().getByLabel('Cet appareil est partagé').isChecked()).toBe(true);
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['appareil-partage']);
  });

  test.each([retour, difficulte].map((form) => [form.slug, form] as const))(
    'of « %s » is kept only if asked for, and gone as soon as it is not any more',
    async (_slug, form) => {
      await start(phone);
      const { marked } = await fillNew(form, 'sur-demande');
      expect(await box().innerText()).toContain(
        'Rien n’est gardé sur cet appareil, sauf si vous le demandez ici.',
      );
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
      const ask = box().getByLabel('Garder mes réponses sur cet appareil');
      await ask.check();
      expect(await kept(form.slug)).toContain(JSON.stringify(marked.answer));
      await page.reload();
      expect(Object.values(await answered()).flat()).toContain(marked.answer);
      await ask.uncheck();
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
    },
  );

  test('of who leaves in a hurry is gone', async () => {
    await start(phone);
    await context.route('https://fr.wikipedia.org/**', (route) => route.fulfill({ body: 'Ailleurs' }));
    await fillNew(retour, 'vite');
    await box().getByLabel('Garder mes réponses sur cet appareil').check();
    expect(await kept('retour')).not.toBeNull();
    await page.getByRole('link', { name: 'Quitter vite' }).click();
    await page.waitForURL('https://fr.wikipedia.org/**');
    await open(page, '/guide/');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test('of a week ago does not come back, and is erased', async () => {
    await start(phone);
    await fillNew(inscription, 'vieux');
    await expect.poll(() => kept('inscription')).not.toBeNull();
    await page.close();
    page = await context.newPage();
    await page.clock.setSystemTime(Date.now() + 7 * DAY + 60_000);
    // Whatever form is opened.
    await open(page, rumeur.page);
    expect(await kept('inscription')).toBeNull();
  });

  test('goes to another device by a file, and is sent from there', async () => {
    await start(phone);
    const { rows } = await fillNew(projet, 'fichier');
    const before = await answersIn(page);
    await unfold(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Télécharger mes réponses' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('mes-reponses-projet.json');
    const file = await readFile(await download.path());
    expect(JSON.parse(file.toString('utf8'))).toMatchObject({
      formulaire: 'projet',
      version: projet.version,
    });
    await context.close();

    await start(desktop);
    await open(page, projet.page);
    await unfold(page);
    const give = (buffer: Buffer, name = 'mes-reponses-projet.json') =>
      page.getByLabel('Reprendre un fichier').setInputFiles({ name, mimeType: 'application/json', buffer });
    await give(Buffer.from('{"formulaire": "projet"'));
    await expect.poll(status).toContain('Ce fichier ne se lit pas.');
    await give(Buffer.from(JSON.stringify({ formulaire: 'avis', version: 'x', reponses: {} })));
    await expect.poll(status).toContain('Ce fichier vient d’un autre formulaire.');
    await give(file);
    await expect.poll(status).toContain('Vos réponses sont revenues.');
    const consents = fieldsOf(projet).filter(({ kind }) => kind === 'consent');
    expect(await answersIn(page)).toEqual(without(consents, before));
    for (const { label } of consents) await page.getByLabel(fr(label), { exact: true }).check();
    await sendAndBeThanked(page, projet);
    expect(await rows()).toHaveLength(1);
  });
});

describe('« Envoyer quand le réseau revient »', () => {
  const waiting = () => page.locator('.waiting');
  const queue = (form: Form) => page.evaluate((slug) => localStorage.getItem(`envoi:${slug}`), form.slug);

  async function leaveItToThePage(truth = 'Pas encore reçu, vos réponses sont gardées sur cet appareil.') {
    await sendButton(page).click();
    await page.getByRole('button', { name: 'Envoyer quand le réseau revient' }).click();
    expect(await waiting().innerText()).toContain(truth);
  }

  test('sends once as soon as the line is back, and says so with the reference and the link', async () => {
    await start(phone);
    const { rows } = await fillNew(inscription, 'attente');
    await context.setOffline(true);
    await leaveItToThePage();
    expect(await rows()).toEqual([]);
    await context.setOffline(false);
    await waiting().filter({ hasText: 'Reçu.' }).waitFor({ timeout: 20_000 });
    const now = await rows();
    expect(ordinary(now)).toEqual([null]);
    expect(await waiting().innerText()).toContain(String(now[0]?.['reference']));
    expect(await page.locator(':focus').evaluate((one) => one.classList.contains('waiting'))).toBe(true);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['envoye:inscription']);
    await page.getByRole('link', { name: 'Ouvrir la page de confirmation' }).click();
    await referenceAfter(page, inscription);
    expect(new URL(page.url()).hash.length).toBeGreaterThan(40);
    // The line goes and comes back: nothing more leaves.
    await open(page, inscription.page);
    await context.setOffline(true);
    await context.setOffline(false);
    await page.waitForTimeout(500);
    expect(await rows()).toHaveLength(1);

    // Who comes back and doubts is told; what tells it holds no answer, and goes on demand.
    const note = page.locator('[data-sent]');
    expect(await note.innerText()).toMatch(/^Déjà envoyé\. Un envoi de ce formulaire, fait sur cet appareil/);
    const remembered = await page.evaluate(() => localStorage.getItem('envoye:inscription') ?? '');
    const { key, ...rest } = JSON.parse(remembered) as { key: string; at: number };
    expect(rest).toEqual({ at: expect.any(Number) });
    // The very same answers, which a browser may bring back.
    await page.evaluate((sent) => {
      document.querySelector<HTMLInputElement>('[name=idempotency_key]')!.value = sent;
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    }, key);
    expect(await note.innerText()).toMatch(
      /^Déjà envoyé\. Ces réponses ont été reçues le \d+ \p{L}+ 20\d\d/u,
    );
    await note.getByRole('button', { name: 'Oublier mes envois sur cet appareil' }).click();
    await page.reload();
    expect(await note.count()).toBe(0);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test('sends once even when the first answer was lost, after the page was closed and opened twice', async () => {
    await start(phone);
    const { rows } = await fillNew(rumeur, 'perdue');
    await readAgain(page);
    await page.route('**/api/formulaires/*', async (route) => {
      await route.fetch({ maxRedirects: 0 });
      await route.abort('connectionreset');
    });
    await leaveItToThePage('Nous ne savons pas encore si c’est reçu.');
    const [row] = await rows();
    await page.close();
    const [one, other] = [await context.newPage(), await context.newPage()];
    await Promise.all([open(one, rumeur.page), open(other, rumeur.page)]);
    await one
      .locator('.waiting', { hasText: 'Reçu.' })
      .or(one.locator('form[data-form]:not([hidden])'))
      .first()
      .waitFor();
    page = other;
    await expect.poll(() => queue(rumeur), { timeout: 20_000 }).toBeNull();
    expect((await rows()).map((line) => line['reference'])).toEqual([row?.['reference']]);
  });

  test('never says « pas encore reçu » of what may have arrived, not even after the page was closed', async () => {
    await start(phone);
    const { rows } = await fillNew(inscription, 'doute');
    await context.setOffline(true);
    await leaveItToThePage();
    await page.route('**/api/formulaires/*', async (route) => {
      const response = await route.fetch({ maxRedirects: 0 });
      if (route.request().postData()?.includes('etape=')) await route.fulfill({ response });
      else await route.abort('connectionreset');
    });
    await context.setOffline(false);
    await waiting()
      .filter({ hasText: 'Nous ne savons pas encore si c’est reçu.' })
      .waitFor({ timeout: 20_000 });
    expect(await rows()).toHaveLength(1);
    await page.close();
    page = await context.newPage();
    await page.route('**/api/formulaires/*', (route) => route.abort('connectionreset'));
    await open(page, inscription.page);
    await waiting().filter({ hasText: 'Nous ne savons pas encore si c’est reçu.' }).waitFor();
    await page.unroute('**/api/formulaires/*');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await waiting().filter({ hasText: 'Reçu.' }).waitFor({ timeout: 20_000 });
    expect(await rows()).toHaveLength(1);
  });

  test('can be taken back: nothing leaves, and the answers are in the page', async () => {
    await start(phone);
    const { rows } = await fillNew(inscription, 'reprise');
    const before = await answersIn(page);
    await context.setOffline(true);
    await leaveItToThePage();
    expect(await queue(inscription)).not.toBeNull();
    await page.getByRole('button', { name: 'Ne plus envoyer' }).click();
    expect(await queue(inscription)).toBeNull();
    expect(await answersIn(page)).toEqual(before);
    await context.setOffline(false);
    await page.waitForTimeout(1000);
    expect(await rows()).toEqual([]);
    await sendAndBeThanked(page, inscription);
    expect(await rows()).toHaveLength(1);
  });

  test('says which answer to correct when the line is back, and sends nothing', async () => {
    await start(phone);
    const { typed, rows } = sending(inscription, unique('a-corriger'));
    await open(page, inscription.page);
    await fillByLabels(page, inscription, { ...typed, city: '' });
    await context.setOffline(true);
    await leaveItToThePage();
    await context.setOffline(false);
    await waiting().filter({ hasText: 'Pas reçu, vos réponses sont gardées.' }).waitFor({ timeout: 20_000 });
    const missing = fieldsOf(inscription).find(({ name }) => name === 'city')?.missing ?? '';
    expect(await waiting().innerText()).toContain(missing);
    expect(await queue(inscription)).toBeNull();
    expect(await rows()).toEqual([]);
    await fillByLabels(page, inscription, { city: 'Lomé' });
    await sendAndBeThanked(page, inscription);
    expect(await rows()).toHaveLength(1);
  });
});
