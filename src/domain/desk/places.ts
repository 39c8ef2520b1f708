import { QUEUES, statesOf } from './queues.ts';

/** What the desk shows. Kept in the address after the #, which never leaves the browser, so that « Back » works. */
export type Place =
  | { screen: 'queue'; form: string; state: string; page: number; file?: string }
  | { screen: 'search'; file?: string }
  | { screen: 'letters' }
  | { screen: 'journal' };

/** Looser than the references that the database draws: the examples have theirs. */
const REFERENCE = /^[A-Z]-[A-Z0-9]{4}-[A-Z0-9]{4}$/;

/** The address of a place. It holds list words and a reference, never what a person wrote. */
export function addressOf(place: Place): string {
  switch (place.screen) {
    case 'queue': {
      const page = place.page > 1 ? `?page=${place.page}` : '';
      return `#/${place.form}/${place.state}${place.file ? `/${place.file}` : ''}${page}`;
    }
    case 'search':
      return `#/recherche${place.file ? `/${place.file}` : ''}`;
    case 'letters':
      return '#/courriers';
    case 'journal':
      return '#/journal';
  }
}

/** Reads an address: `undefined` when it names nothing of the desk. */
export function placeAt(fragment: string): Place | undefined {
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?');
  const [empty, first = '', second = '', third = ''] = path.split('/');
  if (empty !== '') return undefined;
  const fileFrom = (text: string) => (REFERENCE.test(text) ? { file: text } : {});
  if (first === 'recherche') return { screen: 'search', ...fileFrom(second) };
  if (first === 'courriers') return { screen: 'letters' };
  if (first === 'journal') return { screen: 'journal' };
  if (!QUEUES.some(({ form }) => form === first)) return undefined;
  const state = statesOf(first).find(({ id }) => id === second)?.id ?? 'a-relire';
  const page = Number(/^page=(\d{1,4})$/.exec(query)?.[1] ?? 1);
  return { screen: 'queue', form: first, state, page: Math.max(1, page), ...fileFrom(third) };
}
