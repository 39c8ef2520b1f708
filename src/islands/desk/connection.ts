import { ended, offline, refusalFrom, signInRefusal } from './desk-error.ts';
import { keepSession, keptSession, sessionFrom, type Session } from './session.ts';

/** Where Supabase is, and the key that anybody may have. */
export interface Settings {
  url: string;
  key: string;
}

/** What PostgREST is asked: its own parameters, several values for one name included. */
export type Query = readonly (readonly [name: string, value: string])[];

/** How the desk talks to Supabase. Everything it throws is a {@link DeskError}. */
export interface Connection {
  session(): Session | undefined;
  signIn(email: string, password: string): Promise<void>;
  /** Has a code sent to an officer's address; never makes an account. */
  sendCode(email: string): Promise<void>;
  signInWithCode(email: string, code: string): Promise<void>;
  signOut(): Promise<void>;
  /** Rows of a table or a view. */
  read<Row>(relation: string, query: Query): Promise<Row[]>;
  /** Calls a function of the database. */
  call<Data>(name: string, parameters: Readonly<Record<string, unknown>>): Promise<Data>;
}

interface Answer {
  status: number;
  body: unknown;
}

const DEADLINE_MS = 15_000;
/** Tokens are renewed this long before they end. */
const MARGIN_MS = 60_000;

/** How Supabase Auth names what is wrong. */
function codeOf(body: unknown): string | undefined {
  return (body as { error_code?: string } | undefined)?.error_code;
}

/** Connects to a Supabase, with the session this tab had. */
export function connect({ url, key }: Settings): Connection {
  let session = keptSession();
  let renewal: Promise<void> | undefined;

  function keep(next: Session | undefined): void {
    session = next;
    keepSession(next);
  }

  async function ask(path: string, init: RequestInit, token?: string): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set('apikey', key);
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
    if (init.body !== undefined) headers.set('Content-Type', 'application/json');
    try {
      const response = await fetch(url + path, {
        ...init,
        headers,
        cache: 'no-store',
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    } catch {
      throw offline();
    }
  }

  const post = (path: string, body: unknown, token?: string) =>
    ask(path, { method: 'POST', body: JSON.stringify(body) }, token);

  async function renew(): Promise<void> {
    const { status, body } = await post('/auth/v1/token?grant_type=refresh_token', {
      refresh_token: session?.refreshToken,
    });
    if (status >= 500) throw offline();
    const next = status < 400 ? sessionFrom(body) : undefined;
    keep(next);
    if (!next) throw ended();
  }

  /** One renewal at a time: a refresh token serves once. */
  function renewOnce(): Promise<void> {
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  async function asOfficer<Data>(path: string, init: RequestInit): Promise<Data> {
    if (!session) throw ended();
    if (session.expiresAt - Date.now() < MARGIN_MS) await renewOnce();
    let answer = await ask(path, init, session.accessToken);
    if (answer.status === 401) {
      await renewOnce();
      answer = await ask(path, init, session.accessToken);
    }
    if (answer.status >= 400) throw refusalFrom(answer.status, answer.body);
    return answer.body as Data;
  }

  function enterWith({ status, body }: Answer, what: 'password' | 'code'): void {
    const next = status < 400 ? sessionFrom(body) : undefined;
    if (!next) throw signInRefusal(status, body, what);
    keep(next);
  }

  return {
    session: () => session,
    async signIn(email, password) {
      enterWith(await post('/auth/v1/token?grant_type=password', { email, password }), 'password');
    },
    async signInWithCode(email, code) {
      const verify = (type: string) => post('/auth/v1/verify', { type, email, token: code });
      let answer = await verify('email');
      // The embedded Supabase only knows the older word.
      if (answer.status === 400 && codeOf(answer.body) === 'validation_failed')
        answer = await verify('magiclink');
      enterWith(answer, 'code');
    },
    async sendCode(email) {
      const { status, body } = await post('/auth/v1/otp', { email, create_user: false });
      // Nobody is told whether an account has this address.
      if (status >= 400 && codeOf(body) !== 'otp_disabled') throw signInRefusal(status, body, 'send');
    },
    async signOut() {
      const token = session?.accessToken;
      keep(undefined);
      // Whatever the server says, this tab has forgotten.
      if (token !== undefined) await post('/auth/v1/logout?scope=local', {}, token).catch(() => undefined);
    },
    read<Row>(relation: string, query: Query) {
      const parameters = new URLSearchParams(query.map(([name, value]) => [name, value]));
      return asOfficer<Row[]>(`/rest/v1/${relation}?${parameters.toString()}`, { method: 'GET' });
    },
    call<Data>(name: string, parameters: Readonly<Record<string, unknown>>) {
      return asOfficer<Data>(`/rest/v1/rpc/${name}`, { method: 'POST', body: JSON.stringify(parameters) });
    },
  };
}
