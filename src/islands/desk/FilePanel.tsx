import { useEffect, useRef } from 'react';
import { placeWords, titleWords } from '../../domain/desk/answers.ts';
import { ASIDE_WORDS, stateWords } from '../../domain/desk/queues.ts';
import type { OpenedFile, QueuedSubmission } from '../../domain/desk/submission-file.ts';
import { momentWords } from '../../domain/follow-up/words.ts';
import { storedFormBySlug } from '../../domain/forms/index.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Answers } from './Answers.tsx';
import { Decide } from './Decide.tsx';
import { useDesk } from './desk-context.ts';
import { readFile } from './desk-data.ts';
import { FileHistory } from './FileHistory.tsx';
import { Messages } from './Messages.tsx';
import { Failed, Loading, Notice } from './Notice.tsx';
import { PANELS } from './panels.ts';
import { useLoaded } from './use-loaded.ts';

interface Props {
  reference: string;
  /** Its line in the list, when it is there: shown while the rest comes. */
  known: QueuedSubmission | undefined;
  shortcuts: boolean;
  backTo: string;
  /** A decision was stored: says where that leads. */
  onDecided: (summary: QueuedSubmission) => string;
  /** The file is other than the list says. */
  onChanged: () => void;
}

/** One file: who sent what, what to decide, what happened. */
export function FilePanel({ reference, known, shortcuts, backTo, onDecided, onChanged }: Props) {
  const { connection } = useDesk();
  const loaded = useLoaded(reference, () => readFile(connection, reference));
  const heading = useRef<HTMLHeadingElement>(null);
  const summary = loaded.data?.summary ?? known;
  const isThere = summary !== undefined;

  useEffect(() => {
    if (isThere) heading.current?.focus();
  }, [isThere]);

  const reload = (): void => {
    loaded.reload();
    onChanged();
  };

  return (
    <article className="desk-file" aria-labelledby="dossier">
      <a className="desk-back" href={backTo}>
        Retour à la file
      </a>
      {summary && <Head summary={summary} heading={heading} />}
      {loaded.error && <Failed error={loaded.error} onRetry={loaded.reload} />}
      {!loaded.data && loaded.busy && <Loading what="Le dossier arrive" />}
      {!loaded.data && !loaded.busy && !loaded.error && (
        <Notice>Ce dossier n’existe pas, ou plus : il a peut-être été effacé.</Notice>
      )}
      {loaded.data && <Body file={loaded.data} shortcuts={shortcuts} onDecided={onDecided} reload={reload} />}
    </article>
  );
}

function Head({
  summary,
  heading,
}: {
  summary: QueuedSubmission;
  heading: React.RefObject<HTMLHeadingElement | null>;
}) {
  const { reference, status, quarantined_at, is_example, received_at, place } = summary;
  return (
    <header className="desk-head">
      <h2 id="dossier" ref={heading} tabIndex={-1}>
        <span className="desk-ref">{reference}</span> {fr(titleWords(summary))}
      </h2>
      <p>
        <span className="desk-chip state">{stateWords(status, quarantined_at !== null)}</span>
        {is_example && <span className="desk-chip">exemple</span>}
        <span>{fr(`reçu le ${momentWords(received_at)}`)}</span>
        {placeWords(place) !== '' && <span>{placeWords(place)}</span>}
      </p>
    </header>
  );
}

interface BodyProps {
  file: OpenedFile;
  shortcuts: boolean;
  onDecided: Props['onDecided'];
  reload: () => void;
}

function Body({ file, shortcuts, onDecided, reload }: BodyProps) {
  const { summary, row } = file;
  const form = storedFormBySlug(summary.form);
  if (!form) return null;
  return (
    <>
      <Decide file={file} shortcuts={shortcuts} onDecided={onDecided} reload={reload} />
      {summary.quarantined_at !== null && (
        <Notice tone="plain">
          {`Mis de côté, car cela ressemble à un robot : ${summary.quarantine_reasons
            .map((reason) => ASIDE_WORDS[reason] ?? reason)
            .join(' ; ')}. Sans décision, il est effacé au bout de 30 jours.`}
        </Notice>
      )}
      {(PANELS[form.slug] ?? []).map((Panel, index) => (
        <Panel key={index} file={file} reload={reload} />
      ))}
      <h3>Réponses</h3>
      <Answers form={form} row={row} />
      <Messages file={file} />
      <FileHistory file={file} />
    </>
  );
}
