import { useId, useRef, useState } from 'react';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { parseKeyFile, unwrapKeyFile } from '../../sealing/key-file.ts';
import { Dialog } from './Dialog.tsx';
import { Notice } from './Notice.tsx';

interface Props {
  open: boolean;
  onClose: () => void;
  onKey: (key: JsonWebKey) => Promise<void>;
}

/** Opens the officers' key with its file and its passphrase. Neither leaves this window, nor is kept anywhere. */
export function KeyDialog({ open, onClose, onKey }: Props) {
  const [phrase, setPhrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const file = useRef<HTMLInputElement>(null);
  const id = useId();

  async function unlock(): Promise<void> {
    const chosen = file.current?.files?.[0];
    const keyFile = chosen && parseKeyFile(await chosen.text());
    if (!chosen) setError('Choisissez le fichier de la clé.');
    else if (!keyFile) setError('Ce fichier n’est pas une clé des agents. Elle finit par « .json ».');
    else {
      const key = await unwrapKeyFile(keyFile, phrase);
      if (key) {
        await onKey(key);
        close();
      } else setError('Cette phrase secrète n’ouvre pas ce fichier. Vérifiez chaque mot.');
    }
  }

  function close(): void {
    setPhrase('');
    setError(undefined);
    onClose();
  }

  return (
    <Dialog title="Ouvrir la clé des agents" open={open} onClose={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (busy) return;
          setBusy(true);
          setError(undefined);
          void unlock().finally(() => {
            setBusy(false);
          });
        }}
      >
        <p className="desk-hint">
          {fr(
            'Les noms, les téléphones et les textes scellés s’ouvrent ici, dans ce navigateur. La clé n’est ni envoyée ni gardée : elle se referme avec cette page.',
          )}
        </p>
        {error && <Notice>{error}</Notice>}
        <div className="desk-field">
          <label htmlFor={`${id}-file`}>Fichier de la clé</label>
          <input id={`${id}-file`} ref={file} type="file" accept=".json,application/json" />
        </div>
        <div className="desk-field">
          <label htmlFor={`${id}-phrase`}>Phrase secrète</label>
          <input
            id={`${id}-phrase`}
            type="password"
            autoComplete="off"
            value={phrase}
            onChange={({ target: { value } }) => {
              setPhrase(value);
            }}
          />
        </div>
        <div className="desk-buttons">
          <button type="submit" className="desk-button main" aria-disabled={busy}>
            {busy ? 'Un instant…' : 'Ouvrir'}
          </button>
          <button type="button" className="desk-button" onClick={close}>
            Laisser fermé
          </button>
        </div>
      </form>
    </Dialog>
  );
}
