import { LEAVING_THE_SITE } from '../../domain/follow-up/words.ts';
import { LETTER_WORDS } from '../../domain/letters/answer.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Hidden } from '../follow-up/Act.tsx';
import { Notice } from '../forms/Form.tsx';
import { titleOf, type LetterPageState } from './state.ts';

const ACTION = '/api/confirmer';

/** The page that answers letters in any of its states, the same in the built page and in what the function answers. */
export function LetterPage({ state }: { state: LetterPageState }) {
  return (
    <>
      <h1 tabIndex={-1}>{fr(titleOf(state))}</h1>
      {state.step === 'ask' && <Ask {...state} />}
      {state.step === 'question' && <Question {...state} />}
      {state.step === 'done' && <Done {...state} />}
    </>
  );
}

function Ask({ alert, typed }: Extract<LetterPageState, { step: 'ask' }>) {
  return (
    <>
      <p className="lead">
        {fr('Vous avez reçu un courriel de ce site ? Ouvrez son lien. Si la case reste vide, collez-le ici.')}
      </p>
      <form className="form" action={ACTION} method="post" noValidate>
        {alert && <Notice {...alert} />}
        <div className={alert ? 'field wrong' : 'field'}>
          <label htmlFor="cle">Le lien du courriel</label>
          <p className="hint" id="cle-hint">
            {fr('Collez le lien entier, ou seulement ce qui suit le signe #. Rien ne change encore.')}
          </p>
          <input
            id="cle"
            name="cle"
            type="text"
            defaultValue={typed}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-describedby="cle-hint"
            aria-invalid={alert ? true : undefined}
          />
        </div>
        <p className="form-end">
          <button className="button" type="submit">
            Continuer
          </button>
        </p>
      </form>
      <p>
        Vous cherchez où en est votre envoi&nbsp;? Ouvrez <a href="/suivi/">Suivre mon envoi</a>.
      </p>
    </>
  );
}

function Question({ answer, code, form, reference }: Extract<LetterPageState, { step: 'question' }>) {
  const { what, button } = LETTER_WORDS[answer];
  return (
    <>
      <p className="reference">
        <span>{fr(form.title)}</span>
        <strong>{reference}</strong>
      </p>
      <p>{fr(what)}</p>
      <p>{fr('Rien ne change tant que vous n’appuyez pas sur ce bouton.')}</p>
      <form action={ACTION} method="post" noValidate>
        <Hidden values={{ cle: code, oui: 'oui' }} />
        <p className="form-end">
          <button className={answer === 'effacer' ? 'button grave' : 'button'} type="submit">
            {fr(button)}
          </button>
        </p>
      </form>
    </>
  );
}

function Done({ answer, leavesTheSite }: Extract<LetterPageState, { step: 'done' }>) {
  return (
    <>
      <p>{fr(LETTER_WORDS[answer].now)}</p>
      {leavesTheSite && <p>{fr(LEAVING_THE_SITE)}</p>}
      <p>
        <a href="/">Retour à l’accueil</a>
      </p>
    </>
  );
}
