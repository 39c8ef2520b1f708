import { HELP_KINDS } from '../vocabularies/projects.ts';
import type { Form } from './form.ts';

/** Somebody offers to help a project. The site passes it on: neither side's address is ever public. */
export const aide: Form = {
  slug: 'aide',
  table: 'help_offers',
  version: '2026-11-22',
  page: '/projets/aider/',
  title: 'Proposer mon aide à un projet',
  submit: 'Envoyer ma proposition',
  purpose: 'Transmettre votre proposition à la personne qui porte le projet, avec votre accord.',
  retention: { months: 6, from: 'changed', closedMonths: 6 },
  thanks: 'Votre proposition est bien arrivée',
  nextSteps: [
    'Une personne de l’équipe la lit. Elle ne transmet ni publicité, ni demande d’argent.',
    'Si elle l’accepte, le porteur du projet la lit, avec votre adresse électronique. C’est lui qui vous répond : personne ne peut le promettre à sa place.',
    'Gardez votre lien de suivi : il permet de corriger ou de retirer votre proposition.',
  ],
  sections: [
    {
      title: 'Votre aide',
      fields: [
        {
          kind: 'project',
          name: 'project',
          label: 'Projet',
          hint: 'L’adresse de la page du projet, ou la fin de cette adresse. Le bouton de la page du projet la remplit.',
          privacy: 'private',
          why: 'Savoir à quel projet transmettre votre proposition.',
          required: true,
          missing: 'Dites quel projet vous voulez aider.',
        },
        {
          kind: 'choices',
          name: 'help',
          label: 'Que pouvez-vous apporter ?',
          hint: 'Plusieurs réponses possibles.',
          privacy: 'private',
          why: 'Dire au porteur ce que vous proposez.',
          required: true,
          missing: 'Choisissez au moins une aide.',
          choices: HELP_KINDS,
        },
        {
          kind: 'text',
          name: 'details',
          label: 'En quelques mots',
          hint: 'Par exemple : plombière, deux semaines en juillet. Pas de nom ni de numéro ici. 200 signes au plus.',
          privacy: 'private',
          why: 'Permettre au porteur de savoir si votre aide convient.',
          required: true,
          missing: 'Écrivez en quelques mots ce que vous proposez.',
          maxLength: 200,
        },
      ],
    },
    {
      title: 'Pour vous répondre',
      fields: [
        {
          kind: 'email',
          name: 'email',
          label: 'Adresse électronique',
          hint: 'Elle n’est jamais publiée. Seul le porteur du projet la lit, si l’équipe transmet votre proposition.',
          privacy: 'private',
          protection: 'encrypted',
          why: 'Permettre au porteur de vous répondre.',
          required: true,
          missing: 'Écrivez votre adresse électronique : sans elle, le porteur ne peut pas vous répondre.',
          autocomplete: 'email',
        },
      ],
    },
    {
      title: 'Votre accord',
      intro: 'Rien n’est coché d’avance. Vous pouvez retirer votre proposition à tout moment.',
      fields: [
        {
          kind: 'consent',
          name: 'consent_share',
          label:
            'J’accepte que le porteur du projet lise ces réponses et mon adresse électronique, pour me répondre.',
          privacy: 'private',
          why: 'Votre accord pour transmettre votre proposition.',
          required: true,
          missing:
            'Cochez la case si vous acceptez que le porteur lise votre proposition. Sinon, ne l’envoyez pas.',
        },
        {
          kind: 'consent',
          name: 'consent_contact',
          label: 'J’accepte que l’équipe m’écrive au sujet de cette proposition.',
          privacy: 'private',
          why: 'Votre accord pour vous poser une question.',
          required: true,
          missing:
            'Cochez la case si vous acceptez que l’équipe vous écrive. Sans cela, elle ne peut rien vérifier.',
        },
      ],
    },
  ],
  rules: [],
};
