import { describe, expect, test } from 'vitest';
import type { Field, StoredValue } from '../../src/domain/forms/field.ts';
import { difficulte } from '../../src/domain/forms/difficulte.ts';
import { fieldsOf, hasFollowUp, questionOf, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS, formBySlug } from '../../src/domain/forms/index.ts';
import { messagesOf } from '../../src/domain/forms/messages.ts';
import { formsAreOpen } from '../../src/domain/forms/opening.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { retentionWords } from '../../src/domain/forms/retention.ts';
import { retour } from '../../src/domain/forms/retour.ts';
import { isReference } from '../../src/domain/forms/reference.ts';
import { checkForm, schemaOf, type RawValues } from '../../src/domain/forms/schema.ts';
import { HIDDEN } from '../../src/domain/forms/steps.ts';
import { answerInWords, NO_ANSWER } from '../../src/domain/forms/words.ts';
import { goodAnswers } from '../support/forms.ts';
import { acceptedAnswers, refusedAnswers } from './answers.ts';

const base = { label: 'Question', privacy: 'private', why: 'Pour l’essai.' } as const;
const choices = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
  { value: 'none', label: 'Rien' },
];

/** One field of every kind, so that no kind goes untested when no form uses it. */
const KINDS: Record<Field['kind'], Field> = {
  text: { ...base, kind: 'text', name: 'text', required: true, maxLength: 100 },
  'long-text': { ...base, kind: 'long-text', name: 'long', required: true, maxLength: 280, rows: 4 },
  email: { ...base, kind: 'email', name: 'email', required: true },
  phone: { ...base, kind: 'phone', name: 'phone', required: true },
  url: { ...base, kind: 'url', name: 'url', required: true },
  money: { ...base, kind: 'money', name: 'money', required: true },
  month: { ...base, kind: 'month', name: 'month', required: true },
  year: { ...base, kind: 'year', name: 'year', required: true },
  contact: { ...base, kind: 'contact', name: 'contact', required: true },
  code: { ...base, kind: 'code', name: 'code', required: true },
  project: { ...base, kind: 'project', name: 'project', required: true },
  choice: { ...base, kind: 'choice', name: 'choice', required: true, choices, display: 'radios' },
  choices: { ...base, kind: 'choices', name: 'choices', required: true, choices, alone: 'none' },
  tags: { ...base, kind: 'tags', name: 'tags', required: true, max: 10, maxLength: 60 },
  consent: { ...base, kind: 'consent', name: 'consent', required: true },
};

const optional = Object.values(KINDS).map((field): [string, Field] => [
  `an optional ${field.kind}`,
  { ...field, required: false },
]);
const ALL_FIELDS: [string, Field][] = [
  ...Object.values(KINDS).map((field): [string, Field] => [`a required ${field.kind}`, field]),
  ...optional,
  ...FORMS.flatMap((form) =>
    fieldsOf(form).map((field): [string, Field] => [`${form.slug}.${field.name}`, field]),
  ),
];

const check = (field: Field, typed: readonly string[]) => schemaOf(field).safeParse(typed);
const show = (typed: readonly string[]) => JSON.stringify(typed).slice(0, 60);

describe('the answers of every field', () => {
  test.each(ALL_FIELDS)('%s takes what people write, and stores it one way', (_, field) => {
    for (const [typed, stored] of acceptedAnswers(field)) {
      expect(check(field, typed), show(typed)).toEqual({ success: true, data: stored });
    }
  });

  test.each(ALL_FIELDS)('%s refuses the rest, with the message made for that mistake', (_, field) => {
    const messages = messagesOf(field);
    for (const [code, answers] of Object.entries(refusedAnswers(field))) {
      for (const typed of answers) {
        const found = check(field, typed).error?.issues.map((issue) => issue.message);
        expect(found, `${code}: ${show(typed)}`).toEqual([messages[code]]);
      }
    }
  });

  test.each(ALL_FIELDS)(
    '%s has no message that no answer can reach, and no mistake without message',
    (_, field) => {
      const tried = Object.entries(refusedAnswers(field)).filter(([, answers]) => answers.length > 0);
      expect(tried.map(([code]) => code).toSorted()).toEqual(Object.keys(messagesOf(field)).toSorted());
    },
  );

  test.each(optional)('%s may be left empty', (_, field) => {
    const empty = { choices: [], tags: [], consent: false }[field.kind as string] ?? null;
    for (const typed of [[], [''], ['  '], ['\u200b']]) {
      expect(check(field, typed), show(typed)).toEqual({ success: true, data: empty });
    }
  });
});

describe('a name', () => {
  test('of one hundred letters is accepted and of a hundred and one refused, counted as a person counts', () => {
    for (const letter of ['a', 'é', 'ɖ', '𝒦']) {
      expect(check(KINDS.text, [letter.repeat(100)]).success, letter).toBe(true);
      expect(check(KINDS.text, [letter.repeat(101)]).success, letter).toBe(false);
    }
    expect(check(KINDS.text, ['e\u0301'.repeat(100)]).success).toBe(true);
  });
});

describe('the messages', () => {
  const sentences = (form: Form) => [
    ...fieldsOf(form).flatMap((field) =>
      Object.entries(messagesOf(field)).map(([code, text]) => [`${form.slug}.${field.name} ${code}`, text]),
    ),
  ];
  const all = [
    ...FORMS.flatMap(sentences),
    ...Object.values(KINDS).flatMap((field) =>
      Object.entries(messagesOf(field)).map(([code, text]) => [`${field.kind} ${code}`, text]),
    ),
  ] as [string, string][];

  test.each(all)('%s ends with a full stop and says what to do', (_, text) => {
    expect(text).toMatch(/^[«\p{Lu}].*\.$/u);
    // A request to the reader: « Écrivez », « Raccourcissez », « Cochez »… or « Dites ».
    expect(text).toMatch(/(^|[.:] )(\p{Lu}?\p{Ll}+(ez|tes))\b/u);
  });

  test('never scold, beg or speak like a machine', () => {
    const words = /invalide|veuillez|désolé|requis|obligatoire|merci de|erreur|incorrect|échec|oups/i;
    const texts = FORMS.flatMap((form) => [
      ...sentences(form).map(([, text]) => text ?? ''),
      ...fieldsOf(form).flatMap((field) => [field.label, field.hint ?? '', field.why]),
      ...form.sections.flatMap((section) => [section.title, section.intro ?? '']),
      ...form.nextSteps,
      form.title,
      form.submit,
      form.purpose,
      retentionWords(form),
      form.thanks,
    ]);
    expect(texts.filter((text) => words.test(text))).toEqual([]);
  });

  test('differ from one question of a form to another when an answer is missing', () => {
    for (const form of FORMS) {
      const missing = fieldsOf(form).flatMap((field) => messagesOf(field)['missing'] ?? []);
      expect(new Set(missing).size, form.slug).toBe(missing.length);
    }
  });
});

describe('what a leak of the database must not tell', () => {
  const declared = FORMS.flatMap((form) =>
    fieldsOf(form).map((field): [string, Field] => [`${form.slug}.${field.name}`, field]),
  );
  const closed = declared.filter(([, field]) => field.protection !== undefined);

  test.each(declared.filter(([, { kind }]) => kind === 'email'))('%s is closed', (_, field) => {
    expect(field.protection).toBeDefined();
  });

  test.each(declared.filter(([, { kind }]) => kind === 'phone'))(
    '%s is sealed to the officers',
    (_, field) => {
      expect(field.protection).toBe('sealed');
    },
  );

  test.each(declared.filter(([, { autocomplete = '' }]) => /name$/.test(autocomplete)))(
    '%s, the name of a person, is sealed to the officers',
    (_, field) => {
      expect(field.protection).toBe('sealed');
    },
  );

  /** Long answers that stay readable, with why. Everywhere else people name others, whatever the page asks. */
  const LEFT_OPEN: Record<string, string> = {
    'avis.comment': 'a remark on a page of the site',
    'rumeur.claim': 'what is said everywhere, to be checked',
  };
  const told = declared.filter(
    ([name, { kind, privacy }]) =>
      privacy === 'private' && (kind === 'contact' || (kind === 'long-text' && !(name in LEFT_OPEN))),
  );
  if (told.length > 0) {
    test.each(told)(
      '%s, what a person tells or where to reach them, is sealed to the officers',
      (_, field) => {
        expect(field.protection).toBe('sealed');
      },
    );
  }

  test.each(closed)('%s is closed, is one text, and is never published', (_, field) => {
    expect(field.privacy).toBe('private');
    expect(['money', 'choices', 'tags', 'consent']).not.toContain(field.kind);
    // What functions can read again has an index made of an address.
    if (field.protection === 'encrypted') expect(field.kind).toBe('email');
  });
});

describe('a whole form', () => {
  test.each(FORMS.map((form) => [form.slug, form] as const))(
    '« %s » is accepted when every answer is right, with a value for every question',
    (_, form) => {
      const checked = checkForm(form, goodAnswers(form));
      expect(checked).toMatchObject({ ok: true });
      expect(Object.keys(checked.ok ? checked.values : {})).toEqual(fieldsOf(form).map(({ name }) => name));
    },
  );

  test.each(FORMS.map((form) => [form.slug, form] as const))(
    '« %s », sent empty, says one thing of each required question, in the order of the page',
    (_, form) => {
      const checked = checkForm(form, {});
      expect(checked.ok ? [] : checked.errors).toEqual(
        fieldsOf(form)
          .filter((field) => field.required)
          .map((field) => ({ field: field.name, message: messagesOf(field)['missing'] })),
      );
    },
  );

  test('names that are not questions are ignored, even those JavaScript knows', () => {
    const answers = { ...goodAnswers(projet), status: ['published'], constructor: ['x'] };
    const checked = checkForm(projet, answers);
    expect(checked.ok && 'status' in checked.values).toBe(false);
    expect(checked.ok).toBe(true);
  });

  test('names and choices are each declared once, and every group of a list is cut from that list', () => {
    for (const form of FORMS) {
      const fields = fieldsOf(form);
      expect(new Set(fields.map(({ name }) => name)).size, form.slug).toBe(fields.length);
      for (const field of fields) {
        if (field.kind !== 'choice' && field.kind !== 'choices') continue;
        const values = field.choices.map(({ value }) => value);
        expect(new Set(values).size, field.name).toBe(values.length);
        expect(new Set(field.choices.map(({ label }) => label)).size, field.name).toBe(values.length);
        if (field.kind !== 'choice' || !field.groups) continue;
        const grouped = field.groups.flatMap((group) => group.choices.map(({ value }) => value));
        expect(grouped.toSorted(), field.name).toEqual(values.toSorted());
      }
    }
  });

  test('is found by its slug, has an address and a thank-you page of its own', () => {
    expect(formBySlug('projet')).toBe(projet);
    expect(formBySlug('inconnu')).toBeUndefined();
    expect(thanksPageOf(projet)).toBe('/projets/proposer/merci/');
    expect(new Set(FORMS.map(({ page }) => page)).size).toBe(FORMS.length);
    expect(new Set(FORMS.map(({ slug }) => slug)).size).toBe(FORMS.length);
    for (const form of FORMS) expect(form.page).toMatch(/^\/([a-z-]+\/)+$/);
  });

  test('opens with at most twelve questions, and what is folded is optional', () => {
    for (const form of FORMS) {
      const folded = form.sections.filter((section) => section.folded).flatMap((section) => section.fields);
      expect(
        folded.filter((field) => field.required),
        form.slug,
      ).toEqual([]);
    }
    const shown = formBySlug('inscription')!.sections.filter((section) => !section.folded);
    expect(shown.flatMap((section) => section.fields).length).toBeLessThanOrEqual(12);
  });

  test('that is anonymous asks for nothing that says who answers, but an address of who wants to be written to', () => {
    for (const form of FORMS.filter((one) => one.anonymous)) {
      for (const field of fieldsOf(form)) {
        if (field.kind === 'email') expect(field.required, field.name).toBe(false);
        else {
          expect(['phone', 'contact', 'consent'], field.name).not.toContain(field.kind);
          expect(field.autocomplete, field.name).toBeUndefined();
        }
      }
    }
  });

  test('that is named asks for each consent apart, in words that are a sentence', () => {
    for (const form of FORMS.filter((one) => !one.anonymous)) {
      const consents = fieldsOf(form).filter((field) => field.kind === 'consent');
      expect(consents.length, form.slug).toBeGreaterThanOrEqual(2);
      for (const { label } of consents) expect(label).toMatch(/^J’accepte .*\.$/);
    }
  });

  test('never gives a question the name of what is sent besides the answers', () => {
    const names = FORMS.flatMap((form) => fieldsOf(form).map(({ name }) => name));
    expect(names.filter((name) => (Object.values(HIDDEN) as string[]).includes(name))).toEqual([]);
  });

  test('is stored at one press only without a word of anybody’s own', () => {
    const onePress = FORMS.filter(({ isOnePress }) => isOnePress);
    expect(onePress.map(({ slug }) => slug)).toEqual(['avis']);
    for (const form of onePress) {
      expect(hasFollowUp(form)).toBe(false);
      const words = fieldsOf(form).filter(({ kind }) => kind === 'text' || kind === 'long-text');
      const silent = Object.fromEntries(
        fieldsOf(form).map((field): [string, StoredValue] => [field.name, null]),
      );
      expect(form.isOnePress?.(silent)).toBe(true);
      for (const { name } of words)
        expect(form.isOnePress?.({ ...silent, [name]: 'Achetez ici' }), name).toBe(false);
    }
  });

  test('keeps no draft without being asked when its page can be left in a hurry, or when it is a complaint', () => {
    const onRequest = FORMS.filter(({ draftOnRequest }) => draftOnRequest).map(({ slug }) => slug);
    expect(onRequest.sort()).toEqual(['difficulte', 'retour', 'retrait-voix']);
  });
});

describe('an answer read again', () => {
  test.each<[string, Field, StoredValue, string]>([
    ['the words of a choice', KINDS.choice, 'b', 'B'],
    ['the words of several choices', KINDS.choices, ['a', 'b'], 'A, B'],
    ['free words', KINDS.tags, ['soudure', 'gestion'], 'soudure, gestion'],
    ['a sum with its unit', KINDS.money, 12_500_000, '12\u202f500\u202f000 F CFA'],
    ['a month in letters', KINDS.month, '2027-03', 'mars 2027'],
    ['the year as it is', KINDS.year, '2015', '2015'],
    ['a telephone as it will be dialled', KINDS.phone, '+22890000000', '+22890000000'],
    ['a consent given', KINDS.consent, true, 'Oui'],
    ['a consent that is not given', { ...KINDS.consent, required: false }, false, 'Non'],
    ['nothing at all', KINDS.text, null, NO_ANSWER],
    ['no choice', KINDS.choices, [], NO_ANSWER],
  ])('is %s', (_, field, value, words) => {
    expect(answerInWords(field, value)).toBe(words);
  });

  test('never shows the code of a list', () => {
    for (const field of FORMS.flatMap(fieldsOf)) {
      if (!('choices' in field)) continue;
      for (const { value, label } of field.choices) expect(answerInWords(field, value)).toBe(label);
    }
  });

  test('has its question without « facultatif »', () => {
    expect(questionOf({ ...KINDS.text, label: 'Ville (facultatif)' })).toBe('Ville');
    expect(questionOf({ ...KINDS.text, label: 'Ville' })).toBe('Ville');
  });
});

describe('the rules between answers of a project', () => {
  const errorsOf = (changes: RawValues) => {
    const checked = checkForm(projet, { ...goodAnswers(projet), ...changes });
    return checked.ok ? [] : checked.errors;
  };

  test('a prefecture must be in the region, and the message names the right one', () => {
    const [error, ...others] = errorsOf({ region: ['kara'], prefecture: ['Tône'] });
    expect(others).toEqual([]);
    expect(error).toEqual({
      field: 'prefecture',
      message: 'La préfecture Tône est dans la région Savanes. Changez la région ou la préfecture.',
    });
    expect(errorsOf({ region: ['savanes'], prefecture: ['Tône'] })).toEqual([]);
  });

  test('what is already raised can’t be more than the budget, and may be all of it', () => {
    expect(errorsOf({ budget_total: ['1000'], amount_raised: ['1001'] })).toEqual([
      {
        field: 'amount_raised',
        message: 'La somme déjà réunie est plus grande que le budget total. Corrigez l’une des deux.',
      },
    ]);
    expect(errorsOf({ budget_total: ['1000'], amount_raised: ['1000'] })).toEqual([]);
    expect(errorsOf({ budget_total: ['1000'], amount_raised: [] })).toEqual([]);
  });

  test('a rule says nothing of an answer that is already wrong by itself', () => {
    expect(errorsOf({ region: ['ailleurs'], prefecture: ['Tône'] }).map(({ field }) => field)).toEqual([
      'region',
    ]);
    expect(errorsOf({ budget_total: ['1'], amount_raised: ['deux'] }).map(({ field }) => field)).toEqual([
      'amount_raised',
    ]);
  });

  test('the mistakes of rules and of fields come together in the order of the page', () => {
    const fields = errorsOf({ title: [], region: ['kara'], prefecture: ['Tône'], email: ['non'] }).map(
      ({ field }) => field,
    );
    expect(fields).toEqual(['title', 'prefecture', 'email']);
  });
});

describe('the rules between answers of the other forms', () => {
  const errorsOf = (form: Form, changes: RawValues) => {
    const checked = checkForm(form, { ...goodAnswers(form), ...changes });
    return checked.ok ? [] : checked.errors.map(({ field }) => field);
  };

  test.each<[string, RawValues, string[]]>([
    [
      'an answer before the request',
      { month_sent: ['04/2026'], month_received: ['12/2025'] },
      ['month_received'],
    ],
    ['an answer the same month', { month_sent: ['04/2026'], month_received: ['04/2026'] }, []],
    ['no answer yet', { month_received: [] }, []],
    ['a wish to be written to without an address', { email: [] }, ['email']],
    ['a wrong address, said once', { email: ['kossi'] }, ['email']],
    ['an address of who does not want a letter', { answer_wanted: ['no'] }, ['answer_wanted']],
    ['an address of who did not say', { answer_wanted: [] }, ['answer_wanted']],
    ['neither a wish nor an address', { answer_wanted: [], email: [] }, []],
    ['no wish and no address', { answer_wanted: ['no'], email: [] }, []],
  ])('of a difficulty: %s', (_, changes, fields) => {
    expect(errorsOf(difficulte, changes)).toEqual(fields);
  });

  test.each<[string, RawValues, string[]]>([
    ['a telephone for a call', { channel: ['phone_call'], contact: ['+228 90 00 00 00'] }, []],
    ['a telephone for a message', { channel: ['whatsapp'], contact: ['+228 90 00 00 00'] }, []],
    ['a telephone for an e-mail', { channel: ['email'], contact: ['+228 90 00 00 00'] }, ['contact']],
    ['an address for an e-mail', { channel: ['email'], contact: ['ama@exemple.org'] }, []],
    ['an address for a message', { channel: ['sms'], contact: ['ama@exemple.org'] }, ['contact']],
    ['neither one nor the other', { channel: ['sms'], contact: ['chez ma sœur'] }, ['contact']],
    ['no means chosen', { channel: [], contact: ['ama@exemple.org'] }, ['channel']],
  ])('of a return: %s', (_, changes, fields) => {
    expect(errorsOf(retour, changes)).toEqual(fields);
  });
});

describe('what a person in danger types', () => {
  test('is neither offered to the next person nor brought back by the browser', () => {
    const kept = fieldsOf(retour).filter(
      (field) => field.kind !== 'consent' && !('display' in field && field.display === 'radios'),
    );
    expect(kept.filter((field) => field.kind !== 'choices' && field.autocomplete !== 'off')).toEqual([]);
  });

  test('is sealed as soon as it says who they are, where to find them or what they live', () => {
    const open = fieldsOf(retour).filter((field) => field.protection === undefined);
    expect(open.filter(({ kind }) => !['choice', 'choices', 'consent'].includes(kind))).toEqual([]);
  });
});

describe('when forms take answers', () => {
  test.each<[string, Record<string, string | undefined>, boolean]>([
    ['on a laptop', {}, true],
    ['in a preview', { CONTEXT: 'deploy-preview' }, true],
    ['in production without the declaration', { CONTEXT: 'production' }, false],
    ['in production with an empty declaration', { CONTEXT: 'production', IPDCP_DECLARATION: '  ' }, false],
    ['in production with the declaration', { CONTEXT: 'production', IPDCP_DECLARATION: '12/2027' }, true],
  ])('%s: %o → %s', (_, env, open) => {
    expect(formsAreOpen(env)).toBe(open);
  });
});

describe('a reference', () => {
  test('has a letter, and eight signs nobody confuses', () => {
    expect(isReference('P-WWYH-FVQ6')).toBe(true);
    for (const text of [
      'P-WWYH-FVQ',
      'p-wwyh-fvq6',
      'P-WWYH-FVQ0',
      'P-WWYH-FVQ6\n',
      'P-WWYB-FVQ6',
      '../x',
      '',
    ]) {
      expect(isReference(text), text).toBe(false);
    }
  });
});

describe('what is never asked', () => {
  const SENSITIVE = new RegExp(
    `(?<![\\p{L}])(${[
      'ethni\\p{L}*|tribus?|races?|racial\\p{L}*|clans?',
      'religi\\p{L}*|croyances?|confession\\p{L}*|culte|foi',
      'opinions?|politique\\p{L}*|partis?|syndic\\p{L}*|votes?',
      'santé|sante|maladies?|médica\\p{L}*|handicap\\p{L}*|vih|grossesse|sang',
      'sexes?|sexuel\\p{L}*|genre|gender|orientation',
      'statut migratoire|migra\\p{L}*|titre de séjour|sans[- ]papiers|visas?|asile|réfugiés?|irrégulier\\p{L}*',
      'casier|condamn\\p{L}*|biométr\\p{L}*|empreintes?|religion|health|ethnic\\p{L}*|race|sex|migration\\p{L}*|political\\p{L}*|disability',
    ].join('|')})(?![\\p{L}])`,
    'iu',
  );
  const wordsOf = (field: Field) =>
    [field.name.replaceAll('_', ' '), field.label, field.hint ?? '', field.missing ?? ''].join(' \n ');

  test.each(
    FORMS.flatMap((form) => fieldsOf(form).map((field) => [`${form.slug}.${field.name}`, field] as const)),
  )('%s asks nothing about origin, religion, opinions, health, sex or papers', (_, field) => {
    expect(SENSITIVE.exec(wordsOf(field))?.[0]).toBeUndefined();
  });

  test.each([
    'Votre ethnie',
    'Religion',
    'Opinions politiques',
    'Êtes-vous en bonne santé ?',
    'Statut migratoire',
    'Sexe',
    'Avez-vous un titre de séjour ?',
    'Handicap',
    'marital_sex',
    'health_status',
  ])('and this very check would stop « %s »', (label) => {
    expect(SENSITIVE.test(wordsOf({ ...KINDS.text, label: label.replaceAll('_', ' ') }))).toBe(true);
  });
});
