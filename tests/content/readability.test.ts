import { describe, expect, test } from 'vitest';
import { contentFiles, passagesOf, readPassages, type Passage } from './prose.ts';

/** Half of the sentences are at most this long, in the guide as in each of its pages. */
const MEDIAN = 16;
/** No sentence at all is longer. */
const LONGEST = 35;

/** What is said in our own words: not what people type in a search, nor the names of documents. */
const isOurs = ({ file, field }: Passage) =>
  field !== 'questions' &&
  file !== 'content/recherche.yml' &&
  !(file.startsWith('content/sources/') && field !== 'note');

const passages = contentFiles().flatMap(readPassages).filter(isOurs);

interface Sentence {
  file: string;
  line: number;
  text: string;
  words: number;
}

function sentencesOf({ file, line, text }: Passage): Sentence[] {
  return text
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?…](?: ?»|\))?)(?<! M\.) (?=[\p{Lu}«(\d])/u)
    .map((sentence) => ({ file, line, text: sentence.trim(), words: wordCount(sentence) }));
}

/** « l’acte » counts for two words, « rendez-vous » and « 30 000 » too: the strictest way to count. */
function wordCount(text: string): number {
  return text.match(/[\p{L}\p{M}\d]+/gu)?.length ?? 0;
}

/** Headings, names, labels and lone links are short, but nobody reads them as sentences: they would flatter us. */
const isSentence = ({ text }: Sentence) => /[.!?…](?: ?»|\))?$/.test(text);

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

const sentences = passages.filter(({ kind }) => kind !== 'heading').flatMap(sentencesOf);
const guide = sentences.filter(({ file }) => file.startsWith('content/guide/')).filter(isSentence);

describe('sentences', () => {
  test(`half of those of the guide have at most ${MEDIAN} words`, () => {
    expect(guide.length).toBeGreaterThan(3000);
    expect(median(guide.map(({ words }) => words))).toBeLessThanOrEqual(MEDIAN);
  });

  test('and so has each page of the site', () => {
    const pages = Map.groupBy(sentences.filter(isSentence), ({ file }) => file);
    const hard = [...pages]
      .filter(([file]) => !file.startsWith('content/sources/'))
      .map(([file, those]) => ({ file, half: median(those.map(({ words }) => words)) }))
      .filter(({ half }) => half > MEDIAN)
      .map(({ file, half }) => `${file} : la moitié des phrases dépasse ${half} mots, pour ${MEDIAN} au plus.`);
    expect(hard).toEqual([]);
  });

  test(`none has more than ${LONGEST} words`, () => {
    const long = sentences
      .filter(({ words }) => words > LONGEST)
      .map(({ file, line, text, words }) => `${file}, ligne ${line} : ${words} mots, coupez « ${text} »`);
    expect(long).toEqual([]);
  });

  test('are cut where a reader would cut them', () => {
    const text =
      'Il coûte 1.5 fois. « Vraiment ? » Oui ! M. Ali vient\nà l’ONU. Voyez gouv.tg… Et puis (rien). 3 jours.';
    const [passage] = passagesOf('essai.md', text);
    expect(sentencesOf(passage!).map((sentence) => `${sentence.words} ${sentence.text}`)).toEqual([
      '5 Il coûte 1.5 fois.',
      '1 « Vraiment ? »',
      '1 Oui !',
      '6 M. Ali vient à l’ONU.',
      '3 Voyez gouv.tg…',
      '3 Et puis (rien).',
      '2 3 jours.',
    ]);
  });
});

/** Words that we do not write, and what to do instead. */
const FORBIDDEN: [RegExp, string][] = [
  [/veuillez|(?:vous êtes|est) pri(?:é|ée|és|ées) de|n’hésitez pas à/i, 'dites-le avec un verbe : venez, demandez'],
  [/il convient de|il y a lieu de|il importe de|il appartient à/i, 'dites-le avec un verbe : venez, demandez'],
  [/sus-?(?:mentionné|visé|nommé|dit)|précité|ci-dessus mentionné/i, 'répétez le mot'],
  [/nonobstant|afférent|subséquent|ès qualités|le cas échéant/i, 'prenez un mot de tous les jours'],
  [/dans les meilleurs délais|dans les plus brefs délais/i, 'dites le délai, ou que personne ne le donne'],
  [/impétrant|pétitionnaire|le requérant|les usagers/i, 'écrivez « vous »'],
  [/cliquez ici/i, 'dites où mène le lien'],
  [/nous (?:vous )?(?:délivrons|établissons|instruisons)/i, 'nous ne sommes pas l’État'],
  [/notre (?:ambassade|consulat|administration|ministère)/i, 'nous ne sommes pas l’État : « votre ambassade »'],
  [/nos (?:ambassades|consulats|services|agents|guichets|ministères)/i, 'nous ne sommes pas l’État'],
  [/vous obtiendrez|(?:délai|résultat|succès) garanti|nous (?:vous )?garantissons/i, 'ne promettez rien'],
  [/(?:migrant|immigré)e?s? (?:clandestin|illéga)|\bclandestins?\b/i, 'dites « sans papiers »'],
  [
    /(?:\d|un|deux|trois|quatre|cinq|six) millions? de (?:Togolais|compatriotes|ressortissants)/i,
    'personne n’a compté tant de Togolais de l’extérieur : renvoyez à /guide/combien-sommes-nous/',
  ],
];

/** The advice for each forbidden wording of a text. */
function adviceOn(text: string): string[] {
  return FORBIDDEN.flatMap(([wording, advice]) => {
    const found = wording.exec(text.replace(/\s+/g, ' ').replaceAll("'", '’'));
    return found ? [`« ${found[0]} » : ${advice}`] : [];
  });
}

describe('wording', () => {
  test('nothing is written like an administration, in its name, or promised', () => {
    const found = passages.flatMap(({ file, line, text }) =>
      adviceOn(text).map((advice) => `${file}, ligne ${line} : ${advice}.`),
    );
    expect(found).toEqual([]);
  });

  test.each([
    'Veuillez patienter.',
    'Il convient\nde venir.',
    'La pièce susmentionnée.',
    'Nous vous délivrons un reçu.',
    "N'hésitez pas à venir.",
    'Les 4 millions de Togolais de l’extérieur.',
    'Notre consulat ouvre à 8 h.',
  ])('%j would be refused', (text) => {
    expect(adviceOn(text)).toHaveLength(1);
  });

  test.each(['Nous ne délivrons aucun papier.', 'Un forage de 4 millions de F CFA.', 'Nos sources.'])(
    '%j is accepted',
    (text) => {
      expect(adviceOn(text)).toEqual([]);
    },
  );
});

/** A telephone number: an international one, four pairs of digits or more, « (202) 234-4212 », eight digits in a row. */
const TELEPHONE =
  /(?:\+|\b00)\d[\d .()-]{6,}|\(\d{2,3}\) ?\d{3}[ .-]\d{2,4}|(?<![\d-])\d{2}(?:[ .-]\d{2}){3,}(?!\d)|(?<!\d)\d{8,}(?!\d)/;

const isLoneTelephone = ({ text, cited }: Passage) => !cited && TELEPHONE.test(text.replace(/[\u00a0\u202f]/g, ' '));

describe('telephone numbers', () => {
  test('none stands without a source beside it', () => {
    const lone = passages
      .filter(isLoneTelephone)
      .map(({ file, line, text }) => `${file}, ligne ${line} : citez la source du numéro « ${text.slice(0, 60)} ».`);
    expect(lone).toEqual([]);
  });

  test.each([
    ['Appelez le +228 91 31 89 10.', true],
    ['Appelez le 01 43 80 12 13.', true],
    ['Appelez le 01.43.80.12.13.', true],
    ['Appelez le (202) 234-4212.', true],
    ['Appelez le 91318910.', true],
    ['Appelez le +228 91 31 89 10[^une-source].', false],
    ['| Togo | +228 91 31 89 10 | oui[^une-source] |', false],
    ['Il coûte 1 500 000 F CFA depuis le 2026-11-22, loi n° 2019-033.', false],
    ['L’indicatif est +228. Le numéro est 112.', false],
  ])('%s', (text, isLone) => {
    expect(passagesOf('essai.md', text).some(isLoneTelephone)).toBe(isLone);
  });

  test('a fact with its sources counts as cited, another one does not', () => {
    const fact = 'phone:\n  value: +228 91 31 89 10\n';
    expect(passagesOf('essai.yml', fact).some(isLoneTelephone)).toBe(true);
    expect(passagesOf('essai.yml', `${fact}  sources: [essai]\n`).some(isLoneTelephone)).toBe(false);
  });
});
