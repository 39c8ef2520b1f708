import { createContext, useContext } from 'react';
import type { DecisionInput } from '../../domain/desk/decisions.ts';
import type { Place } from '../../domain/desk/places.ts';
import type { Officer } from '../../domain/desk/roles.ts';
import type { Status } from '../../domain/follow-up/submission.ts';
import type { Opener } from '../../sealing/seal.ts';
import type { Connection } from './connection.ts';
import type { MadeDecision } from './UndoButton.tsx';

/** What every part of the desk needs. */
export interface DeskTools {
  connection: Connection;
  officer: Officer;
  /** Changes when somebody has signed in again: what could not be loaded is asked again. */
  turn: number;
  /** The sentence for whatever was thrown; opens the sign-in when the session has ended. */
  explain(error: unknown): string;
  /** Tells screen readers what has just happened. */
  announce(words: string): void;
  goTo(place: Place): void;
  /** Opens sealed answers, once the officers' key is loaded. */
  opener: Opener | undefined;
  /** Whether it takes two people to publish. */
  twoPublishers: boolean;
  /** What was typed and not sent, by file and decision. */
  drafts: Map<string, DecisionInput>;
  /** Counts are out of date. */
  refreshCounts(): void;
  /** Offers to undo what was just decided. */
  remember(made: MadeDecision): void;
  /** A decision was undone: its file is shown as it was. */
  undone(made: MadeDecision, status: Status): void;
}

/** Given by the workbench. */
export const DeskContext = createContext<DeskTools | undefined>(undefined);

/** The tools of the desk; only below the workbench. */
export function useDesk(): DeskTools {
  const tools = useContext(DeskContext);
  if (!tools) throw new Error('used outside the workbench');
  return tools;
}
