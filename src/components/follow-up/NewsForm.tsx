import { nouvelle } from '../../domain/forms/nouvelle.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { FormAlerts, FormQuestions, type FormState } from '../forms/Form.tsx';
import { Act, ACTION, Hidden } from './Act.tsx';

/** The questions about where a project has got, for whoever holds its link. */
export function NewsForm({ token, state }: { token: string; state: FormState }) {
  return (
    <>
      <h1 tabIndex={-1}>Donner des nouvelles du projet</h1>
      <p className="note">
        {fr(
          'Une personne de l’équipe les relit. Acceptées, elles paraissent sur la page du projet, avec leur date. La page reste en ligne pendant ce temps.',
        )}
      </p>
      <form className="form" action={ACTION} method="post" noValidate>
        <FormAlerts form={nouvelle} state={state} />
        <Hidden values={{ cle: token, action: 'nouvelles' }} />
        <FormQuestions form={nouvelle} state={state} />
        <p className="form-end">
          <button className="button" type="submit">
            {nouvelle.submit}
          </button>
        </p>
      </form>
      <Act token={token} action="voir" button="Revenir sans rien envoyer" />
    </>
  );
}
