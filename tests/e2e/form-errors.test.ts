// The contract of an error page (GOV.UK's doctrine), for every message of every question of every form.
// Nothing is intercepted: the form is filled in, the button pressed, the server answers.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { messagesOf } from '../../src/domain/forms/messages.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { valuesOf } from '../../src/domain/vocabularies/choice.ts';
import { answersIn, onTheSite, open, sendAndBeThanked, sendButton, unique } from '../support/browser.ts';
import { launchChromium, phone } from '../support/chromium.ts';
import { goodAnswers } from '../support/forms.ts';
import { sending } from './answers.ts';
import { batchesOf, rulesCovered, type Values } from './mistakes.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test.each(FORMS.map((form) => [form.slug, form] as const))(
  'the batches of « %s » hold every message of every question and every rule',
  (_slug, form) => {
    const said = batchesOf(form).flatMap(({ errors }) =>
      errors.map(({ field, message }) => `${field}: ${message}`),
    );
    const possible = fieldsOf(form).flatMap((field) =>
      Object.values(messagesOf(field)).map((message) => `${field.name}: ${message}`),
    );
    expect(said).toEqual(expect.arrayContaining(possible));
    expect(rulesCovered(form)).toBe(form.rules.length);
  },
);

const MODES = [
  ['without JavaScript', false],
  ['with JavaScript', true],
] as const;

describe.each(MODES)('%s', (_words, javaScriptEnabled) => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    context = await phone(browser, onTheSite({ javaScriptEnabled }));
    page = await context.newPage();
  });
  afterAll(() => context.close());

  describe.each(FORMS.map((form) => [form.slug, form] as const))('« %s »', (_slug, form) => {
    test.each(batchesOf(form).map((batch) => [batch.name, batch] as const))(
      'says twice, in the same words, what to mend, leads there and loses nothing: %s',
      async (_name, { values, errors }) => {
        await open(page, form.page);
        const forged = await putValues(page, values);
        const before = await answersIn(page);
        await sendButton(page).click();
        await page.locator('.form-alert').waitFor();

        // The title says so first, and the summary is the first thing of the form and has the focus.
        expect(await page.title()).toMatch(/^Erreur\u00a0: /);
        // Without JavaScript the browser itself gives the focus, once the page is drawn.
        await expect
          .poll(() => summaryOf(page), { timeout: 10_000 })
          .toEqual({
            first: true,
            focused: true,
            role: 'alert',
            heading: fr(
              errors.length === 1
                ? 'Une réponse est à corriger'
                : `${errors.length} réponses sont à corriger`,
            ),
            links: errors.map(({ message }) => fr(message)),
          });

        // Each error is also beside its field, in the same words, and its link gives the focus to the field.
        for (const [index, { field, message }] of errors.entries()) {
          const beside = await besideField(page, field);
          expect(beside, field).toEqual({
            message: `Erreur : ${fr(message)}`,
            described: true,
            invalid: true,
            folded: false,
          });
          await page.locator('.form-alert li a').nth(index).click();
          expect(await page.locator(':focus').getAttribute('name'), `focus on ${field}`).toBe(field);
        }
        expect(await page.locator('.field-error').count()).toBe(errors.length);

        // Everything a person could have typed is still there, wrong answers included.
        const after = await answersIn(page);
        for (const field of fieldsOf(form)) {
          const { name } = field;
          const sent = values[name] ?? [];
          if (!forged.includes(name)) {
            expect(after[name] ?? [], `${name} is kept`).toEqual(shown(before[name]));
          } else if ('choices' in field) {
            const real = valuesOf(field.choices).filter((value) => sent.includes(value));
            if (sent.length === 1 || field.kind === 'choices')
              expect(after[name] ?? []).toEqual(expect.arrayContaining(real));
          } else if (field.kind !== 'consent') {
            expect(after[name]?.[0], `${name} is not emptied`).not.toBe('');
          }
        }
        expect(await foldedWithAnswers(page)).toEqual([]);
      },
    );

    test('stores nothing as long as an answer is to mend, and everything once it is mended', async () => {
      const { marked, rows } = sending(form, unique('corrige'));
      const [first] = fieldsOf(form);
      if (!first) throw new Error('a form without questions');
      await open(page, form.page);
      await putValues(page, { ...goodAnswers(form), [marked.name]: [marked.answer], [first.name]: [] });
      await sendButton(page).click();
      await page.locator('.form-alert').waitFor();
      expect(await rows()).toEqual([]);

      // Only what was wrong is written again.
      const text = first.kind === 'code' ? marked.answer : 'Ɛdɔm';
      const mended = 'choices' in first ? (first.choices[0]?.value ?? '') : text;
      await putValues(page, { [first.name]: [mended] });
      await sendAndBeThanked(page, form);
      const stored = await rows();
      expect(stored).toHaveLength(1);
      expect(stored[0]?.[first.name]).toBe(mended);
    });
  });
});

/**
 * Puts values in the form. What no person could put there (two answers to one question, a value that is not in the
 * list, a line break in one line) is forged in hidden fields, as a faulty program would send it.
 *
 * @returns the names of the forged fields
 */
function putValues(page: Page, values: Values): Promise<string[]> {
  return page.evaluate((all) => {
    const form = document.querySelector<HTMLFormElement>('form[data-form]');
    if (!form) throw new Error('no form in this page');
    const forged: string[] = [];
    const changed = (control: Element) => {
      for (const kind of ['input', 'change']) control.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    for (const [name, list] of Object.entries(all)) {
      const controls = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)];
      const boxes = controls.filter((one) => one.type === 'checkbox' || one.type === 'radio');
      if (boxes.length > 0) {
        for (const box of boxes) (box as HTMLInputElement).checked = list.includes(box.value);
        const ticked = boxes.filter((box) => (box as HTMLInputElement).checked).map((box) => box.value);
        if (ticked.length === list.length) continue;
      } else if (controls[0]) {
        controls[0].value = list[0] ?? '';
        changed(controls[0]);
        if (list.length < 2 && controls[0].value === (list[0] ?? '')) continue;
      }
      forged.push(name);
      for (const control of controls) control.removeAttribute('name');
      for (const value of list) {
        const hidden = document.createElement('input');
        hidden.type = 'hidden';
        hidden.name = name;
        hidden.value = value;
        form.append(hidden);
      }
    }
    return forged;
  }, values);
}

function summaryOf(page: Page) {
  return page.evaluate(() => {
    const summary = document.querySelector('.form-alert');
    return {
      first: document.querySelector('form[data-form]')?.firstElementChild === summary,
      focused: document.activeElement === summary,
      role: summary?.getAttribute('role'),
      heading: summary?.querySelector('h2')?.textContent,
      links: [...(summary?.querySelectorAll('li a') ?? [])].map((link) => link.textContent),
    };
  });
}

/** HTML shows the character NUL, the only one it cannot hold, as a visible « \ufffd » that can be erased. */
function shown(values: string[] | undefined): string[] {
  return (values ?? []).map((value) => value.replaceAll('\u0000', '\ufffd'));
}

/** What is said at the field itself, and to a screen reader that comes to it. */
function besideField(page: Page, name: string) {
  return page.evaluate((field) => {
    const error = document.getElementById(`${field}-error`);
    const control = document.querySelector(`.form [name="${field}"]:not([type=hidden])`);
    // A group of boxes is described as a whole; aria-invalid belongs to a single control.
    const group = control?.closest('fieldset');
    const owner = group ?? control;
    return {
      message: error?.textContent.replace(/^Erreur\s:\s/, 'Erreur : '),
      described: (owner?.getAttribute('aria-describedby') ?? '').split(' ').includes(`${field}-error`),
      invalid: group ? true : control?.getAttribute('aria-invalid') === 'true',
      folded: control?.closest('details:not([open])') != null,
    };
  }, name);
}

/** Folded parts that hide an answer. */
function foldedWithAnswers(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.form details:not([open])')]
      .flatMap((part) => [...part.querySelectorAll<HTMLInputElement>('input, select, textarea')])
      .filter((control) => (control.type === 'checkbox' ? control.checked : control.value !== ''))
      .map((control) => control.name),
  );
}
