import { COUNTRIES } from '../vocabularies/countries.ts';
import {
  DURATION_BANDS,
  HOLDER_TYPES,
  LOCALITY_AGREEMENTS,
  NEEDS,
  SECTORS,
  STAGES,
} from '../vocabularies/projects.ts';
import { PREFECTURES, REGIONS } from '../vocabularies/territories.ts';
import type { CrossRule, Form } from './form.ts';

const prefectureChoices = PREFECTURES.map(({ name }) => ({ value: name, label: name }));

const prefectureIsInRegion: CrossRule = ({ region, prefecture }) => {
  const found = PREFECTURES.find((one) => one.name === prefecture);
  if (!found || typeof region !== 'string' || found.region === region) return undefined;
  const right = REGIONS.find((one) => one.value === found.region)?.label;
  return {
    field: 'prefecture',
    message: `La préfecture ${found.name} est dans la région ${right}. Changez la région ou la préfecture.`,
  };
};

const raisedIsWithinBudget: CrossRule = ({ budget_total: total, amount_raised: raised }) =>
  typeof total === 'number' && typeof raised === 'number' && raised > total
    ? {
        field: 'amount_raised',
        message: 'La somme déjà réunie est plus grande que le budget total. Corrigez l’une des deux.',
      }
    : undefined;

/** Proposal of a project for Togo. */
export const projet: Form = {
  slug: 'projet',
  table: 'projects',
  version: '2026-11-22',
  page: '/projets/proposer/',
  title: 'Proposer un projet',
  submit: 'Envoyer mon projet',
  purpose: 'Relire votre projet, puis le publier dans le catalogue avec votre accord.',
  retention:
    'Tant que le projet est publié, puis un an. Un projet refusé ou retiré est effacé au bout de six mois.',
  thanks: 'Votre projet est bien arrivé',
  nextSteps: [
    'Une personne de l’équipe le relit. Elle peut vous poser des questions par courriel.',
    'S’il est clair et respecte la loi, il est publié dans le catalogue. Votre courriel et votre téléphone restent cachés.',
    'Gardez votre référence : elle permet de retrouver votre projet pour le corriger ou le retirer.',
  ],
  sections: [
    {
      title: 'Le projet',
      fields: [
        {
          kind: 'text',
          name: 'title',
          label: 'Nom du projet',
          privacy: 'public',
          why: 'Le titre de la page du projet.',
          required: true,
          missing: 'Donnez un nom au projet.',
          maxLength: 120,
        },
        {
          kind: 'long-text',
          name: 'summary',
          label: 'Le projet en deux phrases',
          hint: 'Pour qui, où, et ce que cela change. 280 signes au plus.',
          privacy: 'public',
          why: 'Présenter le projet dans les listes.',
          required: true,
          missing: 'Résumez le projet en deux phrases.',
          maxLength: 280,
          rows: 4,
        },
        {
          kind: 'long-text',
          name: 'description',
          label: 'Description',
          hint: 'Le besoin, ce que vous ferez, avec qui, et qui s’en occupera après. N’écrivez ni adresse ni téléphone ici.',
          privacy: 'public',
          why: 'Expliquer le projet à ceux qui voudraient aider.',
          required: true,
          missing: 'Décrivez le projet.',
          maxLength: 5000,
          rows: 10,
        },
        {
          kind: 'choice',
          name: 'sector',
          label: 'Secteur',
          privacy: 'public',
          why: 'Classer le projet.',
          required: true,
          missing: 'Choisissez un secteur.',
          choices: SECTORS,
          display: 'select',
        },
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
      ],
    },
    {
      title: 'Le lieu',
      fields: [
        {
          kind: 'choice',
          name: 'region',
          label: 'Région',
          privacy: 'public',
          why: 'Situer le projet.',
          required: true,
          missing: 'Choisissez une région.',
          choices: REGIONS,
          display: 'select',
        },
        {
          kind: 'choice',
          name: 'prefecture',
          label: 'Préfecture',
          privacy: 'public',
          why: 'Situer le projet.',
          required: true,
          missing: 'Choisissez une préfecture.',
          choices: prefectureChoices,
          groups: REGIONS.map((region) => ({
            label: region.label,
            choices: PREFECTURES.filter((one) => one.region === region.value).map(({ name }) => ({
              value: name,
              label: name,
            })),
          })),
          display: 'select',
        },
        {
          kind: 'text',
          name: 'commune',
          label: 'Commune ou village (facultatif)',
          privacy: 'public',
          why: 'Situer le projet plus précisément.',
          required: false,
          maxLength: 60,
        },
        {
          kind: 'choice',
          name: 'locality_agreement',
          label: 'La commune ou le village est-il d’accord ?',
          privacy: 'public',
          why: 'Savoir si le projet est attendu sur place.',
          required: true,
          missing: 'Dites si la commune ou le village est d’accord.',
          choices: LOCALITY_AGREEMENTS,
          display: 'radios',
        },
      ],
    },
    {
      title: 'L’argent et les besoins',
      fields: [
        {
          kind: 'money',
          name: 'budget_total',
          label: 'Budget total, en francs CFA',
          hint: 'Une estimation suffit. Par exemple : 1 500 000.',
          privacy: 'public',
          why: 'Donner l’échelle du projet.',
          required: true,
          missing: 'Écrivez le budget total, même estimé. Écrivez 0 si le projet ne coûte rien.',
        },
        {
          kind: 'money',
          name: 'amount_raised',
          label: 'Somme déjà réunie, en francs CFA (facultatif)',
          privacy: 'public',
          why: 'Montrer ce qui reste à trouver.',
          required: false,
        },
        {
          kind: 'choices',
          name: 'needs',
          label: 'De quoi avez-vous besoin ?',
          hint: 'Facultatif. Plusieurs réponses possibles.',
          privacy: 'public',
          why: 'Permettre à ceux qui peuvent aider de vous trouver.',
          required: false,
          choices: NEEDS,
        },
      ],
    },
    {
      title: 'En dire plus',
      intro: 'Tout est facultatif ici.',
      folded: true,
      fields: [
        {
          kind: 'tags',
          name: 'skills_sought',
          label: 'Compétences recherchées',
          hint: 'Dix au plus, séparées par des virgules : hydraulique, comptabilité.',
          privacy: 'public',
          why: 'Trouver les bonnes personnes.',
          required: false,
          max: 10,
          maxLength: 60,
        },
        {
          kind: 'month',
          name: 'start_wanted',
          label: 'Début souhaité',
          hint: 'Le mois et l’année, par exemple 03/2027.',
          privacy: 'public',
          why: 'Dire quand le projet commence.',
          required: false,
        },
        {
          kind: 'choice',
          name: 'duration_band',
          label: 'Durée',
          privacy: 'public',
          why: 'Dire combien de temps dure le projet.',
          required: false,
          choices: DURATION_BANDS,
          display: 'select',
        },
        {
          kind: 'url',
          name: 'website',
          label: 'Site ou page du projet',
          privacy: 'public',
          why: 'En savoir plus sur le projet.',
          required: false,
          autocomplete: 'url',
        },
      ],
    },
    {
      title: 'Qui porte le projet',
      fields: [
        {
          kind: 'choice',
          name: 'holder_type',
          label: 'Le projet est porté par',
          privacy: 'public',
          why: 'Dire qui porte le projet.',
          required: true,
          missing: 'Dites qui porte le projet.',
          choices: HOLDER_TYPES,
          display: 'radios',
        },
        {
          kind: 'text',
          name: 'holder_name',
          label: 'Nom à publier',
          hint: 'Le nom que tout le monde verra : celui de l’association, de l’entreprise, ou le vôtre.',
          privacy: 'public',
          why: 'Dire qui porte le projet.',
          required: true,
          missing: 'Écrivez le nom à publier.',
          autocomplete: 'organization',
          maxLength: 120,
        },
        {
          kind: 'choice',
          name: 'residence_country',
          label: 'Pays où vous vivez',
          privacy: 'public',
          why: 'Relier le catalogue aux pays de la diaspora.',
          required: true,
          missing: 'Choisissez le pays où vous vivez.',
          autocomplete: 'country',
          choices: COUNTRIES,
          display: 'select',
        },
        {
          kind: 'email',
          name: 'email',
          label: 'Adresse électronique',
          hint: 'Elle n’est jamais publiée.',
          privacy: 'private',
          why: 'Vous poser des questions et vous répondre.',
          required: true,
          missing: 'Écrivez votre adresse électronique.',
          autocomplete: 'email',
        },
        {
          kind: 'phone',
          name: 'phone',
          label: 'Téléphone (facultatif)',
          hint: 'Avec l’indicatif du pays : +228, +33, +241… Il n’est jamais publié.',
          privacy: 'private',
          why: 'Vous joindre si vous préférez le téléphone.',
          required: false,
          autocomplete: 'tel',
        },
      ],
    },
    {
      title: 'Votre accord',
      intro: 'Rien n’est coché d’avance. Vous pouvez retirer votre projet à tout moment.',
      fields: [
        {
          kind: 'consent',
          name: 'consent_publication',
          label: 'J’accepte que le projet soit publié, sans mon courriel ni mon téléphone.',
          privacy: 'private',
          why: 'Votre accord pour publier.',
          required: true,
          missing: 'Cochez la case si vous acceptez la publication. Sinon, n’envoyez pas le formulaire.',
        },
        {
          kind: 'consent',
          name: 'consent_contact',
          label: 'J’accepte d’être contacté au sujet de ce projet.',
          privacy: 'private',
          why: 'Votre accord pour vous écrire.',
          required: true,
          missing:
            'Cochez la case si vous acceptez d’être contacté. Sans réponse de vous, le projet ne peut pas être relu.',
        },
      ],
    },
  ],
  rules: [prefectureIsInRegion, raisedIsWithinBudget],
};
