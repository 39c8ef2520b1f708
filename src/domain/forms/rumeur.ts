import { COUNTRIES } from '../vocabularies/countries.ts';
import { RUMOUR_CHANNELS } from '../vocabularies/rumours.ts';
import type { Form } from './form.ts';

/** Something that is said about leaving, travelling or coming back, sent in to be checked. */
export const rumeur: Form = {
  slug: 'rumeur',
  table: 'rumours',
  version: '2026-11-22',
  page: '/migration/rumeurs/envoyer/',
  title: 'Envoyer une rumeur à vérifier',
  submit: 'Envoyer la rumeur',
  purpose:
    'Savoir ce qui se dit, pour le vérifier et l’expliquer dans le guide. Votre nom n’est jamais demandé.',
  retention: { months: 12, from: 'received' },
  thanks: 'Merci, la rumeur est arrivée',
  nextSteps: [
    'Elle sert à choisir ce qu’il faut vérifier et expliquer dans le guide.',
    'Nous ne publions pas votre texte. Nous écrivons seulement ce que disent des sources sûres.',
    'Votre envoi est anonyme : personne ne peut vous répondre.',
  ],
  anonymous: true,
  sections: [
    {
      title: 'La rumeur',
      fields: [
        {
          kind: 'long-text',
          name: 'claim',
          label: 'Qu’est-ce qui se dit ?',
          hint: 'Avec les mots que vous avez vus ou entendus. N’écrivez ni nom, ni numéro de téléphone. 1 000 signes au plus.',
          privacy: 'private',
          why: 'Savoir quoi vérifier.',
          required: true,
          missing: 'Écrivez ce qui se dit.',
          maxLength: 1000,
          rows: 6,
        },
        {
          kind: 'choice',
          name: 'channel',
          label: 'Où l’avez-vous vu ou entendu ?',
          privacy: 'private',
          why: 'Savoir où répondre.',
          required: true,
          missing: 'Dites où vous l’avez vu ou entendu.',
          choices: RUMOUR_CHANNELS,
          display: 'radios',
        },
        {
          kind: 'month',
          name: 'month_seen',
          label: 'Quel mois ?',
          hint: 'Le mois et l’année, par exemple 11/2026.',
          privacy: 'private',
          why: 'Savoir si la rumeur est récente.',
          required: true,
          missing: 'Écrivez le mois, même à peu près.',
        },
        {
          kind: 'url',
          name: 'link',
          label: 'Lien de la vidéo ou de la page (facultatif)',
          hint: 'Pas le lien d’un groupe privé ni du profil d’une personne.',
          privacy: 'private',
          why: 'Voir ce qui est dit.',
          required: false,
        },
        {
          kind: 'choice',
          name: 'country',
          label: 'De quel pays parle-t-elle ? (facultatif)',
          privacy: 'private',
          why: 'Savoir de quel pays il s’agit.',
          required: false,
          choices: COUNTRIES,
          display: 'select',
        },
      ],
    },
  ],
  rules: [],
};
