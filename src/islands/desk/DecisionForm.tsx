import { useEffect, useId, useRef, useState } from 'react';
import {
  DECISION_WORDS,
  LONGEST_NOTE,
  missingFor,
  REASON_WORDS,
  type DecisionInput,
  type DecisionKind,
  type Reason,
} from '../../domain/desk/decisions.ts';
import { publicAddress } from '../../domain/desk/slug.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Notice } from './Notice.tsx';

interface Props {
  kind: DecisionKind;
  form: string;
  /** What the button says. */
  act: string;
  /** Whether the person can read a word: they have a link. */
  readsNotes: boolean;
  input: DecisionInput;
  onInput: (input: DecisionInput) => void;
  busy: boolean;
  onSend: () => void;
  onCancel: () => void;
}

/** The reason of a decision, the word to the person, or the address of the page. */
export function DecisionForm(props: Props) {
  const { kind, form, act, readsNotes, input, onInput, busy, onSend, onCancel } = props;
  const [missing, setMissing] = useState<string>();
  const first = useRef<HTMLElement>(null);
  const id = useId();
  const { reasons } = DECISION_WORDS[kind];

  useEffect(() => {
    first.current?.focus();
  }, [kind]);

  return (
    <form
      className="desk-decision"
      noValidate
      aria-label={fr(act)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        // Ctrl and Enter: from the text to the sending without the mouse.
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        const lacks = missingFor(kind, input);
        setMissing(lacks);
        if (lacks === undefined && !busy) onSend();
      }}
    >
      {missing && <Notice>{missing}</Notice>}
      {reasons.length > 0 && (
        <div className="desk-field">
          <label htmlFor={`${id}-reason`}>Raison</label>
          <select
            id={`${id}-reason`}
            ref={(element) => {
              if (element) first.current = element;
            }}
            value={input.reason ?? ''}
            onChange={({ target: { value } }) => {
              const { reason: _before, ...rest } = input;
              onInput(value === '' ? rest : { ...rest, reason: value as Reason });
            }}
          >
            <option value="">Choisissez</option>
            {reasons.map((reason) => (
              <option key={reason} value={reason}>
                {fr(REASON_WORDS[reason])}
              </option>
            ))}
          </select>
        </div>
      )}
      {kind === 'published' && (
        <div className="desk-field">
          <label htmlFor={`${id}-slug`}>Fin de l’adresse de la page</label>
          <p className="desk-hint" id={`${id}-slug-hint`}>
            {publicAddress(form, input.slug ?? '…')}
          </p>
          <input
            id={`${id}-slug`}
            ref={(element) => {
              if (element) first.current = element;
            }}
            autoComplete="off"
            spellCheck={false}
            maxLength={120}
            aria-describedby={`${id}-slug-hint`}
            value={input.slug ?? ''}
            onChange={({ target: { value } }) => {
              onInput({ ...input, slug: value });
            }}
          />
        </div>
      )}
      {readsNotes && (
        <div className="desk-field">
          <label htmlFor={`${id}-note`}>
            {kind === 'needs_info' ? 'Votre question à la personne' : 'Un mot à la personne (facultatif)'}
          </label>
          <p className="desk-hint" id={`${id}-note-hint`}>
            {fr(
              'Elle le lit avec son lien de suivi. N’y écrivez ni nom ni téléphone : ce mot n’est pas scellé.',
            )}
          </p>
          <textarea
            id={`${id}-note`}
            rows={3}
            maxLength={LONGEST_NOTE}
            aria-describedby={`${id}-note-hint`}
            value={input.note ?? ''}
            onChange={({ target: { value } }) => {
              onInput({ ...input, note: value });
            }}
          />
        </div>
      )}
      <div className="desk-buttons">
        <button type="submit" className="desk-button main" aria-disabled={busy}>
          {busy ? 'Un instant…' : act}
        </button>
        <button type="button" className="desk-button" onClick={onCancel}>
          Fermer sans décider
        </button>
      </div>
    </form>
  );
}
