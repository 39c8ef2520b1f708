import { LEAVING_THE_SITE } from '../../domain/follow-up/words.ts';
import { retentionWords } from '../../domain/forms/retention.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Act } from './Act.tsx';
import { AddMessage } from './AddMessage.tsx';
import type { Opened, UnsentMessage } from './state.ts';

interface Props extends Opened {
  mayAdd: boolean;
  mayWithdraw: boolean;
  message?: UnsentMessage;
}

/** Everything that can be done with a submission. What cannot be undone comes last, and asks again. */
export function Acts({ submission, token, mayAdd, mayWithdraw, message }: Props) {
  const published = submission.status === 'published';
  return (
    <section className="acts noprint" aria-labelledby="agir">
      <h2 id="agir">Ce que vous pouvez faire</h2>
      <Act
        token={token}
        action="corriger"
        also={{ etape: 'ouvrir' }}
        button="Corriger mes réponses"
        tone="main"
      />
      {mayAdd && (
        <details open={message !== undefined}>
          <summary>Ajouter un message</summary>
          <AddMessage token={token} {...(message ? { message } : {})} />
        </details>
      )}
      <details>
        <summary>Garder une copie</summary>
        <p>Imprimez cette page, ou téléchargez toutes vos données dans un fichier.</p>
        <Act token={token} action="exporter" button="Télécharger mes données" download />
      </details>
      {mayWithdraw && (
        <details>
          <summary>Retirer mon envoi</summary>
          <p>
            {fr(
              published
                ? `Il quitte le catalogue et n’est plus traité. ${LEAVING_THE_SITE}`
                : 'Il n’est plus traité, et ne sera pas publié.',
            )}
          </p>
          <p>
            {fr(
              'Vos réponses restent gardées. Vous pourrez changer d’avis avec ce lien, ou tout effacer. Durée prévue :',
            )}{' '}
            {fr(retentionWords(submission.form))}
          </p>
          <Act token={token} action="retirer" button="Retirer mon envoi" />
        </details>
      )}
      <details>
        <summary>Effacer mon envoi</summary>
        <p>
          Il n’en restera rien ici. La page suivante dit ce qui est effacé, puis vous demande de confirmer.
        </p>
        <Act token={token} action="effacer" button="Effacer mon envoi…" />
      </details>
    </section>
  );
}
