import type { ReactNode } from 'react';
import { frenchTypography as fr } from '../../domain/typography.ts';

interface Props {
  /** `wrong`: something to do; `plain`: something to know. */
  tone?: 'wrong' | 'plain';
  children: string;
  /** Buttons. */
  action?: ReactNode;
}

/** A sentence that must be read. What is wrong is also said aloud. */
export function Notice({ tone = 'wrong', children, action }: Props) {
  return (
    <div className={`desk-notice ${tone}`} role={tone === 'wrong' ? 'alert' : undefined}>
      <p>{fr(children)}</p>
      {action}
    </div>
  );
}

/** What could not be loaded, and the button that tries again. */
export function Failed({ error, onRetry }: { error: string; onRetry: () => void }) {
  return (
    <Notice
      action={
        <button type="button" className="desk-button" onClick={onRetry}>
          Réessayer
        </button>
      }
    >
      {error}
    </Notice>
  );
}

/** While something loads for the first time. */
export function Loading({ what }: { what: string }) {
  return (
    <p className="desk-loading" role="status">
      {fr(`${what}…`)}
    </p>
  );
}
