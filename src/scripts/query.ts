/* What a person means by the words they type: the small words dropped, the others put as the site writes them. */

/** `/recherche-mots.json`, loaded with the search engine. */
export interface SearchWords {
  /** Words of the site, well written, in one string. */
  known: string;
  /** What people type, in plain text, and what the site says instead. */
  instead: Readonly<Record<string, string>>;
}

export interface Understood {
  /** The words to look for. */
  words: readonly string[];
  /** Whether a word was put right or replaced. */
  changed: boolean;
}

// In plain text. Those of a text message too.
export const SMALL: ReadonlySet<string> = new Set(
  (
    'a ai as au aux avec avez avoir avons bonjour c ca ce cela ces cet cette chez cmt combien comment d dans de ' +
    'depuis des dois doit donc ds du elle elles en encore entre es est et etait ete etes etre eu faire fais fait faut g ' +
    'ici il ils j jai je jveux k ke keske keski ki l la le les leur leurs lui m ma mais me merci mes moi mon n ne nos ' +
    'notre nous o on ont or ou oui par pas peut peuvent peux plus pour pr pourquoi puis qu quand que quel quelle ' +
    'quelles quels quelqu qui quoi s sa sans se ses si soit son sont stp suis sur svp t ta te tes toi ton tous tout ' +
    'toute tres trouve trouver tu u un une va vais ve vers veut veux vos votre vous vx x y'
  ).split(' '),
);
// On nearly every page: worth looking for only beside a single word.
const EVERYWHERE = new Set(['togo', 'togolais', 'togolaise', 'togolaises']);
/** The longest of the phrases that may be replaced, in words. */
const LONGEST_PHRASE = 3;

/** As src/domain/plain-text.ts does. Shared with other scripts, that file would be one more request on their pages. */
export function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** How a French word sounds, roughly: two spellings of one word give the same letters. */
export function soundOf(word: string): string {
  return plainText(word)
    .replace(/ /g, '')
    .replace(/ph/g, 'f')
    .replace(/(?<!c)h/g, '')
    .replace(/cc(?=[eiy])|x/g, 'ks')
    .replace(/ti(?=on)|ssi(?=on)/g, 'si')
    .replace(/sc(?=[eiy])|c(?=[eiy])|z/g, 's')
    .replace(/qu|q|c(?!h)/g, 'k')
    .replace(/ge(?=[ao])|g(?=[eiy])/g, 'j')
    .replace(/eau|au/g, 'o')
    .replace(/(?:[ae]?i|[yu])[mn](?![aeiouymn])/g, 'in')
    .replace(/[ae][mn](?![aeiouymn])/g, 'an')
    .replace(/ai|ei/g, 'e')
    .replace(/y/g, 'i')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=..)s$/, '')
    .replace(/(?<=..)(?:e[rtz]?|[dptxz]+)$/, '');
}

/** How many letters to add, drop, change or swap to go from one word to the other. */
export function distance(a: string, b: string): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = (from: number | undefined, more: number) => (from ?? Infinity) + more;
      let least = Math.min(
        cost(old[j], 1),
        cost(row[j - 1], 1),
        cost(old[j - 1], a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, cost(older[j - 2], 1));
      row.push(least);
    }
    older = old;
    old = row;
  }
  return old[b.length] ?? 0;
}

interface Known {
  word: string;
  plain: string;
  sound: string;
}
let prepared: { from: SearchWords; known: Known[]; small: Set<string> } | undefined;

function prepare(from: SearchWords) {
  if (prepared?.from !== from) {
    const known = from.known
      .split(' ')
      .map((word) => ({ word, plain: plainText(word), sound: soundOf(word) }));
    prepared = { from, known, small: new Set([...SMALL].filter((word) => word.length > 3).map(soundOf)) };
  }
  return prepared;
}

/**
 * The known word that a word nobody wrote stands for, if there is one close enough.
 *
 * @param unfinished true while it may be the beginning of a longer word
 */
function closest(plain: string, known: readonly Known[], unfinished: boolean): string | undefined {
  const near = (one: Known) =>
    one.plain === plain ||
    (unfinished && one.plain.startsWith(plain)) ||
    (plain.length > 3 && one.plain.startsWith(plain) && one.plain.length - plain.length < 4) ||
    (one.plain.length > 3 && plain.startsWith(one.plain) && plain.length - one.plain.length < 3);
  if (plain.length < 4 || /\d/.test(plain) || known.some(near)) return undefined;
  const sound = soundOf(plain);
  const allowed = plain.length < 5 ? 0 : plain.length < 9 ? 1 : 2;
  let best: { word: string; cost: number } | undefined;
  for (const one of known) {
    if (Math.abs(one.plain.length - plain.length) > 3) continue;
    const letters = distance(plain, one.plain);
    const same = one.sound === sound && sound.length > 2;
    const far = Math.min(letters, sound.length < 7 ? letters : distance(sound, one.sound));
    // The beginning of a word is seldom wrong.
    if (!same && (far > allowed || one.plain.length < 5 || one.sound[0] !== sound[0])) continue;
    const cost = (same ? 0 : far) + letters / 100;
    if (cost < (best?.cost ?? Infinity)) best = { word: one.word, cost };
  }
  return best?.word;
}

/** « lopital », « detude »: the known word after a letter that lost its apostrophe. */
function withoutElision(plain: string, known: readonly Known[]): string | undefined {
  if (!/^[djlmnst][aeiouyh]...+/.test(plain) || known.some((one) => one.plain === plain)) return undefined;
  const sound = soundOf(plain.slice(1));
  return known.find((one) => one.sound === sound)?.word;
}

interface Word {
  word: string;
  plain: string;
}

function split(text: string): Word[] {
  return (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => ({ word, plain: plainText(word) }));
}

/** What the first of these words, with those after it or alone, are replaced by; and how many they are. */
function replacement(
  words: readonly Word[],
  { instead }: SearchWords,
): { by: string; of: number } | undefined {
  for (let of = Math.min(LONGEST_PHRASE, words.length); of > 0; of--) {
    const by =
      instead[
        words
          .slice(0, of)
          .map(({ plain }) => plain)
          .join(' ')
      ];
    if (by !== undefined) return { by, of };
  }
  return undefined;
}

/** The word meant by one that nothing replaces, or none if it says nothing. */
function meaning({ word, plain }: Word, isLast: boolean, from: SearchWords): string | undefined {
  const { known, small } = prepare(from);
  const isKnown = known.some((one) => one.plain === plain);
  if (SMALL.has(plain) || (!isKnown && small.has(soundOf(plain)))) return undefined;
  return closest(plain, known, isLast) ?? withoutElision(plain, known) ?? word;
}

/**
 * Understands a query.
 *
 * @param query as typed
 * @param from the words of the site; left out, the query only loses its small words
 */
export function understand(query: string, from: SearchWords = { known: '', instead: {} }): Understood {
  const typed = split(query);
  const found: Word[] = [];
  for (let rest = typed; rest[0] !== undefined;) {
    const replaced = replacement(rest, from);
    found.push(...split(replaced?.by ?? meaning(rest[0], rest.length === 1, from) ?? ''));
    rest = rest.slice(replaced?.of ?? 1);
  }
  const rare = found.filter(({ plain }) => !EVERYWHERE.has(plain));
  const kept = rare.length > 1 ? rare : found.length > 0 ? found : typed;
  const said = new Set(typed.map(({ plain }) => plain));
  return {
    words: [...new Map(kept.map(({ word, plain }) => [plain, word])).values()],
    changed: kept.some(({ plain }) => !said.has(plain)),
  };
}

/** The known words that look most like one of the typed words, for a query that found nothing. */
export function nearWords(query: string, from: SearchWords = { known: '', instead: {} }): string[] {
  const typed = plainText(query)
    .split(' ')
    .filter((word) => word.length > 3 && !SMALL.has(word));
  return prepare(from)
    .known.flatMap(({ word, plain }) =>
      typed.map((one) => ({ word, far: distance(one, plain) / Math.max(one.length, plain.length) })),
    )
    .filter(({ far }) => far <= 0.5)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ word }) => word);
}
