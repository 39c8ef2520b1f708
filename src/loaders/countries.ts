import { getCollection } from 'astro:content';
import type { CountryNotes } from '../domain/representations/representation.ts';
import { countryEntries, type CountryEntry, type Post } from '../domain/representations/lookup.ts';

/** Every country with its posts, and what editors noted about some of them, by upper-case code. */
export async function loadCountries(): Promise<{
  entries: CountryEntry[];
  notes: Map<string, CountryNotes>;
}> {
  const posts: Post[] = (await getCollection('representations')).map(({ id, data }) => ({ id, data }));
  const notes = new Map((await getCollection('countries')).map(({ id, data }) => [id.toUpperCase(), data]));
  const associations = (await getCollection('associations')).map(({ data }) => data.country);
  return { entries: countryEntries(posts, new Set([...notes.keys(), ...associations])), notes };
}
