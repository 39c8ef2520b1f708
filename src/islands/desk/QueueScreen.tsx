import { useEffect, useRef, useState } from 'react';
import { addressOf, type Place } from '../../domain/desk/places.ts';
import { countOf, pagesFor, queueName, statesOf, type QueueCount } from '../../domain/desk/queues.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useDesk } from './desk-context.ts';
import { readQueue } from './desk-data.ts';
import { ExportButton } from './ExportButton.tsx';
import { FileList } from './FileList.tsx';
import { FilePanel } from './FilePanel.tsx';
import { Failed, Loading } from './Notice.tsx';
import { useLoaded } from './use-loaded.ts';
import { useShortcuts } from './use-shortcuts.ts';

interface Props {
  place: Extract<Place, { screen: 'queue' }>;
  counts: readonly QueueCount[];
  shortcuts: boolean;
}

/** One part of a queue, page by page, with the file that is open. */
export function QueueScreen({ place, counts, shortcuts }: Props) {
  const { connection, goTo, refreshCounts } = useDesk();
  const { form, state, page, file } = place;
  const queue = useLoaded(`${form}/${state}/${page}`, () => readQueue(connection, form, state, page));
  const heading = useRef<HTMLHeadingElement>(null);
  // Decided upon just now: they leave the list before it comes back from the database.
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set());
  const rows = queue.data?.filter(({ seen, reference }) => !handled.has(`${reference} ${seen}`));
  const index = rows?.findIndex(({ reference }) => reference === file) ?? -1;
  const parts = statesOf(form);
  const current = parts.find(({ id }) => id === state) ?? parts[0];
  const pages = pagesFor(current ? countOf(counts, form, current) : 0);

  const openFile = (reference: string | undefined): void => {
    goTo({ screen: 'queue', form, state, page, ...(reference === undefined ? {} : { file: reference }) });
  };
  const step = (by: number): void => {
    const next = rows?.[index === -1 ? (by > 0 ? 0 : rows.length - 1) : index + by];
    if (next) openFile(next.reference);
  };
  useShortcuts(shortcuts, {
    next: () => {
      step(1);
    },
    previous: () => {
      step(-1);
    },
  });

  // Who closes a file comes back to the list.
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !file) heading.current?.focus();
    wasOpen.current = file !== undefined;
  }, [file]);

  return (
    <>
      <section className="desk-queue" data-open={file === undefined ? undefined : ''}>
        <h2 ref={heading} tabIndex={-1}>
          {queueName(form)}
        </h2>
        <nav className="desk-parts" aria-label={fr(`${queueName(form)} : les états`)}>
          {parts.map((part) => (
            <a
              key={part.id}
              href={addressOf({ screen: 'queue', form, state: part.id, page: 1 })}
              aria-current={part.id === state ? 'page' : undefined}
            >
              {part.label} <span className="desk-number">{countOf(counts, form, part)}</span>
            </a>
          ))}
        </nav>
        {queue.error && <Failed error={queue.error} onRetry={queue.reload} />}
        {!rows && queue.busy && <Loading what="La file arrive" />}
        {rows && (
          <FileList
            rows={rows}
            open={file}
            addressFor={(reference) => addressOf({ ...place, file: reference })}
            empty={state === 'a-relire' ? 'Rien à relire.' : 'Rien ici.'}
          />
        )}
        {rows && rows.length > 0 && <ExportButton key={`${form} ${state}`} form={form} state={state} />}
        {pages > 1 && (
          <nav className="desk-pages" aria-label="Pages de la file">
            {page > 1 && (
              <a href={addressOf({ screen: 'queue', form, state, page: page - 1 })}>Page précédente</a>
            )}
            <span>
              Page {page} sur {pages}
            </span>
            {page < pages && (
              <a href={addressOf({ screen: 'queue', form, state, page: page + 1 })}>Page suivante</a>
            )}
          </nav>
        )}
      </section>
      {file ? (
        <FilePanel
          key={file}
          reference={file}
          known={rows?.find(({ reference }) => reference === file)}
          shortcuts={shortcuts}
          backTo={addressOf({ screen: 'queue', form, state, page })}
          onDecided={({ reference, seen }) => {
            setHandled((before) => new Set(before).add(`${reference} ${seen}`));
            const next = index === -1 ? undefined : (rows?.[index + 1] ?? rows?.[index - 1])?.reference;
            openFile(next);
            queue.reload();
            refreshCounts();
            return next === undefined ? 'Fin de la file.' : `Dossier suivant : ${next}.`;
          }}
          onChanged={() => {
            queue.reload();
            refreshCounts();
          }}
        />
      ) : (
        <p className="desk-nothing-open soft">{fr('Ouvrez un dossier pour le lire ici.')}</p>
      )}
    </>
  );
}
