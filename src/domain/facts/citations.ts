/** `[^source-id]`: Markdown's footnote mark, without a definition. */
const CITATION = /\[\^([a-z0-9-]+)\]/g;

/** The sources of one page, numbered in the order in which the reader meets them. */
export class Bibliography {
  readonly #numbers = new Map<string, number>();

  /**
   * The number of a source, given on its first citation.
   *
   * @param sourceId the name of a file of `content/sources/`
   */
  numberOf(sourceId: string): number {
    const known = this.#numbers.get(sourceId);
    if (known !== undefined) return known;
    const next = this.#numbers.size + 1;
    this.#numbers.set(sourceId, next);
    return next;
  }

  /** The cited source ids, first cited first. */
  get ids(): string[] {
    return [...this.#numbers.keys()];
  }
}

/** The ids cited by the marks of a text, each once, in order. */
export function citedIn(text: string): string[] {
  return [...new Set([...text.matchAll(CITATION)].map((match) => match[1] ?? ''))];
}

/**
 * Replaces citation marks in rendered HTML by small links to the page's numbered sources.
 *
 * @param html the rendered body, marks still in brackets
 * @param bibliography the page's numbering, completed on the way
 */
export function linkCitations(html: string, bibliography: Bibliography): string {
  return html.replace(/\s*((?:\[\^[a-z0-9-]+\]\s*)+)/g, (marks: string) => {
    const links = citedIn(marks).map((id) => {
      const number = bibliography.numberOf(id);
      return `<a href="#source-${number}">${number}</a>`;
    });
    const space = /\s$/.test(marks) ? ' ' : '';
    return `<sup class="cite" data-pagefind-ignore><span class="vh">Sources : </span>${links.join(', ')}</sup>${space}`;
  });
}
