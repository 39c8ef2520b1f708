import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { citedIn } from '../../src/domain/facts/citations.ts';
import { ROOT } from './room.ts';

/** A piece of text that a reader reads in one go: a paragraph, an item of a list, a heading, a value of a fact. */
export interface Passage {
  file: string;
  /** 1-based line where the text begins. */
  line: number;
  /** As written, line breaks kept, without the marks of Markdown, the citations and the addresses of links. */
  text: string;
  kind: 'heading' | 'body' | 'field';
  /** The name of the YAML field, and `''` in the body of a page. */
  field: string;
  /** Whether a source stands beside it: a mark in the text, or `sources` in the same fact. */
  cited: boolean;
}

/** Every Markdown and YAML file of `content/`, models included, by its path from the root of the project. */
export function contentFiles(): string[] {
  return readdirSync(path.join(ROOT, 'content'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(md|yml)$/.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .toSorted();
}

/** The passages of a file of `content/`. */
export function readPassages(file: string): Passage[] {
  return passagesOf(file, readFileSync(path.join(ROOT, file), 'utf8').replace(/^\uFEFF|\r(?=\n)/g, ''));
}

/** The passages of a text, read as Markdown with its front matter or as YAML, after the name of its file. */
export function passagesOf(file: string, text: string): Passage[] {
  if (file.endsWith('.yml')) return fieldsOf(file, text, 0);
  const head = /^---\n([\s\S]*?)\n---\n/.exec(text);
  const bodyStart = head?.[0].length ?? 0;
  return [
    ...fieldsOf(file, head?.[1] ?? '', 1),
    ...blocksOf(file, text.slice(bodyStart), text.slice(0, bodyStart).split('\n').length - 1),
  ];
}

/** Words that a machine reads (codes, names of files, dates, addresses), and those of other languages. */
const NOT_PROSE = new Set([
  ...['id', 'kind', 'url', 'link', 'page', 'pages', 'sources', 'contact', 'country', 'countries', 'jurisdiction'],
  ...['asOf', 'published', 'publishedOn', 'accessed', 'lastUpdated', 'checkedOn', 'validUntil', 'startWanted'],
  ...['sector', 'region', 'stage', 'holderType', 'residenceCountry', 'durationBand', 'localityAgreement', 'needs'],
  ...['verdict', 'reviewedOn', 'expiresOn', 'reward', 'how', 'scopes', 'withdrawalCodeHash'],
  ...['who', 'situation', 'concern', 'helpLines', 'further', 'file', 'language', 'agreement', 'pattern'],
  ...['about', 'accepts', 'unmet', 'gives', 'is', 'order', 'currency', 'closesOn'],
  ...['ar', 'en', 'sayAr', 'languages', 'reviewed'],
]);

function fieldsOf(file: string, text: string, linesBefore: number): Passage[] {
  const lines = new LineCounter();
  const found: Passage[] = [];
  visit(parseDocument(text, { lineCounter: lines }), {
    Pair(_, { key }) {
      return isScalar(key) && NOT_PROSE.has(String(key.value)) ? visit.SKIP : undefined;
    },
    Scalar(position, node, ancestors) {
      if (position === 'key' || typeof node.value !== 'string' || !node.range) return;
      const raw = text.slice(node.range[0], node.range[1]);
      const pair = ancestors.findLast((one) => 'key' in one && isScalar(one.key));
      const proven = ancestors.some((one) => isMap(one) && one.has('sources'));
      found.push({
        file,
        line: lines.linePos(node.range[0]).line + linesBefore,
        text: plain(unquoted(raw)),
        kind: 'field',
        field: pair && 'key' in pair ? String(pair.key) : '',
        cited: citedIn(raw).length > 0 || proven,
      });
    },
  });
  return found;
}

/** A YAML scalar as written, line for line, without its marks. */
function unquoted(raw: string): string {
  if (/^[|>]/.test(raw)) return raw.replace(/^[|>][^\n]*/, '');
  return raw.startsWith("'") ? raw.slice(1, -1).replaceAll("''", "'") : raw.replace(/^"|"$/g, '');
}

const STARTS_BLOCK = /^\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|>|\||:::)/;
const MARKER = /^\s*(?:>\s?)*(?:(?:[-*+]|\d+[.)]|#{1,6})\s+|:::\w*)?/;

function blocksOf(file: string, body: string, linesBefore: number): Passage[] {
  const found: Passage[] = [];
  let open: Passage | undefined;
  const start = (line: number, raw: string, kind: Passage['kind']) => {
    open = { file, line, text: raw, kind, field: '', cited: false };
    found.push(open);
  };
  for (const [index, line] of body.split('\n').entries()) {
    const number = index + 1 + linesBefore;
    if (line.trim() === '') open = undefined;
    else if (/^\s*\|/.test(line)) for (const cell of line.split('|')) start(number, cell, 'body');
    else if (open && !STARTS_BLOCK.test(line)) open.text += `\n${line}`;
    else start(number, line.replace(MARKER, ''), /^\s*#/.test(line) ? 'heading' : 'body');
    if (/^\s*(#|\|)/.test(line)) open = undefined;
  }
  // A row of a table is cited as a whole.
  const citedLines = new Set(found.filter(({ text }) => citedIn(text).length > 0).map(({ line }) => line));
  return found
    .map((one) => ({ ...one, cited: citedLines.has(one.line), text: plain(one.text) }))
    .filter(({ text }) => /\p{L}|\d/u.test(text));
}

/** What the reader sees of a piece of Markdown. Line breaks stay where they are. */
function plain(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/\[\^[^\]]*\]/g, '')
    .replace(/\{\{[^}]*\}\}/g, '')
    .replace(/\]\([^)]*\)/g, '')
    .replace(/[[\]*]/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/^ +| +$/gm, '');
}
