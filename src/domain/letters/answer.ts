/** The page where the reader of a letter answers it. Its link opens it; a button does the rest. */
export const LETTER_PAGE = '/confirmer/';

/** The answers to a letter, as the links to them say. */
export const LETTER_ANSWERS = ['confirmer', 'garder', 'arreter', 'effacer'] as const;

/** One of {@link LETTER_ANSWERS}. */
export type LetterAnswer = (typeof LETTER_ANSWERS)[number];

/** What the page asks, and what it says once it is done. */
export const LETTER_WORDS: Readonly<
  Record<LetterAnswer, { question: string; what: string; button: string; done: string; now: string }>
> = {
  confirmer: {
    question: 'Confirmer cette adresse ?',
    what: 'Vous dites que l’adresse où vous avez reçu ce courriel est bien la vôtre. Nous pourrons y écrire au sujet de cet envoi.',
    button: 'Confirmer mon adresse',
    done: 'Votre adresse est confirmée',
    now: 'Nous vous écrirons quand votre envoi change d’état, et une fois par an pour savoir si vous êtes toujours d’accord. Chacun de ces courriels a un lien pour ne plus en recevoir.',
  },
  garder: {
    question: 'Garder vos réponses ?',
    what: 'Vous redonnez votre accord. Vos réponses restent comme elles sont.',
    button: 'Oui, gardez mes réponses',
    done: 'Vos réponses sont gardées',
    now: 'Nous vous poserons la même question dans un an. Vous pouvez changer d’avis avant, avec votre lien de suivi.',
  },
  arreter: {
    question: 'Ne plus recevoir de courriel ?',
    what: 'Nous n’écrirons plus à cette adresse pour cet envoi. Vos réponses restent gardées le temps prévu.',
    button: 'Ne plus m’écrire',
    done: 'Nous ne vous écrirons plus',
    now: 'Votre lien de suivi marche toujours, pour voir, corriger ou effacer votre envoi.',
  },
  effacer: {
    question: 'Effacer votre envoi ?',
    what: 'Toutes vos réponses, vos messages, la référence et l’histoire de votre envoi sont effacés. C’est définitif : personne ne pourra revenir en arrière.',
    button: 'Effacer pour toujours',
    done: 'Votre envoi est effacé',
    now: 'Il n’en reste ni réponse, ni message, ni référence. Il reste une ligne sans nom : le formulaire, le jour, et « à la demande de la personne ».',
  },
};

/** What is read in a link to an answer, or typed from it: the answer, and the secret that proves it. */
export interface LetterCode {
  answer: LetterAnswer;
  secret: string;
}

/** The end of a link, after the sign # which browsers send to nobody. */
export function letterCode({ answer, secret }: LetterCode): string {
  return `${answer}.${secret}`;
}

/** Reads a code, alone or with the whole link round it. */
export function readLetterCode(typed: string): LetterCode | undefined {
  const code = typed.trim().split('#').at(-1) ?? '';
  const [, answer, secret] = /^([a-z]+)\.([A-Za-z0-9_-]{20,200})$/.exec(code) ?? [];
  const known = LETTER_ANSWERS.find((one) => one === answer);
  return known && secret !== undefined ? { answer: known, secret } : undefined;
}
