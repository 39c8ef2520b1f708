import { parseYaml } from './yaml.ts';

/** A markdown file cut in two. */
export interface MarkdownFile {
  /** The parsed YAML front matter, not validated. */
  data: unknown;
  /** The text after the front matter. */
  body: string;
  /** How many lines come before the body, to name the right line in messages. */
  bodyLine: number;
}

/**
 * Splits a markdown file into front matter and body.
 *
 * @throws Error in French when the front matter is missing or is not YAML
 */
export function splitFrontMatter(text: string): MarkdownFile {
  // Windows' Notepad puts an invisible mark first.
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  if (!match) throw new Error('la page doit commencer par un en-tête entre deux lignes « --- »');
  return {
    data: parseYaml(match[1] ?? ''),
    body: text.slice(match[0].length),
    bodyLine: match[0].split('\n').length - 1,
  };
}
