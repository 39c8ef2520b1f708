import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TRUTHS } from '../../functions/_lib/sentences.ts';
import { fieldsOf, questionOf, type Form } from '../../src/domain/forms/form.ts';
import { avis } from '../../src/domain/forms/avis.ts';
import type { Field, StoredValue } from '../../src/domain/forms/field.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { rumeur } from '../../src/domain/forms/rumeur.ts';
import { isReference } from '../../src/domain/forms/reference.ts';
import { answerInWords, NO_ANSWER } from '../../src/domain/forms/words.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { PREFECTURES } from '../../src/domain/vocabularies/territories.ts';
import {
  answersIn,
  fillByLabels,
  newAddress,
  onTheSite,
  open,
  readAgain,
  referenceAfter,
  sendAndBeThanked,
  sendButton,
  unique,
} from '../support/browser.ts';
import { launchChromium, phone } from '../support/chromium.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { sending } from './answers.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** How many times the form was sent from this context. */
let posts: number;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  context = await phone(browser, onTheSite());
  page = await context.newPage();
  posts = 0;
  context.on('request', (request) => {
    if (request.method() === 'POST') posts += 1;
  });
});
afterEach(() => context.close());

async function fillNew(form: Form, mark: string) {
  const made = sending(form, unique(mark));
  await open(page, form.page);
  await fillByLabels(page, form, made.typed);
  return made;
}

const alert = () => page.locator('form[data-form] > .form-alert');

describe.each(FORMS.map((form) => [form.slug, form] as const))('with JavaScript, « %s »', (_slug, form) => {
  test('leads to the same thank-you page and the same row as without, and shows, prints and erases a copy of the answers', async () => {
    const { stored, marked, rows: rowsNow } = await fillNew(form, 'avec-js');
    const reference = await sendAndBeThanked(page, form);
    expect(isReference(reference)).toBe(true);
    expect(await page.locator('.reference').innerText()).toContain(reference);
    const rows = await rowsNow();
    expect(rows).toHaveLength(1);
    // However quick the fingers, nobody was taken for a robot.
    expect(rows[0]).toMatchObject({ ...stored, reference, quarantined_at: null });
    const doubts = page.locator('[data-note=deja], [data-note=verification]');
    expect(await doubts.filter({ visible: true }).count()).toBe(0);

    const copy = page.locator('[data-copy]');
    await copy.waitFor();
    const shown = await copy
      .locator('dt')
      .evaluateAll((terms) =>
        Object.fromEntries(terms.map((term) => [term.textContent, term.nextElementSibling?.textContent])),
      );
    const expected = fieldsOf(form).map((field) => [
      fr(questionOf(field)),
      wordsOf(field, stored[field.name] as StoredValue),
    ]);
    expect(shown).toEqual(Object.fromEntries(expected));

    // On paper: the reference and the answers, without the menus and the buttons.
    await page.emulateMedia({ media: 'print' });
    expect(await copy.isVisible()).toBe(true);
    expect(await page.locator('.reference').isVisible()).toBe(true);
    for (const left of ['[data-print]', '[data-forget]', '.thumb', '.foot-cols', '.status'])
      expect(await page.locator(left).first().isVisible(), left).toBe(false);
    await page.emulateMedia({ media: null });
    const printed = page.evaluate(
      () =>
        new Promise((resolve) => addEventListener('beforeprint', () => resolve('printed'), { once: true })),
    );
    await page.getByRole('button', { name: 'Imprimer ou garder en PDF' }).click();
    expect(await printed).toBe('printed');

    // Besides: that something was sent, and only where that puts nobody in danger.
    const remembered = await page.evaluate(() => Object.keys(localStorage));
    expect(remembered).toEqual(form.draftOnRequest ? [] : [`envoye:${form.slug}`]);
    await page.getByRole('button', { name: 'Effacer cette copie' }).click();
    await copy.waitFor({ state: 'hidden' });
    expect(await page.locator('body').textContent()).not.toContain(marked.answer);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    expect((await page.reload())?.status()).toBe(200);
    expect(await copy.isVisible()).toBe(false);
    expect(await page.locator('.reference').innerText()).toContain(reference);
  });
});

// A form of who says who they are, and one of nobody.
describe.each([inscription, avis].map((form) => [form.slug, form] as const))(
  '« %s » on a bad line',
  (_slug, form) => {
    test('too many sendings from one address in an hour: the page says when to try again and keeps everything', async () => {
      const address = newAddress();
      const url = new URL(`/api/formulaires/${form.slug}`, onTheSite().baseURL);
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          fetch(url, {
            method: 'POST',
            headers: {
              Accept: 'application/json',
              'X-Forwarded-For': address,
              'Content-Type': 'application/x-www-form-urlencoded',
            },
            body: urlencoded(goodAnswers(form, unique(`limite-${n}`))),
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(201));
      await context.setExtraHTTPHeaders({ 'X-Forwarded-For': address });
      const { rows: rowsNow } = await fillNew(form, 'trop');
      await readAgain(page);
      const before = await answersIn(page);
      await sendButton(page).click();
      await alert().waitFor();
      expect(await alert().innerText()).toContain('Trop d’envois depuis votre connexion');
      expect(await alert().innerText()).toContain('Pas reçu, vos réponses sont gardées.');
      expect(await alert().evaluate((one) => one === document.activeElement)).toBe(true);
      expect(await answersIn(page)).toEqual(before);
      expect(await rowsNow()).toEqual([]);
    });

    test('a double click on each button turns the page once and sends once', async () => {
      const { rows: rowsNow } = await fillNew(form, 'double');
      await sendButton(page).dblclick();
      await page.locator('form[data-check]').waitFor();
      await sendButton(page).dblclick();
      await referenceAfter(page, form);
      expect(posts).toBe(2);
      expect(await rowsNow()).toHaveLength(1);
    });

    test('answers that are refused leave no copy behind, and stay in the page', async () => {
      await open(page, form.page);
      const { typed, marked } = sending(form, unique('refuse'));
      await fillByLabels(page, form, { [marked.name]: typed[marked.name] ?? '' });
      await sendButton(page).click();
      await alert().waitFor();
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
      expect(Object.values(await answersIn(page)).flat()).toContain(marked.answer);
    });

    test('before the answers are read again, a cut says that nothing was received, and keeps everything', async () => {
      await fillNew(form, 'coupure');
      const before = await answersIn(page);
      await context.setOffline(true);
      await sendButton(page).click();
      await alert().waitFor();
      expect(await alert().innerText()).toContain('Pas reçu, vos réponses sont gardées.');
      expect(await alert().innerText()).not.toContain('Nous ne savons pas');
      expect(await alert().evaluate((one) => one === document.activeElement)).toBe(true);
      expect(await page.title()).toMatch(/^Erreur\u00a0: /);
      // Insisting without network changes nothing, and says it once.
      await sendButton(page).click();
      await alert().waitFor();
      expect(await alert().count()).toBe(1);
      expect((await page.title()).match(/Erreur/g)).toHaveLength(1);
      expect(await answersIn(page)).toEqual(before);
      await context.setOffline(false);
      await readAgain(page);
    });

    test('once they are sent, a cut says that nothing is known yet, and sending again gives one row', async () => {
      const { rows: rowsNow } = await fillNew(form, 'hors-ligne');
      await readAgain(page);
      const before = await answersIn(page);
      await context.setOffline(true);
      await sendButton(page).click();
      await alert().waitFor();
      expect(await alert().innerText()).toContain('Nous ne savons pas encore si c’est reçu.');
      expect(await alert().innerText()).not.toContain('Pas reçu');
      expect(await answersIn(page)).toEqual(before);
      await context.setOffline(false);
      await sendButton(page).click();
      await referenceAfter(page, form);
      expect(await rowsNow()).toHaveLength(1);
    });

    test('when the answer is lost on its way back, sending again gives the reference of the row already stored', async () => {
      const { rows: rowsNow } = await fillNew(form, 'reponse-perdue');
      await readAgain(page);
      await page.route('**/api/formulaires/*', async (route) => {
        // The line is cut after the server did its work.
        await route.fetch({ maxRedirects: 0 });
        await route.abort('connectionreset');
      });
      await sendButton(page).click();
      await alert().waitFor();
      const [row] = await rowsNow();
      await page.unrouteAll();
      await sendButton(page).click();
      expect(await referenceAfter(page, form)).toBe(row?.['reference']);
      expect(await page.locator('[data-note=deja]').innerText()).toContain('Déjà reçu.');
      expect(await rowsNow()).toHaveLength(1);
    });

    // Nobody can tell whether the same anonymous answer comes from the same person.
    const twice = form.anonymous ? 'counts as another opinion' : 'gives the same reference and one row';
    test(`coming back after sending leads to the questions; sending the same again ${twice}, and a correction another row`, async () => {
      const { typed, stored, corrected, rows: rowsNow } = await fillNew(form, 'retour');
      const reference = await sendAndBeThanked(page, form);
      await page.goBack();
      expect(new URL(page.url()).pathname).toBe(form.page);
      await fillByLabels(page, form, typed);
      const again = await sendAndBeThanked(page, form);
      expect(again === reference).toBe(!form.anonymous);
      const before = await rowsNow();
      expect(before).toHaveLength(form.anonymous ? 2 : 1);
      await page.goBack();
      await fillByLabels(page, form, corrected);
      const other = await sendAndBeThanked(page, form);
      const rows = await rowsNow();
      expect(rows).toHaveLength(before.length + 1);
      expect(rows.map((row) => row['reference'])).toContain(other);
      expect(rows.find((row) => row['reference'] === reference)).toMatchObject(stored);
    });
  },
);

test('with JavaScript, an answer that the site did not write is told from a line that was cut, and truly', async () => {
  const { rows } = await fillNew(rumeur, 'plateforme');
  const answerWith = async (status: number) => {
    await page.unrouteAll();
    await page.route('**/api/formulaires/*', (route) => route.fulfill({ status, body: '<h1>Oops</h1>' }));
    await sendButton(page).click();
    await alert().filter({ hasText: 'Le site n’a pas pu répondre' }).waitFor();
    const words = await alert().innerText();
    await page.unrouteAll();
    return [TRUTHS.kept, TRUTHS.unknown].filter((truth) => words.includes(fr(truth)));
  };
  expect(await answerWith(502)).toEqual([TRUTHS.kept]);
  await readAgain(page);
  expect(await answerWith(429)).toEqual([TRUTHS.kept]);
  await page.locator('.form-alert').evaluate((one) => one.remove());
  expect(await answerWith(502)).toEqual([TRUTHS.unknown]);
  expect(await rows()).toEqual([]);
  await sendButton(page).click();
  await referenceAfter(page, rumeur);
  expect(await rows()).toHaveLength(1);
});

describe('with JavaScript, the project form', () => {
  test('a text far too long for the server is refused in one sentence, and everything typed is kept', async () => {
    const { typed, rows: rowsNow } = await fillNew(projet, 'trop-long');
    const description = page.getByLabel('Description', { exact: true });
    await description.fill('é'.repeat(40_000));
    const before = await answersIn(page);
    await sendButton(page).click();
    await alert().waitFor();
    expect(await alert().innerText()).toContain('Votre envoi est trop long');
    expect(await alert().innerText()).toContain('Pas reçu, vos réponses sont gardées.');
    expect(await page.title()).toMatch(/^Erreur\u00a0: /);
    expect(await answersIn(page)).toEqual(before);
    await description.fill(String(typed['description']));
    await sendAndBeThanked(page, projet);
    expect(await rowsNow()).toHaveLength(1);
  });

  test('counts the characters left in words once half is used, letters outside the basic plane counting for one', async () => {
    await open(page, projet.page);
    const summary = page.getByLabel('Le projet en deux phrases', { exact: true });
    const counter = page.locator('#summary + .hint');
    await summary.fill('a'.repeat(100));
    expect(await counter.isVisible()).toBe(false);
    await summary.fill('𞤀'.repeat(270));
    expect(await counter.innerText()).toBe('Encore 10 signes possibles.');
    await summary.press('End');
    await summary.pressSequentially('abcdefghijkl');
    expect(await counter.innerText()).toBe('2 signes de trop. Raccourcissez un peu.');
    expect(await counter.getAttribute('aria-live')).toBe('polite');
    // Nothing is cut: the person shortens what they want.
    expect((await summary.inputValue()).endsWith('abcdefghijkl')).toBe(true);
  });

  test('choosing a region leaves its prefectures only, and no region leaves them all', async () => {
    await open(page, projet.page);
    const region = page.getByLabel('Région', { exact: true });
    const prefecture = page.getByLabel('Préfecture', { exact: true });
    const offered = () =>
      prefecture.locator('option').evaluateAll((options) => options.map((one) => one.textContent).slice(1));
    const all = PREFECTURES.map(({ name }) => name);
    expect((await offered()).sort()).toEqual([...all].sort());
    await prefecture.selectOption('Golfe');
    await region.selectOption({ label: 'Kara' });
    expect(await offered()).toEqual(
      PREFECTURES.filter((one) => one.region === 'kara').map(({ name }) => name),
    );
    // A prefecture of another region is not kept without being seen.
    expect(await prefecture.inputValue()).toBe('');
    await region.selectOption('');
    expect((await offered()).sort()).toEqual([...all].sort());
  });
});

/** What the page reads again to the person: the words of a list with the site's typography, their own as they are. */
function wordsOf(field: Field, value: StoredValue): string {
  const words = answerInWords(field, value);
  return 'choices' in field || words === NO_ANSWER ? fr(words) : words;
}
