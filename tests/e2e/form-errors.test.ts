// The contract of an error page (GOV.UK's doctrine), for every message of every question of every form: over plain
// HTTP as a browser without JavaScript does, and in a browser with JavaScript. The real service answers; nothing is
// intercepted.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { parse } from 'parse5';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Field } from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { messagesOf } from '../../src/domain/forms/messages.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { valuesOf } from '../../src/domain/vocabularies/choice.ts';
import {
  answersIn,
  newAddress,
  onTheSite,
  open,
  sendAndBeThanked,
  sendButton,
  unique,
} from '../support/browser.ts';
import { launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { attribute, elementsOf, hasClass, textOf, type Document, type Element } from '../support/dist.ts';
import { goodAnswers, KNOWN_PROJECT } from '../support/forms.ts';
import { browserHeaders, controlsIn, formOf, shown, type Shown } from '../support/visit.ts';
import { sending } from './answers.ts';
import { batchesOf, rulesCovered, type Batch, type Values } from './mistakes.ts';

const EVERY = FORMS.map((form) => [form.slug, form] as const);

test.each(EVERY)(
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

/** A form with an answer to mend in its first question, that answer, and how to find what is stored of it. */
function toMend(form: Form) {
  const { marked, rows } = sending(form, unique('corrige'));
  const [first] = fieldsOf(form);
  if (!first) throw new Error('a form without questions');
  const text = first.kind === 'code' ? marked.answer : first.kind === 'project' ? KNOWN_PROJECT : 'Ɛdɔm';
  const mended = 'choices' in first ? (first.choices[0]?.value ?? '') : text;
  return {
    values: { ...goodAnswers(form), [marked.name]: [marked.answer], [first.name]: [] },
    first: first.name,
    mended,
    rows,
  };
}

describe('without JavaScript, over plain HTTP,', () => {
  test.each(EVERY)(
    '« %s » says twice, in the same words, what to mend, leads there and loses nothing',
    async (_slug, form) => {
      for (const batch of batchesOf(form)) {
        const page = await send(form, controlsOf(batch.values));
        expect(page.status, batch.name).toBe(422);
        expectContract(page, batch);
        expect(linkedNames(page), batch.name).toEqual(batch.errors.map(({ field }) => field));
        const kept = grouped(controlsIn(page));
        for (const field of fieldsOf(form)) {
          const expected = keptOf(field, batch.values[field.name] ?? []);
          expect(kept[field.name] ?? [], `${batch.name}: ${field.name} is kept`).toEqual(expected);
        }
      }
    },
  );

  test.each(EVERY)(
    '« %s » stores nothing as long as an answer is to mend, and everything once it is mended',
    async (_slug, form) => {
      const { values, first, mended, rows } = toMend(form);
      const wrong = await send(form, controlsOf(values));
      expect([wrong.status, await rows()]).toEqual([422, []]);
      const others = controlsIn(wrong).filter(([name]) => name !== first);
      const check = await send(form, [...others, [first, mended]]);
      const sent = await send(form, controlsIn(check));
      expect([check.status, sent.status]).toEqual([200, 303]);
      expect(await rows()).toMatchObject([{ [first]: mended }]);
    },
  );
});

describe('in a browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(() => context.close());

  test('without JavaScript, the browser itself gives the focus to the summary, and its links to the questions', async () => {
    context = await withoutJavaScript(browser, onTheSite());
    page = await context.newPage();
    const required = fieldsOf(projet).filter((field) => field.required);
    const batch = {
      name: 'what is required is missing',
      values: { ...goodAnswers(projet), ...Object.fromEntries(required.map(({ name }) => [name, []])) },
      errors: required.map((field) => ({ field: field.name, message: messagesOf(field)['missing'] ?? '' })),
    };
    await open(page, projet.page);
    await putValues(page, batch.values);
    const before = await answersIn(page);
    await sendButton(page).click();
    // Once the page is drawn.
    await expect.poll(() => hasFocus(page, '.form-alert'), { timeout: 10_000 }).toBe(true);
    expectContract({ ...(await shownIn(page)), title: await page.title() }, batch);
    for (const [index, { field }] of batch.errors.entries()) {
      await page.locator('.form-alert li a').nth(index).click();
      expect(await page.locator(':focus').getAttribute('name')).toBe(field);
    }
    expect(answersOnly(await answersIn(page))).toEqual(answersOnly(before));
  });

  test.each(EVERY)(
    'with JavaScript, « %s » says the same in the page itself, mistake after mistake',
    async (_slug, form) => {
      context = await phone(browser, onTheSite());
      page = await context.newPage();
      await open(page, form.page);
      for (const [index, batch] of batchesOf(form).entries()) {
        const forged = await putValues(page, batch.values);
        const before = await answersIn(page);
        await sendInPage(page);
        expectContract({ ...(await shownIn(page)), title: await page.title() }, batch);
        expect(await hasFocus(page, '.form-alert'), batch.name).toBe(true);
        expect(await followLinks(page), batch.name).toEqual(batch.errors.map(({ field }) => field));
        const after = await answersIn(page);
        for (const { name } of fieldsOf(form).filter((field) => !forged.includes(field.name)))
          expect(after[name] ?? [], `${batch.name}: ${name} is kept`).toEqual(visible(before[name]));
        if (index > 0) continue;
        await page.locator('.form-alert li a').first().click();
        expect(await page.locator(':focus').getAttribute('name')).toBe(batch.errors[0]?.field);
      }
    },
  );

  test('with JavaScript, nothing is stored as long as an answer is to mend, and everything once it is mended', async () => {
    context = await phone(browser, onTheSite());
    page = await context.newPage();
    const { values, first, mended, rows } = toMend(inscription);
    await open(page, inscription.page);
    await putValues(page, values);
    await sendInPage(page);
    expect(await rows()).toEqual([]);
    // Only what was wrong is written again.
    await putValues(page, { [first]: [mended] });
    await sendAndBeThanked(page, inscription);
    expect(await rows()).toMatchObject([{ [first]: mended }]);
  });
});

type Controls = (readonly [string, string])[];

const controlsOf = (values: Values): Controls => [
  ...Object.entries(values).flatMap(([name, list]) => list.map((value) => [name, value] as const)),
  ['etape', 'verifier'],
];

/** Sends controls to the service as a browser without JavaScript does. */
async function send(form: Form, controls: Controls): Promise<Shown> {
  const { baseUrl } = inject('server');
  const body = new URLSearchParams();
  for (const [name, value] of controls) body.append(name, value.replace(/\r\n?|\n/g, '\r\n'));
  const response = await fetch(new URL(`/api/formulaires/${form.slug}`, baseUrl), {
    method: 'POST',
    redirect: 'manual',
    headers: { ...browserHeaders(), Origin: baseUrl, 'X-Forwarded-For': newAddress() },
    body,
  });
  return shown(response);
}

const shownIn = async (page: Page) => ({ document: parse(await page.content()) });

/** What every error page says, whatever brought it. */
function expectContract(page: Pick<Shown, 'title' | 'document'>, { name: what, errors }: Batch) {
  // The title says so first, and the summary is the first thing of the form, in one of its two places.
  expect(page.title, what).toMatch(/^Erreur\u00a0: /);
  const form = formOf(page);
  const [alert] = elementsOf(form).filter((one) => hasClass(one, 'form-alert'));
  expect(form.childNodes.find((node) => 'tagName' in node) === alert, what).toBe(true);
  expect(attribute(alert!, 'role')).toBe('alert');
  const [heading] = elementsOf(alert!, 'h2').map(textOf);
  expect(heading, what).toBe(
    fr(errors.length === 1 ? 'Une réponse est à corriger' : `${errors.length} réponses sont à corriger`),
  );
  const links = elementsOf(alert!, 'a').map(textOf);
  expect(links, what).toEqual(errors.map(({ message }) => fr(message)));

  // Each error is also beside its field, in the same words, for the eye and for the ear, and never folded away.
  const beside = elementsOf(form).filter((one) => hasClass(one, 'field-error'));
  expect(
    beside.map((error) => textOf(error).replace(/^Erreur\s:\s/, '')),
    what,
  ).toEqual(links);
  for (const { field } of errors) {
    const control = controlNamed(form, field);
    // A group of boxes is described as a whole; aria-invalid belongs to a single control.
    const group = above(control, 'fieldset');
    const described = (attribute(group ?? control, 'aria-describedby') ?? '').split(' ');
    expect(described, `${what}: ${field}`).toContain(`${field}-error`);
    if (!group) expect(attribute(control, 'aria-invalid'), `${what}: ${field}`).toBe('true');
    expect(isFolded(control), `${what}: ${field}`).toBe(false);
  }
  const folded = elementsOf(form).filter((one) => attribute(one, 'name') !== undefined && isFolded(one));
  for (const one of folded) expect(hasAnswer(one), `${what}: ${attribute(one, 'name')}`).toBe(false);
}

function controlNamed(form: Element, name: string): Element {
  const control = elementsOf(form).find(
    (one) => attribute(one, 'name') === name && attribute(one, 'type') !== 'hidden',
  );
  if (!control) throw new Error(`no question « ${name} »`);
  return control;
}

function above(element: Element, tagName: string): Element | undefined {
  for (let node = element.parentNode; node && 'tagName' in node; node = node.parentNode)
    if (node.tagName === tagName) return node;
  return undefined;
}

function isFolded(control: Element): boolean {
  const part = above(control, 'details');
  return part !== undefined && attribute(part, 'open') === undefined;
}

function hasAnswer(control: Element): boolean {
  if (control.tagName === 'textarea') return textOf(control) !== '';
  if (attribute(control, 'type') === 'checkbox') return attribute(control, 'checked') !== undefined;
  const option = elementsOf(control, 'option').find((one) => attribute(one, 'selected') !== undefined);
  return ((option ? attribute(option, 'value') : attribute(control, 'value')) ?? '') !== '';
}

/** The questions that the links of the summary lead to. */
function linkedNames({ document }: Pick<Shown, 'document'>): (string | undefined)[] {
  const [alert] = elementsOf(document).filter((one) => hasClass(one, 'form-alert'));
  return elementsOf(alert!, 'a').map((link) => {
    const target = byId(document, attribute(link, 'href')?.replace('#', ''));
    return target && attribute(target, 'name');
  });
}

const byId = (document: Document, id: string | undefined) =>
  elementsOf(document).find((one) => attribute(one, 'id') === id);

function grouped(controls: Controls): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of controls) if (value !== '') (values[name] ??= []).push(value);
  return values;
}

/** What the page must still hold of an answer that was sent: all that its kind of control can show. */
function keptOf(field: Field, sent: readonly string[]): string[] {
  if (field.kind === 'consent') return sent.length > 0 ? ['oui'] : [];
  if ('choices' in field) {
    const isSelect = field.kind === 'choice' && field.display !== 'radios';
    return valuesOf(field.choices).filter((value) => (isSelect ? sent.slice(0, 1) : sent).includes(value));
  }
  return visible(field.kind === 'tags' && sent.length > 0 ? [sent.join(', ')] : sent.slice(0, 1));
}

/** HTML shows the character NUL, the only one it cannot hold, as a visible « \ufffd » that can be erased. */
function visible(values: readonly string[] | undefined): string[] {
  return (values ?? []).map((value) => value.replaceAll('\u0000', '\ufffd'));
}

/** Without what the page adds to the answers. */
function answersOnly(values: Record<string, string[]>): Record<string, string[]> {
  const { idempotency_key: _key, ...answers } = values;
  return answers;
}

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
    const changed = (control: HTMLElement) => {
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

/** Presses the button, and waits for the form that the answer brings in the place of this one. */
async function sendInPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form[data-form]');
    if (form) form.dataset['before'] = '';
    form?.querySelector<HTMLButtonElement>('.form-end button:not([name])')?.click();
  });
  await page.locator('form[data-form]:not([data-before]) > .form-alert').waitFor();
}

function hasFocus(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((one) => document.activeElement?.matches(one) ?? false, selector);
}

/** The question that has the focus after each link of the summary. */
function followLinks(page: Page): Promise<(string | null)[]> {
  return page.evaluate(async () => {
    const names: (string | null)[] = [];
    for (const link of document.querySelectorAll<HTMLAnchorElement>('.form-alert li a')) {
      link.focus();
      link.click();
      for (let frame = 0; frame < 60 && document.activeElement === link; frame++)
        await new Promise((done) => requestAnimationFrame(done));
      names.push(document.activeElement?.getAttribute('name') ?? null);
    }
    return names;
  });
}
