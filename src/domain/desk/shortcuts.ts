/** What one key does at the desk. */
export type Shortcut =
  | 'accepted'
  | 'needs_info'
  | 'refused'
  | 'published'
  | 'unpublished'
  | 'released'
  | 'next'
  | 'previous'
  | 'undo'
  | 'search'
  | 'help';

/** The keys, in the order of the help. */
export const SHORTCUTS: readonly { key: string; does: Shortcut; words: string }[] = [
  { key: 'j', does: 'next', words: 'Dossier suivant' },
  { key: 'k', does: 'previous', words: 'Dossier précédent' },
  { key: 'a', does: 'accepted', words: 'Accepter' },
  { key: 'p', does: 'needs_info', words: 'Demander une précision' },
  { key: 'r', does: 'refused', words: 'Ne pas retenir' },
  { key: 'b', does: 'published', words: 'Publier' },
  { key: 't', does: 'unpublished', words: 'Retirer du site' },
  { key: 'm', does: 'released', words: 'Reprendre ce qui est mis de côté' },
  { key: 'z', does: 'undo', words: 'Annuler la dernière décision' },
  { key: '/', does: 'search', words: 'Chercher' },
  { key: '?', does: 'help', words: 'Montrer les raccourcis' },
];

/** The key that does something. */
export function keyFor(does: string): string | undefined {
  return SHORTCUTS.find((shortcut) => shortcut.does === does)?.key;
}

/** What a press means: nothing while somebody types, nor with another key held. */
export function shortcutFor(press: {
  key: string;
  typing: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}): Shortcut | undefined {
  if (press.typing || press.ctrlKey || press.altKey || press.metaKey) return undefined;
  return SHORTCUTS.find(({ key }) => key === press.key.toLowerCase())?.does;
}
