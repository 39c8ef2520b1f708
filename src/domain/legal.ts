import { z } from 'zod';
import { pageFields } from './facts/page.ts';
import type { Field, Protection } from './forms/field.ts';
import { fieldsOf, questionOf, type Form } from './forms/form.ts';
import { retentionWords } from './forms/retention.ts';
import type { Publisher } from './publisher.ts';

/** The files of `content/legal/` that have an address: `/confidentialite/`… */
export const LEGAL_PAGES = ['confidentialite', 'accessibilite', 'mentions-legales'] as const;

/** One of {@link LEGAL_PAGES}. */
export type LegalPageId = (typeof LEGAL_PAGES)[number];

/** The front matter of a legal page. */
export const legalPageSchema = z.strictObject({
  title: pageFields.title,
  description: pageFields.description,
  lastUpdated: pageFields.lastUpdated,
});

/** `{{…}}` words that stand for a sentence of `content/editeur.yml`, so that it is written only once. */
export const LEGAL_WORDS = ['contact', 'editeur', 'hebergeur', 'site', 'statut', 'statut-detail'] as const;

/** `{{…}}` paragraphs that stand for something built from the code. */
export const LEGAL_BLOCKS = ['declaration', 'formulaires'] as const;

type LegalWord = (typeof LEGAL_WORDS)[number];

/** One of {@link LEGAL_BLOCKS}. */
export type LegalBlock = (typeof LEGAL_BLOCKS)[number];

const MARK = /\{\{\s*([^}]*?)\s*\}\}/g;

const BLOCK_LINE = new RegExp(`^\\{\\{\\s*(${LEGAL_BLOCKS.join('|')})\\s*\\}\\}$`, 'gm');

/** What is written as `{{…}}` in a legal page and stands for nothing; a block must be alone on its line. */
export function unknownMarks(body: string): string[] {
  const words: readonly string[] = LEGAL_WORDS;
  const inText = [...body.replace(BLOCK_LINE, '').matchAll(MARK)].map((match) => match[1] ?? '');
  return inText.filter((mark) => !words.includes(mark));
}

/** A stretch of a legal page: text, or the place of something built from the code. */
export type LegalPiece = { html: string } | { block: LegalBlock };

/**
 * Cuts the HTML of a legal page at its blocks and puts the publisher's words in place of their marks.
 *
 * @param html the rendered body, marks still in it
 */
export function piecesOf(html: string, publisher: Publisher): LegalPiece[] {
  const cut = new RegExp(`<p>\\{\\{\\s*(${LEGAL_BLOCKS.join('|')})\\s*\\}\\}</p>`);
  return html.split(cut).map((piece, index) =>
    // `split` with one capturing group gives text and block names in turn.
    index % 2 === 1 ? { block: piece as LegalBlock } : { html: fillWords(piece, publisher) },
  );
}

function fillWords(html: string, publisher: Publisher): string {
  const words: Record<LegalWord, string> = {
    contact: contactSentence(publisher.contact),
    editeur: escape(publisher.publisher),
    hebergeur: escape(publisher.host),
    site: escape(publisher.name),
    statut: escape(publisher.status),
    'statut-detail': escape(publisher.statusDetail),
  };
  return html.replace(MARK, (mark, word: string) => (word in words ? words[word as LegalWord] : mark));
}

function contactSentence(contact: string | null): string {
  if (contact === null) return '<strong>L’adresse de contact sera indiquée ici avant l’ouverture.</strong>';
  const shown = escape(contact);
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return `Pour nous écrire : <a href="mailto:${shown}">${shown}</a>.`;
  if (/^https?:\/\/\S+$/.test(contact)) return `Pour nous écrire : <a href="${shown}">${shown}</a>.`;
  return `Pour nous écrire : ${shown}.`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** One question as the privacy page shows it. */
export interface AskedField {
  name: string;
  label: string;
  why: string;
  required: boolean;
  /** How the answer is closed in the database, in words; empty when it is not. */
  protection: string;
}

/** How an answer is closed in the database, as the privacy page says it. */
const PROTECTION_WORDS: Record<Protection, string> = {
  sealed: 'Scellé : seuls les agents peuvent l’ouvrir.',
  encrypted: 'Chiffré : une copie de la base ne suffit pas pour le lire.',
};

/** What the privacy page says of one form. */
export interface FormPrivacy {
  slug: string;
  title: string;
  page: string;
  purpose: string;
  retention: string;
  /** Answers that everyone may read once the team has reviewed them. */
  published: AskedField[];
  /** Answers that only the team sees. */
  team: AskedField[];
  /** The boxes to tick, never ticked in advance. */
  consents: AskedField[];
}

/** Everything a form collects, sorted by who may see it: what its declaration says, and nothing else. */
export function privacyOf(form: Form): FormPrivacy {
  const fields = fieldsOf(form);
  const answers = fields.filter((field) => field.kind !== 'consent');
  return {
    slug: form.slug,
    title: form.title,
    page: form.page,
    purpose: form.purpose,
    retention: retentionWords(form),
    published: answers.filter((field) => field.privacy === 'public').map(asked),
    team: answers.filter((field) => field.privacy === 'private').map(asked),
    consents: fields.filter((field) => field.kind === 'consent').map(asked),
  };
}

function asked(field: Field): AskedField {
  const { name, why, required, protection } = field;
  return {
    name,
    // The page says of every optional question that it is: twice would be noise.
    label: questionOf(field),
    why,
    required,
    protection: protection ? PROTECTION_WORDS[protection] : '',
  };
}
