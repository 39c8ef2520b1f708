import { useState } from 'react';
import { chainWords } from '../../domain/desk/audit.ts';
import { PAGE_SIZE } from '../../domain/desk/queues.ts';
import { AuditList } from './AuditList.tsx';
import { useDesk } from './desk-context.ts';
import { checkChain, readAudit, setTwoPublishers } from './desk-data.ts';
import { Failed, Loading, Notice } from './Notice.tsx';
import { useLoaded } from './use-loaded.ts';

/** What administrators settle and watch over. */
export function JournalScreen() {
  const { connection, twoPublishers, explain, announce, refreshCounts } = useDesk();
  const [page, setPage] = useState(1);
  const log = useLoaded(`journal ${page}`, () => readAudit(connection, { page }));
  // Ticked at once; the database answers later.
  const [wanted, setWanted] = useState<boolean>();
  const [notice, setNotice] = useState<{ tone: 'wrong' | 'plain'; words: string }>();

  function attempt(work: () => Promise<string>): void {
    work().then(
      (words) => {
        setNotice({ tone: 'plain', words });
        announce(words);
      },
      (error: unknown) => {
        setWanted(undefined);
        setNotice({ tone: 'wrong', words: explain(error) });
      },
    );
  }

  return (
    <section className="desk-wide">
      <h2 tabIndex={-1}>Journal et réglages</h2>
      {notice && <Notice tone={notice.tone}>{notice.words}</Notice>}
      <label className="desk-check">
        <input
          type="checkbox"
          checked={wanted ?? twoPublishers}
          onChange={({ target: { checked } }) => {
            setWanted(checked);
            attempt(async () => {
              await setTwoPublishers(connection, checked);
              refreshCounts();
              log.reload();
              return checked
                ? 'Publier demande maintenant deux personnes.'
                : 'Une personne suffit pour publier.';
            });
          }}
        />
        Publier demande deux personnes
      </label>
      <h3>Journal</h3>
      <button
        type="button"
        className="desk-button"
        onClick={() => {
          attempt(async () => chainWords(await checkChain(connection)));
        }}
      >
        Vérifier que rien n’a été modifié
      </button>
      {log.error && <Failed error={log.error} onRetry={log.reload} />}
      {!log.data && log.busy && <Loading what="Le journal arrive" />}
      {log.data && <AuditList entries={log.data} />}
      <nav className="desk-pages" aria-label="Pages du journal">
        {page > 1 && (
          <button
            type="button"
            className="desk-link"
            onClick={() => {
              setPage(page - 1);
            }}
          >
            Plus récent
          </button>
        )}
        {log.data?.length === PAGE_SIZE && (
          <button
            type="button"
            className="desk-link"
            onClick={() => {
              setPage(page + 1);
            }}
          >
            Plus ancien
          </button>
        )}
      </nav>
    </section>
  );
}
