import { STORED_FORMS } from '../forms/index.ts';
import { DECISION_WORDS, REASON_WORDS } from './decisions.ts';
import { QUEUE_STATES, queueName } from './queues.ts';
import { ROLE_WORDS } from './roles.ts';

/** One line of the audit log. */
export interface AuditEntry {
  id: number;
  at: string;
  /** The account; `null` when the service did it. */
  actor: string | null;
  action: 'insert' | 'update' | 'delete' | 'export';
  table_name: string;
  row_id: string | null;
  detail: {
    values?: Readonly<Record<string, readonly [unknown, unknown]>>;
    changed?: readonly string[];
    status?: string | null;
    number?: number;
  };
}

/** A line of the audit log in words: it holds codes of lists and numbers, never what a person wrote. */
export function auditWords({ action, table_name, detail }: AuditEntry): string {
  const after = (name: string): unknown => detail.values?.[name]?.[1];
  const form = STORED_FORMS.find(({ table }) => table === table_name);
  const where = form ? queueName(form.slug) : table_name;
  if (action === 'export')
    return `Export : ${where}, ${statusWords(detail.status)}, ${detail.number ?? 0} lignes.`;
  if (table_name === 'decisions') return decisionWords(String(after('kind')), after('reason'));
  if (table_name === 'officers')
    return action === 'delete' ? 'Un agent n’a plus de rôle.' : `Rôle donné : ${roleWords(after('role'))}.`;
  if (table_name === 'desk_settings')
    return after('two_publishers') === true
      ? 'Réglage : publier demande deux personnes.'
      : 'Réglage : publier demande une personne.';
  if (action === 'delete') return `Effacé : ${where}.`;
  const status = after('status');
  return typeof status === 'string'
    ? `${where} : passe à « ${statusWords(status)} ».`
    : `${where} : ${(detail.changed ?? []).length} colonne(s) changée(s).`;
}

const DONE = Object.fromEntries(Object.entries(DECISION_WORDS).map(([kind, { done }]) => [kind, done]));

/** The words for a code, or the code itself: the log may be older than the lists. */
function known(words: Readonly<Record<string, string | undefined>>, code: string): string {
  return words[code] ?? code;
}

function statusWords(status: unknown): string {
  return QUEUE_STATES.find((state) => state.status === status)?.one.toLowerCase() ?? 'tous les états';
}

function roleWords(role: unknown): string {
  return known(ROLE_WORDS, String(role));
}

function decisionWords(kind: string, reason: unknown): string {
  const why = typeof reason === 'string' ? ` (${known(REASON_WORDS, reason).toLowerCase()})` : '';
  if (kind === 'undone') return 'Décision annulée.';
  if (kind === 'proposed') return 'Publication proposée.';
  return `Décision : ${known(DONE, kind)}${why}.`;
}

/** What the database finds when it reads its chain again. */
export interface ChainCheck {
  links: number;
  head: string | null;
  /** The first link that does not hold. */
  broken: number | null;
  /** Lines that are in no link. */
  unlinked: number;
}

/** The verification in words. */
export function chainWords({ links, head, broken, unlinked }: ChainCheck): string {
  if (broken !== null)
    return `Le journal a été modifié : à partir de la ligne ${broken}, il n’est plus celui qui a été écrit. Ne touchez à rien et prévenez l’équipe.`;
  if (unlinked > 0)
    return `${unlinked} ligne(s) du journal ne sont pas dans la chaîne : quelqu’un les a ajoutées autrement. Prévenez l’équipe.`;
  return `Le journal est intact : ${links} lignes. À noter ailleurs : ${links} ${head ?? ''}`;
}
