import { useRef, useState } from 'react';
import { ROLE_WORDS } from '../../domain/desk/roles.ts';
import { openerWith, type Opener } from '../../sealing/seal.ts';
import { useDesk } from './desk-context.ts';
import { HelpDialog } from './HelpDialog.tsx';
import { KeyDialog } from './KeyDialog.tsx';
import { UndoButton, type MadeDecision } from './UndoButton.tsx';
import { useShortcuts } from './use-shortcuts.ts';

interface Props {
  /** The last decision of this session. */
  made: MadeDecision | undefined;
  onSearch: (words: string) => void;
  onSignOut: () => void;
  onOpener: (opener: Opener | undefined) => void;
  shortcuts: boolean;
  onShortcuts: (wanted: boolean) => void;
}

/** Who is here, and what holds for the whole desk: search, key, help. */
export function TopBar({ made, onSearch, onSignOut, onOpener, shortcuts, onShortcuts }: Props) {
  const { officer, opener, announce } = useDesk();
  const [window, setWindow] = useState<'key' | 'help'>();
  // In memory only, and gone with the page.
  const keys = useRef<JsonWebKey[]>([]);
  const search = useRef<HTMLInputElement>(null);

  useShortcuts(shortcuts, {
    search: () => search.current?.focus(),
    help: () => {
      setWindow('help');
    },
  });

  return (
    <div className="desk-bar">
      <form
        role="search"
        className="desk-search"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(search.current?.value ?? '');
        }}
      >
        <label className="vh" htmlFor="desk-search">
          Chercher une référence ou des mots, dans toutes les files
        </label>
        <input
          id="desk-search"
          ref={search}
          type="search"
          placeholder="Référence ou mots"
          autoComplete="off"
        />
        <button type="submit" className="desk-button">
          Chercher
        </button>
      </form>
      {made && <UndoButton key={made.id} made={made} shortcut={shortcuts} />}
      <p className="desk-who">
        {officer.email} <span className="soft">({ROLE_WORDS[officer.role]})</span>
      </p>
      <div className="desk-buttons">
        {opener && (
          <button
            type="button"
            className="desk-button"
            onClick={() => {
              keys.current = [];
              onOpener(undefined);
              announce('Clé fermée.');
            }}
          >
            Fermer la clé
          </button>
        )}
        <button
          type="button"
          className="desk-button"
          onClick={() => {
            setWindow('key');
          }}
        >
          {opener ? 'Ajouter une clé' : 'Ouvrir la clé'}
        </button>
        <button
          type="button"
          className="desk-button"
          aria-keyshortcuts={shortcuts ? '?' : undefined}
          onClick={() => {
            setWindow('help');
          }}
        >
          Raccourcis
        </button>
        <button type="button" className="desk-button" onClick={onSignOut}>
          Sortir
        </button>
      </div>
      <KeyDialog
        open={window === 'key'}
        onClose={() => {
          setWindow(undefined);
        }}
        onKey={async (key) => {
          // An older key opens what came before the newest.
          const all = [...keys.current, key];
          onOpener(await openerWith(all));
          keys.current = all;
          announce('Clé ouverte : les réponses scellées se lisent.');
        }}
      />
      <HelpDialog
        open={window === 'help'}
        onClose={() => {
          setWindow(undefined);
        }}
        wanted={shortcuts}
        onWanted={onShortcuts}
      />
    </div>
  );
}
