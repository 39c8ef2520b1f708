import { useState } from 'react';
import type { Decision } from '../../domain/desk/submission-file.ts';
import { timeLeftWords, undoTimeLeft, UNDO_WORDS } from '../../domain/desk/undo.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useDesk } from './desk-context.ts';
import { sendUndo } from './desk-data.ts';
import { useNow } from './use-now.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** A decision that may be undone. */
export interface MadeDecision {
  id: number;
  form: string;
  reference: string;
  kind: Decision['kind'];
  /** « P-XXXX-XXXX : accepté. » */
  words: string;
  at: string;
}

/** What was decided, with the time left to change one's mind. Gone when there is none. */
export function UndoButton({ made, shortcut = false }: { made: MadeDecision; shortcut?: boolean }) {
  const { connection, explain, announce, undone } = useDesk();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const now = useNow(undoTimeLeft(made.at, Date.now()) > 0);
  const left = undoTimeLeft(made.at, now);

  async function undo(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const answer = await sendUndo(connection, made.id);
      announce(UNDO_WORDS[answer.outcome]);
      if (answer.outcome === 'done') undone(made, answer.status);
      else setFailure(UNDO_WORDS[answer.outcome]);
    } catch (error) {
      setFailure(explain(error));
    } finally {
      setBusy(false);
    }
  }

  useShortcuts(shortcut && left > 0, { undo: () => void undo() });

  if (left === 0) return null;
  return (
    <div className="desk-undo">
      <p>
        {fr(failure ?? made.words)} <span className="soft desk-time">{`Encore ${timeLeftWords(left)}.`}</span>
      </p>
      <button type="button" className="desk-button" aria-disabled={busy} onClick={() => void undo()}>
        Annuler
        {shortcut && <kbd aria-hidden="true">z</kbd>}
      </button>
    </div>
  );
}
