import { plainText } from '../plain-text.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import type { PostKind, Representation } from './representation.ts';

/** A post with its id (the name of its file). */
export interface Post {
  id: string;
  data: Representation;
}

/** A country of the list, with who takes care of Togolese people there. */
export interface CountryEntry {
  /** ISO 3166-1 alpha-2, upper case. */
  code: string;
  name: string;
  /** `/pays/fr/`, or `undefined` when nothing particular is known of the country. */
  address: string | undefined;
  /** Posts in the country, then posts elsewhere that are in charge of it. */
  posts: Post[];
}

const STRENGTH: Record<PostKind, number> = {
  ambassade: 0,
  consulat: 1,
  'consulat-honoraire': 2,
  'mission-permanente': 3,
};

/** The posts that take care of a country, the most useful first. */
export function postsFor(code: string, posts: readonly Post[]): Post[] {
  return posts
    .filter(({ data }) => data.country === code || data.jurisdiction.includes(code))
    .sort(
      (a, b) =>
        Number(b.data.jurisdiction.includes(code)) - Number(a.data.jurisdiction.includes(code)) ||
        STRENGTH[a.data.kind] - STRENGTH[b.data.kind] ||
        Number(b.data.country === code) - Number(a.data.country === code) ||
        a.id.localeCompare(b.id),
    );
}

/**
 * Every country of the world in French alphabetical order, Togo excepted.
 *
 * @param posts every known post
 * @param noted codes of the countries with a page whatever happens: notes in `content/pays/`, an association
 */
export function countryEntries(posts: readonly Post[], noted: ReadonlySet<string>): CountryEntry[] {
  return COUNTRIES.filter(({ value }) => value !== 'TG').map(({ value, label }) => {
    const found = postsFor(value, posts);
    return {
      code: value,
      name: label,
      address: found.length > 0 || noted.has(value) ? `/pays/${value.toLowerCase()}/` : undefined,
      posts: found,
    };
  });
}

/** The first letter of a name, without its accent: « É » is listed under E. */
export function initialOf(name: string): string {
  return plainText(name).charAt(0).toUpperCase();
}
