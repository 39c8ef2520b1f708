import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DecisionInput } from '../../domain/desk/decisions.ts';
import type { Status } from '../../domain/follow-up/submission.ts';
import { firstQueue, stateIdOf, type QueueCount } from '../../domain/desk/queues.ts';
import type { Officer } from '../../domain/desk/roles.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import type { Opener } from '../../sealing/seal.ts';
import type { Connection } from './connection.ts';
import { DeskContext, type DeskTools } from './desk-context.ts';
import { countDeadLetters, readCounts, readTwoPublishers } from './desk-data.ts';
import { DeskError, sentenceOf } from './desk-error.ts';
import { Failed, Loading } from './Notice.tsx';
import type { MadeDecision } from './UndoButton.tsx';
import { JournalScreen } from './JournalScreen.tsx';
import { LettersScreen } from './LettersScreen.tsx';
import { SearchScreen } from './SearchScreen.tsx';
import { QueueMenu } from './QueueMenu.tsx';
import { QueueScreen } from './QueueScreen.tsx';
import { SitePublication } from './SitePublication.tsx';
import { TopBar } from './TopBar.tsx';
import { usePlace } from './use-place.ts';
import { keepShortcutsWanted, shortcutsWanted } from './use-shortcuts.ts';

interface Props {
  connection: Connection;
  officer: Officer;
  turn: number;
  onEnded: () => void;
  onSignOut: () => void;
}

/** The desk of an officer: menu, queue, file. */
export function Workbench({ connection, officer, turn, onEnded, onSignOut }: Props) {
  const [place, goTo] = usePlace();
  const [counts, setCounts] = useState<QueueCount[]>();
  const [error, setError] = useState<string>();
  const [twoPublishers, setTwoPublishers] = useState(false);
  const [opener, setOpener] = useState<Opener>();
  const [said, setSaid] = useState('');
  const [shortcuts, setShortcuts] = useState(shortcutsWanted);
  const [words, setWords] = useState('');
  const [letters, setLetters] = useState(0);
  const [made, setMade] = useState<MadeDecision>();
  const [version, setVersion] = useState(0);
  const drafts = useRef(new Map<string, DecisionInput>());

  const explain = useCallback(
    (thrown: unknown): string => {
      if (thrown instanceof DeskError && thrown.kind === 'expired') onEnded();
      return sentenceOf(thrown);
    },
    [onEnded],
  );

  const refreshCounts = useCallback(() => {
    Promise.all([readCounts(connection), readTwoPublishers(connection), countDeadLetters(connection)]).then(
      ([numbers, two, dead]) => {
        setLetters(dead);
        setCounts(numbers);
        setTwoPublishers(two);
        setError(undefined);
      },
      (thrown: unknown) => {
        setError(explain(thrown));
      },
    );
  }, [connection, explain]);

  useEffect(refreshCounts, [refreshCounts, turn, version]);

  useEffect(() => {
    if (counts && !place) goTo({ screen: 'queue', form: firstQueue(counts), state: 'a-relire', page: 1 });
  }, [counts, place, goTo]);

  const undone = useCallback(
    ({ form, reference, kind }: MadeDecision, status: Status) => {
      setMade(undefined);
      setVersion((count) => count + 1);
      const state = stateIdOf(status, kind === 'released');
      goTo({ screen: 'queue', form, state, page: 1, file: reference });
    },
    [goTo],
  );

  const tools = useMemo<DeskTools>(
    () => ({
      connection,
      officer,
      turn: turn + version,
      explain,
      announce: setSaid,
      goTo,
      opener,
      twoPublishers,
      drafts: drafts.current,
      refreshCounts,
      remember: setMade,
      undone,
    }),
    [connection, officer, turn, version, explain, goTo, opener, twoPublishers, refreshCounts, undone],
  );

  return (
    <DeskContext value={tools}>
      <TopBar
        made={made}
        onSearch={(typed) => {
          setWords(typed);
          goTo({ screen: 'search' });
        }}
        onSignOut={onSignOut}
        onOpener={setOpener}
        shortcuts={shortcuts}
        onShortcuts={(wanted) => {
          keepShortcutsWanted(wanted);
          setShortcuts(wanted);
        }}
      />
      <SitePublication after={made?.id} />
      <p className="vh" role="status">
        {fr(said)}
      </p>
      {error && <Failed error={error} onRetry={refreshCounts} />}
      {counts && place ? (
        <div className="desk-room">
          <QueueMenu counts={counts} letters={letters} place={place} />
          {place.screen === 'queue' && <QueueScreen place={place} counts={counts} shortcuts={shortcuts} />}
          {place.screen === 'search' && <SearchScreen place={place} words={words} shortcuts={shortcuts} />}
          {place.screen === 'letters' && <LettersScreen />}
          {place.screen === 'journal' && officer.role === 'admin' && <JournalScreen />}
        </div>
      ) : (
        !error && <Loading what="Les files arrivent" />
      )}
    </DeskContext>
  );
}
