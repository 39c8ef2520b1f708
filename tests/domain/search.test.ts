import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  checkedSearchWordsSchema,
  knownWords,
  replacements,
  searchWordsSchema,
} from '../../src/domain/search/search-words.ts';
import { plainText as plainTextOfDomain } from '../../src/domain/plain-text.ts';
import { straightApostrophesInHtml } from '../../src/domain/typography.ts';
import {
  distance,
  nearWords,
  plainText,
  soundOf,
  understand,
  type SearchWords,
} from '../../src/scripts/query.ts';

const words: SearchWords = {
  known:
    'argent baccalauréat casier décès école étude hôpital judiciaire laissez nationalité passer passeport terrain visa voter',
  instead: { sous: 'argent', 'laisser passer': 'laissez passer', bled: 'pays' },
};
const meant = (query: string) => understand(query, words).words.join(' ');

describe('what a person means', () => {
  test.each([
    ['comment faire pour mon passeport', 'passeport'],
    ['paseport', 'passeport'],
    ['passeprt', 'passeport'],
    ['natinalité', 'nationalité'],
    ['cazier judicière', 'casier judiciaire'],
    ['terin', 'terrain'],
    ['envoyé des sous', 'envoyé argent'],
    ['laisser passer', 'laissez passer'],
    ['koman voté', 'voté'],
    ['lopital', 'hôpital'],
    ['lekol', 'école'],
    ["l'école", 'école'],
  ])('« %s » is « %s »', (query, expected) => {
    expect(meant(query)).toBe(expected);
  });

  test.each(['frère', 'village', 'visas', 'passeports', 'nat', 'COVID19', 'Dapaong'])(
    'a word that is merely unknown stays: « %s »',
    (query) => {
      expect(understand(query, words)).toEqual({ words: [query], changed: false });
    },
  );

  test('small words stay when there is nothing else', () => {
    expect(meant('comment faire')).toBe('comment faire');
    expect(understand('...', words).words).toEqual([]);
  });

  test('« Togo », which is everywhere, is dropped beside two other words only', () => {
    expect(meant('togo')).toBe('togo');
    expect(meant('visa togo')).toBe('visa togo');
    expect(meant('visa urgent togo')).toBe('visa urgent');
  });

  test('without the words of the site, a query only loses its small words', () => {
    expect(understand('mon paseport')).toEqual({ words: ['paseport'], changed: false });
  });

  test('words that look alike are proposed, and none for what looks like nothing', () => {
    expect(nearWords('xanpassport', words)).toContain('passeport');
    expect(nearWords('xyzxyzxyz', words)).toEqual([]);
  });
});

test.each(['Côte d’Ivoire', '  ŒUVRE, n° 3 ! ', 'àéîõü', ''])(
  '« %s » is folded as the build folds it',
  (text) => {
    expect(plainText(text)).toBe(plainTextOfDomain(text));
  },
);

describe('how words sound and differ', () => {
  test.each([
    ['naissance', 'nessance'],
    ['foncier', 'fonsié'],
    ['héritage', 'eritage'],
    ['vaccin', 'vaxin'],
    ['autorisation', 'otorisation'],
    ['jugement', 'jujement'],
  ])('« %s » sounds like « %s »', (one, other) => {
    expect(soundOf(one)).toBe(soundOf(other));
  });

  test('a swap counts for one', () => {
    expect(distance('visa', 'viza')).toBe(1);
    expect(distance('visa', 'vias')).toBe(1);
    expect(distance('', 'visa')).toBe(4);
  });
});

describe('content/recherche.yml', () => {
  const file = { equivalents: { argent: ['sous'] }, pages: { 'guide/passeport': ['papiers'] } };
  const sentences = (data: unknown, pages = ['guide/passeport']) =>
    checkedSearchWordsSchema(new Set(pages))
      .safeParse(data)
      .error?.issues.map(({ message }) => message) ?? [];

  test('is well made, and none of its words replaces a word of the site', () => {
    const real = searchWordsSchema.parse(parse(readFileSync('content/recherche.yml', 'utf8')));
    const typed = Object.keys(replacements(real));
    const said = Object.keys(real.equivalents).map((word) => word.toLowerCase());
    expect(typed.filter((word) => said.includes(word))).toEqual([]);
  });

  test('says in French what is wrong', () => {
    expect(sentences(file)).toEqual([]);
    expect(sentences(file, [])).toEqual([expect.stringContaining('« guide/passeport » n’existe pas')]);
    expect(sentences({ ...file, equivalents: { argent: ['sous'], monnaie: ['Sous'] } })).toEqual([
      '« Sous » remplace déjà « argent ». Gardez une seule ligne',
    ]);
    expect(sentences({ ...file, equivalents: { argent: ['un deux trois quatre'] } })).toEqual([
      'écrivez trois mots au plus',
    ]);
  });

  test('its accents and apostrophes don’t matter', () => {
    expect(replacements({ equivalents: { 'Côte d’Ivoire': ['R.C.I', 'là-bas'] }, pages: {} })).toEqual({
      'r c i': 'Côte d Ivoire',
      'la bas': 'Côte d Ivoire',
    });
  });
});

test('known words: one spelling for a sound, those typed by several people included', () => {
  const known = knownWords(['Passeport, DGDN et visa'], ['paseport village', 'village', 'seul'], soundOf);
  expect(known).toEqual(['DGDN', 'passeport', 'village', 'visa']);
});

test('apostrophes are straightened between letters of the text only', () => {
  expect(straightApostrophesInHtml('<p title="l’a">L’école, ’</p><script>"d’a"</script>')).toBe(
    '<p title="l’a">L\'école, ’</p><script>"d’a"</script>',
  );
});
