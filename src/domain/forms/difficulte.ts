import { COUNTRIES } from '../vocabularies/countries.ts';
import { ANSWER_WISHES, DIFFICULTIES, PROCEDURES } from '../vocabularies/difficulties.ts';
import type { CrossRule, Form } from './form.ts';

const receivedAfterSent: CrossRule = ({ month_sent: sent, month_received: received }) =>
  typeof sent === 'string' && typeof received === 'string' && received < sent
    ? {
        field: 'month_received',
        message: 'Le mois de la réponse est avant celui de la demande. Corrigez l’un des deux.',
      }
    : undefined;

const answerNeedsAddress: CrossRule = ({ answer_wanted: wanted, email }) =>
  wanted === 'yes' && email === null
    ? {
        field: 'email',
        message: 'Écrivez votre adresse électronique, ou choisissez « Non » à la question d’avant.',
      }
    : undefined;

/** No address is kept without a use for it. */
const addressNeedsWish: CrossRule = ({ answer_wanted: wanted, email }) =>
  (wanted === 'no' || wanted === null) && typeof email === 'string'
    ? {
        field: 'answer_wanted',
        message:
          'Vous avez écrit une adresse. Choisissez « Oui » si nous pouvons vous écrire, ou effacez-la.',
      }
    : undefined;

/** Report of a difficulty with a procedure, anonymous unless the person asks to be written to. */
export const difficulte: Form = {
  slug: 'difficulte',
  table: 'difficulties',
  version: '2026-11-22',
  page: '/signaler/',
  title: 'Signaler une difficulté',
  submit: 'Envoyer mon signalement',
  purpose:
    'Compter les difficultés des démarches. Seuls des nombres sont publiés, et jamais un nombre plus petit que dix.',
  retention: { months: 24, from: 'received', closedMonths: 6, answers: { email: 6 } },
  thanks: 'Votre signalement est arrivé',
  nextSteps: [
    'Il est compté avec les autres. Un nombre n’est publié qu’à partir de dix signalements.',
    'Nous ne pouvons pas régler votre démarche : continuez à la demander au service.',
    'Si vous avez laissé une adresse, l’équipe peut vous écrire. Sans adresse, personne ne peut vous répondre.',
  ],
  anonymous: true,
  draftOnRequest: true,
  sections: [
    {
      title: 'La démarche',
      fields: [
        {
          kind: 'choice',
          name: 'country',
          label: 'Dans quel pays ?',
          hint: 'Le pays de l’ambassade, du consulat ou du service. Le Togo est dans la liste.',
          privacy: 'private',
          why: 'Savoir où sont les difficultés.',
          required: true,
          missing: 'Choisissez le pays du service.',
          choices: COUNTRIES,
          display: 'select',
        },
        {
          kind: 'text',
          name: 'office',
          label: 'Quelle ambassade, quel consulat, quel service ?',
          hint: 'Par exemple : ambassade à Paris, mairie de Sokodé. N’écrivez le nom d’aucune personne.',
          privacy: 'private',
          why: 'Savoir quel service est concerné.',
          required: true,
          missing: 'Écrivez de quel service vous parlez.',
          maxLength: 100,
        },
        {
          kind: 'choice',
          name: 'procedure',
          label: 'Quelle démarche ?',
          privacy: 'private',
          why: 'Savoir quelle démarche est difficile.',
          required: true,
          missing: 'Choisissez une démarche.',
          choices: PROCEDURES,
          display: 'select',
        },
      ],
    },
    {
      title: 'La difficulté',
      fields: [
        {
          kind: 'choice',
          name: 'difficulty',
          label: 'Qu’est-ce qui bloque le plus ?',
          privacy: 'private',
          why: 'Compter les difficultés de même sorte.',
          required: true,
          missing: 'Choisissez ce qui bloque le plus.',
          choices: DIFFICULTIES,
          display: 'radios',
        },
        {
          kind: 'month',
          name: 'month_sent',
          label: 'Mois de votre demande',
          hint: 'Ou de votre premier appel. Le mois et l’année, par exemple 03/2026.',
          privacy: 'private',
          why: 'Mesurer le temps d’attente.',
          required: true,
          missing: 'Écrivez le mois de votre demande, même à peu près.',
        },
        {
          kind: 'month',
          name: 'month_received',
          label: 'Mois de la réponse ou du document (facultatif)',
          hint: 'Ne remplissez rien si vous attendez encore.',
          privacy: 'private',
          why: 'Mesurer le temps d’attente.',
          required: false,
        },
        {
          kind: 'text',
          name: 'extra_paper',
          label: 'Papier demandé en plus (facultatif)',
          hint: 'Par exemple : une photo de plus, un certificat. Pas son numéro.',
          privacy: 'private',
          why: 'Corriger la liste des papiers dans le guide.',
          required: false,
          maxLength: 200,
        },
        {
          kind: 'long-text',
          name: 'details',
          label: 'Ce qui s’est passé (facultatif)',
          hint: 'N’écrivez aucun nom, ni le vôtre ni celui d’un agent. Pas d’adresse, pas de numéro. 1 000 signes au plus.',
          privacy: 'private',
          protection: 'sealed',
          why: 'Comprendre la difficulté.',
          required: false,
          maxLength: 1000,
          rows: 6,
        },
      ],
    },
    {
      title: 'Une réponse ?',
      intro:
        'Sans adresse, le signalement est anonyme. Avec une adresse, il ne l’est plus pour l’équipe du site. Elle n’est jamais publiée.',
      fields: [
        {
          kind: 'choice',
          name: 'answer_wanted',
          label: 'Pouvons-nous vous écrire ? (facultatif)',
          privacy: 'private',
          why: 'Savoir si vous voulez une réponse.',
          required: false,
          choices: ANSWER_WISHES,
          display: 'radios',
        },
        {
          kind: 'email',
          name: 'email',
          label: 'Adresse électronique (facultatif)',
          hint: 'Seulement si vous avez choisi « Oui ».',
          privacy: 'private',
          protection: 'encrypted',
          why: 'Vous écrire au sujet de ce signalement, si vous le voulez.',
          required: false,
          autocomplete: 'email',
        },
      ],
    },
  ],
  rules: [receivedAfterSent, answerNeedsAddress, addressNeedsWish],
};
