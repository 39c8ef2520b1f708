// People filling in forms: in their own way, at their own pace, with the browser and the line they have.
import { randomUUID } from 'node:crypto';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import type { Field } from '../../src/domain/forms/field.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { checkForm } from '../../src/domain/forms/schema.ts';
import { attribute, elementsOf } from './dist.ts';
import { goodAnswers } from './forms.ts';
import type { GuardedService } from './guarded-service.ts';
import { drawsOf, type Draws } from './random.ts';
import { SITE } from './service.ts';
import { controlsIn, sendControls, type Shown, type Visitor } from './visit.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

type Controls = [string, string][];

/** What a person ended up with. */
export interface HumanRun {
  form: string;
  /** How they went about it, to read when something is wrong. */
  ways: string[];
  /** What went wrong for them; nothing when they were thanked and their row is among the ordinary ones. */
  trouble: string | undefined;
}

/** What browsers of different ages say of where a form comes from. */
const BROWSERS: Record<string, Record<string, string>> = {
  'a browser of today': {},
  'a browser from before Sec-Fetch': { 'Sec-Fetch-Site': '' },
  'a browser that only sends a Referer': { Origin: '', 'Sec-Fetch-Site': '', Referer: `${SITE}/` },
};

/** The same words as another program would paste them. */
const PASTES: ((text: string) => string)[] = [
  (text) => `  ${text}\u00a0`,
  (text) => text.replace(/\n/g, '\r\n'),
  (text) => text.normalize('NFD'),
  (text) => text.replace(/ /g, '\u00a0'),
];
const PASTABLE: Field['kind'][] = ['text', 'long-text', 'tags'];

/**
 * One person, one form, from the empty page to the thank-you page.
 *
 * @param seed another number, another person
 */
export async function humanRun(seed: number, service: GuardedService): Promise<HumanRun> {
  const draws = drawsOf(seed);
  const form = draws.one(FORMS);
  const person = whoIs(draws);
  const run: HumanRun = { form: form.slug, ways: [...person.ways], trouble: undefined };
  const { services, pass } = service;
  const send = (controls: Controls) => sendControls(services, form, controls, person.visitor);

  if (form.isOnePress && draws.onceIn(2)) {
    run.ways.push('presses « Non » under a page of the guide');
    const page = await send([
      ['page', '/guide/passeport/'],
      ['helpful', 'no'],
    ]);
    return { ...run, trouble: await troubleOf(form, page, service) };
  }

  // The page as it is built: the functions render the same one when asked for the questions.
  const empty = await send([['etape', 'modifier']]);
  let controls = fillIn(form, empty, person, draws);
  pass(draws.between(5 * SECOND, 90 * MINUTE));

  if (draws.onceIn(3)) {
    run.ways.push('forgets a required question, then answers it');
    const [forgotten] = fieldsOf(form).filter((field) => field.required);
    const page = await send(controls.filter(([name]) => name !== forgotten?.name));
    if (page.status !== 422) return { ...run, trouble: `a mistake got ${page.status}` };
    const rest = controlsIn(page).filter(([name]) => name !== forgotten?.name);
    controls = [...rest, ...controls.filter(([name]) => name === forgotten?.name)];
    pass(draws.between(3 * SECOND, 10 * MINUTE));
  }

  let page = await send(controls);
  for (let times = draws.one([0, 0, 0, 1, 1, 2, 3]); times > 0 && page.status === 200; times--) {
    run.ways.push('goes back to change an answer');
    pass(draws.between(SECOND, 5 * MINUTE));
    const back = await send(controlsIn(page, { name: 'etape', value: 'modifier' }));
    page = await send(changed(form, controlsIn(back), draws));
  }
  if (page.status !== 200) return { ...run, trouble: `no page to read again: ${page.status}` };
  controls = controlsIn(page);
  // The script waits for who presses at once; without it, pages take their time to come.
  pass(draws.onceIn(20) ? 90 * MINUTE : draws.between(2500, 20 * MINUTE));

  const times = draws.onceIn(8) ? 2 : 1;
  if (times === 2) run.ways.push('presses twice, or sends again after a cut');
  let last: Shown | undefined;
  for (let n = 0; n < times; n++) last = await send(controls);
  return { ...run, trouble: await troubleOf(form, last!, service) };
}

async function troubleOf(form: Form, page: Shown, service: GuardedService): Promise<string | undefined> {
  const reference = /\/merci\/([A-Z0-9-]+)/.exec(page.location ?? '')?.[1];
  if (page.status !== 303 || reference === undefined) return `not thanked: ${page.status}`;
  const reasons = await service.asideOf(form, reference);
  if (reasons === undefined) return 'thanked for nothing';
  return reasons.length > 0 ? `put aside: ${reasons.join(', ')}` : undefined;
}

interface Person {
  ways: string[];
  visitor: Visitor;
  withScript: boolean;
  paste: ((text: string) => string) | undefined;
  autofills: boolean;
}

function whoIs(draws: Draws): Person {
  const browser = draws.one(Object.keys(BROWSERS));
  const withScript = !draws.onceIn(3);
  const paste = draws.onceIn(3) ? draws.one(PASTES) : undefined;
  const autofills = draws.onceIn(3);
  return {
    ways: [
      browser,
      withScript ? 'with JavaScript' : 'without JavaScript',
      ...(paste ? ['pastes'] : []),
      ...(autofills ? ['lets the browser fill in'] : []),
    ],
    // A hundred houses and internet cafés: several people come from the same one.
    visitor: { address: `2001:db8:cafe::${draws.one(range(100))}`, headers: BROWSERS[browser] ?? {} },
    withScript,
    paste,
    autofills,
  };
}

const range = (length: number) => Array.from({ length }, (_, index) => index);

/** The controls of the page, filled in. What the browser fills in by itself is every field it may. */
function fillIn(form: Form, page: Shown, person: Person, draws: Draws): Controls {
  const all = goodAnswers(form, randomUUID().slice(0, 8));
  const optional = fieldsOf(form).filter(({ required }) => !required && draws.onceIn(4));
  const some = Object.fromEntries(
    Object.entries(all).filter(([name]) => !optional.some((field) => field.name === name)),
  );
  // Some answers go together: whoever leaves one out is told.
  const answers = checkForm(form, some).ok ? some : all;
  const typed = fieldsOf(form).flatMap((field): Controls => {
    const paste = PASTABLE.includes(field.kind) ? person.paste : undefined;
    return (answers[field.name] ?? []).map((value) => [field.name, paste ? paste(value) : value]);
  });
  const names = new Set(fieldsOf(form).map(({ name }) => name));
  const others = controlsIn(page).filter(([name]) => !names.has(name));
  const filled = others.map(([name, value]): [string, string] => {
    if (name === 'idempotency_key') return [name, person.withScript ? randomUUID() : ''];
    return [name, person.autofills && isFilledByBrowsers(page, name) ? 'Mensah' : value];
  });
  return [...filled, ...typed];
}

/** Browsers fill in fields that can be seen and that do not say « off ». */
function isFilledByBrowsers(page: Shown, name: string): boolean {
  const field = elementsOf(page.document, 'input').find((one) => attribute(one, 'name') === name);
  return (
    field !== undefined && attribute(field, 'type') !== 'hidden' && attribute(field, 'autocomplete') !== 'off'
  );
}

/** One answer said otherwise. */
function changed(form: Form, controls: Controls, draws: Draws): Controls {
  const texts = fieldsOf(form).filter(({ kind }) => kind === 'text' || kind === 'long-text');
  if (texts.length === 0) return controls;
  const { name } = draws.one(texts);
  return controls.map(([one, value]) => [
    one,
    one === name ? `Autrement ${randomUUID().slice(0, 4)}` : value,
  ]);
}
