import { getCollection } from 'astro:content';
import type { Sources } from '../domain/facts/fiche.ts';

/** Every registered source, by id. */
export async function loadSources(): Promise<Sources> {
  const entries = await getCollection('sources');
  return new Map(entries.map((entry) => [entry.id, entry.data]));
}
