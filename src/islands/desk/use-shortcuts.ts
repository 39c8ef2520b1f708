import { useEffect, useRef } from 'react';
import { shortcutFor, type Shortcut } from '../../domain/desk/shortcuts.ts';

const NAME = 'bureau-raccourcis';

/** Whether this browser's officer wants single keys to do things. */
export function shortcutsWanted(): boolean {
  try {
    return localStorage.getItem(NAME) !== 'non';
  } catch {
    return true;
  }
}

/** Keeps the choice on this device. */
export function keepShortcutsWanted(wanted: boolean): void {
  try {
    if (wanted) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, 'non');
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}

/** Listens to single keys, when they are wanted. What a part does not handle is left to the others. */
export function useShortcuts(wanted: boolean, handlers: Partial<Record<Shortcut, () => void>>): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (!wanted) return;
    const listen = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      const typing =
        event.isComposing ||
        target.closest('input, textarea, select, [contenteditable]') !== null ||
        document.querySelector('dialog[open]') !== null;
      const does = shortcutFor({
        key: event.key,
        typing,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
      });
      const handler = does && latest.current[does];
      if (!handler || event.repeat) return;
      event.preventDefault();
      handler();
    };
    addEventListener('keydown', listen);
    return () => {
      removeEventListener('keydown', listen);
    };
  }, [wanted]);
}
