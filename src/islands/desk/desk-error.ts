/**
 * What went wrong with a request, and the sentence to show. `offline`: no answer, nothing is known; `expired`: sign in
 * again; `refused`: the database said no, and why.
 */
export class DeskError extends Error {
  readonly kind: 'offline' | 'expired' | 'refused' | 'broken';

  constructor(kind: DeskError['kind'], message: string) {
    super(message);
    this.name = 'DeskError';
    this.kind = kind;
  }
}

/** For whatever is thrown, the sentence to show. */
export function sentenceOf(error: unknown): string {
  return error instanceof DeskError ? error.message : 'Quelque chose n’a pas marché. Rechargez la page.';
}

/** Nothing came back. */
export function offline(): DeskError {
  return new DeskError(
    'offline',
    'La connexion a coupé, ou la base ne répond pas. Rien n’est perdu : réessayez.',
  );
}

/** Whoever was signed in no longer is. */
export function ended(): DeskError {
  return new DeskError('expired', 'Votre session est finie. Entrez à nouveau.');
}

interface ErrorBody {
  code?: unknown;
  message?: unknown;
  error_code?: unknown;
}

/** SQLSTATEs of the sentences that our own functions raise for officers. */
const OURS = ['42501', '22023', 'P0001'];

/** What PostgREST refused, in its own French when the sentence is ours. */
export function refusalFrom(status: number, body: unknown): DeskError {
  const { code, message } = (body ?? {}) as ErrorBody;
  const text = typeof message === 'string' ? message : '';
  if (status === 401 && code !== '42501') return ended();
  if (OURS.includes(String(code)) && text !== '' && !text.startsWith('permission denied'))
    return new DeskError('refused', text);
  if (code === '42501' || status === 403)
    return new DeskError('refused', 'Votre rôle ne permet pas de faire cela.');
  if (status >= 500) return offline();
  return new DeskError('broken', `La base a refusé la demande (${status}). Rechargez la page.`);
}

/** Why Supabase Auth let nobody in. */
export function signInRefusal(status: number, body: unknown, what: 'password' | 'send' | 'code'): DeskError {
  const { error_code } = (body ?? {}) as ErrorBody;
  if (status === 429 || error_code === 'over_email_send_rate_limit')
    return new DeskError('refused', 'Trop d’essais. Attendez quelques minutes, puis recommencez.');
  if (status >= 500 && what !== 'send') return offline();
  if (what === 'password')
    return new DeskError(
      'refused',
      'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux.',
    );
  if (what === 'code')
    return new DeskError(
      'refused',
      'Ce code n’est pas le bon, ou il a expiré. Vérifiez-le, ou demandez-en un autre.',
    );
  return new DeskError(
    'refused',
    'Le code n’a pas pu partir. Vérifiez l’adresse, ou entrez avec votre mot de passe.',
  );
}
