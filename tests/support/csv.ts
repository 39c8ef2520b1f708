/** Reads a CSV as RFC 4180 says, with « ; » between cells: a reader of its own, to check what the site writes. */
export function readCsv(text: string): string[][] {
  if (!text.startsWith('\ufeff') || !text.endsWith('\r\n')) throw new Error('not the CSV of the site');
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^;"\r\n]*))(;|\r\n)/gy;
  cell.lastIndex = 1;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) throw new Error(`unreadable at ${at}: ${text.slice(at, at + 40)}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
