import { hasFollowUp } from '../../domain/forms/form.ts';
import { FORMS } from '../../domain/forms/index.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Notice } from '../forms/Form.tsx';
import { ACTION, Hidden } from './Act.tsx';
import type { Sentence } from './state.ts';

/** The first page: a field for the link. */
export function AskForLink({ alert, typed }: { alert?: Sentence; typed?: string }) {
  return (
    <>
      <h1 tabIndex={-1}>Suivre mon envoi</h1>
      <p className="lead">
        {fr('Vous avez envoyé un formulaire ? Avec votre lien de suivi, voyez où il en est.')}
      </p>
      <p>Vous pouvez aussi le corriger, le retirer ou l’effacer. Il n’y a pas de compte à créer.</p>
      <form className="form" action={ACTION} method="post" noValidate>
        {alert && <Notice {...alert} />}
        <Hidden values={{ action: 'voir' }} />
        <div className={alert ? 'field wrong' : 'field'}>
          <label htmlFor="cle">Votre lien de suivi</label>
          <p className="hint" id="cle-hint">
            {fr('Collez le lien entier, ou seulement ce qui suit le signe #.')}
          </p>
          <input
            id="cle"
            name="cle"
            type="text"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={typed}
            aria-describedby="cle-hint"
            aria-invalid={alert ? true : undefined}
          />
        </div>
        <p className="form-end">
          <button className="button" type="submit">
            Ouvrir mon dossier
          </button>
        </p>
      </form>
      <h2>{fr('Où trouver ce lien ?')}</h2>
      <p>
        Il est sur la page qui s’affiche juste après l’envoi, et dans les courriels du site si vous en avez
        reçu. Sans JavaScript, il est à la fin de l’adresse de cette page, après le signe #.
      </p>
      <h2>{fr('Vous ne l’avez plus ?')}</h2>
      <p>
        L’équipe ne peut pas vous le redonner : la base n’en garde qu’une empreinte. Dans l’heure, renvoyez
        exactement les mêmes réponses : le site vous donne le même lien. Ensuite, écrivez-nous : la page{' '}
        <a href="/confidentialite/#vos-droits">Confidentialité</a> dit comment.
      </p>
      <h2>{fr('Quels envois ont un lien ?')}</h2>
      <ul>
        {FORMS.filter(hasFollowUp).map((form) => (
          <li key={form.slug}>
            <a href={form.page}>{fr(form.title)}</a>
          </li>
        ))}
      </ul>
      <p>Les autres formulaires ne gardent rien qui dise qui vous êtes : ils n’ont pas de lien.</p>
    </>
  );
}
