// Every page that the functions answer with, filled into the built site: to be looked at, one after the other, by axe.
import { followUpReplies } from '../../functions/_lib/follow-up-visit.ts';
import { LINK_REFUSALS } from '../../functions/_lib/follow-up-sentences.ts';
import type { Store } from '../../functions/_lib/store.ts';
import { answerSubmission, type Services } from '../../functions/_lib/submission.ts';
import { answerThanks } from '../../functions/_lib/thanks.ts';
import type { FollowUpState } from '../../src/components/follow-up/state.ts';
import type { LetterPageState } from '../../src/components/letters/state.ts';
import { fieldsOf, hasFollowUp, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { nouvelle } from '../../src/domain/forms/nouvelle.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { checkForm } from '../../src/domain/forms/schema.ts';
import { typedAnswersOf } from '../../src/domain/follow-up/correction.ts';
import type { Status, Submission } from '../../src/domain/follow-up/submission.ts';
import { LETTER_ANSWERS } from '../../src/domain/letters/answer.ts';
import { goodAnswers } from './forms.ts';
import { servicesOn, SITE } from './service.ts';
import { browserHeaders, controlsIn, shown } from './visit.ts';

/** One page of the functions, and the words to call it by. */
export interface State {
  what: string;
  response: Response;
}

/** The functions on the built site, in front of a database that answers nobody. */
const services: Services = servicesOn(
  { url: 'http://127.0.0.1:9', secret: 'sb_secret_of_a_database_that_is_not_there' },
  {},
  { totalDeadline: 200, attemptDeadline: 100 },
);

type Controls = readonly (readonly [string, string])[];

interface Change {
  headers?: Record<string, string>;
  context?: string;
  by?: Services;
}

function post(form: Form, controls: Controls, { headers = {}, context = 'dev', by = services }: Change = {}) {
  const body = new URLSearchParams();
  for (const [name, value] of controls) body.append(name, value);
  const request = new Request(`${SITE}/api/formulaires/${form.slug}`, {
    method: 'POST',
    headers: { ...browserHeaders(), ...headers },
    body: body.toString(),
  });
  return answerSubmission(request, { slug: form.slug, context, address: undefined }, by);
}

const CHECK = ['etape', 'verifier'] as const;
const answersOf = (form: Form): Controls =>
  Object.entries(goodAnswers(form)).flatMap(([name, list]) => list.map((value) => [name, value] as const));

/** A store that refuses everything in the same way. */
const refusing = (outcome: Awaited<ReturnType<Store['submit']>>): Services => ({
  ...services,
  store: { ...services.store, submit: () => Promise.resolve(outcome) },
});
const LIMITED = refusing({ outcome: 'limited', whose: 'sender', retryAfterSeconds: 1740 });

/** What every form shows besides its empty questions: all its mistakes, its answers read again, the thank-you page. */
export async function statesOf(form: Form): Promise<State[]> {
  const thanks = new Request(`${SITE}${thanksPageOf(form)}I-WWYH-FVQ6?deja&verification`);
  const read = await shown(await post(form, [...answersOf(form), CHECK]));
  const answers: [string, Promise<Response>][] = [
    ['its mistakes', post(form, [CHECK])],
    ['its answers read again, and 429', post(form, controlsIn(read), { by: LIMITED })],
    ['its thank-you page, with its notes', answerThanks(thanks, 'I-WWYH-FVQ6', services)],
  ];
  return Promise.all(
    answers.map(async ([what, response]) => ({ what: `${form.slug}, ${what}`, response: await response })),
  );
}

/** Every way not to take a sending, as pages. */
export async function refusalStates(form: Form): Promise<State[]> {
  const read = await shown(await post(form, [...answersOf(form), CHECK]));
  const again = controlsIn(read);
  const answers: [string, Promise<Response>][] = [
    ['403 from another site', post(form, again, { headers: { 'Sec-Fetch-Site': 'cross-site' } })],
    ['413 too long', post(form, [['city', 'x'.repeat(65 * 1024)]])],
    ['415 in a strange format', post(form, again, { headers: { 'Content-Type': 'text/plain' } })],
    ['422 unreadable', post(form, [], { headers: { 'Content-Type': 'application/json' } })],
    [
      '429 everybody at once',
      post(form, again, { by: refusing({ outcome: 'limited', whose: 'form', retryAfterSeconds: 60 }) }),
    ],
    ['503 closed', post(form, again, { context: 'production' })],
    ['503 without keys', post(form, again, { by: { ...services, keys: undefined } })],
    [
      '503 refused by the database',
      post(form, again, { by: refusing({ outcome: 'unavailable', done: 'no' }) }),
    ],
    ['503 not known yet', post(form, again)],
  ];
  return Promise.all(
    answers.map(async ([what, response]) => ({ what: `${form.slug}, ${what}`, response: await response })),
  );
}

/** A submission that nobody sent. */
function submissionOf(form: Form, status: Status): Submission {
  const checked = checkForm(form, goodAnswers(form));
  const values = checked.ok ? checked.values : {};
  const at = '2026-11-22T10:00:00Z';
  return {
    form,
    reference: 'I-WWYH-FVQ6',
    status,
    receivedAt: at,
    consentAt: at,
    formVersion: form.version,
    putAside: status === 'received',
    slug: 'un-exemple',
    revision: 0,
    answers: Object.fromEntries(
      fieldsOf(form).map(({ name, protection }) => [
        name,
        protection ? { hidden: protection } : { value: values[name] ?? null },
      ]),
    ),
    history: [
      { at, kind: 'received', actor: 'person' },
      { at: '2026-11-23T10:00:00Z', kind: status, actor: 'team' },
    ],
    team: status === 'needs_info' ? { reason: 'unclear', note: 'Quel est le métier ?\nMerci.' } : null,
    ...lifeOf(form),
  };
}

/** What a project has besides: news in each of their states, and offers of help. */
function lifeOf(form: Form): Pick<Submission, 'updates' | 'offers'> {
  if (form !== projet) return { updates: [], offers: [] };
  const checked = checkForm(nouvelle, goodAnswers(nouvelle));
  const at = '2026-11-23T10:00:00Z';
  const answers = checked.ok ? checked.values : {};
  const offer = { at, help: ['skills'], details: 'Plombière, deux semaines', confirmed: false };
  return {
    updates: (['received', 'accepted', 'refused'] as const).map((status, index) => ({
      reference: `N-WWYH-FVQ${index + 3}`,
      at,
      status,
      answers,
      team: status === 'refused' ? { reason: 'private_data', note: 'Retirez le nom.' } : null,
    })),
    offers: [
      { ...offer, reference: 'H-WWYH-FVQ6', email: 'ama@example.org' },
      { ...offer, reference: 'H-WWYH-FVQ7' },
    ],
  };
}

/** The follow-up page: the file of every form, each of its states, and every act open. */
export function followUpStates(): Promise<State[]> {
  const token = 'A'.repeat(43);
  const followed = FORMS.filter(hasFollowUp);
  const file = (form: Form, status: Status): FollowUpState => ({
    step: 'file',
    submission: submissionOf(form, status),
    token,
  });
  const correct = (form: Form): FollowUpState => {
    const submission = submissionOf(form, 'published');
    const [first] = fieldsOf(form);
    const errors = [{ field: first?.name ?? '', message: 'Répondez à cette question.' }];
    return {
      step: 'correct',
      submission,
      token,
      state: { values: typedAnswersOf(submission), errors, unfolded: true },
    };
  };
  const opened = { submission: submissionOf(projet, 'published'), token };
  const states: [string, FollowUpState][] = [
    ...followed.map((form): [string, FollowUpState] => [`the file of ${form.slug}`, file(form, 'received')]),
    ...followed.map((form): [string, FollowUpState] => [`the correction of ${form.slug}`, correct(form)]),
    ['what the team asks', file(inscription, 'needs_info')],
    ['what is published', file(projet, 'published')],
    [
      'what is withdrawn',
      { ...file(inscription, 'withdrawn'), done: 'Votre envoi est retiré.' } as FollowUpState,
    ],
    [
      'a message that was not sent',
      {
        step: 'file',
        submission: submissionOf(inscription, 'received'),
        token,
        alert: LINK_REFUSALS.full,
        message: { text: 'Bonjour', error: 'Écrivez votre message avant de l’envoyer.' },
      },
    ],
    [
      'a message kept alone',
      { step: 'unsent-message', token, alert: LINK_REFUSALS.unreachable, message: { text: 'Bonjour' } },
    ],
    [
      'the questions about news',
      { step: 'news', token, state: { values: {}, errors: [{ field: 'body', message: 'Écrivez-le.' }] } },
    ],
    ['the question before erasing', { step: 'confirm-erasure', ...opened }],
    ['erased', { step: 'erased', form: projet, day: '22 novembre 2026', wasPublic: true }],
  ];
  const { show, refuse } = followUpReplies(false, services.pages);
  return Promise.all([
    ...states.map(async ([what, state]) => ({ what: `follow-up, ${what}`, response: await show(state) })),
    refuse(LINK_REFUSALS.unknown, 'un-lien').then((response) => ({
      what: 'follow-up, a link not found',
      response,
    })),
  ]);
}

/** The page that answers letters: the field, each question, each answer. */
export function letterStates(): Promise<State[]> {
  const states: [string, LetterPageState][] = [
    ['a link not found', { step: 'ask', alert: LINK_REFUSALS.unknown, typed: 'un-lien' }],
    ...LETTER_ANSWERS.flatMap((answer): [string, LetterPageState][] => [
      [
        `the question « ${answer} »`,
        { step: 'question', answer, code: 'x', form: inscription, reference: 'I-WWYH-FVQ6' },
      ],
      [`« ${answer} » done`, { step: 'done', answer, leavesTheSite: answer === 'effacer' }],
    ]),
  ];
  return Promise.all(
    states.map(async ([what, state]) => ({
      what: `letters, ${what}`,
      response: await services.pages.letter(state, 200),
    })),
  );
}
