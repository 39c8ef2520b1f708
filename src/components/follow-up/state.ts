import type { Form } from '../../domain/forms/form.ts';
import type { FormState } from '../forms/Form.tsx';
import type { Submission } from '../../domain/follow-up/submission.ts';

/** A submission with the key that opened it: each button of the page sends it again. */
export interface Opened {
  submission: Submission;
  token: string;
}

/** A sentence with a title. */
export interface Sentence {
  title: string;
  text: string;
}

/** What the follow-up page shows. */
export type FollowUpState =
  /** The field for the link; `alert` says why the last one opened nothing. */
  | { step: 'ask'; alert?: Sentence }
  /** The submission; `done` is what has just happened, `message` one that could not be taken. */
  | ({ step: 'file'; done?: string; alert?: Sentence; message?: { text: string; error: string } } & Opened)
  | ({ step: 'correct'; state: FormState } & Opened)
  | ({ step: 'confirm-erasure' } & Opened)
  | { step: 'erased'; form: Form; day: string; wasPublic: boolean };

/** The title of the page in each state. */
export function titleOf(state: FollowUpState): string {
  switch (state.step) {
    case 'ask':
      return 'Suivre mon envoi';
    case 'file':
      return 'Votre envoi';
    case 'correct':
      return 'Corriger votre envoi';
    case 'confirm-erasure':
      return 'Effacer votre envoi ?';
    case 'erased':
      return 'Votre envoi est effacé';
  }
}

/** Whether the page says that something is to be mended. */
export function isWrong(state: FollowUpState): boolean {
  switch (state.step) {
    case 'ask':
      return state.alert !== undefined;
    case 'file':
      return state.alert !== undefined || state.message !== undefined;
    case 'correct':
      return state.state.errors.length > 0 || state.state.notice !== undefined;
    default:
      return false;
  }
}
