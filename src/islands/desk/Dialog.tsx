import { useEffect, useRef, type ReactNode } from 'react';
import { frenchTypography as fr } from '../../domain/typography.ts';

interface Props {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A window over the desk. Escape closes it, and the focus goes back where it was. */
export function Dialog({ title, open, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="desk-dialog" aria-label={fr(title)} onClose={onClose}>
      {open && (
        <>
          <h2>{fr(title)}</h2>
          {children}
        </>
      )}
    </dialog>
  );
}
