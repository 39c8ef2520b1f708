// Every mistake a form can be told about, from the declarations themselves: a new question or a new rule is
// covered the day it is written.
import type { Field } from '../../src/domain/forms/field.ts';
import { fieldsOf, type FieldError, type Form } from '../../src/domain/forms/form.ts';
import { messagesOf } from '../../src/domain/forms/messages.ts';
import { goodAnswer, goodAnswers } from '../support/forms.ts';

/** Values by field name, as they would be sent. */
export type Values = Record<string, string[]>;

/** Answers with mistakes in some of the questions, and what the page must say of each, in its order. */
export interface Batch {
  name: string;
  values: Values;
  errors: FieldError[];
}

const LONG = 'ɖ';

/** One wrong answer for each code of {@link messagesOf}. */
export function wrongAnswers(field: Field): Record<string, string[]> {
  const good = goodAnswer(field);
  const wrong: Record<string, string[]> = {};
  for (const code of Object.keys(messagesOf(field))) wrong[code] = wrongAnswer(field, code, good);
  return wrong;
}

function wrongAnswer(field: Field, code: string, good: string[]): string[] {
  switch (code) {
    case 'missing':
      return [];
    case 'unstorable':
      return [`${good[0] ?? ''}\u0000`];
    case 'repeated':
      return [good[0] ?? '', `${good[0] ?? ''} encore`];
    case 'multiline':
      return ['première ligne\nseconde ligne'];
    case 'format':
      return ['ni l’un ni l’autre'];
    case 'unknown':
      return ['pas-une-reponse'];
    case 'alone':
      return field.kind === 'choices'
        ? [...field.choices.map((choice) => choice.value).slice(0, 1), field.alone ?? '']
        : [];
    case 'tooMany':
      return field.kind === 'tags'
        ? [Array.from({ length: field.max + 1 }, (_, n) => `mot ${n}`).join(', ')]
        : [];
    case 'tooLong':
      return 'maxLength' in field ? [LONG.repeat(field.maxLength + 1)] : [];
    default:
      throw new Error(
        `Write a wrong answer for the message « ${code} » (${field.kind}) in tests/e2e/mistakes.ts`,
      );
  }
}

/** All the mistakes of a form, half of the questions wrong at a time so that the others can be seen kept. */
export function batchesOf(form: Form): Batch[] {
  const fields = fieldsOf(form);
  const most = Math.max(...fields.map((field) => Object.keys(messagesOf(field)).length));
  const batches: Batch[] = [];
  for (let round = 0; round < most; round++) {
    for (const half of [0, 1]) {
      const values: Values = goodAnswers(form, `lot ${round} ${half}`);
      const errors: FieldError[] = [];
      const names: string[] = [];
      fields.forEach((field, index) => {
        const code = Object.keys(messagesOf(field))[round];
        if (code === undefined || index % 2 !== half) return;
        values[field.name] = wrongAnswers(field)[code] ?? [];
        errors.push({ field: field.name, message: messagesOf(field)[code] ?? '' });
        names.push(`${field.name} ${code}`);
      });
      if (errors.length > 0) batches.push({ name: fromTo(names), values, errors });
    }
  }
  return [
    ...batches,
    ...(ACROSS[form.slug] ?? []).map((one) => ({ ...one, values: across(form, one.values) })),
  ];
}

function fromTo(names: string[]): string {
  const [first = '', ...others] = names;
  const last = others.at(-1);
  return last === undefined ? first : `${names.length} mistakes, from ${first} to ${last}`;
}

function across(form: Form, values: Values): Values {
  return { ...goodAnswers(form, 'ensemble'), ...values };
}

/** Right answers one by one that are wrong together: one entry for each of the form's `rules`. */
const ACROSS: Record<string, Batch[]> = {
  projet: [
    {
      name: 'a prefecture of another region',
      values: { region: ['kara'], prefecture: ['Golfe'] },
      errors: [
        {
          field: 'prefecture',
          message: 'La préfecture Golfe est dans la région Maritime. Changez la région ou la préfecture.',
        },
      ],
    },
    {
      name: 'more money raised than the budget',
      values: { budget_total: ['1 000'], amount_raised: ['2 000'] },
      errors: [
        {
          field: 'amount_raised',
          message: 'La somme déjà réunie est plus grande que le budget total. Corrigez l’une des deux.',
        },
      ],
    },
  ],
  difficulte: [
    {
      name: 'an answer before the request',
      values: { month_sent: ['04/2026'], month_received: ['12/2025'] },
      errors: [
        {
          field: 'month_received',
          message: 'Le mois de la réponse est avant celui de la demande. Corrigez l’un des deux.',
        },
      ],
    },
    {
      name: 'a wish to be written to without an address',
      values: { email: [] },
      errors: [
        {
          field: 'email',
          message: 'Écrivez votre adresse électronique, ou choisissez « Non » à la question d’avant.',
        },
      ],
    },
    {
      name: 'an address of who does not want a letter',
      values: { answer_wanted: ['no'] },
      errors: [
        {
          field: 'answer_wanted',
          message:
            'Vous avez écrit une adresse. Choisissez « Oui » si nous pouvons vous écrire, ou effacez-la.',
        },
      ],
    },
  ],
  retour: [
    {
      name: 'a telephone for an e-mail',
      values: { channel: ['email'], contact: ['+228 90 00 00 00'] },
      errors: [{ field: 'contact', message: 'Pour un courriel, écrivez une adresse électronique complète.' }],
    },
  ],
};

/** How many of the batches come from a form's `rules`. */
export function rulesCovered(form: Form): number {
  return (ACROSS[form.slug] ?? []).length;
}
