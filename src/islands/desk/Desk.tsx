import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Officer } from '../../domain/desk/roles.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { connect, type Settings } from './connection.ts';
import { DeskError, sentenceOf } from './desk-error.ts';
import { readRole } from './desk-data.ts';
import { Failed, Loading, Notice } from './Notice.tsx';
import { SignIn } from './SignIn.tsx';
import { Workbench } from './Workbench.tsx';

type Stage =
  | { at: 'door' }
  | { at: 'asking' }
  | { at: 'failed'; error: string }
  | { at: 'nobody'; email: string }
  | { at: 'work'; officer: Officer };

/** The desk: who is there, then the work. The work stays as it is when a session ends in the middle of it. */
export function Desk({ settings }: { settings: Settings }) {
  const connection = useMemo(() => connect(settings), [settings]);
  const [stage, setStage] = useState<Stage>(connection.session() ? { at: 'asking' } : { at: 'door' });
  const [ended, setEnded] = useState(false);
  const [turn, setTurn] = useState(0);
  const again = useRef<HTMLDialogElement>(null);

  const enter = useCallback(async () => {
    const session = connection.session();
    if (!session) return;
    try {
      const role = await readRole(connection);
      const { userId: id, email } = session;
      setStage(role ? { at: 'work', officer: { id, email, role } } : { at: 'nobody', email });
      setEnded(false);
      setTurn((count) => count + 1);
    } catch (error) {
      const next: Stage =
        error instanceof DeskError && error.kind === 'expired'
          ? { at: 'door' }
          : { at: 'failed', error: sentenceOf(error) };
      // Whoever was at work keeps what they wrote: the work itself will say what it cannot load.
      setStage((before) => (before.at === 'work' ? before : next));
      setEnded(false);
    }
  }, [connection]);

  useEffect(() => {
    void enter();
  }, [enter]);

  useEffect(() => {
    const dialog = again.current;
    if (ended && dialog && !dialog.open) dialog.showModal();
    if (!ended && dialog?.open) dialog.close();
  }, [ended]);

  const signOut = useCallback(() => {
    void connection.signOut();
    setEnded(false);
    setStage({ at: 'door' });
    history.replaceState(null, '', location.pathname);
  }, [connection]);

  const onEnded = useCallback(() => {
    setEnded(true);
  }, []);

  switch (stage.at) {
    case 'door':
      return <SignIn connection={connection} onEntered={() => void enter()} />;
    case 'asking':
      return <Loading what="Le bureau s’ouvre" />;
    case 'failed':
      return <Failed error={stage.error} onRetry={() => void enter()} />;
    case 'nobody':
      return (
        <Notice
          tone="plain"
          action={
            <button type="button" className="desk-button" onClick={signOut}>
              Sortir
            </button>
          }
        >
          {`Vous êtes entré comme ${stage.email}, mais ce compte n’a aucun rôle au bureau. Demandez à un administrateur de vous en donner un.`}
        </Notice>
      );
    case 'work':
      return (
        <>
          <Workbench
            key={stage.officer.id}
            connection={connection}
            officer={stage.officer}
            turn={turn}
            onEnded={onEnded}
            onSignOut={signOut}
          />
          <dialog
            ref={again}
            className="desk-dialog"
            aria-label={fr('Entrer à nouveau')}
            onCancel={(event) => {
              // Nothing can be done behind it.
              event.preventDefault();
            }}
          >
            {ended && (
              <SignIn connection={connection} email={stage.officer.email} onEntered={() => void enter()} />
            )}
            <button type="button" className="desk-link" onClick={signOut}>
              Sortir sans garder ce qui est écrit
            </button>
          </dialog>
        </>
      );
  }
}
