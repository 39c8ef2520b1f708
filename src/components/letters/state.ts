import { LETTER_WORDS, type LetterAnswer } from '../../domain/letters/answer.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { Sentence } from '../follow-up/state.ts';

/** What the page that answers letters shows. */
export type LetterPageState =
  /** The field for the link; `alert` says why the last one, still in it, did nothing. */
  | { step: 'ask'; alert?: Sentence; typed?: string }
  /** The question, with its button. */
  | { step: 'question'; answer: LetterAnswer; code: string; form: Form; reference: string }
  | { step: 'done'; answer: LetterAnswer; leavesTheSite: boolean };

/** The title of the page in each state. */
export function titleOf(state: LetterPageState): string {
  switch (state.step) {
    case 'ask':
      return 'Répondre à un courriel';
    case 'question':
      return LETTER_WORDS[state.answer].question;
    case 'done':
      return LETTER_WORDS[state.answer].done;
  }
}
