import type { Form } from '../forms/form.ts';
import type { HistoryEvent, SentNews, Status } from './submission.ts';

/** A state, in words: what it is, and what it means. */
export const STATUS_WORDS: Readonly<Record<Status, { title: string; text: string }>> = {
  received: {
    title: 'Reçu, à relire',
    text: 'Votre envoi est arrivé. Une personne de l’équipe doit encore le relire.',
  },
  needs_info: {
    title: 'Une précision est attendue',
    text: 'L’équipe a besoin de vous pour continuer. Corrigez vos réponses, ou ajoutez un message ci-dessous.',
  },
  accepted: { title: 'Accepté', text: 'Une personne de l’équipe l’a relu et accepté.' },
  published: { title: 'Publié', text: 'Tout le monde peut le lire sur ce site.' },
  refused: {
    title: 'Pas retenu',
    text: 'Une personne de l’équipe l’a relu et ne l’a pas retenu. Vous pouvez le corriger : il sera relu.',
  },
  withdrawn: {
    title: 'Retiré',
    text: 'Il n’est ni traité ni publié. Pour revenir sur ce choix, corrigez-le et donnez à nouveau votre accord.',
  },
};

/** What became of news of a project. */
export const NEWS_STATUS_WORDS: Readonly<Record<SentNews['status'], string>> = {
  received: 'à relire par l’équipe',
  accepted: 'publié sur la page du projet',
  refused: 'pas retenu par l’équipe',
};

/** An event of the history, in words. */
export function eventWords({ kind, actor }: HistoryEvent): string {
  switch (kind) {
    case 'received':
      return actor === 'person' ? 'Vous l’avez envoyé.' : 'L’équipe l’a remis dans la file, à relire.';
    case 'corrected':
      return 'Vous l’avez corrigé. Il est à relire.';
    case 'added':
      return 'Vous avez ajouté un message.';
    case 'needs_info':
      return 'L’équipe a demandé une précision.';
    case 'accepted':
      return 'L’équipe l’a accepté.';
    case 'published':
      return 'L’équipe l’a publié.';
    case 'refused':
      return 'L’équipe ne l’a pas retenu.';
    case 'withdrawn':
      return actor === 'person' ? 'Vous l’avez retiré.' : 'L’équipe l’a retiré.';
  }
}

/** Why an answer is not shown. */
export const HIDDEN_WORDS = {
  sealed: 'Scellé : personne ici ne peut le relire, sauf un agent.',
  encrypted: 'Chiffré : nous ne pouvons pas le relire en ce moment.',
} as const;

/** What a published submission loses at once, and what takes longer. */
export const LEAVING_THE_SITE =
  'La page publique disparaît à la prochaine mise à jour du site, qui est demandée tout de suite. Les copies que d’autres ont pu faire ne dépendent pas de nous.';

/** All that remains of an erased submission. */
export function tombstoneWords(form: Form | undefined, day: string): string {
  return `${form ? `Formulaire « ${form.title} »` : 'Un formulaire'}, ${day}, à la demande de la personne.`;
}

// Togo keeps universal time.
const DAY = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'Africa/Lome' });
const HOUR = new Intl.DateTimeFormat('fr', { hour: '2-digit', minute: '2-digit', timeZone: 'Africa/Lome' });

/** `22 novembre 2026` */
export function dayWords(moment: string): string {
  return DAY.format(new Date(moment)).replace(/^1 /, '1er ');
}

/** `22 novembre 2026 à 10:47` */
export function momentWords(moment: string): string {
  return `${dayWords(moment)} à ${HOUR.format(new Date(moment))}`;
}
