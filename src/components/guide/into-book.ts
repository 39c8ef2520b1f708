/** What a chapter must know of the book that takes it in. */
export interface Book {
  /** The name of this chapter's page, such as `passeport`. */
  chapter: string;
  /** The names of all the book's pages. */
  chapters: ReadonlySet<string>;
}

/** The name of a page inside the book: `guide/passeport` gives `passeport`. */
export function chapterOf(pageId: string): string {
  return pageId.replace(/^guide\//, '').replaceAll('/', '-');
}

/** The id, in the book, of a theme of the menu. */
export function themeId(anchor: string): string {
  return `theme--${anchor}`;
}

/**
 * Fits the HTML of a page into the book: anchors become unique, links between pages stay inside the book, headings
 * go two levels down, and what names a landmark on a page is dropped, because a book would hold it a hundred times.
 */
export function intoBook(html: string, book: Book): string {
  return html.replace(/<[a-z/](?:"[^"]*"|[^">])*>/gi, (tag) =>
    tag
      .replace(/^(<\/?)aside\b/, '$1div')
      // The name of a note, which its landmark said on the page.
      .replace(/^(<p class="starlight-aside__title") aria-hidden="true"/, '$1')
      .replace(/^(<\/?h)([2-4])\b/, (_all, start: string, level: string) => `${start}${Number(level) + 2}`)
      .replace(/ (?:aria-labelledby|aria-label|data-pagefind-ignore)(?:="[^"]*")?/g, '')
      .replace(/ (id|for|aria-describedby)="([^"]+)"/g, ` $1="${book.chapter}--$2"`)
      .replace(/ href="([#/][^"]*)"/g, (_all, target: string) => ` href="${hrefInBook(target, book)}"`),
  );
}

function hrefInBook(target: string, book: Book): string {
  const [, page = '', anchor = ''] = /^([^#]*)#?(.*)$/.exec(target) ?? [];
  if (page === '/guide/') return anchor === '' ? '#sommaire' : `#${themeId(anchor)}`;
  const chapter = page === '' ? book.chapter : chapterOf(page.slice(1, -1));
  if (page !== '' && !(page.startsWith('/guide/') && book.chapters.has(chapter))) return target;
  if (anchor === 'sources' || anchor.startsWith('source-')) return `#${anchor}`;
  return anchor === '' || anchor === '_top' ? `#${chapter}` : `#${chapter}--${anchor}`;
}
