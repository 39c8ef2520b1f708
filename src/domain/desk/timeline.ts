import { DECISION_WORDS, REASON_WORDS } from './decisions.ts';
import type { Decision, FileEvent } from './submission-file.ts';

/** One line of what happened to a file. */
export interface TimelineEntry {
  at: string;
  /** `me`, another officer, or the person. */
  who: string;
  what: string;
  note: string | null;
}

const PERSON_DID: Readonly<Record<FileEvent['kind'], string>> = {
  received: 'Envoyé.',
  corrected: 'Réponses corrigées : à relire.',
  added: 'Message ajouté.',
  withdrawn: 'Retiré.',
  needs_info: 'Précision demandée.',
  accepted: 'Accepté.',
  published: 'Publié.',
  refused: 'Pas retenu.',
};

/** What happened to a file, oldest first: what its author did, and what officers decided, each told once. */
export function timelineOf(
  events: readonly FileEvent[],
  decisions: readonly Decision[],
  me: string,
): TimelineEntry[] {
  const decidedAt = new Set(decisions.map(({ at }) => Date.parse(at)));
  const told = events
    // A decision changes the state in the same transaction: the event has the same moment.
    .filter(({ at, actor }) => actor === 'person' || !decidedAt.has(Date.parse(at)))
    .map(({ at, kind, actor }) => ({
      at,
      who: actor === 'person' ? 'La personne' : 'L’équipe',
      what: PERSON_DID[kind],
      note: null,
    }));
  const decided = decisions.map((decision) => ({
    at: decision.at,
    who: officerWords(decision.officer, me),
    what: decisionWords(decision),
    note: decision.note,
  }));
  return [...told, ...decided].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** An officer in words: accounts have no names here, so others are told apart by four signs. */
export function officerWords(officer: string | null, me: string): string {
  if (officer === null) return 'Le service';
  return officer === me ? 'Vous' : `Agent ${officer.slice(0, 4)}`;
}

function decisionWords({ kind, reason, slug }: Decision): string {
  const why = reason ? ` : ${REASON_WORDS[reason].toLowerCase()}` : '';
  if (kind === 'undone') return 'Décision annulée.';
  if (kind === 'proposed') return `Publication proposée, à l’adresse « ${slug ?? ''} ».`;
  const { done } = DECISION_WORDS[kind];
  return `${done.charAt(0).toUpperCase()}${done.slice(1)}${why}.`;
}

/** The proposal to publish that still waits for somebody else: the last thing that happened to the file. */
export function waitingProposal(
  decisions: readonly Decision[],
  events: readonly FileEvent[],
): Decision | undefined {
  const last = decisions.at(-1);
  if (last?.kind !== 'proposed') return undefined;
  return events.some(({ at }) => Date.parse(at) > Date.parse(last.at)) ? undefined : last;
}
