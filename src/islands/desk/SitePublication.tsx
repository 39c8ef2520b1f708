import { useEffect, useRef } from 'react';
import { publicationWords, type DeskBuild } from '../../domain/publication.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useDesk } from './desk-context.ts';
import { Notice } from './Notice.tsx';
import { useLoaded } from './use-loaded.ts';

const LOOK_EVERY_MS = { pending: 5_000, quiet: 60_000 };

interface Props {
  /** The last decision: it may have asked for a new site. */
  after: number | undefined;
}

/** Which site readers see, and what became of the last request. */
export function SitePublication({ after }: Props) {
  const { connection } = useDesk();
  const { data: builds, reload } = useLoaded('mise-en-ligne', () =>
    connection.read<DeskBuild>('desk_builds', [['select', 'id,outcome,wanted_at,done_at,code']]),
  );
  const look = useRef(reload);
  look.current = reload;
  const pending = builds?.some(({ outcome }) => ['waiting', 'asked', 'started'].includes(outcome)) ?? false;

  useEffect(() => {
    if (after !== undefined) look.current();
  }, [after]);
  useEffect(() => {
    const looking = setInterval(
      () => {
        if (!document.hidden) look.current();
      },
      pending ? LOOK_EVERY_MS.pending : LOOK_EVERY_MS.quiet,
    );
    return () => {
      clearInterval(looking);
    };
  }, [pending]);

  const { alert, sentences } = publicationWords(builds ?? [], new Date());
  if (sentences.length === 0) return null;
  const words = sentences.join(' ');
  return alert ? <Notice>{words}</Notice> : <p className="desk-online small soft">{fr(words)}</p>;
}
