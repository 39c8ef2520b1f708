import type { KeyboardEvent } from 'react';
import { placeWords, titleWords } from '../../domain/desk/answers.ts';
import { queueName, stateWords } from '../../domain/desk/queues.ts';
import type { QueuedSubmission } from '../../domain/desk/submission-file.ts';
import { dayWords } from '../../domain/follow-up/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';

interface Props {
  rows: readonly QueuedSubmission[];
  /** The reference of the file that is open. */
  open: string | undefined;
  addressFor: (reference: string) => string;
  /** Said when there is none. */
  empty: string;
  /** Files of several queues: each says which, and its state. */
  mixed?: boolean;
}

/** Files as links, one line each. The arrows go from one to the next. */
export function FileList({ rows, open, addressFor, empty, mixed = false }: Props) {
  if (rows.length === 0) return <p className="desk-empty">{fr(empty)}</p>;
  return (
    <ol className="desk-list" onKeyDown={moveByArrows}>
      {rows.map((row) => (
        <li key={row.reference}>
          <a href={addressFor(row.reference)} aria-current={row.reference === open ? 'true' : undefined}>
            <span className="desk-line">
              <span className="desk-ref">{row.reference}</span>
              <time dateTime={row.received_at}>{dayWords(row.received_at)}</time>
            </span>
            <span className="desk-title">{fr(titleWords(row))}</span>
            <span className="desk-line soft">
              {placeWords(row.place)}
              {mixed && (
                <span className="desk-chip">
                  {queueName(row.form)} : {stateWords(row.status, row.quarantined_at !== null)}
                </span>
              )}
              {row.is_example && <span className="desk-chip">exemple</span>}
            </span>
          </a>
        </li>
      ))}
    </ol>
  );
}

function moveByArrows(event: KeyboardEvent<HTMLOListElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const next = links[links.findIndex((link) => link === document.activeElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
