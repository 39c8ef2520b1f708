import { parse } from 'yaml';

const parsed = new Map<string, unknown>();

/**
 * Parses a YAML text, once for each text: a build, its checks and an editor's next save read the same files again and
 * again, and reading YAML is most of their time. What it gives is frozen, since others will be given it too.
 *
 * @throws YAMLParseError of the `yaml` package
 */
export function parseYaml(text: string): unknown {
  if (parsed.has(text)) return parsed.get(text);
  const data: unknown = freeze(parse(text));
  // An editor's whole day of saves must not stay in memory.
  if (parsed.size >= 5_000) parsed.clear();
  parsed.set(text, data);
  return data;
}

function freeze(data: unknown): unknown {
  if (typeof data === 'object' && data !== null && !Object.isFrozen(data)) {
    Object.freeze(data);
    Object.values(data).forEach(freeze);
  }
  return data;
}
