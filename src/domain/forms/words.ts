import { labelOf } from '../vocabularies/choice.ts';
import type { Field, StoredValue } from './field.ts';

const MONTH = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const SUM = new Intl.NumberFormat('fr-FR');

/** What a person reads when a question was left without an answer. */
export const NO_ANSWER = 'Pas de réponse';

/** A stored answer as a person reads it again: the words of the lists, never their codes. */
export function answerInWords(field: Field, value: StoredValue): string {
  if (typeof value === 'boolean') return value ? 'Oui' : 'Non';
  if (typeof value === 'number') return `${SUM.format(value)} F CFA`;
  const texts = value === null ? [] : [value].flat();
  if (texts.length === 0) return NO_ANSWER;
  return texts.map((text) => oneInWords(field, text)).join(', ');
}

function oneInWords(field: Field, text: string): string {
  if ('choices' in field) return labelOf(field.choices, text);
  return field.kind === 'month' ? MONTH.format(new Date(`${text}-01T00:00:00Z`)) : text;
}
