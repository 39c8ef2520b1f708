import { z } from 'zod';
import { plainText } from '../plain-text.ts';

const typed = z
  .array(z.string().min(2).max(40))
  .min(1)
  .describe('Ce que les gens tapent : un ou plusieurs mots par élément.');

/** `content/recherche.yml`: what people type when they don't use the site's words. */
export const searchWordsSchema = z
  .strictObject({
    equivalents: z
      .record(z.string().min(2), typed)
      .describe('Un mot du site, puis ce que les gens écrivent à la place.'),
    pages: z
      .record(
        z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/, {
          message: 'écrivez le nom d’un fichier de content/, sans .md, comme guide/passeport',
        }),
        typed,
      )
      .describe('Une page, puis des mots qui doivent y mener.'),
  })
  .superRefine(({ equivalents }, context) => {
    const first = new Map<string, string>();
    for (const [word, others] of Object.entries(equivalents)) {
      for (const [index, other] of others.entries()) {
        const path = ['equivalents', word, index];
        const plain = plainText(other);
        const known = first.get(plain);
        first.set(plain, known ?? word);
        if (known !== undefined && known !== word)
          context.addIssue({
            code: 'custom',
            path,
            message: `« ${other} » remplace déjà « ${known} ». Gardez une seule ligne`,
          });
        if (plain.split(' ').length > 3)
          context.addIssue({ code: 'custom', path, message: 'écrivez trois mots au plus' });
      }
    }
  });

/** The same, with every page among those that exist. */
export function checkedSearchWordsSchema(pageIds: ReadonlySet<string>) {
  return searchWordsSchema.superRefine(({ pages }, context) => {
    for (const page of Object.keys(pages)) {
      if (!pageIds.has(page))
        context.addIssue({
          code: 'custom',
          path: ['pages', page],
          message: `la page « ${page} » n’existe pas : il manque le fichier content/${page}.md. Corrigez le nom ou retirez la ligne`,
        });
    }
  });
}

export type SearchWordsFile = z.infer<typeof searchWordsSchema>;

/** What to say instead of what is typed, both in the form that search compares. */
export function replacements({ equivalents }: SearchWordsFile): Record<string, string> {
  return Object.fromEntries(
    Object.entries(equivalents).flatMap(([word, others]) =>
      others.map((other) => [plainText(other), wordsOf(word).join(' ')]),
    ),
  );
}

/** The words of a text, accents kept, capitals too. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** They are downloaded with the first search: as many as 3 kB hold. */
const MOST_WORDS = 500;

/**
 * The words that a misspelling may stand for: one spelling for all that sound the same.
 *
 * @param careful texts written with care: each of their words counts
 * @param loose texts written as people type: only the words of several of them count
 * @param soundOf the same for two spellings of one word
 */
export function knownWords(
  careful: readonly string[],
  loose: readonly string[],
  soundOf: (word: string) => string,
): string[] {
  const often = (texts: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const text of texts) {
      for (const word of new Set(wordsOf(text).map(lower))) {
        if (word.length > 3 && !/\d/.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
    return [...counts].sort(([a, first], [b, second]) => second - first || a.length - b.length);
  };
  const bySound = new Map<string, string>();
  for (const [word] of [...often(careful), ...often(loose).filter(([, count]) => count > 1)]) {
    const sound = soundOf(word);
    if (bySound.size < MOST_WORDS && !bySound.has(sound)) bySound.set(sound, word);
  }
  return [...bySound.values()].sort((a, b) => a.localeCompare(b, 'fr'));
}

/** Acronyms keep their capitals. */
function lower(word: string): string {
  return word === word.toUpperCase() ? word : word.toLowerCase();
}
