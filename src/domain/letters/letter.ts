/** A letter before it is set as text and as HTML: a subject, and paragraphs in their order. */
export interface Letter {
  subject: string;
  blocks: readonly LetterBlock[];
  /** The address of the page where its reader asks for no more of them. */
  unsubscribe?: string;
}

/** A heading, a paragraph, a list, or a link on a line of its own: mail programs cut long lines. */
export type LetterBlock =
  { title: string } | { text: string } | { items: readonly string[] } | { link: string; words: string };

/** What the site says of itself at the end of each letter, as in `content/editeur.yml`. */
export interface LetterHead {
  name: string;
  status: string;
  statusDetail: string;
  contact: string | null;
}
