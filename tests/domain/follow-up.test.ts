import { describe, expect, test } from 'vitest';
import { checkCorrection, FOLLOW_UP_NAMES, typedAnswersOf } from '../../src/domain/follow-up/correction.ts';
import { exportOf } from '../../src/domain/follow-up/export.ts';
import { checkMessage, LONGEST_MESSAGE, MESSAGE_FIELD } from '../../src/domain/follow-up/message.ts';
import { hasJustLeftTheSite, STATUSES, type Submission } from '../../src/domain/follow-up/submission.ts';
import { tokenIn } from '../../src/domain/follow-up/token.ts';
import { eventWords, momentWords, STATUS_WORDS } from '../../src/domain/follow-up/words.ts';
import { fieldsOf, hasFollowUp, type Form } from '../../src/domain/forms/form.ts';
import { FORMS, STORED_FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { retour } from '../../src/domain/forms/retour.ts';
import { checkForm } from '../../src/domain/forms/schema.ts';
import { goodAnswers } from '../support/forms.ts';

const FOLLOWED = FORMS.filter(hasFollowUp);

/** A submission of right answers, as the server can read it. */
function submissionOf(form: Form, changes: Partial<Submission> = {}): Submission {
  const checked = checkForm(form, goodAnswers(form));
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return {
    form,
    reference: 'I-WWYH-FVQ6',
    status: 'received',
    receivedAt: '2026-11-22T10:47:00+00:00',
    consentAt: '2026-11-22T10:47:00+00:00',
    formVersion: form.version,
    putAside: false,
    slug: null,
    revision: 0,
    team: null,
    updates: [],
    offers: [],
    answers: Object.fromEntries(
      fieldsOf(form).map(({ name, protection }) => [
        name,
        protection === 'sealed' ? { hidden: protection } : { value: checked.values[name] ?? null },
      ]),
    ),
    history: [{ at: '2026-11-22T10:47:00+00:00', kind: 'received', actor: 'person' }],
    ...changes,
  };
}

describe('the forms that can be followed up', () => {
  test('are those that ask who somebody is, or where to reach them', () => {
    expect(FOLLOWED.map(({ slug }) => slug)).toEqual([
      'inscription',
      'association',
      'projet',
      'aide',
      'difficulte',
      'retour',
    ]);
  });

  test('have no question with a name that the follow-up page uses for itself', () => {
    const own: readonly string[] = [...FOLLOW_UP_NAMES, MESSAGE_FIELD];
    const names = STORED_FORMS.flatMap((form) => fieldsOf(form).map(({ name }) => name));
    expect(names.filter((name) => own.includes(name))).toEqual([]);
  });

  test('name, of an answer that goes with another, a question of the same form', () => {
    for (const form of FORMS) {
      const names = fieldsOf(form).map(({ name }) => name);
      for (const { goesWith } of fieldsOf(form))
        if (goesWith !== undefined) expect(names).toContain(goesWith);
    }
  });
});

describe('the secret of a link', () => {
  const secret = 'Zx9_-'.repeat(8) + 'abc';

  test.each([
    ['alone', secret],
    ['after the sign #', `#${secret}`],
    ['in the link', `https://guide.example/suivi/#${secret}`],
    [
      'in the address of a thank-you page',
      `https://guide.example/inscription/merci/I-WWYH-FVQ6?deja#${secret}`,
    ],
    [
      'cut by a message in two lines',
      ` https://guide.example/suivi/#${secret.slice(0, 20)}\n${secret.slice(20)} `,
    ],
  ])('is found %s', (_how, pasted) => {
    expect(tokenIn(pasted)).toBe(secret);
  });

  test('is nothing in what is empty, and never longer than a link', () => {
    expect(tokenIn(' \n ')).toBe('');
    expect(tokenIn('x'.repeat(10_000)).length).toBeLessThan(300);
  });
});

describe.each(FOLLOWED.map((form) => [form.slug, form] as const))('a correction of « %s »', (_slug, form) => {
  const submission = submissionOf(form);
  const sealed = fieldsOf(form).filter(({ protection }) => protection === 'sealed');

  test('that changes nothing is right, and says nothing of the sealed answers: they are kept', () => {
    const checked = checkCorrection(submission, typedAnswersOf(submission));
    const readable = Object.entries(submission.answers).flatMap(([name, answer]) =>
      'value' in answer ? [[name, answer.value]] : [],
    );
    expect(checked).toEqual({ ok: true, values: Object.fromEntries(readable) });
  });

  test('replaces a sealed answer by what is typed in its place', () => {
    const typed = { ...typedAnswersOf(submission), ...goodAnswers(form, 'autre') };
    const checked = checkCorrection(submission, typed);
    expect(checked.ok && Object.keys(checked.values).sort()).toEqual(
      fieldsOf(form)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('removes a sealed answer only when that is asked for, and never a required one', () => {
    const enlever = sealed.map(({ name }) => name);
    const checked = checkCorrection(submission, { ...typedAnswersOf(submission), enlever });
    const optional = sealed.filter(({ required }) => !required).map(({ name }) => [name, null]);
    expect(checked.ok && checked.values).toMatchObject(Object.fromEntries(optional));
    for (const { name, required } of sealed)
      if (required) expect(checked).not.toHaveProperty(`values.${name}`);
  });

  test('obeys the rules of the form: a required answer can not be emptied', () => {
    const [first] = fieldsOf(form).filter(({ required, protection }) => required && protection !== 'sealed');
    const checked = checkCorrection(submission, { ...typedAnswersOf(submission), [first!.name]: [''] });
    expect(!checked.ok && checked.errors[0]?.field).toBe(first!.name);
  });
});

test('a means of contact that changes asks for the contact again: nobody here can see whether it still fits', () => {
  const submission = submissionOf(retour);
  const typed = { ...typedAnswersOf(submission), channel: ['email'] };
  const checked = checkCorrection(submission, typed);
  expect(!checked.ok && checked.errors).toEqual([
    { field: 'contact', message: 'Écrivez votre numéro ou votre adresse électronique.' },
  ]);
  expect(checkCorrection(submission, { ...typed, contact: ['a@example.org'] }).ok).toBe(true);
});

test('what was withdrawn comes back only with consents given again', () => {
  const typed = typedAnswersOf(submissionOf(inscription, { status: 'withdrawn' }));
  for (const { name, kind } of fieldsOf(inscription)) if (kind === 'consent') expect(typed[name]).toEqual([]);
});

test('a month is shown as people write it, and read again', () => {
  const difficulte = FOLLOWED.find(({ slug }) => slug === 'difficulte')!;
  expect(typedAnswersOf(submissionOf(difficulte))['month_sent']).toEqual(['03/2027']);
});

describe('the words', () => {
  test('say of every state what it is and what it means', () => {
    for (const status of STATUSES) {
      expect(STATUS_WORDS[status].title).not.toMatch(/\.$/);
      expect(STATUS_WORDS[status].text).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  test('say of every event who did what', () => {
    for (const kind of [...STATUSES, 'corrected', 'added'] as const) {
      for (const actor of ['person', 'team'] as const) {
        expect(eventWords({ at: '', kind, actor })).toMatch(/^(Vous|L’équipe) .*\.$/);
      }
    }
  });

  test('give the hour of Lomé, whatever the machine’s', () => {
    expect(momentWords('2026-08-01T23:05:00+00:00')).toBe('1er août 2026 à 23:05');
    expect(momentWords('2026-08-02T01:05:00+02:00')).toBe('1er août 2026 à 23:05');
  });

  test('speak of the public page only to whoever has just taken theirs off the site', () => {
    const at = '2026-11-22T10:47:00+00:00';
    const history = (...kinds: ('received' | 'published' | 'added' | 'corrected' | 'withdrawn')[]) => ({
      history: kinds.map((kind) => ({ at, kind, actor: 'person' as const })),
    });
    expect(hasJustLeftTheSite(history('received', 'published', 'corrected'))).toBe(true);
    expect(hasJustLeftTheSite(history('received', 'published', 'added', 'withdrawn'))).toBe(true);
    expect(hasJustLeftTheSite(history('received', 'published', 'corrected', 'withdrawn'))).toBe(false);
    expect(hasJustLeftTheSite(history('received', 'corrected'))).toBe(false);
  });
});

describe('a message', () => {
  test('is a text of a thousand characters at most, counted as a person counts', () => {
    expect(checkMessage(' Bonjour\r\nmerci ')).toEqual({ text: 'Bonjour\nmerci' });
    expect(checkMessage('𝒦'.repeat(LONGEST_MESSAGE))).toHaveProperty('text');
    for (const wrong of ['', ' \n', 'é'.repeat(LONGEST_MESSAGE + 1), 'a\u0000b']) {
      expect(checkMessage(wrong)).toEqual({ error: expect.stringMatching(/(ez|-le)\b.*\.$/) });
    }
  });
});

test('the file to keep holds every question with its answer in words, and says what is sealed', () => {
  for (const form of FOLLOWED) {
    const file = exportOf(submissionOf(form));
    expect(file.answers.map(({ name }) => name)).toEqual(fieldsOf(form).map(({ name }) => name));
    for (const { name, value, words } of file.answers) {
      const isSealed = fieldsOf(form).find((field) => field.name === name)?.protection === 'sealed';
      if (isSealed) expect([value, words]).toEqual([null, expect.stringContaining('Scellé')]);
      else expect(words, name).not.toBe('');
    }
  }
});
