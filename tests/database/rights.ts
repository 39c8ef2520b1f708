/**
 * Who may do what, table by table. This file is the decision; access.test.ts proves it, cell by cell.
 * A new table or view of `public` must be classified here, or the tests fail.
 */
export const ROLES = [
  'anon',
  'stranger',
  'reader',
  'reviewer',
  'publisher',
  'admin',
  'service_role',
] as const;
export const VERBS = ['select', 'insert', 'update', 'delete'] as const;

/** `stranger` is signed in and is no officer; the four after it are officers. */
export type Role = (typeof ROLES)[number];
export type Verb = (typeof VERBS)[number];
export type OfficerRole = 'reader' | 'reviewer' | 'publisher' | 'admin';
export type Row = Record<string, unknown>;

export interface Rights {
  /** The roles that may, by verb. A verb that is absent is refused to everybody. */
  may: Partial<Record<Verb, readonly Role[]>>;
  /** A complete row, different for every `id` (a UUID). */
  row(id: string): Row;
  /** The column of `row` that tells one row from another. */
  key: string;
  /** A change that an allowed role would really make. */
  change: Row;
}

const hash = (id: string) => id.replaceAll('-', '').repeat(2);

/** Texts of the shape that protected answers have, which no key opens. */
export const SEALED = `sealed1.${'0'.repeat(12)}.${'A'.repeat(194)}`;
const ENCRYPTED = `enc1.${'0'.repeat(12)}.${'A'.repeat(123)}`;

/** A code that nobody was given, different for every `id`. */
const codeOf = (id: string) =>
  id.replaceAll('-', '').replace(/./g, (digit) => 'ACDEFGHJKMNPQRTV'.charAt(Number.parseInt(digit, 16)));

/** A number of its own for each identifier, for tables that count. */
const positionOf = (id: string) => Number.parseInt(id.slice(-6), 16) + 1000;

export const RIGHTS: Record<string, Rights> = {
  registrations: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `I-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      first_names: SEALED,
      last_name: SEALED,
      email: ENCRYPTED,
      email_index: hash(id),
      residence_country: 'FR',
      city: 'Lyon',
      occupation_family: 'M18',
      occupation: 'Menuisier',
      consent_registry: true,
      consent_contact: false,
      consent_statistics: false,
    }),
  },
  projects: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `P-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      title: 'Un forage',
      summary: 'De l’eau.',
      description: 'De l’eau pour le village.',
      sector: 'water',
      region: 'kara',
      prefecture: 'Kozah',
      stage: 'idea',
      holder_type: 'association',
      holder_name: 'Association de test',
      residence_country: 'FR',
      budget_total: 1_000_000,
      locality_agreement: 'no',
      email: ENCRYPTED,
      email_index: hash(id),
      consent_publication: true,
      consent_contact: true,
    }),
  },
  feedback: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `A-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      helpful: 'yes',
    }),
  },
  associations: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `S-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      name: 'Association de test',
      country: 'FR',
      city: 'Lyon',
      founded_year: '2015',
      // Written so that every client sends it as it is.
      activities: '{culture_sport}',
      description: 'Des rencontres.',
      contact_name: SEALED,
      contact_role: SEALED,
      email: ENCRYPTED,
      email_index: hash(id),
      consent_publication: true,
      consent_contact: true,
    }),
  },
  difficulties: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `D-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      country: 'FR',
      office: 'Ambassade de test',
      procedure: 'passport',
      difficulty: 'delay',
      month_sent: '2026-03',
    }),
  },
  return_requests: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `R-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      call_name: SEALED,
      channel: 'sms',
      contact: SEALED,
      leave_message: 'no',
      consent_storage: true,
      consent_contact: true,
    }),
  },
  rumours: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `Q-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      claim: 'On dit que…',
      channel: 'radio',
      month_seen: '2026-03',
    }),
  },
  testimony_withdrawals: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `V-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      code: codeOf(id),
    }),
  },
  project_updates: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `N-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      project_id: id,
      stage: 'ongoing',
      body: 'Le puits est creusé.',
    }),
  },
  help_offers: {
    may: {
      select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'],
      insert: ['service_role'],
      update: ['service_role'],
    },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({
      reference: `H-${id}`,
      idempotency_key: id,
      content_hash: hash(id),
      form_version: 'test',
      consent_at: '2026-11-01T10:00:00Z',
      project: 'un-forage',
      // Written so that every client sends it as it is.
      help: '{skills}',
      details: 'Plombière, deux semaines.',
      email: ENCRYPTED,
      email_index: hash(id),
      consent_share: true,
      consent_contact: true,
    }),
  },
  project_qualifications: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'] },
    key: 'project_id',
    change: { score: 'missing' },
    row: (id) => ({
      project_id: id,
      criterion: 'need',
      score: 'clear',
      sentence: 'Trois villages sont nommés.',
      officer: id,
    }),
  },
  officers: {
    // Another officer's row; everybody reads their own, which has its own test.
    may: { select: ['admin', 'service_role'], insert: ['service_role'], update: ['service_role'] },
    key: 'user_id',
    change: { role: 'admin' },
    row: (id) => ({ user_id: id, role: 'reader' }),
  },
  audit_log: {
    may: { select: ['admin', 'service_role'] },
    key: 'row_id',
    change: { action: 'delete' },
    row: (id) => ({ row_id: id, action: 'update', table_name: 'forged' }),
  },
  audit_chain: {
    may: { select: ['admin', 'service_role'] },
    key: 'entry',
    change: { hash: '0'.repeat(64) },
    row: (id) => ({
      position: positionOf(id),
      entry: positionOf(id),
      previous: '0'.repeat(64),
      hash: '0'.repeat(64),
    }),
  },
  decisions: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'] },
    key: 'row_id',
    change: { kind: 'refused' },
    row: (id) => ({
      form: 'projet',
      row_id: id,
      at: '2026-11-22T10:00:00Z',
      officer: id,
      kind: 'accepted',
      before: '{}',
      after_status: 'accepted',
    }),
  },
  desk_settings: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'] },
    key: 'single',
    change: { two_publishers: true },
    // There is one line: the tests read it, and forge another.
    row: (id) => ({ single: id.startsWith('00000000-') }),
  },
  desk_submissions: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'] },
    key: 'reference',
    change: { status: 'accepted' },
    row: (id) => ({ reference: `I-${id}`, form: 'inscription' }),
  },
  desk_counts: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'] },
    key: 'form',
    change: { number: 0 },
    row: (id) => ({ form: id.startsWith('00000000-') ? 'inscription' : id }),
  },
  desk_letters: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin'] },
    key: 'id',
    change: { attempts: 0 },
    row: (id) => ({ id, kind: 'receipt', form: 'projet' }),
  },
  desk_builds: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin'] },
    key: 'id',
    change: { outcome: 'live' },
    row: (id) => ({ id: positionOf(id), outcome: 'live' }),
  },
  submission_events: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'] },
    key: 'row_id',
    change: { kind: 'accepted' },
    row: (id) => ({ form: 'inscription', row_id: id, kind: 'received', actor: 'team' }),
  },
  submission_messages: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'] },
    key: 'row_id',
    change: { form: 'projet' },
    row: (id) => ({ form: 'inscription', row_id: id, body: SEALED }),
  },
  erasures: {
    may: { select: ['reader', 'reviewer', 'publisher', 'admin', 'service_role'] },
    // Nothing in it tells one line from another: for the tests, the name of the form does.
    key: 'form',
    change: { reason: 'officer' },
    row: (id) => ({ form: id, reason: 'person' }),
  },
  published_projects: {
    may: { select: ROLES },
    key: 'slug',
    change: { title: 'Falsifié' },
    row: (id) => ({ slug: `p-${id}`, title: 'Falsifié' }),
  },
  published_associations: {
    may: { select: ROLES },
    key: 'slug',
    change: { name: 'Falsifié' },
    row: (id) => ({ slug: `s-${id}`, name: 'Falsifié' }),
  },
  build_mark: {
    may: { select: ROLES },
    key: 'mark',
    change: { mark: '00000000-0000-4000-8000-000000000000' },
    row: (id) => ({ mark: id }),
  },
  transparency: {
    may: { select: ROLES },
    // It has a line for each form, always the same: the tests read one of them, and forge others.
    key: 'form',
    change: { at_least: 10 },
    row: (id) => ({ what: 'kept', form: id.startsWith('00000000-') ? 'inscription' : id }),
  },
};

export function isAllowed(table: string, verb: Verb, role: Role): boolean {
  return RIGHTS[table]?.may[verb]?.includes(role) ?? false;
}

/** A test's title: who may, or may not, do what. */
export function sentence(table: string, verb: Verb, role: Role): string {
  const who = {
    anon: 'a visitor',
    stranger: 'a signed-in stranger',
    reader: 'a reader',
    reviewer: 'a reviewer',
    publisher: 'a publisher',
    admin: 'an admin',
    service_role: 'the secret key',
  }[role];
  const to = { select: 'read', insert: 'insert into', update: 'update', delete: 'delete from' }[verb];
  return `${who} ${isAllowed(table, verb, role) ? 'may' : 'may not'} ${to} ${table}`;
}

/** How PostgreSQL says no: a missing right or a policy, and a view that can't be written. */
export const REFUSALS = ['42501', '55000'];

/** Every function of `public` with the role that may call it, in the order of their names. */
export const CALLS = [
  { proname: 'answer_letter', rolname: 'service_role' },
  { proname: 'ask_again', rolname: 'service_role' },
  { proname: 'ask_for_news', rolname: 'service_role' },
  { proname: 'audit_links', rolname: 'authenticated' },
  { proname: 'audit_links', rolname: 'service_role' },
  { proname: 'claim_build', rolname: 'service_role' },
  { proname: 'claim_letter', rolname: 'service_role' },
  { proname: 'confirm_build', rolname: 'service_role' },
  { proname: 'decide', rolname: 'authenticated' },
  { proname: 'follow_up', rolname: 'service_role' },
  { proname: 'follow_up_add', rolname: 'service_role' },
  { proname: 'follow_up_amend', rolname: 'service_role' },
  { proname: 'follow_up_erase', rolname: 'service_role' },
  { proname: 'follow_up_news', rolname: 'service_role' },
  { proname: 'follow_up_unsay', rolname: 'service_role' },
  { proname: 'follow_up_withdraw', rolname: 'service_role' },
  { proname: 'name_officer', rolname: 'service_role' },
  { proname: 'purge_expired', rolname: 'service_role' },
  { proname: 'purge_rate_limits', rolname: 'service_role' },
  { proname: 'qualify_project', rolname: 'authenticated' },
  { proname: 'record_export', rolname: 'authenticated' },
  { proname: 'retry_letter', rolname: 'authenticated' },
  { proname: 'set_two_publishers', rolname: 'authenticated' },
  { proname: 'settle_build', rolname: 'service_role' },
  { proname: 'settle_letter', rolname: 'service_role' },
  { proname: 'submit_form', rolname: 'service_role' },
  { proname: 'undo_decision', rolname: 'authenticated' },
  { proname: 'verify_audit_log', rolname: 'authenticated' },
  { proname: 'verify_audit_log', rolname: 'service_role' },
  { proname: 'withdrawn_among', rolname: 'anon' },
  { proname: 'withdrawn_among', rolname: 'authenticated' },
  { proname: 'withdrawn_among', rolname: 'service_role' },
];

/** The tables that forms fill. */
export const SUBMISSIONS = [
  'registrations',
  'associations',
  'projects',
  'difficulties',
  'return_requests',
  'rumours',
  'testimony_withdrawals',
  'feedback',
  'project_updates',
  'help_offers',
];

/**
 * Those whose rows may be put aside as a robot's. A withdrawal never is: it must be done, whoever asks. News come from
 * whoever holds a link: no robot does.
 */
export const MAY_BE_ASIDE = SUBMISSIONS.filter(
  (table) => table !== 'testimony_withdrawals' && table !== 'project_updates',
);

/** The tables of what happens to submissions. They write themselves. */
export const HISTORY = ['submission_events', 'submission_messages', 'erasures', 'decisions'];

/** The views that show what was published of a table. */
export const PUBLISHED = { published_projects: 'projects', published_associations: 'associations' };
