/** What went wrong before or besides the answers themselves, in the person's words. */
export interface Refusal {
  status: number;
  /** A word for programs. */
  code: string;
  title: string;
  text: string;
}

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
    text: 'Rien n’a été enregistré. La loi togolaise demande une déclaration avant d’ouvrir un fichier de personnes. Nous l’attendons.',
  },
  unprotected: {
    status: 503,
    code: 'closed',
    title: 'Ce formulaire ne peut rien recevoir pour le moment',
    text: 'Rien n’a été enregistré : les clés qui protègent les réponses manquent sur le serveur. Vos réponses sont gardées ci-dessous. Revenez un autre jour.',
  },
  foreign: {
    status: 403,
    code: 'foreign_origin',
    title: 'Cet envoi vient d’un autre site',
    text: 'Rien n’a été enregistré. Ouvrez le formulaire sur ce site et envoyez-le d’ici.',
  },
  mediaType: {
    status: 415,
    code: 'media_type',
    title: 'Ce format d’envoi n’est pas accepté',
    text: 'Rien n’a été enregistré. Utilisez le formulaire de cette page.',
  },
  tooLarge: {
    status: 413,
    code: 'too_large',
    title: 'Votre envoi est trop long',
    text: 'Rien n’a été enregistré. Raccourcissez vos textes et envoyez à nouveau. Si le formulaire est vide, revenez en arrière pour retrouver vos réponses.',
  },
  unreadable: {
    status: 422,
    code: 'unreadable',
    title: 'Votre envoi n’a pas pu être lu',
    text: 'Rien n’a été enregistré. Envoyez les réponses avec le formulaire de cette page.',
  },
  limited: {
    status: 429,
    code: 'rate_limited',
    title: 'Trop d’envois depuis votre connexion',
    text: 'Rien n’a été enregistré cette fois. Vos réponses sont gardées ci-dessous. Réessayez dans une heure.',
  },
  unavailable: {
    status: 503,
    code: 'unavailable',
    title: 'Nous n’avons pas pu confirmer l’enregistrement',
    text: 'Notre base de données ne répond pas. Vos réponses sont gardées ci-dessous. Réessayez dans une minute : rien ne sera enregistré deux fois.',
  },
} as const satisfies Record<string, Refusal>;

/** Seconds a program should wait when the database can't be reached. */
export const UNAVAILABLE_RETRY_SECONDS = 60;
