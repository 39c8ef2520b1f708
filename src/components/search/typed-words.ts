import { parse } from 'yaml';
import searchText from '../../../content/recherche.yml?raw';
import { addressOf } from '../../domain/navigation.ts';
import { searchWordsSchema } from '../../domain/search/search-words.ts';

/** The words of `content/recherche.yml` that must lead to a page, by its address. */
export const typedWords: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(searchWordsSchema.parse(parse(searchText)).pages).map(([page, words]) => [
    addressOf(page),
    words,
  ]),
);
