import type { Form } from '../../domain/forms/form.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';

/**
 * What the device keeps while the form is being filled in, said and undone above the questions. Shown by
 * src/scripts/draft.ts: without JavaScript nothing is kept.
 */
export function DraftBox({ form }: { form: Form }) {
  return (
    <div className="draft small" data-draft={form.draftOnRequest ? 'on-request' : 'usual'} hidden>
      <p role="status" data-draft-status />
      <p>
        {fr(
          form.draftOnRequest
            ? 'Rien n’est gardé sur cet appareil, sauf si vous le demandez ici.'
            : 'Vos réponses restent sur cet appareil, et nulle part ailleurs, jusqu’à l’envoi. Au bout de 7 jours, elles ne reviennent plus.',
        )}
      </p>
      <label className="option">
        <input type="checkbox" data-draft-choice />
        <span>
          {fr(
            form.draftOnRequest
              ? 'Garder mes réponses sur cet appareil jusqu’à l’envoi, 7 jours au plus'
              : 'Cet appareil est partagé : ne rien garder',
          )}
        </span>
      </label>
      <p>
        <button className="plain" type="button" data-draft-erase>
          Effacer mes réponses
        </button>
      </p>
      <details>
        <summary>Finir sur un autre appareil</summary>
        <p>
          {fr(
            'Téléchargez un fichier ici, puis ouvrez-le dans ce formulaire sur l’autre appareil. Qui a ce fichier peut lire vos réponses.',
          )}
        </p>
        <p>
          <button className="button quiet" type="button" data-draft-download>
            Télécharger mes réponses
          </button>
        </p>
        <p>
          <label htmlFor="reprise">Reprendre un fichier</label>
          <input id="reprise" type="file" accept=".json,application/json" data-draft-resume />
        </p>
      </details>
    </div>
  );
}
