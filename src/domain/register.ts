import type { Field, Privacy, Protection } from './forms/field.ts';
import { fieldsOf, hasFollowUp, hasLetters, questionOf, type Form } from './forms/form.ts';
import { KEPT_DAYS, retentionWords } from './forms/retention.ts';

/** Some of the data of a treatment, all held in the same way. */
export interface DataClass {
  /** Who may read it, and how it is held. */
  held: string;
  data: readonly string[];
}

/** One line of the register that the law asks for: a use of personal data. */
export interface Treatment {
  id: string;
  title: string;
  /** The page where the data is asked for. */
  page?: string;
  purpose: string;
  people: string;
  basis: string;
  classes: readonly DataClass[];
  recipients: readonly string[];
  kept: string;
  rights: string;
  /** The version of the words people agreed to, and these words. Stored with each answer. */
  consents?: { version: string; words: readonly string[] };
}

const CLASSES: readonly { privacy: Privacy; protection?: Protection; held: string }[] = [
  { privacy: 'public', held: 'Publié après relecture' },
  { privacy: 'private', held: 'Lisible par l’équipe, jamais publié' },
  { privacy: 'private', protection: 'encrypted', held: 'Chiffré, lu par le site pour vous écrire' },
  { privacy: 'private', protection: 'sealed', held: 'Scellé, lu par les agents seulement' },
];

const ADDED = ['référence', 'dates', 'état du dossier', 'version du formulaire', 'empreintes techniques'];

const TEAM = 'L’équipe du site, selon le rôle de chacun.';
const HOSTS = 'Les hébergeurs de la base (Supabase) et du site (Netlify), pour notre compte.';
const MAIL = 'Le serveur de courriel, s’il y en a un.';

/** The line of a form: what its declaration says, and nothing else. */
export function treatmentOf(form: Form): Treatment {
  const fields = fieldsOf(form);
  const answers = fields.filter(({ kind }) => kind !== 'consent');
  const consents = fields.filter(({ kind }) => kind === 'consent');
  const passesOn = fields.some(({ kind }) => kind === 'project');
  const isPublic = answers.some(({ privacy }) => privacy === 'public');
  return {
    id: form.slug,
    title: form.title,
    page: form.page,
    purpose: form.purpose,
    people: form.withLink
      ? 'Les personnes qui ont le lien de suivi d’un projet.'
      : hasFollowUp(form)
        ? 'Les personnes qui envoient ce formulaire.'
        : 'Personne : rien n’est demandé qui dise qui vous êtes.',
    basis: 'L’accord de la personne, qu’elle peut retirer.',
    classes: [
      ...CLASSES.map(({ held, privacy, protection }) => ({
        held,
        data: answers
          .filter((field) => field.privacy === privacy && field.protection === protection)
          .map(nameOf),
      })).filter(({ data }) => data.length > 0),
      { held: 'Ajouté par le site', data: ADDED },
    ],
    recipients: [
      TEAM,
      HOSTS,
      ...(hasLetters(form) ? [MAIL] : []),
      ...(passesOn ? ['Le porteur du projet, si l’équipe transmet la proposition.'] : []),
      ...(isPublic ? ['Tout le monde, pour ce qui est publié.'] : []),
    ],
    kept: `${retentionWords(form)} Un envoi mis de côté par la protection contre les robots : ${KEPT_DAYS.quarantine} jours.`,
    rights: form.withLink
      ? 'Voir, effacer, garder une copie : avec le lien de suivi du projet. Effacer le projet les efface aussi.'
      : hasFollowUp(form)
        ? 'Voir, corriger, retirer, effacer, garder une copie : avec le lien de suivi.'
        : 'Nous ne pouvons pas retrouver un envoi sans nom : il s’efface à la date prévue.',
    ...(consents.length > 0
      ? { consents: { version: form.version, words: consents.map(({ label }) => label) } }
      : {}),
  };
}

function nameOf(field: Field): string {
  return questionOf(field);
}

/** The uses of data that come with every form, and those of the team itself. */
export const OTHER_TREATMENTS: readonly Treatment[] = [
  {
    id: 'suivi',
    title: 'Suivre un envoi',
    page: '/suivi/',
    purpose: 'Permettre à chacun de voir, corriger, retirer et effacer ce qu’il a envoyé, sans compte.',
    people: 'Les personnes qui ont un lien de suivi.',
    basis: 'L’accord de la personne, et ses droits.',
    classes: [
      { held: 'Scellé, lu par les agents seulement', data: ['les messages ajoutés après l’envoi'] },
      {
        held: 'Lisible par l’équipe, jamais publié',
        data: ['la date et le genre de chaque changement, sans les réponses'],
      },
      { held: 'Empreinte seulement', data: ['le lien de suivi'] },
    ],
    recipients: [TEAM, HOSTS],
    kept: 'Aussi longtemps que l’envoi. Après l’effacement, il reste une ligne sans nom ni référence : le formulaire, le jour, la raison.',
    rights: 'Effacer l’envoi efface aussi ses messages et son histoire.',
  },
  {
    id: 'courriels',
    title: 'Écrire aux personnes',
    page: '/confirmer/',
    purpose:
      'Confirmer une adresse, dire ce que devient un envoi, demander une fois par an si la personne est toujours d’accord. Au porteur d’un projet : une aide proposée, une demande de nouvelles.',
    people: 'Les personnes qui ont donné une adresse électronique, s’il y a un serveur de courriel.',
    basis: 'L’accord de la personne. Sans confirmation de l’adresse, un seul courriel part.',
    classes: [
      { held: 'Chiffré, lu par le site pour vous écrire', data: ['l’adresse électronique'] },
      {
        held: 'Gardé par la base',
        data: ['de quoi parle le courriel, son jour, un code du serveur ; jamais l’adresse ni le texte'],
      },
    ],
    recipients: [HOSTS, MAIL],
    kept: `La trace d’un courriel : ${KEPT_DAYS.letter} jours. Celle de la question de chaque année : ${KEPT_DAYS.yearly_letter} jours.`,
    rights:
      'Chaque courriel a un lien pour ne plus en recevoir, sauf le premier, que rien ne suit sans confirmation.',
  },
  {
    id: 'abus',
    title: 'Se protéger des envois abusifs',
    purpose: 'Limiter le nombre d’envois d’une même connexion.',
    people: 'Les personnes qui envoient un formulaire ou ouvrent un lien de suivi.',
    basis: 'L’intérêt de tous à ce que le service reste ouvert.',
    classes: [
      {
        held: 'Empreinte seulement, avec une clé qui change son résultat chaque jour',
        data: ['l’adresse réseau'],
      },
    ],
    recipients: [HOSTS],
    kept: '24 heures.',
    rights: 'L’empreinte ne permet de retrouver personne.',
  },
  {
    id: 'equipe',
    title: 'Donner des droits à l’équipe',
    purpose: 'Savoir qui peut lire ou changer un dossier, et qui l’a fait.',
    people: 'Les personnes de l’équipe.',
    basis: 'La sécurité des dossiers.',
    classes: [
      {
        held: 'Lisible par les administrateurs',
        data: ['le compte', 'le rôle', 'la trace de chaque changement, sans les réponses'],
      },
    ],
    recipients: ['Les administrateurs du site.', HOSTS],
    kept: 'Le compte : tant que la personne est dans l’équipe. La trace ne s’efface pas : elle prouve ce qui a été fait.',
    rights: 'S’adresser à l’éditeur.',
  },
];
