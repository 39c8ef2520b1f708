// Programs that post forms, from the dullest to the one that takes its time.
import { randomUUID } from 'node:crypto';
import { avis } from '../../src/domain/forms/avis.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { goodAnswers } from './forms.ts';
import type { GuardedService } from './guarded-service.ts';
import { drawsOf } from './random.ts';
import { controlsIn, sendControls, type Shown, type Visitor } from './visit.ts';

/** A code that nobody was given withdraws nothing: robots gain nothing there, and nobody's withdrawal may wait. */
const AIMS = FORMS.filter((form) => !form.neverAside);

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

type Controls = [string, string][];

/** What became of one robot's post. */
export interface RobotRun {
  kind: RobotKind;
  form: string;
  /** `refused`: nothing is stored. `aside`: stored apart. `passed`: among the people's. */
  outcome: 'refused' | 'aside' | 'passed';
}

interface Attack {
  form: Form;
  answers: Controls;
  send: (controls: Controls) => Promise<Shown>;
  pass: (milliseconds: number) => void;
}

const BARE = { Origin: '', 'Sec-Fetch-Site': '', Accept: '*/*' };
interface Kind {
  /** The forms it is made for. */
  forms?: readonly Form[];
  /** What its requests say of where they come from: what a browser would, unless told otherwise. */
  headers?: Record<string, string>;
  attack: (attack: Attack) => Promise<Shown>;
}

const KINDS = {
  'fills every field of the page': {
    async attack({ form, answers, send }) {
      const empty = await send([['etape', 'modifier']]);
      const names = new Set(fieldsOf(form).map(({ name }) => name));
      const others = controlsIn(empty).filter(([name]) => !names.has(name));
      const filled = others.map(([name, value]): [string, string] => [name, value || 'https://spam.example']);
      return send([...filled, ...answers]);
    },
  },
  'fills the fields that can be seen': {
    attack: ({ answers, send }) => send([...answers, CHECK]),
  },
  'posts the answers and nothing else': { headers: BARE, attack: ({ answers, send }) => send(answers) },
  'posts the answers, disguised as a browser': { attack: ({ answers, send }) => send(answers) },
  'opens the page to read, and sends at once': {
    async attack({ answers, send, pass }) {
      const page = await send([...answers, CHECK]);
      pass(300);
      return send(controlsIn(page));
    },
  },
  'uses one proof for many answers': {
    async attack({ form, answers, send, pass }) {
      const page = await send([...answersTo(form, 'appât'), CHECK]);
      const proof = controlsIn(page).filter(([name]) => name === 'jeton');
      pass(5 * SECOND);
      return send([...answers, ...proof]);
    },
  },
  'keeps a proof too long': {
    async attack({ answers, send, pass }) {
      // It was opened eight days ago: the clock must not run ahead, since senders are counted anew each day.
      pass(-8 * DAY);
      const page = await send([...answers, CHECK]);
      pass(8 * DAY);
      return send(controlsIn(page));
    },
  },
  'presses « Oui » under a page, again and again': {
    forms: [avis],
    attack: ({ send }) => send(ONE_PRESS),
  },
  'opens each page and waits, as a person would': {
    async attack({ answers, send, pass }) {
      const page = await send([...answers, CHECK]);
      pass(3 * SECOND);
      return send(controlsIn(page));
    },
  },
} satisfies Record<string, Kind>;

const CHECK: [string, string] = ['etape', 'verifier'];
const ONE_PRESS: Controls = [
  ['helpful', 'yes'],
  ['page', '/guide/passeport/'],
];

export type RobotKind = keyof typeof KINDS;
export const ROBOT_KINDS = Object.keys(KINDS) as RobotKind[];

/** What no guard can tell from a person but by number is rare: robots live on numbers. */
const RARE: RobotKind[] = [
  'presses « Oui » under a page, again and again',
  'opens each page and waits, as a person would',
];
const COMMON = ROBOT_KINDS.filter((kind) => !RARE.includes(kind));

/**
 * One robot, one form.
 *
 * @param seed another number, another post
 * @param addresses how many network addresses they share
 */
export async function robotRun(seed: number, service: GuardedService, addresses: number): Promise<RobotRun> {
  const draws = drawsOf(seed);
  const kind = draws.onceIn(100) ? draws.one(RARE) : draws.one(COMMON);
  const { forms = AIMS, headers = {}, attack }: Kind = KINDS[kind];
  const form = draws.one(forms);
  const visitor: Visitor = { address: `2001:db8:bad::${(seed % addresses).toString(16)}`, headers };
  const page = await attack({
    form,
    answers: answersTo(form, randomUUID().slice(0, 8)),
    send: (controls) => sendControls(service.services, form, controls, visitor),
    pass: (milliseconds) => service.pass(milliseconds),
  });
  const reference = /\/merci\/([A-Z0-9-]+)/.exec(page.location ?? '')?.[1];
  const reasons = reference === undefined ? undefined : await service.asideOf(form, reference);
  const outcome = reasons === undefined ? 'refused' : reasons.length > 0 ? 'aside' : 'passed';
  return { kind, form: form.slug, outcome };
}

function answersTo(form: Form, mark: string): Controls {
  return Object.entries(goodAnswers(form, mark)).flatMap(([name, list]) =>
    list.map((value): [string, string] => [name, value]),
  );
}
