/** What a cell may hold. Several values of one cell are parted by « | ». */
export type Cell = string | number | boolean | null | readonly string[];

/** Spreadsheets take a cell that begins so for a formula, and would run it. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/**
 * Writes a table for spreadsheets: UTF-8 with its mark and « ; » between cells, which French Excel opens in columns
 * with the right accents; otherwise RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in
 * front.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [header, ...rows].map((cells) => cells.map(cellOf).join(';'));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function cellOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 'oui' : 'non';
  const text = typeof cell === 'string' ? cell : cell.map((value) => value.replaceAll('|', '/')).join(' | ');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
