import type { Form } from './form.ts';

/** « Cette page vous a-t-elle aidé ? »: anonymous, two clicks, no tracking. */
export const avis: Form = {
  slug: 'avis',
  table: 'feedback',
  version: '2026-11-22',
  page: '/avis/',
  title: 'Donner son avis sur une page',
  submit: 'Envoyer mon avis',
  purpose: 'Savoir quelles pages aident et lesquelles sont à corriger. Votre nom n’est jamais demandé.',
  retention: { months: 12, from: 'received' },
  thanks: 'Merci, votre avis est arrivé',
  nextSteps: [
    'Les avis servent à corriger les pages.',
    'Votre avis est anonyme : personne ne peut vous répondre.',
  ],
  anonymous: true,
  // The two buttons under the pages of the guide, which also send the page's address.
  isOnePress: ({ page, comment }) =>
    comment === null && (page === null || (typeof page === 'string' && /^\/[\w/-]*$/.test(page))),
  sections: [
    {
      title: 'Votre avis',
      fields: [
        {
          kind: 'choice',
          name: 'helpful',
          label: 'La page vous a-t-elle aidé ?',
          privacy: 'private',
          why: 'Savoir si la page aide.',
          required: true,
          missing: 'Dites si la page vous a aidé.',
          choices: [
            { value: 'yes', label: 'Oui' },
            { value: 'no', label: 'Non' },
          ],
          display: 'radios',
        },
        {
          kind: 'text',
          name: 'page',
          label: 'Quelle page ? (facultatif)',
          hint: 'Son titre ou son adresse.',
          privacy: 'private',
          why: 'Savoir quelle page corriger.',
          required: false,
          maxLength: 200,
        },
        {
          kind: 'long-text',
          name: 'comment',
          label: 'Qu’est-ce qui manque ou qui est faux ? (facultatif)',
          hint: 'N’écrivez ni nom, ni adresse, ni numéro de téléphone. 500 signes au plus.',
          privacy: 'private',
          why: 'Corriger la page.',
          required: false,
          maxLength: 500,
          rows: 4,
        },
      ],
    },
  ],
  rules: [],
};
