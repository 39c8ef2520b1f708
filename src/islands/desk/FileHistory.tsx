import type { OpenedFile } from '../../domain/desk/submission-file.ts';
import { timelineOf } from '../../domain/desk/timeline.ts';
import { momentWords } from '../../domain/follow-up/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useState } from 'react';
import { AuditList } from './AuditList.tsx';
import { useDesk } from './desk-context.ts';
import { readAudit } from './desk-data.ts';
import { Failed, Loading } from './Notice.tsx';
import { useLoaded } from './use-loaded.ts';

/** What happened to a file, oldest first. */
export function FileHistory({ file: { summary, events, decisions } }: { file: OpenedFile }) {
  const { officer } = useDesk();
  const timeline = timelineOf(events, decisions, officer.id);
  return (
    <section aria-labelledby="histoire">
      <h3 id="histoire">Histoire</h3>
      {timeline.length === 0 && <p>{fr('Rien depuis son arrivée.')}</p>}
      <ol className="desk-history">
        {timeline.map(({ at, who, what, note }, index) => (
          <li key={`${at} ${index}`}>
            <time dateTime={at}>{fr(momentWords(at))}</time>
            <div>
              <b>{who}</b> : {fr(what)}
              {note !== null && <p className="desk-their-words">{note}</p>}
            </div>
          </li>
        ))}
      </ol>
      {officer.role === 'admin' && <FileJournal rowId={summary.id} />}
    </section>
  );
}

/** The lines of the audit log on one file, for administrators, once they ask. */
function FileJournal({ rowId }: { rowId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>Journal de ce dossier</summary>
      {open && <FileAudit rowId={rowId} />}
    </details>
  );
}

function FileAudit({ rowId }: { rowId: string }) {
  const { connection } = useDesk();
  const log = useLoaded(`journal of ${rowId}`, () => readAudit(connection, { rowId }));
  if (log.error) return <Failed error={log.error} onRetry={log.reload} />;
  if (!log.data) return <Loading what="Le journal arrive" />;
  return log.data.length === 0 ? <p>{fr('Rien dans le journal.')}</p> : <AuditList entries={log.data} />;
}
