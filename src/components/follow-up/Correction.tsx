import { hiddenAnswersOf } from '../../domain/follow-up/correction.ts';
import { LEAVING_THE_SITE } from '../../domain/follow-up/words.ts';
import type { Status } from '../../domain/follow-up/submission.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { FormAlerts, FormQuestions, type FormState } from '../forms/Form.tsx';
import { Act, ACTION, Hidden } from './Act.tsx';
import type { Opened } from './state.ts';

/** What happens to a submission when it is corrected. */
const CONSEQUENCES: Record<Status, string> = {
  received: 'Votre correction remplace ce que vous aviez écrit.',
  needs_info:
    'Votre correction remplace ce que vous aviez écrit, et votre envoi retourne dans la file, à relire.',
  accepted: 'Votre envoi est déjà accepté. Une fois corrigé, il retourne dans la file, à relire.',
  refused: 'Une fois corrigé, votre envoi retourne dans la file, à relire.',
  withdrawn:
    'Votre envoi est retiré. Une fois corrigé, il retourne dans la file, à relire. Redonnez votre accord en bas de page.',
  published: `Rien n’est publié sans relecture : une fois corrigé, votre envoi quitte le catalogue jusqu’à ce qu’une personne l’ait relu. ${LEAVING_THE_SITE}`,
};

/** The form itself, with what is stored. */
export function Correction({ submission, token, state }: Opened & { state: FormState }) {
  const { form, revision, status } = submission;
  const hidden = hiddenAnswersOf(submission);
  return (
    <>
      <h1 tabIndex={-1}>Corriger votre envoi</h1>
      <p className="note">{fr(CONSEQUENCES[status])}</p>
      <form className="form" action={ACTION} method="post" noValidate>
        <FormAlerts form={form} state={state} />
        <Hidden
          values={{
            cle: token,
            action: 'corriger',
            revision: String(revision),
            formulaire: form.slug,
            etat: status,
            caches: hidden.join(','),
          }}
        />
        <FormQuestions form={form} state={{ ...state, kept: hidden }} />
        <p className="form-end">
          <button className="button" type="submit">
            Enregistrer la correction
          </button>
        </p>
      </form>
      <Act token={token} action="voir" button="Revenir sans rien changer" />
    </>
  );
}
