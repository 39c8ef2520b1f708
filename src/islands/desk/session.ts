/** Whoever is signed in, as Supabase Auth says. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  userId: string;
  email: string;
}

const NAME = 'bureau-session';

/**
 * The session of this tab. It survives a reload and ends with the tab: an officer's computer may be anybody's next
 * hour. Another tab asks again.
 */
export function keptSession(): Session | undefined {
  try {
    const text = sessionStorage.getItem(NAME);
    return text === null ? undefined : (JSON.parse(text) as Session);
  } catch {
    return undefined;
  }
}

/** Keeps the session for a reload, or forgets it. */
export function keepSession(session: Session | undefined): void {
  try {
    if (session) sessionStorage.setItem(NAME, JSON.stringify(session));
    else sessionStorage.removeItem(NAME);
  } catch {
    // Storage may be forbidden: the session then lasts as long as the page.
  }
}

interface TokenAnswer {
  access_token?: string;
  refresh_token?: string;
  expires_in?: number;
  user?: { id?: string; email?: string };
}

/** The session in an answer of Supabase Auth, or nothing when it holds none. */
export function sessionFrom(body: unknown): Session | undefined {
  const { access_token, refresh_token, expires_in, user } = (body ?? {}) as TokenAnswer;
  if (!access_token || !refresh_token || !user?.id) return undefined;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresAt: Date.now() + (expires_in ?? 3600) * 1000,
    userId: user.id,
    email: user.email ?? '',
  };
}
