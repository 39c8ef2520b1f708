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

/** A message that was typed and not sent. */
export interface UnsentMessage {
  text: string;
  error?: string;
}

/** What the follow-up page shows. */
export type FollowUpState =
  /** The field for the link; `alert` says why the last one, `typed`, opened nothing. */
  | { step: 'ask'; alert?: Sentence; typed?: string }
  /** The submission; `done` is what has just happened, `message` one that could not be taken. */
  | ({ step: 'file'; done?: string; alert?: Sentence; message?: UnsentMessage } & Opened)
  /** A message alone, kept while nothing else can be read. */
  | { step: 'unsent-message'; token: string; alert: Sentence; message: UnsentMessage }
  | ({ step: 'correct'; state: FormState } & Opened)
  /** The questions about where a project has got. */
  | { step: 'news'; token: string; state: FormState }
  | ({ step: 'confirm-erasure' } & Opened)
  | { step: 'erased'; form: Form | undefined; day: string; wasPublic: boolean };

/** The title of the page in each state. */
export function titleOf(state: FollowUpState): string {
  switch (state.step) {
    case 'ask':
      return 'Suivre mon envoi';
    case 'file':
      return 'Votre envoi';
    case 'unsent-message':
      return 'Ajouter un message';
    case 'correct':
      return 'Corriger votre envoi';
    case 'news':
      return 'Donner des nouvelles du projet';
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
    case 'news':
      return state.state.errors.length > 0 || state.state.notice !== undefined;
    case 'unsent-message':
      return true;
    default:
      return false;
  }
}
