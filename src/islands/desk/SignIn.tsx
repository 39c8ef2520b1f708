import { useId, useRef, useState } from 'react';
import { frenchTypography as fr } from '../../domain/typography.ts';
import type { Connection } from './connection.ts';
import { sentenceOf } from './desk-error.ts';
import { Notice } from './Notice.tsx';

interface Props {
  connection: Connection;
  onEntered: () => void;
  /** Known when a session has just ended. */
  email?: string;
  headingId?: string;
}

/** The door: a password, or a code sent to the officer's address. */
export function SignIn({ connection, onEntered, email: known = '', headingId }: Props) {
  const [way, setWay] = useState<'password' | 'code'>('password');
  const [email, setEmail] = useState(known);
  const [secret, setSecret] = useState('');
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const secretField = useRef<HTMLInputElement>(null);
  const id = useId();

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setError(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  function submit(): void {
    if (email.trim() === '') {
      setError('Écrivez votre adresse électronique.');
      return;
    }
    if (way === 'code' && !sent) {
      void attempt(async () => {
        await connection.sendCode(email.trim());
        setSent(true);
        setTimeout(() => secretField.current?.focus());
      });
      return;
    }
    if (secret.trim() === '') {
      setError(way === 'code' ? 'Écrivez le code reçu.' : 'Écrivez votre mot de passe.');
      return;
    }
    void attempt(async () => {
      if (way === 'code') await connection.signInWithCode(email.trim(), secret.replace(/\s/g, ''));
      else await connection.signIn(email.trim(), secret);
      onEntered();
    });
  }

  function turnTo(next: 'password' | 'code'): void {
    setWay(next);
    setSecret('');
    setSent(false);
    setError(undefined);
  }

  const asksSecret = way === 'password' || sent;
  return (
    <form
      className="desk-door"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit();
      }}
    >
      <h2 id={headingId} tabIndex={-1}>
        {known === '' ? 'Entrer' : 'Entrer à nouveau'}
      </h2>
      {known !== '' && (
        <p>{fr('Votre session est finie. Ce que vous avez écrit est toujours là : entrez, et continuez.')}</p>
      )}
      {error && <Notice>{error}</Notice>}
      <div className="desk-field">
        <label htmlFor={`${id}-email`}>Adresse électronique</label>
        <input
          id={`${id}-email`}
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => {
            setEmail(event.target.value);
            setSent(false);
          }}
        />
      </div>
      {asksSecret && (
        <div className="desk-field">
          <label htmlFor={`${id}-secret`}>{way === 'code' ? 'Code reçu par courriel' : 'Mot de passe'}</label>
          {sent && (
            <p className="desk-hint" id={`${id}-hint`}>
              {fr(
                'Si un compte a cette adresse, un code vient de partir. Il vaut une heure. Rien n’arrive ? Ce service n’a peut-être pas de courriel : entrez avec votre mot de passe.',
              )}
            </p>
          )}
          <input
            key={way}
            id={`${id}-secret`}
            ref={secretField}
            type={way === 'code' ? 'text' : 'password'}
            inputMode={way === 'code' ? 'numeric' : undefined}
            autoComplete={way === 'code' ? 'one-time-code' : 'current-password'}
            aria-describedby={sent ? `${id}-hint` : undefined}
            value={secret}
            onChange={(event) => {
              setSecret(event.target.value);
            }}
          />
        </div>
      )}
      <button type="submit" className="desk-button main" aria-disabled={busy}>
        {busy ? 'Un instant…' : asksSecret ? 'Entrer' : 'Recevoir un code'}
      </button>
      <button
        type="button"
        className="desk-link"
        onClick={() => {
          turnTo(way === 'password' ? 'code' : 'password');
        }}
      >
        {way === 'password' ? 'Recevoir plutôt un code par courriel' : 'Entrer plutôt avec un mot de passe'}
      </button>
    </form>
  );
}
