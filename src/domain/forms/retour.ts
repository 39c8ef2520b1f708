import { COUNTRIES } from '../vocabularies/countries.ts';
import { CHANNELS, MESSAGE_LEAVES, RETURN_NEEDS } from '../vocabularies/returns.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import type { CrossRule, Form } from './form.ts';

const contactFitsChannel: CrossRule = ({ channel, contact }) => {
  if (typeof channel !== 'string' || typeof contact !== 'string') return undefined;
  const isAddress = contact.includes('@');
  if (isAddress === (channel === 'email')) return undefined;
  return {
    field: 'contact',
    message: isAddress
      ? 'Pour un appel ou un message, écrivez un numéro avec le + et l’indicatif du pays.'
      : 'Pour un courriel, écrivez une adresse électronique complète.',
  };
};

/**
 * Request of a person who comes back to Togo to be called or written to. « off »: the browser of a shared telephone
 * must neither offer these answers to the next person nor bring them back.
 */
export const retour: Form = {
  slug: 'retour',
  table: 'return_requests',
  version: '2026-11-22',
  page: '/retour/contact/',
  title: 'Demander un contact pour rentrer au Togo',
  submit: 'Envoyer ma demande',
  purpose: 'Vous joindre, seulement par le moyen que vous choisissez, au sujet de votre retour au Togo.',
  retention: { months: 6, from: 'changed' },
  thanks: 'Votre demande est arrivée',
  nextSteps: [
    'Si quelqu’un peut vous répondre, il utilise seulement le moyen que vous avez choisi.',
    'Nous ne promettons ni délai, ni aide, ni argent. Ne payez jamais personne qui dit venir de notre part.',
    'En danger, n’attendez pas notre réponse : ouvrez la page Urgence du guide.',
    'Gardez votre lien de suivi, si vous pouvez le faire sans risque.',
  ],
  draftOnRequest: true,
  sections: [
    {
      title: 'Comment vous joindre',
      intro: 'Choisissez un moyen que personne d’autre ne lit ni n’écoute.',
      fields: [
        {
          kind: 'text',
          name: 'call_name',
          label: 'Comment vous appeler ?',
          hint: 'N’importe quel nom. Pas besoin du vrai.',
          privacy: 'private',
          protection: 'sealed',
          why: 'Vous appeler par le nom que vous choisissez.',
          required: true,
          missing: 'Écrivez un nom, même inventé.',
          autocomplete: 'off',
          maxLength: 60,
        },
        {
          kind: 'choice',
          name: 'channel',
          label: 'Par quel moyen vous joindre ?',
          privacy: 'private',
          why: 'N’utiliser que le moyen qui est sûr pour vous.',
          required: true,
          missing: 'Choisissez comment vous joindre.',
          choices: CHANNELS,
          display: 'radios',
        },
        {
          kind: 'contact',
          name: 'contact',
          goesWith: 'channel',
          label: 'Votre numéro, ou votre adresse électronique',
          hint: 'Un numéro avec l’indicatif du pays (+228, +216, +225…), ou une adresse si c’est par courriel.',
          privacy: 'private',
          protection: 'sealed',
          why: 'Vous joindre.',
          required: true,
          autocomplete: 'off',
          missing: 'Écrivez votre numéro ou votre adresse électronique.',
        },
        {
          kind: 'text',
          name: 'safe_hours',
          label: 'Quand vous joindre sans risque ? (facultatif)',
          hint: 'Par exemple : le soir après 20 h, jamais le vendredi.',
          privacy: 'private',
          protection: 'sealed',
          why: 'Ne pas vous appeler à un mauvais moment.',
          required: false,
          autocomplete: 'off',
          maxLength: 120,
        },
        {
          kind: 'choice',
          name: 'leave_message',
          label: 'Si vous ne répondez pas, peut-on laisser un message ?',
          hint: 'Choisissez « Non » si quelqu’un d’autre peut le lire ou l’entendre.',
          privacy: 'private',
          why: 'Ne rien laisser qui vous mette en danger.',
          required: true,
          missing: 'Dites si l’on peut laisser un message.',
          choices: MESSAGE_LEAVES,
          display: 'radios',
        },
      ],
    },
    {
      title: 'Votre retour',
      intro:
        'Tout est facultatif ici. N’écrivez rien sur votre santé, votre religion, votre origine ou votre titre de séjour : nous n’en avons pas besoin.',
      fields: [
        {
          kind: 'choice',
          name: 'country',
          label: 'Pays où vous êtes en ce moment',
          privacy: 'private',
          why: 'Connaître l’heure chez vous et les services qui existent là-bas.',
          required: false,
          autocomplete: 'off',
          choices: COUNTRIES,
          display: 'select',
        },
        {
          kind: 'choice',
          name: 'return_region',
          label: 'Région du Togo où vous voulez rentrer',
          privacy: 'private',
          why: 'Chercher ce qui existe dans cette région.',
          required: false,
          autocomplete: 'off',
          choices: REGIONS,
          display: 'select',
        },
        {
          kind: 'choices',
          name: 'needs',
          label: 'Ce que vous cherchez',
          hint: 'Plusieurs réponses possibles.',
          privacy: 'private',
          why: 'Préparer la réponse.',
          required: false,
          choices: RETURN_NEEDS,
        },
        {
          kind: 'long-text',
          name: 'details',
          label: 'Ce qu’il faut savoir pour vous répondre',
          hint: 'En quelques mots, sans le nom d’une autre personne. 1 000 signes au plus.',
          privacy: 'private',
          protection: 'sealed',
          why: 'Préparer la réponse.',
          required: false,
          autocomplete: 'off',
          maxLength: 1000,
          rows: 5,
        },
      ],
    },
    {
      title: 'Votre accord',
      intro: 'Rien n’est coché d’avance.',
      fields: [
        {
          kind: 'consent',
          name: 'consent_storage',
          label: 'J’accepte que ma demande soit gardée le temps de me répondre.',
          privacy: 'private',
          why: 'Votre accord pour garder la demande.',
          required: true,
          missing: 'Cochez la case si vous acceptez que la demande soit gardée. Sinon, ne l’envoyez pas.',
        },
        {
          kind: 'consent',
          name: 'consent_contact',
          label: 'J’accepte d’être contacté par le moyen choisi plus haut.',
          privacy: 'private',
          why: 'Votre accord pour vous joindre.',
          required: true,
          missing: 'Cochez la case si vous acceptez d’être contacté. Sinon, ne demandez pas de contact.',
        },
      ],
    },
  ],
  rules: [contactFitsChannel],
};
