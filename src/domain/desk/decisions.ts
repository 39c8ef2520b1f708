import type { Status } from '../follow-up/submission.ts';
import { hasRightsOf, type Role } from './roles.ts';

/** What an officer may decide. */
export const DECISION_KINDS = [
  'released',
  'accepted',
  'needs_info',
  'refused',
  'published',
  'unpublished',
] as const;

/** One of {@link DECISION_KINDS}. */
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** Why, in words: the codes are those that the database takes. */
export const REASON_WORDS = {
  incomplete: 'Il manque une réponse',
  unclear: 'Une réponse n’est pas claire',
  proof: 'Il manque une preuve',
  duplicate: 'Déjà reçu',
  off_topic: 'Hors sujet',
  unlawful: 'Contraire à la loi',
  private_data: 'Donne des informations privées',
  test: 'Un essai',
  outdated: 'Plus à jour',
  asked: 'À la demande de la personne',
  mistake: 'Publié par erreur',
  other: 'Autre raison',
} as const;

/** A code of {@link REASON_WORDS}. */
export type Reason = keyof typeof REASON_WORDS;

interface DecisionWords {
  /** On the button. */
  act: string;
  /** Told once it is done: « P-XXXX : accepté ». */
  done: string;
  /** The reasons it takes; without any, it needs none. */
  reasons: readonly Reason[];
}

/** Each decision in words. */
export const DECISION_WORDS: Readonly<Record<DecisionKind, DecisionWords>> = {
  released: { act: 'Reprendre', done: 'repris dans la file', reasons: [] },
  accepted: { act: 'Accepter', done: 'accepté', reasons: [] },
  needs_info: {
    act: 'Demander une précision',
    done: 'précision demandée',
    reasons: ['incomplete', 'unclear', 'proof', 'private_data', 'other'],
  },
  refused: {
    act: 'Ne pas retenir',
    done: 'pas retenu',
    reasons: [
      'duplicate',
      'off_topic',
      'incomplete',
      'unclear',
      'unlawful',
      'private_data',
      'test',
      'asked',
      'other',
    ],
  },
  published: { act: 'Publier', done: 'publié', reasons: [] },
  unpublished: {
    act: 'Retirer du site',
    done: 'retiré du site',
    reasons: ['outdated', 'asked', 'mistake', 'private_data', 'unlawful', 'other'],
  },
};

/** The forms whose senders may be asked for more, and those whose answers may be published. As in the database. */
const ASKS = ['inscription', 'association', 'projet', 'aide', 'retour'];
const PUBLISHES = ['association', 'projet'];

/** What decides which decisions a file takes. */
export interface FileState {
  form: string;
  status: Status;
  /** Put aside as a robot's. */
  aside: boolean;
}

/** Whether answers to a form may be published. */
export function isPublishable(form: string): boolean {
  return PUBLISHES.includes(form);
}

/** Whether whoever sent a form may be asked for more. */
export function takesQuestions(form: string): boolean {
  return ASKS.includes(form);
}

/** The decisions that the database would take for this file from this role, the most usual first. */
export function decisionsFor(file: FileState, role: Role): DecisionKind[] {
  return DECISION_KINDS.filter((kind) => isPossible(kind, file) && hasRightsOf(role, roleFor(kind)));
}

/** The role that a decision asks for. */
export function roleFor(kind: DecisionKind): Role {
  return kind === 'published' || kind === 'unpublished' ? 'publisher' : 'reviewer';
}

function isPossible(kind: DecisionKind, { form, status, aside }: FileState): boolean {
  if (aside && kind !== 'released' && kind !== 'refused') return false;
  switch (kind) {
    case 'released':
      return aside;
    case 'accepted':
      return ['received', 'needs_info', 'refused'].includes(status);
    case 'needs_info':
      return takesQuestions(form) && ['received', 'needs_info', 'accepted'].includes(status);
    case 'refused':
      return ['received', 'needs_info', 'accepted'].includes(status);
    case 'published':
      return isPublishable(form) && ['received', 'accepted'].includes(status);
    case 'unpublished':
      return status === 'published';
  }
}

/** What an officer says with a decision. */
export interface DecisionInput {
  reason?: Reason;
  note?: string;
  slug?: string;
}

/** What the database answers. */
export interface DecisionAnswer {
  outcome: 'done' | 'proposed' | 'waiting' | 'changed' | 'gone';
  decision?: number;
  status?: Status;
}

/** The longest word for a person, in characters. */
export const LONGEST_NOTE = 1000;

/** What is missing before a decision can be sent, or nothing. The person only reads the note: a question needs one. */
export function missingFor(kind: DecisionKind, { reason, note, slug }: DecisionInput): string | undefined {
  if (DECISION_WORDS[kind].reasons.length > 0 && reason === undefined) return 'Choisissez une raison.';
  const written = (note ?? '').trim();
  if (kind === 'needs_info' && written === '')
    return 'Écrivez ce que la personne doit préciser : elle le lira avec son lien.';
  if ([...written].length > LONGEST_NOTE)
    return `Le mot fait ${LONGEST_NOTE} signes au plus. Raccourcissez-le.`;
  if (kind === 'published' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug ?? ''))
    return 'Écrivez la fin de l’adresse : des lettres minuscules sans accent, des chiffres et des tirets.';
  return undefined;
}

/** What became of a decision that was not simply done, in words. */
export const OUTCOME_WORDS: Readonly<Record<Exclude<DecisionAnswer['outcome'], 'done'>, string>> = {
  proposed: 'Publication proposée. Une deuxième personne doit encore la confirmer.',
  waiting: 'Vous l’avez déjà proposé. Une deuxième personne doit le confirmer.',
  changed:
    'Ce dossier a changé pendant que vous le lisiez : rien n’a été décidé. Le voici tel qu’il est maintenant.',
  gone: 'Ce dossier n’existe plus : il a été effacé.',
};
