import { STAGES } from '../vocabularies/projects.ts';
import type { CrossRule, Form } from './form.ts';

const spentIsReceived: CrossRule = ({ amount_received: received, amount_spent: spent }) =>
  typeof received === 'number' && typeof spent === 'number' && spent > received
    ? {
        field: 'amount_spent',
        message:
          'La somme dépensée est plus grande que la somme reçue. Corrigez l’une des deux, ou laissez la seconde vide.',
      }
    : undefined;

/** News of a published project, sent by whoever holds its follow-up link. */
export const nouvelle: Form = {
  slug: 'nouvelle',
  table: 'project_updates',
  version: '2026-11-22',
  page: '/suivi/',
  title: 'Donner des nouvelles d’un projet',
  submit: 'Envoyer ces nouvelles',
  purpose: 'Montrer sur la page du projet où il en est, après relecture.',
  retention: { months: 12, from: 'received', whilePublished: true, closedMonths: 6 },
  thanks: 'Vos nouvelles sont bien arrivées',
  nextSteps: ['Une personne de l’équipe les relit. Acceptées, elles paraissent sur la page du projet.'],
  withLink: true,
  neverAside: true,
  sections: [
    {
      title: 'Où en est le projet',
      intro:
        'Tout est publié sur la page du projet, après relecture. N’écrivez ni adresse, ni téléphone, ni nom d’une autre personne.',
      fields: [
        {
          kind: 'choice',
          name: 'stage',
          label: 'Où en est le projet ?',
          privacy: 'public',
          why: 'Dire où en est le projet.',
          required: true,
          missing: 'Dites où en est le projet.',
          choices: STAGES,
          display: 'radios',
        },
        {
          kind: 'long-text',
          name: 'body',
          label: 'Que s’est-il passé ?',
          hint: 'Ce qui est fait, ce qui bloque, ce qui vient ensuite. 1 500 signes au plus.',
          privacy: 'public',
          why: 'Donner des nouvelles à ceux qui suivent le projet.',
          required: true,
          missing: 'Écrivez ce qui s’est passé, même en une phrase.',
          maxLength: 1500,
          rows: 6,
        },
        {
          kind: 'money',
          name: 'amount_received',
          label: 'Somme reçue depuis le début, en francs CFA (facultatif)',
          privacy: 'public',
          why: 'Comparer ce qui était prévu et ce qui est reçu.',
          required: false,
        },
        {
          kind: 'money',
          name: 'amount_spent',
          label: 'Somme dépensée depuis le début, en francs CFA (facultatif)',
          privacy: 'public',
          why: 'Comparer ce qui était prévu et ce qui est dépensé.',
          required: false,
        },
        {
          kind: 'text',
          name: 'picture',
          label: 'Ce qu’on voit sur place (facultatif)',
          hint: 'Décrivez avec des mots la photo que vous auriez prise. Ce site ne reçoit pas de photo. 300 signes au plus.',
          privacy: 'public',
          why: 'Montrer l’avancement sans photo.',
          required: false,
          maxLength: 300,
        },
      ],
    },
  ],
  rules: [spentIsReceived],
};
