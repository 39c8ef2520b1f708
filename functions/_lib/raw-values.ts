import type { RawValues } from '../../src/domain/forms/schema.ts';

/** Reads an urlencoded body: a name may come several times. */
export function valuesFromForm(body: string): RawValues {
  const values = emptyValues();
  for (const [name, value] of new URLSearchParams(body)) (values[name] ??= []).push(value);
  return values;
}

/**
 * Reads a JSON body: an object whose values are texts, numbers, booleans, nothing, or lists of these.
 *
 * @returns `undefined` when it is anything else
 */
export function valuesFromJson(body: string): RawValues | undefined {
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const values = emptyValues();
  for (const [name, value] of Object.entries(data)) {
    const list = Array.isArray(value) ? value : [value];
    const texts = list.flatMap(textOf);
    if (texts.includes(undefined)) return undefined;
    values[name] = texts as string[];
  }
  return values;
}

/** Without a prototype: a field called `__proto__` is then a name like another. */
function emptyValues(): Record<string, string[]> {
  return Object.create(null) as Record<string, string[]>;
}

function textOf(value: unknown): (string | undefined)[] {
  if (value === null || value === false) return [];
  if (value === true) return ['oui'];
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  return [undefined];
}
