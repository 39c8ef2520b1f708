import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { problemsOf } from '../../src/domain/content-problem.ts';
import {
  type Answers,
  concerns,
  familyCode,
  readAnswers,
  writeAnswers,
} from '../../src/domain/roadmap/answers.ts';
import { calendarOf } from '../../src/domain/roadmap/calendar.ts';
import {
  checkedRoadmapSchema,
  groupsOf,
  type Roadmap,
  roadmapSchema,
} from '../../src/domain/roadmap/roadmap.ts';
import {
  dayOf,
  formatDay,
  localDay,
  monthsAround,
  nextDay,
  parseTiming,
  rankOf,
} from '../../src/domain/roadmap/timing.ts';
import { ROOT } from '../content/room.ts';

const at = (phrase: string, reference: string) => {
  const timing = parseTiming(phrase);
  if (!timing) throw new Error(`« ${phrase} » is not understood`);
  return dayOf(timing, reference);
};

describe('a deadline', () => {
  test.each([
    ['6 mois avant', '2027-03-01', '2026-09-01'],
    ['1 an avant', '2027-03-01', '2026-03-01'],
    ['1 semaine avant', '2027-03-01', '2027-02-22'],
    ['2 semaines après', '2027-12-25', '2028-01-08'],
    ['1 jour après', '2026-12-31', '2027-01-01'],
    ['le jour même', '2027-03-01', '2027-03-01'],
    ['tout de suite', '2027-03-01', '2027-03-01'],
    ['14 mois avant', '2027-03-01', '2026-01-01'],
  ])('« %s » of %s is %s', (phrase, reference, day) => {
    expect(at(phrase, reference)).toBe(day);
  });

  test.each([
    ['6 mois avant', '2027-08-31', '2027-02-28'],
    ['6 mois avant', '2028-08-31', '2028-02-29'],
    ['1 mois après', '2027-01-31', '2027-02-28'],
    ['1 mois après', '2027-05-31', '2027-06-30'],
    ['3 mois avant', '2027-05-31', '2027-02-28'],
  ])('« %s » of %s stays in its month: %s', (phrase, reference, day) => {
    expect(at(phrase, reference)).toBe(day);
  });

  test.each([
    ['1 an avant', '2028-02-29', '2027-02-28'],
    ['4 ans après', '2028-02-29', '2032-02-29'],
    ['1 jour avant', '2028-03-01', '2028-02-29'],
    ['1 jour avant', '2100-03-01', '2100-02-28'],
    ['1 semaine après', '2028-02-26', '2028-03-04'],
  ])('« %s » of %s knows leap years: %s', (phrase, reference, day) => {
    expect(at(phrase, reference)).toBe(day);
  });

  test.each([
    'six mois avant',
    '6 mois',
    '6 mois avant le départ',
    '100 jours avant',
    '',
    '-1 mois avant',
    '6  mois avant',
  ])('« %s » is not one', (phrase) => {
    expect(parseTiming(phrase)).toBeUndefined();
  });

  test('is ranked from the earliest to the latest', () => {
    const phrases = [
      '1 mois après',
      '1 semaine avant',
      '1 an avant',
      '1 jour après',
      'le jour même',
      '6 mois avant',
    ];
    const rank = (phrase: string) => rankOf(parseTiming(phrase) ?? { count: 0, unit: 'jour', side: 'avant' });
    expect(phrases.toSorted((a, b) => rank(a) - rank(b))).toEqual([
      '1 an avant',
      '6 mois avant',
      '1 semaine avant',
      'le jour même',
      '1 jour après',
      '1 mois après',
    ]);
  });
});

describe('a day', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  test.each([
    'Africa/Lome',
    'Europe/Paris',
    'America/New_York',
    'Pacific/Kiritimati',
    'Asia/Beirut',
    'Pacific/Niue',
  ])('is the same in %s, clock changes included', (timeZone) => {
    process.env.TZ = timeZone;
    let day = '2027-01-01';
    for (let count = 0; count < 730; count++) day = nextDay(day);
    expect(day).toBe('2028-12-31');
    expect(at('1 jour après', '2027-03-27')).toBe('2027-03-28');
    expect(at('1 jour avant', '2027-03-29')).toBe('2027-03-28');
    expect(at('1 semaine après', '2027-10-28')).toBe('2027-11-04');
    expect(at('6 mois avant', '2027-04-01')).toBe('2026-10-01');
    expect(formatDay('2027-03-28')).toBe('28\u00a0mars\u00a02027');
    expect(monthsAround('2027-03-31', 1, 1)).toEqual(['2027-02', '2027-03', '2027-04']);
  });

  test('today is the one on the wall, not the one in Greenwich', () => {
    const evening = new Date('2026-12-31T23:30:00Z');
    process.env.TZ = 'Europe/Paris';
    expect(localDay(evening)).toBe('2027-01-01');
    process.env.TZ = 'America/New_York';
    expect(localDay(evening)).toBe('2026-12-31');
  });

  test('is written in French', () => {
    expect(formatDay('2027-03-01')).toBe('1er\u00a0mars\u00a02027');
    expect(formatDay('2027-02-11')).toBe('11\u00a0février\u00a02027');
    expect(formatDay('2027-08')).toBe('août\u00a02027');
  });

  test('months to choose from go over the year', () => {
    expect(monthsAround('2026-11-30', 2, 3)).toEqual([
      '2026-09',
      '2026-10',
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
    ]);
    expect(monthsAround('2026-11-30', 0, 36).at(-1)).toBe('2029-11');
  });
});

describe('answers in the address', () => {
  const examples: [string, Answers][] = [
    ['moment=revenir', { moment: 'revenir' }],
    ['moment=partir&quand=2027-03&pays=FR', { moment: 'partir', month: '2027-03', country: 'FR' }],
    ['moment=vivre&avec=seul', { moment: 'vivre', family: [] }],
    ['moment=vivre&avec=conjoint-enfants', { moment: 'vivre', family: ['conjoint', 'enfants'] }],
    ['moment=urgence&cas=deces', { moment: 'urgence', situation: 'deces' }],
  ];

  test.each(examples)('« %s » is read, then written again', (fragment, answers) => {
    expect(readAnswers(`#${fragment}`)).toEqual(expect.objectContaining(answers));
    expect(writeAnswers(answers)).toBe(fragment);
    expect(writeAnswers(readAnswers(fragment))).toBe(fragment);
  });

  test('another page may point to one list', () => {
    expect(writeAnswers(readAnswers('#revenir'))).toBe('moment=revenir');
  });

  test('nothing is kept of what is not an answer', () => {
    expect(readAnswers('')).toEqual({});
    expect(readAnswers('#source-3')).toEqual({});
    expect(readAnswers('#moment=ailleurs&pays=FR')).toEqual({});
    const odd = '#moment=partir&quand=2027-13&pays=<b>&avec=chien&cas=%22x%22&autre=1';
    expect(writeAnswers(readAnswers(odd))).toBe('moment=partir');
  });

  test('a family has one code, whatever the order', () => {
    expect(familyCode(['enfants', 'conjoint'])).toBe('conjoint-enfants');
    expect(familyCode([])).toBe('seul');
    expect(familyCode(undefined)).toBe('');
  });
});

describe('a step', () => {
  const everyone = { who: [], countries: [] };
  const withChildren = { ...everyone, who: ['enfants'] };
  const inMorocco = { ...everyone, countries: ['MA'] };
  const afterTheft = { ...everyone, situation: 'papiers' };

  test('without conditions is for everyone', () => {
    expect(concerns(everyone, {})).toBe(true);
    expect(concerns(everyone, { family: [], country: 'FR', situation: 'deces' })).toBe(true);
  });

  test('with a condition is shown as long as the question is not answered', () => {
    for (const step of [withChildren, inMorocco, afterTheft]) expect(concerns(step, {})).toBe(true);
  });

  test('follows the family', () => {
    expect(concerns(withChildren, { family: [] })).toBe(false);
    expect(concerns(withChildren, { family: ['conjoint'] })).toBe(false);
    expect(concerns(withChildren, { family: ['conjoint', 'enfants'] })).toBe(true);
  });

  test('follows the country and the situation', () => {
    expect(concerns(inMorocco, { country: 'FR' })).toBe(false);
    expect(concerns(inMorocco, { country: 'MA' })).toBe(true);
    expect(concerns(afterTheft, { situation: 'deces' })).toBe(false);
    expect(concerns(afterTheft, { situation: 'papiers' })).toBe(true);
  });
});

describe('a calendar file', () => {
  const now = new Date('2026-11-22T08:05:09.123Z');
  const entry = {
    id: 'revenir-papiers',
    day: '2027-02-28',
    title: 'Passeport, acte ; copie',
    text: 'Un chemin C:\\ici.\nPuis la suite.',
    url: 'https://example.org/guide/passeport/',
  };
  const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

  test('holds all-day events, each with an identifier and a stamp', () => {
    const lines = unfolded(calendarOf([entry], now, 'example.org'));
    expect(lines).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//example.org//Ma feuille de route//FR',
      'CALSCALE:GREGORIAN',
      'BEGIN:VEVENT',
      'UID:revenir-papiers@example.org',
      'DTSTAMP:20261122T080509Z',
      'DTSTART;VALUE=DATE:20270228',
      'DTEND;VALUE=DATE:20270301',
      'SUMMARY:Passeport\\, acte \\; copie',
      'DESCRIPTION:Un chemin C:\\\\ici.\\nPuis la suite.\\nhttps://example.org/guide/passeport/',
      'URL:https://example.org/guide/passeport/',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('ends its lines with CRLF and keeps them under 75 octets, letters whole', () => {
    for (const letter of ['a', 'é', '’', '😀', 'e\u0301']) {
      for (let shift = 0; shift < 5; shift++) {
        const title = 'x'.repeat(shift) + letter.repeat(120);
        const text = calendarOf([{ ...entry, title }], now, 'example.org');
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(Buffer.from(text).toString('utf8')).toBe(text);
        expect(text).not.toContain('\ufffd');
        expect(unfolded(text)).toContain(`SUMMARY:${title}`);
      }
    }
  });

  test('can’t be given a line of its own by a text', () => {
    const text = calendarOf(
      [{ ...entry, title: 'a\r\nBEGIN:VALARM\rb\u0007', text: 'c\nEND:VEVENT' }],
      now,
      'example.org',
    );
    expect(unfolded(text).filter((line) => /^(BEGIN|END):/.test(line))).toEqual([
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
    expect(unfolded(text)).toContain('SUMMARY:a\\nBEGIN:VALARM\\nb ');
  });

  test('may be empty', () => {
    expect(calendarOf([], now, 'example.org')).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
  });
});

describe('the editors’ file', () => {
  const data = (): Roadmap =>
    roadmapSchema.parse(parse(readFileSync(path.join(ROOT, 'content/feuille-de-route.yml'), 'utf8')));
  const steps = data().moments.flatMap((moment) => moment.steps);
  const pages = new Set(steps.map((step) => step.page));
  const sources = new Set(
    steps.flatMap(({ text }) => [...text.matchAll(/\[\^([^\]]+)\]/g)].map(([, id]) => id ?? '')),
  );

  /** What an editor reads once one step of the first list is changed. */
  const said = (change: Record<string, unknown>, momentIndex = 0) => {
    const roadmap = data();
    Object.assign(roadmap.moments[momentIndex]!.steps[1]!, change);
    const result = checkedRoadmapSchema(pages, sources).safeParse(roadmap, { reportInput: true });
    return result.success
      ? []
      : problemsOf(result.error, 'f').map(({ field, message }) => `${field ?? ''} : ${message}`);
  };

  test('is right as it is, and has steps for the four moments', () => {
    expect(said({})).toEqual([]);
    expect(steps.length).toBeGreaterThanOrEqual(40);
    for (const { steps: list } of data().moments) expect(list.length).toBeGreaterThanOrEqual(10);
  });

  test.each([
    [
      { page: 'guide/nulle-part' },
      'moments[0].steps[1].page : la page « guide/nulle-part » n’existe pas. Corrigez le nom.',
    ],
    [
      { text: 'Un texte assez long[^inconnue].' },
      'moments[0].steps[1].text : la source « inconnue » n’existe pas. Créez content/sources/inconnue.yml ou corrigez le nom.',
    ],
    [
      { text: 'Il faut payer 5 000 F CFA.' },
      'moments[0].steps[1].text : ce texte contient un chiffre sans source. Ajoutez [^nom-de-la-source] à la fin de la phrase.',
    ],
    [
      { when: 'bientôt' },
      'moments[0].steps[1].when : écrivez « 6 mois avant », « 1 semaine après », « le jour même » ou « tout de suite ».',
    ],
    [
      { countries: ['France'] },
      'moments[0].steps[1].countries[0] : écrivez le code d’un pays en deux lettres, comme MA, entre guillemets simples.',
    ],
    [
      { id: steps[0]!.id },
      `moments[0].steps[1].id : « ${steps[0]!.id} » sert déjà à une autre étape. Changez l’un des deux.`,
    ],
    [
      { situation: 'papiers' },
      'moments[0].steps[1].situation : écrivez le nom d’une des situations de ce moment, s’il en a.',
    ],
  ])('says what is wrong: %o', (change, sentence) => {
    expect(said(change)).toEqual([sentence]);
  });

  test('says that an emergency step has no known situation', () => {
    expect(said({ situation: 'orage' }, 2)).toHaveLength(1);
    expect(said({ situation: undefined }, 2)).toHaveLength(1);
  });

  test('is grouped by deadline, earliest first, and emergencies by situation', () => {
    const [leaving, , emergency] = data().moments;
    const phrases = groupsOf(leaving!).map(({ heading }) => heading);
    expect(phrases.slice(0, 2)).toEqual(['6 mois avant', '3 mois avant']);
    expect(phrases).toContain('Le jour même');
    const situations = groupsOf(emergency!);
    expect(situations.map(({ heading }) => heading)).toEqual(emergency!.situations.map(({ label }) => label));
    for (const { steps: list } of situations) {
      expect(list.length).toBeGreaterThanOrEqual(2);
      expect(list[0]!.when).toBe('tout de suite');
    }
    for (const moment of data().moments) {
      expect(groupsOf(moment).flatMap((group) => group.steps)).toHaveLength(moment.steps.length);
    }
  });

  test('calls its deadlines advice', () => {
    expect(data().advice).toMatch(/conseils/);
    expect(data().advice).toMatch(/Aucune loi/);
  });
});
