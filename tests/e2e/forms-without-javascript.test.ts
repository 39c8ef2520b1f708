import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { avis } from '../../src/domain/forms/avis.ts';
import type { Field } from '../../src/domain/forms/field.ts';
import { fieldsOf } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { isReference } from '../../src/domain/forms/reference.ts';
import {
  fillByLabels,
  onTheSite,
  open,
  referenceAfter,
  rowsWhere,
  sendAndBeThanked,
  unique,
} from '../support/browser.ts';
import { launchChromium, withoutJavaScript } from '../support/chromium.ts';
import { sending } from './answers.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(() => context.close());

describe.each(FORMS.map((form) => [form.slug, form] as const))(
  'without JavaScript, « %s »',
  (_slug, form) => {
    test('filled in by its labels, it leads to a thank-you page with a reference, and stores exactly what was typed', async () => {
      context = await withoutJavaScript(browser, onTheSite());
      page = await context.newPage();
      const { typed, stored, corrected, rows: rowsNow } = sending(form, unique('sans-js'));
      expect(Object.keys(typed).sort(), 'every question has an answer here').toEqual(
        fieldsOf(form)
          .map((field) => field.name)
          .sort(),
      );
      await open(page, form.page);
      await fillByLabels(page, form, typed);
      const reference = await sendAndBeThanked(page, form);

      expect(isReference(reference)).toBe(true);
      expect(await page.locator('main').innerText()).toContain(reference);
      expect(await page.locator('h1').innerText()).toContain(form.thanks);
      const rows = await rowsNow();
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        ...stored,
        reference,
        status: 'received',
        is_example: false,
        form_version: form.version,
      });

      // The address can be kept: it opens again, alone, in another browser.
      expect((await page.reload())?.status()).toBe(200);
      expect(await page.locator('main').innerText()).toContain(reference);
      const other = await withoutJavaScript(browser, onTheSite());
      const elsewhere = await other.newPage();
      expect((await open(elsewhere, page.url())).status()).toBe(200);
      expect(await elsewhere.locator('main').innerText()).toContain(reference);
      await other.close();

      // The same answers again: the same reference, and still one row. Of an anonymous form nobody can tell whether
      // it is the same person.
      await open(page, form.page);
      await fillByLabels(page, form, typed);
      expect((await sendAndBeThanked(page, form)) === reference).toBe(!form.anonymous);
      const repeated = await rowsNow();
      expect(repeated).toHaveLength(form.anonymous ? 2 : 1);

      // One answer changed is another sending; changed in a form of one question, it could not be found again.
      if (fieldsOf(form).length === 1) return;
      await open(page, form.page);
      await fillByLabels(page, form, corrected);
      expect(await sendAndBeThanked(page, form)).not.toBe(reference);
      expect(await rowsNow()).toHaveLength(repeated.length + 1);
    });

    test('only the required questions are enough, and what was left empty is empty in the database', async () => {
      context = await withoutJavaScript(browser, onTheSite());
      page = await context.newPage();
      const { typed, stored } = sending(form, unique('court'));
      const required = new Set(fieldsOf(form).flatMap((field) => (field.required ? [field.name] : [])));
      const only = <Value>(answers: Readonly<Record<string, Value>>): Record<string, Value> =>
        Object.fromEntries(Object.entries(answers).filter(([name]) => required.has(name)));
      await open(page, form.page);
      await fillByLabels(page, form, only(typed));
      const reference = await sendAndBeThanked(page, form);
      const rows = await rowsWhere(form, 'reference', reference);
      expect(rows).toHaveLength(1);
      const empty = Object.fromEntries(
        fieldsOf(form)
          .filter((field) => !required.has(field.name))
          .map((field) => [field.name, emptyOf(field)]),
      );
      expect(rows[0]).toMatchObject({ ...only(stored), ...empty, reference });
    });
  },
);

test('without JavaScript, one press on « Oui » or « Non » under a page of the guide stores an opinion on that page', async () => {
  context = await withoutJavaScript(browser, onTheSite());
  page = await context.newPage();
  for (const [words, helpful] of [
    ['Oui', 'yes'],
    ['Non', 'no'],
  ] as const) {
    await open(page, '/guide/casier-judiciaire/');
    await page.getByRole('button', { name: words, exact: true }).click();
    const reference = await referenceAfter(page, avis);
    expect(await rowsWhere(avis, 'reference', reference)).toMatchObject([
      { helpful, page: '/guide/casier-judiciaire/', comment: null },
    ]);
  }
});

/** What is stored for a question left empty: no sum raised, a no for a box not ticked, no word in a list. */
function emptyOf({ kind }: Field): unknown {
  if (kind === 'money') return 0;
  if (kind === 'consent') return false;
  return kind === 'choices' || kind === 'tags' ? [] : null;
}
