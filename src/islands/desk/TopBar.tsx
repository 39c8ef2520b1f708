import { ROLE_WORDS } from '../../domain/desk/roles.ts';
import type { Opener } from '../../sealing/seal.ts';
import { useDesk } from './desk-context.ts';
import { UndoButton, type MadeDecision } from './UndoButton.tsx';

interface Props {
  /** The last decision of this session. */
  made: MadeDecision | undefined;
  onSignOut: () => void;
  onOpener: (opener: Opener | undefined) => void;
  shortcuts: boolean;
  onShortcuts: (wanted: boolean) => void;
}

/** Who is here, and what holds for the whole desk. */
export function TopBar({ made, onSignOut, shortcuts }: Props) {
  const { officer } = useDesk();
  return (
    <div className="desk-bar">
      <p className="desk-who">
        {officer.email} <span className="soft">({ROLE_WORDS[officer.role]})</span>
      </p>
      {made && <UndoButton key={made.id} made={made} shortcut={shortcuts} />}
      <button type="button" className="desk-button" onClick={onSignOut}>
        Sortir
      </button>
    </div>
  );
}
