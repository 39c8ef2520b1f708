// What somebody does with the link of what they sent: with and without JavaScript, from the sending to the erasure.
// Each of these pages is looked at by axe in accessibility.test.ts.
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { difficulte } from '../../src/domain/forms/difficulte.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { retour } from '../../src/domain/forms/retour.ts';
import type { Form } from '../../src/domain/forms/form.ts';
import {
  choiceLabel,
  fillByLabels,
  onTheSite,
  open,
  rowsWhere,
  sendAndBeThanked,
  unique,
  unfold,
  watch,
  type Watched,
} from '../support/browser.ts';
import { launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { countWire, type Wire } from '../support/wire.ts';
import { sending } from './answers.ts';

let browser: Browser;
let wire: Wire;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  wire = await countWire(inject('server').baseUrl);
});
afterAll(async () => {
  await browser.close();
  await wire.close();
});
beforeEach(() => void wire.take());
afterEach(() => context.close());

const press = (words: string) => page.getByRole('button', { name: words, exact: true }).click();
const heading = (words: string) => page.getByRole('heading', { level: 1, name: words, exact: true });
const text = () => page.locator('main').innerText();

async function send(form: Form): Promise<{ reference: string; secret: string }> {
  await open(page, form.page);
  await fillByLabels(page, form, sending(form, unique('suivi')).typed);
  const reference = await sendAndBeThanked(page, form);
  // Without JavaScript the address is all there is; where nothing must stay, the page is.
  const [shown] = await page.locator('[data-link] a[href*="#"]').all();
  const link = (await shown?.getAttribute('href')) ?? page.url();
  const secret = link.split('#')[1] ?? '';
  expect(secret).toMatch(/^[\w-]{43}$/);
  return { reference, secret };
}

/** Everything asked of the server, as it left the browser: its line and its headers. */
function expectSilence(secret: string) {
  const asked = wire.take().map((hit) => hit.asked);
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((request) => request.includes(secret))).toEqual([]);
}

describe('with JavaScript', () => {
  let watched: Watched;
  beforeEach(async () => {
    context = await phone(browser, { ...onTheSite({ baseURL: wire.url }), acceptDownloads: true });
    watched = await watch(context, new URL(wire.url));
    page = await context.newPage();
  });

  test('from the thank-you page to the erasure, the link opens, corrects, adds, keeps, withdraws and erases, and its secret goes nowhere', async () => {
    const { reference, secret } = await send(inscription);
    expect(await text()).toContain('Qui l’a peut voir et effacer votre dossier.');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await press('Copier le lien');
    await page.getByText('Le lien est copié.').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${wire.url}/suivi/#${secret}`);

    await page.goto(link);
    await heading('Votre envoi').waitFor();
    // Neither in the address bar, nor kept by the page.
    expect(page.url()).toBe(`${wire.url}/suivi/`);
    const kept = await page.evaluate(
      () => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie,
    );
    expect(kept).not.toContain(secret);
    expect(await text()).toContain(reference);
    expect(await text()).toContain("L'Haÿ-les-Roses");
    expect(await text()).toContain('personne ici ne peut le relire, sauf un agent');

    await press('Corriger mes réponses');
    await heading('Corriger votre envoi').waitFor();
    await page.getByLabel('Ville', { exact: true }).fill('');
    await press('Enregistrer la correction');
    await page.locator('.form-alert').waitFor();
    expect(await page.title()).toMatch(/^Erreur/);
    const [before] = await rowsWhere(inscription, 'reference', reference);
    await page.getByLabel('Ville', { exact: true }).fill('Sokodé');
    await context.setOffline(true);
    await press('Enregistrer la correction');
    await page.locator('.form-alert', { hasText: 'La connexion a coupé' }).waitFor();
    expect(await page.getByLabel('Ville', { exact: true }).inputValue()).toBe('Sokodé');
    await context.setOffline(false);
    await press('Enregistrer la correction');
    await page.locator('.done', { hasText: 'C’est enregistré.' }).waitFor();
    const [after] = await rowsWhere(inscription, 'reference', reference);
    // Sealed or encrypted, every other answer opens as it was typed.
    expect(after).toEqual({ ...before, city: 'Sokodé', consent_at: after!['consent_at'] });

    await page.getByText('Ajouter un message', { exact: true }).click();
    await press('Envoyer le message');
    await page.getByText('Écrivez votre message avant de l’envoyer.').waitFor();
    await page.getByLabel('Votre message à l’équipe').fill('Je change de ville en mars.');
    await press('Envoyer le message');
    await page.locator('.done', { hasText: 'Votre message est envoyé' }).waitFor();

    await page.getByText('Garder une copie', { exact: true }).click();
    const downloading = page.waitForEvent('download');
    await press('Télécharger mes données');
    const file = await downloading;
    expect(file.suggestedFilename()).toBe(`mon-envoi-${reference}.json`);
    expect(await readFile(await file.path(), 'utf8')).toContain('"Sokodé"');

    await page.getByText('Retirer mon envoi', { exact: true }).first().click();
    await press('Retirer mon envoi');
    await page.locator('.done', { hasText: 'Votre envoi est retiré.' }).waitFor();
    expect(await text()).toContain('Vous l’avez retiré.');

    await unfold(page);
    await press('Effacer mon envoi…');
    await page.locator('h1', { hasText: 'Effacer votre envoi' }).waitFor();
    await press('Effacer pour toujours');
    await heading('Votre envoi est effacé').waitFor();
    expect(await rowsWhere(inscription, 'reference', reference)).toEqual([]);

    await page.goto(link);
    await page.locator('.form-alert', { hasText: 'Ce lien n’ouvre aucun envoi' }).waitFor();
    // The line was cut once, on purpose.
    expect(watched.problems.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    expectSilence(secret);
  }, 180_000);

  test('a link pasted over another in the same tab opens the other', async () => {
    const first = await send(difficulte);
    const second = await send(difficulte);
    await page.goto(`/suivi/#${first.secret}`);
    await page.getByText(first.reference).waitFor();
    await page.evaluate((secret) => void (location.hash = secret), second.secret);
    await page.getByText(second.reference).waitFor();
    expect(page.url()).toBe(`${wire.url}/suivi/`);
  });

  test('the thank-you page keeps the link when it is read again, except where the page must leave no trace', async () => {
    const { secret } = await send(difficulte);
    await page.reload();
    expect(await page.locator('[data-link] a').getAttribute('href')).toContain(secret);
    await send(retour);
    expect(page.url()).not.toContain('#');
  });

  test('the same answers sent again after an hour bring no link, and the page says so', async () => {
    await page.goto('/inscription/merci/I-WWYH-FVQ6#deja-recu');
    await page.getByText('Pas de lien cette fois.').waitFor();
    expect(await page.getByRole('heading', { name: 'Votre lien de suivi' }).isVisible()).toBe(false);
  });
});

describe('without JavaScript', () => {
  test('the key is the end of the address of the thank-you page; pasted in the field, it corrects and erases', async () => {
    context = await withoutJavaScript(browser, onTheSite({ baseURL: wire.url }));
    page = await context.newPage();
    const { reference, secret } = await send(difficulte);
    expect(await text()).toContain('gardez l’adresse entière');
    expect(await page.locator('[data-link]').isVisible()).toBe(false);
    const address = page.url();

    await page.getByRole('link', { name: 'Suivre mon envoi', exact: true }).first().click();
    await page.getByLabel('Votre lien de suivi').fill('n’importe quoi');
    await press('Ouvrir mon dossier');
    expect(await page.locator('.form-alert').innerText()).toContain('Ce lien n’ouvre aucun envoi');
    expect(await page.title()).toMatch(/^Erreur/);
    await page.getByLabel('Votre lien de suivi').fill(address);
    await press('Ouvrir mon dossier');
    expect(await text()).toContain(reference);

    await press('Corriger mes réponses');
    await page.getByLabel(choiceLabel(difficulte, 'difficulty', 'fee'), { exact: true }).check();
    await page.getByLabel('Mois de votre demande', { exact: true }).fill('treize');
    await press('Enregistrer la correction');
    expect(await page.locator('.form-alert').innerText()).toContain('Écrivez le mois et l’année');
    await page.getByLabel('Mois de votre demande', { exact: true }).fill('janvier 2026');
    await press('Enregistrer la correction');
    expect(await text()).toContain('C’est enregistré.');
    expect(await rowsWhere(difficulte, 'reference', reference)).toMatchObject([
      { difficulty: 'fee', month_sent: '2026-01' },
    ]);

    await unfold(page);
    await press('Envoyer le message');
    expect(await text()).toContain('Écrivez votre message avant de l’envoyer.');
    await unfold(page);
    await press('Effacer mon envoi…');
    await press('Effacer pour toujours');
    expect(await text()).toContain('Il n’en reste ni réponse, ni message, ni référence.');
    expect(await rowsWhere(difficulte, 'reference', reference)).toEqual([]);
    await open(page, '/api/suivi');
    expect(page.url()).toBe(`${wire.url}/suivi/`);
    expectSilence(secret);
  }, 120_000);
});

test('the follow-up page is for nobody’s search engine, and no browser keeps it', async () => {
  context = await withoutJavaScript(browser, onTheSite());
  page = await context.newPage();
  const response = await open(page, '/suivi/');
  expect(response.headers()['cache-control']).toBe('no-store');
  expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
  const sitemap = await (await fetch(`${inject('server').baseUrl}/sitemap-0.xml`)).text();
  expect(sitemap).not.toContain('/suivi/');
});
