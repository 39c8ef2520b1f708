import { LONGEST_MESSAGE } from '../../domain/follow-up/message.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Notice } from '../forms/Form.tsx';
import { Act } from './Act.tsx';
import type { Sentence, UnsentMessage } from './state.ts';

/** The field for a message to the team. */
export function AddMessage({ token, message }: { token: string; message?: UnsentMessage }) {
  const error = message?.error;
  return (
    <Act token={token} action="ajouter" button="Envoyer le message">
      <div className={error ? 'field wrong' : 'field'}>
        <label htmlFor="message">Votre message à l’équipe</label>
        <p className="hint" id="message-hint">
          {fr(
            `Il est scellé : seuls les agents peuvent l’ouvrir. ${LONGEST_MESSAGE} signes au plus. Personne ne peut vous répondre ici.`,
          )}
        </p>
        {error && (
          <p className="field-error" id="message-error">
            <span className="vh">Erreur : </span>
            {fr(error)}
          </p>
        )}
        <textarea
          id="message"
          name="message"
          rows={4}
          data-max={LONGEST_MESSAGE}
          autoComplete="off"
          defaultValue={message?.text}
          aria-describedby={error ? 'message-hint message-error' : 'message-hint'}
          aria-invalid={error ? true : undefined}
        />
      </div>
    </Act>
  );
}

/** The same field alone, with what was typed: the rest of the page could not be read. */
export function UnsentMessagePage({
  token,
  alert,
  message,
}: {
  token: string;
  alert: Sentence;
  message: UnsentMessage;
}) {
  return (
    <>
      <h1 tabIndex={-1}>Ajouter un message</h1>
      <Notice {...alert} />
      <AddMessage token={token} message={message} />
    </>
  );
}
