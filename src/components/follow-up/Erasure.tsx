import { LEAVING_THE_SITE, tombstoneWords } from '../../domain/follow-up/words.ts';
import type { Form } from '../../domain/forms/form.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Act } from './Act.tsx';
import type { Opened } from './state.ts';

const BACKUPS =
  'Si l’hébergeur garde des copies de sauvegarde, votre envoi en disparaît quand elles sont remplacées.';

/** The question before the act that cannot be undone. */
export function ConfirmErasure({ submission, token }: Opened) {
  return (
    <>
      <h1 tabIndex={-1}>{fr('Effacer votre envoi ?')}</h1>
      <p className="reference">
        <span>{fr(submission.form.title)}</span>
        <strong>{submission.reference}</strong>
      </p>
      <p>C’est définitif : personne ne pourra revenir en arrière.</p>
      <h2>Ce qui est effacé</h2>
      <ul>
        <li>toutes vos réponses, aussi celles qui sont scellées ;</li>
        <li>les messages que vous avez ajoutés ;</li>
        {submission.form.slug === 'projet' && (
          <li>les nouvelles du projet, et les propositions d’aide qu’il a reçues ;</li>
        )}
        <li>la référence, l’état et l’histoire de votre envoi ;</li>
        <li>ce lien, qui n’ouvrira plus rien.</li>
      </ul>
      <h2>Ce qui reste</h2>
      <p>
        Une ligne sans nom ni référence : le formulaire, le jour, et « à la demande de la personne ». Elle
        prouve que l’effacement a eu lieu.
      </p>
      {submission.status === 'published' && <p>{fr(LEAVING_THE_SITE)}</p>}
      <p>{fr(BACKUPS)}</p>
      <div className="confirm">
        <Act
          token={token}
          action="effacer"
          also={{ confirmer: 'oui', formulaire: submission.form.slug }}
          button="Effacer pour toujours"
          tone="grave"
        />
        <Act token={token} action="voir" button="Ne rien effacer" />
      </div>
    </>
  );
}

/** What is true once it is done. */
export function Erased({
  form,
  day,
  wasPublic,
}: {
  form: Form | undefined;
  day: string;
  wasPublic: boolean;
}) {
  return (
    <>
      <h1 tabIndex={-1}>Votre envoi est effacé</h1>
      <p>Il n’en reste ni réponse, ni message, ni référence. Votre lien n’ouvre plus rien : jetez-le.</p>
      <h2>La ligne qui reste</h2>
      <p className="note">{fr(tombstoneWords(form, day))}</p>
      {wasPublic && <p>{fr(LEAVING_THE_SITE)}</p>}
      <p>{fr(BACKUPS)}</p>
      <p>
        <a href="/">Retour à l’accueil</a>
      </p>
    </>
  );
}
