const NBSP = '\u00a0';
const THIN_NBSP = '\u202f';

/**
 * Sets French spacing and apostrophes, so that editors can type ordinary spaces.
 *
 * @param text plain text, never markup
 * @returns the text with non-breaking spaces before `: ; ! ? »`, after `«`, and between a number and its unit
 */
export function frenchTypography(text: string): string {
  return text
    .replace(/(\p{L})'(?=\p{L})/gu, '$1’')
    .replace(/«[ \u00a0\u202f]*/g, `«${NBSP}`)
    .replace(/[ \u00a0\u202f]*»/g, `${NBSP}»`)
    .replace(/[ \u00a0]([:])(?=\s|$)/g, `${NBSP}$1`)
    .replace(/[ \u00a0]([;!?])/g, `${THIN_NBSP}$1`)
    .replace(/(\d) (?=\d{3}(?!\d))/g, `$1${NBSP}`)
    .replace(/(\d) (?=(?:F|FCFA|francs?|€|%|jours?|heures?|mois|ans?|semaines?)(?!\p{L}))/gu, `$1${NBSP}`)
    .replace(/\bF CFA\b/g, `F${NBSP}CFA`);
}

/**
 * Applies {@link frenchTypography} to the text nodes of a piece of HTML, leaving tags, attributes, scripts and
 * code alone.
 *
 * @param html well-formed HTML as the site's own renderers write it
 */
export function frenchTypographyInHtml(html: string): string {
  return html.replace(MARKUP_OR_TEXT, (piece) => (piece.startsWith('<') ? piece : frenchTypography(piece)));
}

/**
 * Undoes the apostrophes of {@link frenchTypography} in the text nodes of a piece of HTML: Pagefind takes « l’école »
 * for one word, and "l'école" for two.
 *
 * @param html well-formed HTML as the site's own renderers write it
 */
export function straightApostrophesInHtml(html: string): string {
  return html.replace(MARKUP_OR_TEXT, (piece) =>
    piece.startsWith('<') ? piece : piece.replace(/(\p{L})’(?=\p{L})/gu, "$1'"),
  );
}

/** An element to leave whole, a comment, a tag (its quoted attributes may hold « > »), or a run of text. */
const MARKUP_OR_TEXT =
  /<(script|style|code|pre|textarea)\b[^>]*>[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->|<(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+/gi;
