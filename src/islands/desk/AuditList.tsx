import { auditWords, type AuditEntry } from '../../domain/desk/audit.ts';
import { officerWords } from '../../domain/desk/timeline.ts';
import { momentWords } from '../../domain/follow-up/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useDesk } from './desk-context.ts';

/** Lines of the audit log. */
export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  const { officer } = useDesk();
  return (
    <ol className="desk-history">
      {entries.map((entry) => (
        <li key={entry.id}>
          <time dateTime={entry.at}>{fr(momentWords(entry.at))}</time>
          <div>
            <b>{officerWords(entry.actor, officer.id)}</b> : {fr(auditWords(entry))}
          </div>
        </li>
      ))}
    </ol>
  );
}
