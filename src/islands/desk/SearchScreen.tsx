import { useEffect, useRef } from 'react';
import { addressOf, type Place } from '../../domain/desk/places.ts';
import { PAGE_SIZE } from '../../domain/desk/queues.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useDesk } from './desk-context.ts';
import { searchFiles } from './desk-data.ts';
import { FileList } from './FileList.tsx';
import { FilePanel } from './FilePanel.tsx';
import { Failed, Loading } from './Notice.tsx';
import { useLoaded } from './use-loaded.ts';

interface Props {
  place: Extract<Place, { screen: 'search' }>;
  words: string;
  shortcuts: boolean;
}

/** What was found in every queue, with the file that is open. */
export function SearchScreen({ place: { file }, words, shortcuts }: Props) {
  const { connection, announce, goTo, refreshCounts } = useDesk();
  const found = useLoaded(`search ${words}`, () => searchFiles(connection, words));
  const heading = useRef<HTMLHeadingElement>(null);
  const { data: rows } = found;

  useEffect(() => {
    if (!rows || file) return;
    heading.current?.focus();
    announce(countWords(rows.length));
    // Only when an answer has come: closing a file must not say it again.
  }, [rows]);

  return (
    <>
      <section className="desk-queue" data-open={file === undefined ? undefined : ''}>
        <h2 ref={heading} tabIndex={-1}>
          Recherche
        </h2>
        <p className="desk-hint">
          {rows ? countWords(rows.length) : ''}{' '}
          {fr('Les noms et les téléphones sont scellés : ils ne se cherchent pas.')}
        </p>
        {found.error && <Failed error={found.error} onRetry={found.reload} />}
        {!rows && found.busy && <Loading what="La recherche est en cours" />}
        {rows && (
          <FileList
            rows={rows}
            open={file}
            addressFor={(reference) => addressOf({ screen: 'search', file: reference })}
            empty={
              words.trim() === '' ? 'Écrivez une référence ou des mots, en haut.' : 'Aucun dossier trouvé.'
            }
            mixed
          />
        )}
      </section>
      {file ? (
        <FilePanel
          key={file}
          reference={file}
          known={rows?.find(({ reference }) => reference === file)}
          shortcuts={shortcuts}
          backTo={addressOf({ screen: 'search' })}
          onDecided={() => {
            goTo({ screen: 'search' });
            found.reload();
            refreshCounts();
            return 'Retour à la recherche.';
          }}
          onChanged={() => {
            found.reload();
            refreshCounts();
          }}
        />
      ) : (
        <p className="desk-nothing-open soft">{fr('Ouvrez un dossier pour le lire ici.')}</p>
      )}
    </>
  );
}

function countWords(number: number): string {
  if (number >= PAGE_SIZE) return `Les ${PAGE_SIZE} plus récents : ajoutez un mot pour en trouver moins.`;
  return number < 2 ? `${number} dossier.` : `${number} dossiers.`;
}
