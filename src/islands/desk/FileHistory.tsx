import type { OpenedFile } from '../../domain/desk/submission-file.ts';
import { timelineOf } from '../../domain/desk/timeline.ts';
import { momentWords } from '../../domain/follow-up/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useDesk } from './desk-context.ts';

/** What happened to a file, oldest first. */
export function FileHistory({ file: { events, decisions } }: { file: OpenedFile }) {
  const { officer } = useDesk();
  return (
    <section aria-labelledby="histoire">
      <h3 id="histoire">Histoire</h3>
      <ol className="desk-history">
        {timelineOf(events, decisions, officer.id).map(({ at, who, what, note }, index) => (
          <li key={`${at} ${index}`}>
            <time dateTime={at}>{fr(momentWords(at))}</time>
            <div>
              <b>{who}</b> : {fr(what)}
              {note !== null && <p className="desk-their-words">{note}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
