/** What is true of a sending: every page that is not the thank-you page says exactly one of these. */
export const TRUTHS = {
  kept: 'Pas reçu, vos réponses sont gardées.',
  unknown: 'Nous ne savons pas encore si c’est reçu.',
} as const;

/** What went wrong before or besides the answers themselves, in the person's words. */
export interface Refusal {
  status: number;
  /** A word for programs. */
  code: string;
  title: string;
  /** Absent when there was nothing to receive. */
  truth?: (typeof TRUTHS)[keyof typeof TRUTHS];
  text: string;
}

/** Where answers are when the function has not read them, or can't show them again. */
const BEFORE = 'Elles sont dans la page d’avant : revenez en arrière pour les retrouver.';

/** Every refusal that is not about one field. */
export const REFUSALS = {
  unknownForm: {
    status: 404,
    code: 'unknown_form',
    title: 'Ce formulaire n’existe pas',
    text: 'Vérifiez l’adresse, ou revenez à l’accueil.',
  },
  method: {
    status: 405,
    code: 'method',
    title: 'Cette adresse ne reçoit que des formulaires',
    text: 'Ouvrez la page du formulaire pour répondre aux questions.',
  },
  closed: {
    status: 503,
    code: 'closed',
    title: 'Ce formulaire n’est pas encore ouvert',
    truth: TRUTHS.kept,
    text: `${BEFORE} La loi togolaise demande une déclaration avant d’ouvrir un fichier de personnes. Nous l’attendons : essayez un autre jour.`,
  },
  unprotected: {
    status: 503,
    code: 'closed',
    title: 'Ce formulaire ne peut rien recevoir pour le moment',
    truth: TRUTHS.kept,
    text: 'Elles sont ci-dessous. Les clés qui protègent les réponses manquent sur le serveur. Revenez un autre jour.',
  },
  foreign: {
    status: 403,
    code: 'foreign_origin',
    title: 'Cet envoi vient d’un autre site',
    truth: TRUTHS.kept,
    text: `${BEFORE} Ouvrez le formulaire sur ce site et envoyez-le d’ici.`,
  },
  mediaType: {
    status: 415,
    code: 'media_type',
    title: 'Ce format d’envoi n’est pas accepté',
    truth: TRUTHS.kept,
    text: `${BEFORE} Utilisez le formulaire de cette page.`,
  },
  tooLarge: {
    status: 413,
    code: 'too_large',
    title: 'Votre envoi est trop long',
    truth: TRUTHS.kept,
    text: 'Raccourcissez vos textes, puis envoyez à nouveau. Si le formulaire ci-dessous est vide, revenez en arrière : vos réponses sont dans la page d’avant.',
  },
  unreadable: {
    status: 422,
    code: 'unreadable',
    title: 'Votre envoi n’a pas pu être lu',
    truth: TRUTHS.kept,
    text: `${BEFORE} Envoyez-les avec le formulaire de cette page.`,
  },
  /** The database answered, and did not take them: trying again at once would not help. */
  refused: {
    status: 503,
    code: 'unavailable',
    title: 'Notre base de données n’a pas pris vos réponses',
    truth: TRUTHS.kept,
    text: 'Elles sont ci-dessous. C’est une panne chez nous : vous n’avez rien fait de mal. Réessayez demain.',
  },
  /** Something that nobody thought of: only the log knows how far it went. */
  crashed: {
    status: 503,
    code: 'unavailable',
    title: 'Une panne chez nous a coupé votre envoi',
    truth: TRUTHS.unknown,
    text: `${BEFORE} Attendez une minute, puis envoyez-les encore avec le même bouton : rien ne sera enregistré deux fois.`,
  },
  /** It did not answer: perhaps it stored them, perhaps not. */
  unavailable: {
    status: 503,
    code: 'unavailable',
    title: 'Notre base de données ne répond pas',
    truth: TRUTHS.unknown,
    text: 'Vos réponses sont ci-dessous. Attendez une minute, puis envoyez-les encore avec le même bouton : rien ne sera enregistré deux fois.',
  },
} as const satisfies Record<string, Refusal>;

/**
 * Too many sendings in an hour.
 *
 * @param whose the sender's limit, or everybody's on this form
 */
export function tooMany(whose: 'sender' | 'form', retryAfterSeconds: number): Refusal {
  const wait = Math.ceil(retryAfterSeconds / 60);
  const again = `Elles sont ci-dessous. Réessayez dans ${wait} ${wait > 1 ? 'minutes' : 'minute'}, avec le même bouton.`;
  return {
    status: 429,
    code: 'rate_limited',
    title:
      whose === 'form'
        ? 'Ce formulaire reçoit trop d’envois en ce moment'
        : 'Trop d’envois depuis votre connexion',
    truth: TRUTHS.kept,
    text:
      whose === 'form'
        ? again
        : `${again} Plusieurs personnes peuvent partager la même connexion : ce n’est pas forcément vous.`,
  };
}

/** Seconds a program should wait when the database can't be reached. */
export const UNAVAILABLE_RETRY_SECONDS = 60;
