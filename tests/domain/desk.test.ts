import { describe, expect, test } from 'vitest';
import {
  exportTable,
  EXPORT_WORDS,
  placeWords,
  shownAnswer,
  titleWords,
} from '../../src/domain/desk/answers.ts';
import { auditWords, chainWords, type AuditEntry } from '../../src/domain/desk/audit.ts';
import { DECISION_WORDS, decisionsFor, missingFor, REASON_WORDS } from '../../src/domain/desk/decisions.ts';
import { addressOf, placeAt, type Place } from '../../src/domain/desk/places.ts';
import {
  countOf,
  firstQueue,
  pagesFor,
  QUEUES,
  QUEUE_STATES,
  statesOf,
} from '../../src/domain/desk/queues.ts';
import { SHORTCUTS, shortcutFor } from '../../src/domain/desk/shortcuts.ts';
import { slugFrom } from '../../src/domain/desk/slug.ts';
import type { Decision, FileEvent, SubmissionRow } from '../../src/domain/desk/submission-file.ts';
import { timelineOf, waitingProposal } from '../../src/domain/desk/timeline.ts';
import { mayUndo, timeLeftWords, undoableDecision, undoTimeLeft } from '../../src/domain/desk/undo.ts';
import { fieldsOf } from '../../src/domain/forms/form.ts';
import { STORED_FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { csvOf } from '../../src/domain/open-data/csv.ts';
import { readCsv } from '../support/csv.ts';

const ME = 'aaaa0000-0000-4000-8000-000000000001';
const OTHER = 'bbbb0000-0000-4000-8000-000000000002';

const decision = (changes: Partial<Decision> = {}): Decision => ({
  id: 1,
  at: '2026-11-22T10:00:00Z',
  officer: ME,
  kind: 'accepted',
  reason: null,
  note: null,
  after_status: 'accepted',
  slug: null,
  undoes: null,
  ...changes,
});

describe('the queues', () => {
  test('are one for each form of the site', () => {
    expect(QUEUES.map(({ form }) => form).toSorted()).toEqual(
      STORED_FORMS.map(({ slug }) => slug).toSorted(),
    );
  });

  test('hold only the states that their files can have', () => {
    const states = (form: string) => statesOf(form).map(({ id }) => id);
    expect(states('projet')).toEqual(QUEUE_STATES.map(({ id }) => id));
    expect(states('avis')).toEqual(['a-relire', 'acceptes', 'refuses', 'de-cote']);
    expect(states('retrait-voix')).toEqual(['a-relire', 'acceptes', 'refuses']);
  });

  test('count what is put aside apart, and open on the first with something to review', () => {
    const counts = [
      { form: 'inscription', status: 'received', aside: true, number: 3 },
      { form: 'projet', status: 'received', aside: false, number: 2 },
    ] as const;
    const [toReview] = statesOf('inscription');
    expect(countOf(counts, 'inscription', toReview!)).toBe(0);
    expect(countOf(counts, 'inscription', statesOf('inscription').at(-1)!)).toBe(3);
    expect(firstQueue(counts)).toBe('projet');
    expect(firstQueue([])).toBe('inscription');
    expect([0, 1, 50, 51].map(pagesFor)).toEqual([1, 1, 1, 2]);
  });
});

describe('a place', () => {
  test.each<Place>([
    { screen: 'queue', form: 'projet', state: 'a-relire', page: 1 },
    { screen: 'queue', form: 'projet', state: 'de-cote', page: 3, file: 'P-WWYH-FVQ6' },
    { screen: 'search' },
    { screen: 'search', file: 'I-EXEM-PLE3' },
    { screen: 'letters' },
    { screen: 'journal' },
  ])('is found again from its address: %j', (place) => {
    expect(placeAt(addressOf(place))).toEqual(place);
  });

  test('of an address that names nothing is none; of a wrong state, the first', () => {
    for (const address of ['', '#contenu', '#/inconnu/a-relire']) expect(placeAt(address)).toBeUndefined();
    expect(placeAt('#/avis/publies/<script>?page=x')).toEqual({
      screen: 'queue',
      form: 'avis',
      state: 'a-relire',
      page: 1,
    });
  });
});

describe('what an officer may decide', () => {
  const received = { form: 'projet', status: 'received', aside: false } as const;

  test('grows with the role', () => {
    expect(decisionsFor(received, 'reader')).toEqual([]);
    expect(decisionsFor(received, 'reviewer')).toEqual(['accepted', 'needs_info', 'refused']);
    expect(decisionsFor(received, 'publisher')).toEqual(['accepted', 'needs_info', 'refused', 'published']);
  });

  test('on what was put aside is to take it back, or to refuse it', () => {
    expect(decisionsFor({ ...received, aside: true }, 'admin')).toEqual(['released', 'refused']);
  });

  test('says what is missing before it is sent', () => {
    expect(missingFor('accepted', {})).toBeUndefined();
    expect(missingFor('refused', {})).toMatch(/raison/);
    expect(missingFor('refused', { reason: 'test' })).toBeUndefined();
    expect(missingFor('needs_info', { reason: 'unclear', note: '  ' })).toMatch(/préciser/);
    expect(missingFor('needs_info', { reason: 'unclear', note: 'é'.repeat(1001) })).toMatch(/1000 signes/);
    expect(missingFor('published', { slug: 'Pas bon' })).toMatch(/minuscules/);
    expect(missingFor('published', { slug: slugFrom('L’Eau à Tône : 2 forages !') })).toBeUndefined();
  });

  test('has words for every reason it takes', () => {
    const taken = Object.values(DECISION_WORDS).flatMap(({ reasons }) => reasons);
    expect(new Set(taken)).toEqual(new Set(Object.keys(REASON_WORDS)));
  });
});

describe('undoing', () => {
  const at = Date.parse('2026-11-22T10:00:00Z');

  test('lasts ten minutes, and says how many are left', () => {
    expect(undoTimeLeft('2026-11-22T10:00:00Z', at)).toBe(600_000);
    expect(undoTimeLeft('2026-11-22T10:00:00Z', at + 600_001)).toBe(0);
    expect(timeLeftWords(599_500)).toBe('10 min 00 s');
    expect(timeLeftWords(65_000)).toBe('1 min 05 s');
    expect(timeLeftWords(900)).toBe('1 s');
  });

  test('is for whoever decided, or an admin, and for the last decision only', () => {
    const reviewer = { id: ME, email: '', role: 'reviewer' } as const;
    expect(mayUndo(decision(), reviewer)).toBe(true);
    expect(mayUndo(decision({ officer: OTHER }), reviewer)).toBe(false);
    expect(mayUndo(decision({ officer: OTHER }), { ...reviewer, role: 'admin' })).toBe(true);
    expect(mayUndo(decision({ kind: 'published' }), reviewer)).toBe(false);
    const last = decision({ id: 2, kind: 'undone', undoes: 1 });
    expect(undoableDecision([decision(), last], reviewer, at)).toBeUndefined();
    expect(undoableDecision([decision()], reviewer, at + 1000)?.id).toBe(1);
    expect(undoableDecision([decision()], reviewer, at + 700_000)).toBeUndefined();
  });
});

describe('what happened to a file', () => {
  const received: FileEvent = { at: '2026-11-22T09:00:00Z', kind: 'received', actor: 'person' };

  test('is told once, by whom, in order', () => {
    const events: FileEvent[] = [
      received,
      { at: '2026-11-22T10:00:00+00:00', kind: 'refused', actor: 'team' },
    ];
    const told = timelineOf(
      events,
      [decision({ kind: 'refused', reason: 'test', note: 'Bonjour', officer: OTHER })],
      ME,
    );
    expect(told.map(({ who, what }) => `${who} : ${what}`)).toEqual([
      'La personne : Envoyé.',
      'Agent bbbb : Pas retenu : un essai.',
    ]);
    expect(told[1]?.note).toBe('Bonjour');
  });

  test('ends with a proposal only as long as nothing else has happened', () => {
    const proposed = decision({ kind: 'proposed', slug: 'un-forage' });
    expect(waitingProposal([proposed], [received])?.slug).toBe('un-forage');
    expect(waitingProposal([proposed, decision({ id: 2 })], [received])).toBeUndefined();
    const corrected: FileEvent = { at: '2026-11-22T11:00:00Z', kind: 'corrected', actor: 'person' };
    expect(waitingProposal([proposed], [received, corrected])).toBeUndefined();
  });
});

describe('one key', () => {
  const press = { typing: false, ctrlKey: false, altKey: false, metaKey: false };

  test('does one thing, in small letters or capitals', () => {
    expect(new Set(SHORTCUTS.map(({ key }) => key)).size).toBe(SHORTCUTS.length);
    expect(shortcutFor({ ...press, key: 'a' })).toBe('accepted');
    expect(shortcutFor({ ...press, key: 'A' })).toBe('accepted');
    expect(shortcutFor({ ...press, key: 'x' })).toBeUndefined();
  });

  test('does nothing while somebody types, or with another key held', () => {
    for (const held of ['typing', 'ctrlKey', 'altKey', 'metaKey'])
      expect(shortcutFor({ ...press, key: 'a', [held]: true }), held).toBeUndefined();
  });
});

describe('an answer', () => {
  const field = (name: string) => fieldsOf(inscription).find((one) => one.name === name)!;

  test('is shown in words, or with why it is not', () => {
    const none = new Map<string, string | null>();
    expect(shownAnswer(field('residence_country'), 'FR', none)).toEqual({ kind: 'words', words: 'France' });
    expect(shownAnswer(field('skills'), [], none)).toEqual({ kind: 'none' });
    expect(shownAnswer(field('email'), 'enc1.x', none)).toEqual({ kind: 'encrypted' });
    expect(shownAnswer(field('last_name'), 'sealed1.x', none)).toEqual({ kind: 'sealed' });
    expect(shownAnswer(field('last_name'), 'sealed1.x', new Map([['last_name', null]])).kind).toBe(
      'unopened',
    );
    expect(shownAnswer(field('last_name'), 'sealed1.x', new Map([['last_name', 'Kɔfi']]))).toEqual({
      kind: 'words',
      words: 'Kɔfi',
    });
  });

  test('in a list: a title always, and a place without codes', () => {
    expect(titleWords({ title: null, form: 'retour' })).toBe('Demande de contact');
    expect(titleWords({ title: ' ', form: 'avis' })).toBe('Sans titre');
    expect(placeWords('Lyon, FR')).toBe('Lyon, France');
    expect(placeWords(null)).toBe('');
  });

  test('leaves the desk without running as a formula, and says when it is sealed', () => {
    const row = {
      reference: 'I-WWYH-FVQ6',
      status: 'received',
      received_at: '2026-11-22T10:47:12.5+00:00',
      first_names: 'sealed1.x',
      last_name: 'sealed1.y',
      email: 'enc1.z',
      city: '=HYPERLINK("https://ailleurs.example";"Lyon")',
      residence_country: 'FR',
      availability: ['remote', 'short_mission'],
      consent_contact: true,
    } as unknown as SubmissionRow;
    const { header, rows } = exportTable(inscription, [
      { row, aside: false, opened: new Map([['last_name', 'd’Almeida']]) },
    ]);
    const text = csvOf(header, rows);
    expect(text.startsWith('\ufeffRéférence;')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    const [names, cells] = readCsv(text);
    const cell = (name: string) => cells![names!.indexOf(name)];
    expect(cell('Reçu le (heure de Lomé)')).toBe('2026-11-22 10:47');
    expect(cell('État')).toBe('À relire');
    expect(cell('Nom')).toBe('d’Almeida');
    expect(cell('Prénoms')).toBe(EXPORT_WORDS.sealed);
    expect(cell('Adresse électronique')).toBe(EXPORT_WORDS.encrypted);
    expect(cell('Ville')).toBe('\'=HYPERLINK("https://ailleurs.example";"Lyon")');
    expect(cell('Pays où vous vivez')).toBe('France');
    expect(cell('Comment pourriez-vous aider ?')).toMatch(/ \| /);
    expect(cell('Téléphone')).toBe('');
  });
});

describe('the audit log in words', () => {
  const entry = (changes: Partial<AuditEntry>): AuditEntry => ({
    id: 1,
    at: '2026-11-22T10:00:00Z',
    actor: ME,
    action: 'insert',
    table_name: 'decisions',
    row_id: null,
    detail: {},
    ...changes,
  });

  test('says what was done, whatever it was', () => {
    const said = [
      entry({ detail: { values: { kind: [null, 'refused'], reason: [null, 'test'] } } }),
      entry({ detail: { values: { kind: [null, 'undone'] } } }),
      entry({ action: 'export', table_name: 'projects', detail: { status: 'accepted', number: 12 } }),
      entry({ table_name: 'officers', detail: { values: { role: [null, 'publisher'] } } }),
      entry({ table_name: 'officers', action: 'delete' }),
      entry({
        table_name: 'desk_settings',
        action: 'update',
        detail: { values: { two_publishers: [false, true] } },
      }),
      entry({
        table_name: 'projects',
        action: 'update',
        detail: { changed: ['status'], values: { status: ['received', 'withdrawn'] } },
      }),
      entry({ table_name: 'projects', action: 'update', detail: { changed: ['slug', 'title'] } }),
      entry({ table_name: 'rumours', action: 'delete' }),
    ].map(auditWords);
    expect(said).toEqual([
      'Décision : pas retenu (un essai).',
      'Décision annulée.',
      'Export : Projets, accepté, 12 lignes.',
      'Rôle donné : publication.',
      'Un agent n’a plus de rôle.',
      'Réglage : publier demande deux personnes.',
      'Projets : passe à « retiré ».',
      'Projets : 2 colonne(s) changée(s).',
      'Effacé : Rumeurs.',
    ]);
  });

  test('says whether its chain holds', () => {
    const check = { links: 12, head: 'abc', broken: null, unlinked: 0 };
    expect(chainWords(check)).toBe('Le journal est intact : 12 lignes. À noter ailleurs : 12 abc');
    expect(chainWords({ ...check, broken: 4 })).toMatch(/modifié : à partir de la ligne 4/);
    expect(chainWords({ ...check, unlinked: 2 })).toMatch(/^2 ligne/);
  });
});

test('an address proposed for a page is short and plain', () => {
  expect(slugFrom('  Un forage à Tône, pour l’école  ')).toBe('un-forage-a-tone-pour-l-ecole');
  expect(slugFrom('mot '.repeat(40)).length).toBeLessThanOrEqual(60);
  expect(slugFrom('x'.repeat(200))).toHaveLength(60);
});
