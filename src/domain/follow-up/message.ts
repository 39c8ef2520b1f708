import { isUnstorable, lengthOf, tidy } from '../forms/text.ts';

/** Characters of a message, at most. */
export const LONGEST_MESSAGE = 1000;

/** The field under which a message is sealed: no question bears this name. */
export const MESSAGE_FIELD = 'message';

/** Checks a message: the text to seal, or what to do. */
export function checkMessage(typed: string): { text: string } | { error: string } {
  const text = tidy(typed);
  if (text === '') return { error: 'Écrivez votre message avant de l’envoyer.' };
  if (isUnstorable(text)) {
    return { error: 'Le message contient un caractère invisible. Effacez-le et écrivez à nouveau.' };
  }
  if (lengthOf(text) > LONGEST_MESSAGE) {
    return {
      error: `Le message fait ${LONGEST_MESSAGE} signes au plus. Raccourcissez-le, ou envoyez-le en deux fois.`,
    };
  }
  return { text };
}
