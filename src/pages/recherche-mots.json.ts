import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { parse } from 'yaml';
import glossaryText from '../../content/glossaire.yml?raw';
import searchText from '../../content/recherche.yml?raw';
import { glossarySchema } from '../domain/glossary.ts';
import { plainText } from '../domain/plain-text.ts';
import { knownWords, replacements, searchWordsSchema } from '../domain/search/search-words.ts';
import { loadCountries } from '../loaders/countries.ts';
import { navigation } from '../loaders/site.ts';
import { SMALL, soundOf, type SearchWords } from '../scripts/query.ts';

/** The words of the site, for the search to put right those a reader types. */
export const GET: APIRoute = async () => {
  const file = searchWordsSchema.parse(parse(searchText));
  const pages = await getCollection('docs', (page) => !page.data.draft);
  const { entries } = await loadCountries();
  const known = knownWords(
    [
      ...pages.flatMap(({ data }) => [data.title, data.description ?? '']),
      ...glossarySchema.parse(parse(glossaryText)).map(({ term }) => term),
      ...entries.filter(({ address }) => address).map(({ name }) => name),
      ...entries.flatMap(({ posts }) => posts.map(({ data }) => data.name)),
      ...navigation.sections.flatMap(({ label, groups, links }) => [
        label,
        ...[...groups, ...links].map((one) => one.label),
      ]),
      ...Object.keys(file.equivalents),
      ...Object.values(file.pages).flat(),
    ],
    pages.map(({ data }) => data.questions.join(' ')),
    soundOf,
  ).filter((word) => !SMALL.has(plainText(word)));
  const words: SearchWords = { known: known.join(' '), instead: replacements(file) };
  return Response.json(words);
};
