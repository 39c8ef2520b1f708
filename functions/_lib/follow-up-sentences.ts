import { LEAVING_THE_SITE } from '../../src/domain/follow-up/words.ts';
import type { Refusal } from './sentences.ts';

/** Why a link did nothing, in the person's words. */
export const LINK_REFUSALS = {
  missing: {
    status: 422,
    code: 'missing_link',
    title: 'Collez votre lien de suivi',
    text: 'Il est sur la page qui s’affiche après l’envoi d’un formulaire.',
  },
  /** The same words for a link that is wrong, malformed, of an erased submission or of one that never came. */
  unknown: {
    status: 404,
    code: 'unknown_link',
    title: 'Ce lien n’ouvre aucun envoi',
    text: 'Vérifiez qu’il est entier. Si oui, l’envoi n’est pas arrivé jusqu’ici, ou il a été effacé : il n’en reste rien.',
  },
  method: {
    status: 405,
    code: 'method',
    title: 'Cette adresse ne reçoit que des envois',
    text: 'Ouvrez la page Suivre mon envoi.',
  },
  foreign: {
    status: 403,
    code: 'foreign_origin',
    title: 'Cette demande vient d’un autre site',
    text: 'Rien n’a changé. Collez votre lien ci-dessous et recommencez d’ici.',
  },
  mediaType: {
    status: 415,
    code: 'media_type',
    title: 'Ce format d’envoi n’est pas accepté',
    text: 'Rien n’a changé. Utilisez les boutons de cette page.',
  },
  tooLarge: {
    status: 413,
    code: 'too_large',
    title: 'Votre envoi est trop long',
    text: 'Rien n’a changé. Raccourcissez vos textes et recommencez.',
  },
  unreadable: {
    status: 422,
    code: 'unreadable',
    title: 'Votre demande n’a pas pu être lue',
    text: 'Rien n’a changé. Collez votre lien ci-dessous et recommencez d’ici.',
  },
  limited: {
    status: 429,
    code: 'rate_limited',
    title: 'Trop de demandes depuis votre connexion',
    text: 'Rien n’a changé cette fois. Réessayez dans une heure.',
  },
  unprotected: {
    status: 503,
    code: 'closed',
    title: 'Rien ne peut être écrit pour le moment',
    text: 'Rien n’a changé : les clés qui protègent les réponses manquent sur le serveur. Revenez un autre jour. Vous pouvez quand même retirer ou effacer votre envoi.',
  },
  /** While only reading. */
  unreachable: {
    status: 503,
    code: 'unavailable',
    title: 'Notre base de données ne répond pas',
    text: 'Rien n’a changé. Réessayez dans une minute.',
  },
  /** While writing: the answer may have been lost after the act. */
  uncertain: {
    status: 503,
    code: 'unavailable',
    title: 'Nous ne savons pas encore si c’est fait',
    text: 'Notre base de données ne répond pas. Réessayez dans une minute : rien ne sera fait deux fois.',
  },
  /** Something that nobody thought of. */
  crashed: {
    status: 503,
    code: 'unavailable',
    title: 'Une panne chez nous a coupé votre demande',
    text: 'Nous ne savons pas encore si c’est fait. Revenez en arrière et réessayez dans une minute : rien ne sera fait deux fois.',
  },
  changed: {
    status: 409,
    code: 'changed',
    title: 'Votre envoi a changé pendant que vous écriviez',
    text: 'Il a été corrigé ailleurs avec ce lien, peut-être dans un autre onglet. Rien n’a été enregistré. Voici ce que vous aviez écrit : si vous enregistrez, cela remplacera l’autre correction.',
  },
  unconfirmed: {
    status: 422,
    code: 'unconfirmed',
    title: 'Confirmez l’effacement',
    text: 'Rien n’a changé. Ajoutez « confirmer » avec la valeur « oui ».',
  },
  noMessages: {
    status: 409,
    code: 'no_messages',
    title: 'Ce message n’a pas été envoyé',
    text: 'Personne ne relit un envoi retiré ou qui n’est pas retenu. Corrigez-le : il sera relu.',
  },
  full: {
    status: 409,
    code: 'full',
    title: 'Ce message n’a pas été envoyé',
    text: 'Vous avez déjà ajouté vingt messages. Corrigez plutôt vos réponses.',
  },
  noNews: {
    status: 409,
    code: 'no_news',
    title: 'Ces nouvelles n’ont pas été envoyées',
    text: 'Le projet n’est pas dans le catalogue en ce moment : personne ne pourrait les lire. Gardez votre texte, et revenez quand il sera publié.',
  },
  newsFull: {
    status: 409,
    code: 'news_full',
    title: 'Ces nouvelles n’ont pas été envoyées',
    text: 'Cinq nouvelles de ce projet attendent déjà une relecture. Retirez-en une, ou attendez quelques jours.',
  },
} as const satisfies Record<string, Refusal>;

/** What has just been done. */
export const DONE = {
  amended: 'C’est enregistré. Votre envoi est à relire.',
  added: 'Votre message est envoyé à l’équipe.',
  withdrawn: 'Votre envoi est retiré.',
  told: 'Vos nouvelles sont envoyées. Une personne de l’équipe les relit avant de les publier.',
  unsaid: 'Ces nouvelles sont effacées.',
} as const;

/** Adds what happens to the public page. */
export function doneWords(what: keyof typeof DONE, leftTheSite: boolean): string {
  return leftTheSite ? `${DONE[what]} ${LEAVING_THE_SITE}` : DONE[what];
}
