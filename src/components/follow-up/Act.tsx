import type { ReactNode } from 'react';
import { frenchTypography as fr } from '../../domain/typography.ts';

/** Where every button of the page posts: the key travels in the body, never in an address. */
export const ACTION = '/api/suivi';

interface Props {
  token: string;
  /** What is asked for. */
  action: string;
  button: string;
  tone?: 'main' | 'quiet' | 'grave';
  /** Other hidden values. */
  also?: Readonly<Record<string, string>>;
  /** The browser's own sending: the answer is a file to keep. */
  download?: boolean;
  children?: ReactNode;
}

/** One thing that can be done with a link: a form of its own, with its button. */
export function Act({ token, action, button, tone = 'quiet', also = {}, download, children }: Props) {
  const tones = { main: 'button', quiet: 'button quiet', grave: 'button grave' };
  return (
    <form className="act" action={ACTION} method="post" noValidate data-download={download}>
      <Hidden values={{ cle: token, action, ...also }} />
      {children}
      <button className={tones[tone]} type="submit">
        {fr(button)}
      </button>
    </form>
  );
}

/** Values sent with a form that nobody sees. */
export function Hidden({ values }: { values: Readonly<Record<string, string>> }) {
  return Object.entries(values).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}
