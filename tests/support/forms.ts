import { createHash } from 'node:crypto';
import type { Field } from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { CODE_BASE, CODE_NUMBERS, codeFrom } from '../../src/domain/migration/withdrawal-code.ts';

/** The address of a demonstration project, published wherever the seed is. */
export const KNOWN_PROJECT = 'exemple-forage-tone';

/** A right answer to one field, made up, and different for each `seed`. */
export function goodAnswer(field: Field, seed = 'a'): string[] {
  switch (field.kind) {
    case 'text':
      return [`Réponse ${seed}`];
    case 'long-text':
      return [`Un texte ${seed},\nsur deux lignes.`];
    case 'email':
      return [`essai-${seed.replace(/\W+/g, '-')}@example.org`];
    case 'phone':
      return ['+228 00 00 00 00'];
    case 'url':
      return ['https://example.org/projet'];
    case 'money':
      return ['1 500 000'];
    case 'month':
      return ['03/2027'];
    case 'year':
      return ['2015'];
    case 'contact':
      return [`+228 ${digitsOf(seed)}`];
    case 'code':
      return [codeOf(seed)];
    case 'project':
      return [KNOWN_PROJECT];
    case 'choice':
      return [field.name === 'prefecture' ? 'Agoè-Nyivé' : (field.choices[0]?.value ?? '')];
    case 'choices':
      return [field.choices[0]?.value ?? ''];
    case 'tags':
      return ['soudure, gestion'];
    case 'consent':
      return ['oui'];
  }
}

/** A code that nobody was given, different for each `seed`. */
export function codeOf(seed: string): string {
  const bytes = createHash('sha256').update(seed).digest();
  return codeFrom([...bytes.subarray(0, CODE_NUMBERS)].map((byte) => byte % CODE_BASE));
}

/** Eight digits, different for each `seed`. */
function digitsOf(seed: string): string {
  const sum = [...seed].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 100_000_000, 7);
  return String(sum).padStart(8, '0');
}

/** Right answers to every question of a form, optional ones included. */
export function goodAnswers(form: Form, seed = 'a'): Record<string, string[]> {
  return Object.fromEntries(fieldsOf(form).map((field) => [field.name, goodAnswer(field, seed)]));
}

/** The same answers as a browser would send them. */
export function urlencoded(answers: Readonly<Record<string, readonly string[]>>): string {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(answers)) for (const value of values) body.append(name, value);
  return body.toString();
}
