import { useState } from 'react';
import { LETTER_WORDS, queueName } from '../../domain/desk/queues.ts';
import { addressOf } from '../../domain/desk/places.ts';
import { hasRightsOf } from '../../domain/desk/roles.ts';
import { momentWords } from '../../domain/follow-up/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useDesk } from './desk-context.ts';
import { readDeadLetters, retryLetter, type DeadLetter } from './desk-data.ts';
import { Failed, Loading, Notice } from './Notice.tsx';
import { useLoaded } from './use-loaded.ts';

/** Letters that were given up: why, and the button that tries again. */
export function LettersScreen() {
  const { connection, officer, explain, announce, refreshCounts } = useDesk();
  const letters = useLoaded('letters', () => readDeadLetters(connection));
  const [notice, setNotice] = useState<{ tone: 'wrong' | 'plain'; words: string }>();
  const [busy, setBusy] = useState<string>();

  async function retry({ id }: DeadLetter): Promise<void> {
    if (busy !== undefined) return;
    setBusy(id);
    try {
      const words = (await retryLetter(connection, id))
        ? 'Le courriel est remis dans la file : il part dans la minute.'
        : 'Ce courriel ne repart pas : le dossier n’a plus cette adresse, ou un autre courriel va partir à sa place.';
      setNotice({ tone: 'plain', words });
      announce(words);
      letters.reload();
      refreshCounts();
    } catch (error) {
      setNotice({ tone: 'wrong', words: explain(error) });
    } finally {
      setBusy(undefined);
    }
  }

  return (
    <section className="desk-wide">
      <h2 tabIndex={-1}>Courriels en échec</h2>
      <p className="desk-hint">
        {fr(
          'Le service a essayé plusieurs fois, puis a renoncé. L’adresse n’est pas montrée : elle est chiffrée. Ces lignes disparaissent au bout de 30 jours.',
        )}
      </p>
      {notice && <Notice tone={notice.tone}>{notice.words}</Notice>}
      {letters.error && <Failed error={letters.error} onRetry={letters.reload} />}
      {!letters.data && letters.busy && <Loading what="Les courriels arrivent" />}
      {letters.data?.length === 0 && <p className="desk-empty">{fr('Aucun courriel en échec.')}</p>}
      <ul className="desk-rows">
        {letters.data?.map((letter) => (
          <li key={letter.id}>
            <div>
              <b>{fr(LETTER_WORDS[letter.kind] ?? letter.kind)}</b> · {queueName(letter.form)}{' '}
              {letter.reference && (
                <a className="desk-ref" href={addressOf({ screen: 'search', file: letter.reference })}>
                  {letter.reference}
                </a>
              )}
              <p className="desk-hint">
                {fr(
                  `${letter.attempts} essai(s), réponse ${letter.last_code ?? 'inconnue'}, abandonné le ${momentWords(letter.done_at ?? letter.created_at)}`,
                )}
              </p>
            </div>
            {hasRightsOf(officer.role, 'reviewer') && (
              <button
                type="button"
                className="desk-button"
                aria-disabled={busy !== undefined}
                onClick={() => void retry(letter)}
              >
                Renvoyer <span className="vh">le courriel du dossier {letter.reference ?? 'effacé'}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
