/** How the build reads what visitors may read of Supabase. */
export interface Connection {
  base: string;
  key: string;
}

const DEADLINE_MS = 20_000;

/** Its message is already what the reader of the build log needs. */
export class UnreadableError extends Error {}

/**
 * The Supabase of the environment, or nothing without `SUPABASE_URL`.
 *
 * @param risk what the site would be published with: « un catalogue vide »
 */
export function connectionOf(env: NodeJS.ProcessEnv, risk: string): Connection | undefined {
  const base = env['SUPABASE_URL'];
  if (!base) return undefined;
  const key = env['SUPABASE_PUBLISHABLE_KEY'];
  if (!key) {
    throw new Error(
      `SUPABASE_URL est réglée mais pas SUPABASE_PUBLISHABLE_KEY : la construction s’arrête pour ne pas publier ${risk}.`,
    );
  }
  return { base, key };
}

/**
 * Reads rows of a view, or stops the build with a French sentence, so that the site already online stays up.
 *
 * @param what what is being read: « Le catalogue des projets »
 */
export async function readOrStop<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Error(
      `${what} n’a pas pu être lu dans Supabase : ${reasonOf(error)}. La construction s’arrête : le site déjà en ligne reste en place.`,
      { cause: error },
    );
  }
}

/** One answer of a view of schema `public`, filtered as PostgREST does. */
export async function fetchRows(
  { base, key }: Connection,
  view: string,
  parameters: Readonly<Record<string, string>>,
  kind: string,
): Promise<unknown[]> {
  const url = new URL(`/rest/v1/${view}`, base);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const response = await fetch(url, {
    headers: { apikey: key, Accept: 'application/json' },
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) throw new UnreadableError(`le serveur a répondu ${response.status}`);
  const rows: unknown = await response.json();
  if (!Array.isArray(rows)) throw new UnreadableError(`la réponse n’est pas une liste de ${kind}`);
  return rows as unknown[];
}

/** What a function of schema `public` answers to one text. */
export async function callFunction(
  { base, key }: Connection,
  name: string,
  parameters: Readonly<Record<string, string>>,
): Promise<unknown> {
  const response = await fetch(new URL(`/rest/v1/rpc/${name}`, base), {
    method: 'POST',
    headers: { apikey: key, Accept: 'application/json', 'Content-Type': 'application/json' },
    body: JSON.stringify(parameters),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) throw new UnreadableError(`le serveur a répondu ${response.status}`);
  return response.json();
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  if (error instanceof SyntaxError) return 'la réponse n’est pas du JSON, l’adresse est-elle la bonne ?';
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `pas de réponse en ${DEADLINE_MS / 1000} secondes`;
  // fetch hides why behind « fetch failed »: the code is on its cause.
  const code = (error.cause as { code?: string } | undefined)?.code ?? (error as { code?: string }).code;
  if (code === 'ERR_INVALID_URL') return 'l’adresse SUPABASE_URL n’est pas une adresse';
  if (code === 'ECONNREFUSED') return 'connexion refusée, le serveur ne répond pas à cette adresse';
  if (code === 'ENOTFOUND') return 'ce nom de serveur n’existe pas';
  return code === undefined ? error.message : `connexion impossible (${code})`;
}
