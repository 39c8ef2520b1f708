import { SHORTCUTS } from '../../domain/desk/shortcuts.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Dialog } from './Dialog.tsx';

interface Props {
  open: boolean;
  onClose: () => void;
  wanted: boolean;
  onWanted: (wanted: boolean) => void;
}

/** The keys of the desk, and how to do without. */
export function HelpDialog({ open, onClose, wanted, onWanted }: Props) {
  return (
    <Dialog title="Raccourcis du clavier" open={open} onClose={onClose}>
      <label className="desk-check">
        <input
          type="checkbox"
          checked={wanted}
          onChange={({ target: { checked } }) => {
            onWanted(checked);
          }}
        />
        {fr('Une touche seule agit')}
      </label>
      <p className="desk-hint">
        {fr(
          'Jamais pendant que vous écrivez. Décochez si vous dictez à voix haute, ou si une touche part trop vite.',
        )}
      </p>
      <dl className="desk-keys">
        {SHORTCUTS.map(({ key, words }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{fr(words)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>↑</kbd> <kbd>↓</kbd>
          </dt>
          <dd>Dans la file, d’un dossier à l’autre</dd>
        </div>
        <div>
          <dt>
            <kbd>Entrée</kbd>
          </dt>
          <dd>Ouvrir le dossier</dd>
        </div>
        <div>
          <dt>
            <kbd>Ctrl</kbd> <kbd>Entrée</kbd>
          </dt>
          <dd>Envoyer la raison</dd>
        </div>
        <div>
          <dt>
            <kbd>Échap</kbd>
          </dt>
          <dd>Fermer sans décider</dd>
        </div>
      </dl>
      <button type="button" className="desk-button" onClick={onClose}>
        Fermer
      </button>
    </Dialog>
  );
}
