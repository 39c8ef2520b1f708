import type { Form } from './form.ts';

/** Withdrawal of a published testimony by the person who gave it: one code, no name, no reason. */
export const retraitVoix: Form = {
  slug: 'retrait-voix',
  table: 'testimony_withdrawals',
  version: '2026-11-22',
  page: '/migration/voix/retirer/',
  title: 'Retirer un témoignage',
  submit: 'Retirer mon témoignage',
  purpose:
    'Retirer du site le témoignage d’une personne, à sa demande. Ni son nom ni sa raison ne sont demandés.',
  // As long as the longest agreement, so that nothing withdrawn can come back.
  retention: { months: 24, from: 'received' },
  thanks: 'Votre retrait est enregistré',
  nextSteps: [
    'Le témoignage disparaît du site à sa prochaine mise à jour. Personne ne doit donner son accord.',
    'Il est encore là dans quelques jours ? Parlez-en à la personne qui a recueilli vos mots.',
    'Des gens ont pu en garder une copie. Nous ne pouvons pas la reprendre.',
  ],
  anonymous: true,
  neverAside: true,
  // The code says which testimony is whose.
  draftOnRequest: true,
  sections: [
    {
      title: 'Votre code',
      fields: [
        {
          kind: 'code',
          name: 'code',
          label: 'Code de retrait',
          hint: 'Il est sur le papier reçu le jour de votre accord : huit groupes de quatre signes. Les espaces et les majuscules ne comptent pas.',
          privacy: 'private',
          why: 'Savoir quel témoignage retirer, sans demander qui vous êtes.',
          required: true,
          missing: 'Écrivez le code reçu le jour de votre accord.',
        },
      ],
    },
  ],
  rules: [],
};
