import { useMemo } from 'react';
import type { OpenedFile } from '../../domain/desk/submission-file.ts';
import { MESSAGE_FIELD } from '../../domain/follow-up/message.ts';
import { momentWords } from '../../domain/follow-up/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import type { Opener } from '../../sealing/seal.ts';
import { useDesk } from './desk-context.ts';
import { useOpened } from './use-opened.ts';

/** What the person added after sending, with their link. */
export function Messages({ file: { summary, messages } }: { file: OpenedFile }) {
  const { opener } = useDesk();
  const open = useMemo(
    () => async (by: Opener) => {
      const texts = new Map<string, string | null>();
      for (const { id, body } of messages) {
        const place = { form: summary.form, field: MESSAGE_FIELD };
        texts.set(id, await by.open(body, place).catch(() => null));
      }
      return texts;
    },
    [messages, summary.form],
  );
  const opened = useOpened(opener, open);
  if (messages.length === 0) return null;
  return (
    <section aria-labelledby="ajouts">
      <h3 id="ajouts">Messages de la personne</h3>
      <ol className="desk-messages">
        {messages.map(({ id, at }) => {
          const text = opened.get(id);
          return (
            <li key={id}>
              <time dateTime={at}>{fr(momentWords(at))}</time>
              {typeof text === 'string' ? (
                <p className="desk-their-words">{text}</p>
              ) : (
                <p className="desk-unread">
                  {fr(text === null ? 'Scellé avec une autre clé' : 'Scellé : ouvrez la clé pour le lire')}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
