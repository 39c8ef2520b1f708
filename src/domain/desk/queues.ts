import type { Status } from '../follow-up/submission.ts';
import { STORED_FORMS } from '../forms/index.ts';
import { hasFollowUp } from '../forms/form.ts';
import { isPublishable, takesQuestions } from './decisions.ts';

/** The forms in the order of the desk, with their short names. */
export const QUEUES: readonly { form: string; name: string }[] = [
  { form: 'inscription', name: 'Inscriptions' },
  { form: 'association', name: 'Associations' },
  { form: 'projet', name: 'Projets' },
  { form: 'nouvelle', name: 'Nouvelles de projets' },
  { form: 'aide', name: 'Aides proposées' },
  { form: 'difficulte', name: 'Difficultés' },
  { form: 'retour', name: 'Retours' },
  { form: 'rumeur', name: 'Rumeurs' },
  { form: 'retrait-voix', name: 'Témoignages retirés' },
  { form: 'avis', name: 'Avis' },
];

/** A part of a queue. */
export interface QueueState {
  /** In the address. */
  id: string;
  label: string;
  /** One of its files, in words: « À relire ». */
  one: string;
  /** `undefined` for what was put aside, whatever its state. */
  status: Status | undefined;
}

/** What was put aside as a robot's. */
export const ASIDE = 'de-cote';

/** The parts of a queue, in the order of the work. */
export const QUEUE_STATES: readonly QueueState[] = [
  { id: 'a-relire', label: 'À relire', one: 'À relire', status: 'received' },
  { id: 'precision', label: 'Précision attendue', one: 'Précision attendue', status: 'needs_info' },
  { id: 'acceptes', label: 'Acceptés', one: 'Accepté', status: 'accepted' },
  { id: 'publies', label: 'Publiés', one: 'Publié', status: 'published' },
  { id: 'refuses', label: 'Pas retenus', one: 'Pas retenu', status: 'refused' },
  { id: 'retires', label: 'Retirés', one: 'Retiré', status: 'withdrawn' },
  { id: ASIDE, label: 'Mis de côté', one: 'Mis de côté', status: undefined },
];

/** The parts that the queue of a form can have. */
export function statesOf(form: string): QueueState[] {
  const declared = STORED_FORMS.find(({ slug }) => slug === form);
  return QUEUE_STATES.filter(({ id, status }) => {
    if (status === 'needs_info') return takesQuestions(form);
    if (status === 'published') return isPublishable(form);
    if (status === 'withdrawn') return declared !== undefined && hasFollowUp(declared);
    return id !== ASIDE || declared?.neverAside !== true;
  });
}

/** The words for the state of one file. */
export function stateWords(status: Status, aside: boolean): string {
  const id = stateIdOf(status, aside);
  return QUEUE_STATES.find((state) => state.id === id)?.one ?? status;
}

/** The part of a queue where a file is. */
export function stateIdOf(status: Status, aside: boolean): string {
  return (
    QUEUE_STATES.find((state) => (aside ? state.id === ASIDE : state.status === status))?.id ?? 'a-relire'
  );
}

/** The short name of a form. */
export function queueName(form: string): string {
  return QUEUES.find((queue) => queue.form === form)?.name ?? form;
}

/** One line of what the database counts. */
export interface QueueCount {
  form: string;
  status: Status;
  aside: boolean;
  number: number;
}

/** How many files a part of a queue holds. */
export function countOf(counts: readonly QueueCount[], form: string, { id, status }: QueueState): number {
  return counts
    .filter((count) => count.form === form)
    .filter((count) => (id === ASIDE ? count.aside : !count.aside && count.status === status))
    .reduce((sum, { number }) => sum + number, 0);
}

/** The queue to open first: the first with something to review. */
export function firstQueue(counts: readonly QueueCount[]): string {
  const waiting = counts.filter(({ status, aside }) => status === 'received' && !aside);
  return QUEUES.find(({ form }) => waiting.some((count) => count.form === form))?.form ?? 'inscription';
}

/** Files on one page of a queue. */
export const PAGE_SIZE = 50;

/** Pages of a queue. */
export function pagesFor(number: number): number {
  return Math.max(1, Math.ceil(number / PAGE_SIZE));
}

/** What waits longest comes first; of what is decided, the latest. */
export function isOldestFirst({ id }: QueueState): boolean {
  return ['a-relire', 'precision', ASIDE].includes(id);
}

/** Why something was put aside, in words. */
export const ASIDE_WORDS: Readonly<Record<string, string>> = {
  honeypot: 'un champ invisible pour les personnes a été rempli',
  no_token: 'les réponses n’ont pas été relues avant l’envoi',
  forged_token: 'la preuve de relecture est fausse',
  young_token: 'les réponses ont été relues en moins de deux secondes',
  old_token: 'la page de relecture avait plus de sept jours',
  no_page: 'l’envoi ne vient pas d’une page du site',
};

/** Why a letter did not leave, by its code, and which letter it was. */
export const LETTER_WORDS: Readonly<Record<string, string>> = {
  receipt: 'Accusé de réception',
  confirmation: 'Demande de confirmation',
  news: 'Nouvelle du dossier',
  yearly: 'Question de chaque année',
  offer: 'Aide proposée',
  silence: 'Demande de nouvelles',
};
