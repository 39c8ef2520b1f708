// What an editor reads after a mistake in content/cartes-urgence/.
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { findContentProblems } from '../../src/build/find-problems.ts';
import { formatProblem } from '../../src/domain/content-problem.ts';
import { openRoom, ROOT, type Room } from './room.ts';

const PHRASES = 'content/cartes-urgence/phrases.yml';
const PLAN = 'content/cartes-urgence/carte.yml';

type Phrase = Record<'id' | 'fr' | 'ar' | 'en' | 'sayAr', string>;
interface Plan {
  groups: { label: string; countries: { country: string; languages?: string[] }[] }[];
  steps: string[];
  reviewed: string[];
}

let room: Room;
beforeAll(() => {
  room = openRoom();
});
beforeEach(() => room.reset());
afterAll(() => room.close());

function problems(): string[] {
  process.chdir(room.root);
  try {
    return findContentProblems()
      .map(formatProblem)
      .filter((one) => one.startsWith('content/cartes-urgence/'));
  } finally {
    process.chdir(ROOT);
  }
}

/** What is said once the phrases are these. */
function withPhrases(edit: (phrases: Phrase[]) => unknown): string[] {
  room.write(PHRASES, stringify(edit(parse(room.read(PHRASES)) as Phrase[])));
  return problems();
}

/** What is said once the plan is changed in place. */
function withPlan(edit: (plan: Plan) => unknown): string[] {
  const plan = parse(room.read(PLAN)) as Plan;
  edit(plan);
  room.write(PLAN, stringify(plan));
  return problems();
}

const firstPhrase = (edit: Partial<Phrase>) =>
  withPhrases(([first, ...rest]) => [{ ...first, ...edit }, ...rest]);

test('the cards as they are have nothing to mend', () => {
  expect(problems()).toEqual([]);
});

describe('a phrase', () => {
  test.each<[string, Partial<Phrase>, string]>([
    ['in Latin letters instead of Arabic ones', { ar: 'Ana fi khatar' }, `champ « [0].ar » : écrivez la phrase en lettres arabes seulement.`],
    ['half in Latin letters', { ar: 'أنا من Togo' }, `champ « [0].ar » : écrivez la phrase en lettres arabes seulement.`],
    ['whose pronunciation is in Arabic letters', { sayAr: 'أنا في خطر' }, `champ « [0].sayAr » : écrivez en lettres françaises comment se dit l’arabe.`],
    [
      'with a number',
      { fr: 'Appelez le 999.' },
      `champ « [0].fr » : n’écrivez pas de chiffre ici : un numéro va dans content/pays/ ou content/lignes/, avec sa source.`,
    ],
    ['too long for the paper', { en: 'I will not sign anything that I do not understand.' }, `champ « [0].en » : c’est trop long : 45 signes au plus (il y en a 50).`],
    ['with the name of another', { id: 'medecin' }, `champ « [1].id » : le nom « medecin » sert déjà à une autre phrase. Choisissez-en un autre.`],
  ])('%s is named with its field', (_, edit, message) => {
    expect(firstPhrase(edit)).toEqual([`${PHRASES}, ${message}`]);
  });

  test('without its Arabic is named', () => {
    expect(withPhrases(([first, ...rest]) => [{ ...first, ar: undefined }, ...rest])).toEqual([
      `${PHRASES}, champ « [0].ar » : ce champ manque. Ajoutez-le.`,
    ]);
  });

  test('too many do not fit on the paper', () => {
    expect(withPhrases((all) => [...all, { ...all[0]!, id: 'de-trop' }])).toEqual([
      `${PHRASES} : gardez 14 phrases au plus : la carte doit tenir sur une petite feuille.`,
    ]);
  });
});

describe('the plan of the cards', () => {
  test.each<[string, (plan: Plan) => unknown, string]>([
    [
      'a country twice',
      ({ groups }) => groups[1]!.countries.push({ country: 'KW' }),
      'champ « groups[1].countries[6].country » : « KW » est déjà dans la liste. Gardez une seule ligne.',
    ],
    [
      'a country that does not exist',
      ({ groups }) => groups[0]!.countries.push({ country: 'XX' }),
      'champ « groups[0].countries[9].country » : écrivez le code du pays en deux lettres majuscules, comme FR ou GA.',
    ],
    [
      'a language without phrases',
      ({ groups }) => groups[0]!.countries[0]!.languages!.push('pt'),
      'champ « groups[0].countries[0].languages[2] » : valeur inconnue. Écrivez l’une de celles-ci : ar, en.',
    ],
    ['three steps', ({ steps }) => steps.pop(), 'champ « steps » : écrivez quatre lignes, ni plus ni moins.'],
    [
      'a number in a step',
      ({ steps }) => (steps[0] = 'Appelez le 999 sans attendre.'),
      'champ « steps[0] » : n’écrivez pas de chiffre ici : un numéro va dans content/pays/ ou content/lignes/, avec sa source.',
    ],
  ])('with %s is named with its field', (_, edit, message) => {
    expect(withPlan(edit)).toEqual([`${PLAN}, ${message}`]);
  });

  test('must be there', () => {
    room.remove(PLAN);
    expect(problems()).toEqual([`${PLAN} : ce fichier manque. Remettez-le.`]);
  });
});
