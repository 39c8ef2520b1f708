import { describe, expect, test } from 'vitest';
import { STATUSES } from '../../src/domain/follow-up/submission.ts';
import { hasLetters } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { retentionWords } from '../../src/domain/forms/retention.ts';
import { LETTER_ANSWERS, LETTER_WORDS, letterCode, readLetterCode } from '../../src/domain/letters/answer.ts';
import type { Letter, LetterHead } from '../../src/domain/letters/letter.ts';
import { letterOf, type LetterKind, type LetterLinks } from '../../src/domain/letters/letters.ts';

const HEAD: LetterHead = {
  name: 'Guide',
  status: 'Essai',
  statusDetail: 'Ce n’est pas l’État.',
  contact: null,
};
const LINKS: LetterLinks = {
  confirm: 'https://exemple.org/confirmer/#confirmer.a',
  keep: 'https://exemple.org/confirmer/#garder.a',
  erase: 'https://exemple.org/confirmer/#effacer.a',
  stop: 'https://exemple.org/confirmer/#arreter.a',
  followUp: 'https://exemple.org/suivi/#b',
};
const subject = (form = inscription, status: (typeof STATUSES)[number] = 'received') => ({
  form,
  reference: 'I-WWYH-FVQ6',
  status,
  agreedAt: '2026-01-31T10:00:00Z',
  confirmed: false,
});
const KINDS: LetterKind[] = ['receipt', 'confirmation', 'news', 'yearly', 'offer', 'silence'];

const linksIn = ({ blocks }: Letter) => blocks.flatMap((block) => ('link' in block ? [block.link] : []));
const wordsOf = ({ blocks, subject: title }: Letter) => [
  title,
  ...blocks.flatMap((block) =>
    'items' in block
      ? block.items
      : ['title' in block ? block.title : 'link' in block ? block.words : block.text],
  ),
];

describe('a letter', () => {
  test.each(KINDS)('of kind « %s » holds the links it needs, once each, and no other', (kind) => {
    expect(linksIn(letterOf(kind, subject(), LINKS, HEAD))).toEqual(
      {
        receipt: [LINKS.confirm, LINKS.followUp],
        confirmation: [LINKS.confirm, LINKS.followUp],
        news: [LINKS.followUp, LINKS.stop],
        offer: [LINKS.followUp, LINKS.stop],
        silence: [LINKS.followUp, LINKS.stop],
        yearly: [LINKS.keep, LINKS.followUp, LINKS.erase, LINKS.stop],
      }[kind],
    );
  });

  test.each(KINDS)('of kind « %s » says who writes, that it is not the State, and why', (kind) => {
    const words = wordsOf(letterOf(kind, subject(), LINKS, { ...HEAD, contact: 'nous@exemple.org' })).join(
      '\n',
    );
    for (const said of ['Guide', 'Essai', 'Ce n’est pas l’État.', 'nous@exemple.org', inscription.title])
      expect(words).toContain(said);
  });

  test('tells nothing in its subject to whoever sees the screen of the telephone: neither the form nor its state', () => {
    for (const form of FORMS.filter(hasLetters)) {
      for (const status of STATUSES) {
        for (const kind of KINDS) {
          const { subject: title } = letterOf(kind, subject(form, status), LINKS, HEAD);
          expect(title).toContain('I-WWYH-FVQ6');
          expect(title).not.toMatch(
            new RegExp(`${form.title}|accept|refus|publi|retir|signal|inscri|projet`, 'i'),
          );
        }
      }
    }
  });

  test('has short sentences that ask for one thing at a time', () => {
    for (const kind of KINDS) {
      const sentences = wordsOf(letterOf(kind, subject(), LINKS, HEAD)).flatMap((text) =>
        text.split(/(?<=[.?!]) /),
      );
      expect(sentences.filter((sentence) => sentence.split(' ').length > 35)).toEqual([]);
    }
  });

  test('of a confirmed address does not ask for it again', () => {
    expect(linksIn(letterOf('receipt', { ...subject(), confirmed: true }, LINKS, HEAD))).toEqual([
      LINKS.followUp,
    ]);
  });

  test('gives the day when everything goes, or how long it stays', () => {
    const words = (form: typeof inscription) =>
      wordsOf(letterOf('yearly', subject(form), LINKS, HEAD)).join('\n');
    expect(words(inscription)).toContain('tout sera effacé le 31 janvier 2028');
    expect(words(projet)).toContain(retentionWords(projet));
  });
});

describe('the code of a link', () => {
  const secret = 'a'.repeat(65);

  test.each(LETTER_ANSWERS)('to « %s » is read again as it was written', (answer) => {
    expect(readLetterCode(letterCode({ answer, secret }))).toEqual({ answer, secret });
  });

  test.each([
    '',
    'garder',
    'garder.',
    `vendre.${secret}`,
    `garder ${secret}`,
    `garder.${'a'.repeat(300)}`,
    '#',
  ])('« %s » is none', (typed) => {
    expect(readLetterCode(typed)).toBeUndefined();
  });

  test('leads to a page that says what its button does before it is pressed, and what is true after', () => {
    for (const answer of LETTER_ANSWERS) {
      const { question, what, button, done, now } = LETTER_WORDS[answer];
      expect(question).toMatch(/\?$/);
      for (const text of [what, now]) expect(text).toMatch(/^\p{Lu}.*\.$/u);
      expect(new Set([question, button, done]).size).toBe(3);
    }
  });
});
