import type { Field, StoredValue } from '../../src/domain/forms/field.ts';
import { CODE_BASE, CODE_NUMBERS, codeFrom, spokenCode } from '../../src/domain/migration/withdrawal-code.ts';

const CODE = codeFrom(Array.from({ length: CODE_NUMBERS }, (_, index) => (index * 7 + 3) % CODE_BASE));
const OTHER_CODE = codeFrom(Array.from({ length: CODE_NUMBERS }, (_, index) => (index * 5 + 1) % CODE_BASE));

/** What was typed, and what must be stored. */
export type Accepted = readonly [typed: readonly string[], stored: StoredValue];

/** One letter that JavaScript counts twice and a person once. */
const TALL = '𝒦';

const long = (length: number) => 'é'.repeat(length - 1) + TALL;

/** Answers that must be accepted, as people really write them, with what becomes of them. */
export function acceptedAnswers(field: Field): Accepted[] {
  switch (field.kind) {
    case 'text':
      return [
        [['Kossi'], 'Kossi'],
        [['O'], 'O'],
        [['Ɖɔ'], 'Ɖɔ'],
        [['ɖ ɛ ɔ ŋ ƒ ʋ ɩ ʊ'], 'ɖ ɛ ɔ ŋ ƒ ʋ ɩ ʊ'],
        [['Ŋutsu-Ʋɩlɛ'], 'Ŋutsu-Ʋɩlɛ'],
        [["N’Guessan d'Almeida"], "N’Guessan d'Almeida"],
        [['  Éva  '], 'Éva'],
        [['E\u0301va'], 'Éva'],
        [['', 'Kossi', ' '], 'Kossi'],
        [['<b>"Robert"</b>; drop table --'], '<b>"Robert"</b>; drop table --'],
        [[long(field.maxLength)], long(field.maxLength)],
      ];
    case 'long-text':
      return [
        [['Une ligne.\r\nUne autre.\rFin.'], 'Une ligne.\nUne autre.\nFin.'],
        [['😀'], '😀'],
        [[long(field.maxLength)], long(field.maxLength)],
      ];
    case 'email':
      return [
        [['kossi@exemple.org'], 'kossi@exemple.org'],
        [[' Kossi.A+togo@Mail.Exemple.tg '], 'Kossi.A+togo@Mail.Exemple.tg'],
        [["n'guessan@exemple.fr"], "n'guessan@exemple.fr"],
        [['éva@exémple.org'], 'éva@exémple.org'],
        [[`${'a'.repeat(64)}@${'b'.repeat(185)}.org`], `${'a'.repeat(64)}@${'b'.repeat(185)}.org`],
      ];
    case 'phone':
      return [
        [['+22890000000'], '+22890000000'],
        [['+228 90 00 00 00'], '+22890000000'],
        [['00228 90-00-00-00'], '+22890000000'],
        [['00 228 90.00.00.00'], '+22890000000'],
        [['(+228) 90 00 00 00'], '+22890000000'],
        [['+228\u00a090\u202f00‑00–00'], '+22890000000'],
        [['+33 6 12 34 56 78'], '+33612345678'],
        [['+33 (0)6 12 34 56 78'], '+33612345678'],
        [['+33 06 12 34 56 78'], '+33612345678'],
        [['0033 06 12 34 56 78'], '+33612345678'],
        [['+49 0151 23456789'], '+4915123456789'],
        // In Côte d’Ivoire, Gabon and Italy the 0 is part of the number.
        [['+225 07 00 00 00 00'], '+2250700000000'],
        [['+39 06 1234 5678'], '+390612345678'],
        [['+1 (514) 555-0100'], '+15145550100'],
        [['+1234567'], '+1234567'],
        [['+123456789012345'], '+123456789012345'],
      ];
    case 'url':
      return [
        [['https://exemple.org'], 'https://exemple.org'],
        [['http://exemple.org/page?a=b#c'], 'http://exemple.org/page?a=b#c'],
        [['exemple.org'], 'https://exemple.org'],
        [['www.exemple.org/école'], 'https://www.exemple.org/école'],
        [['exemple.org:8080/page'], 'https://exemple.org:8080/page'],
        [['Https://exemple.org/Page'], 'https://exemple.org/Page'],
        [['HTTP://EXEMPLE.ORG'], 'http://EXEMPLE.ORG'],
        [[`https://exemple.org/${'a'.repeat(280)}`], `https://exemple.org/${'a'.repeat(280)}`],
      ];
    case 'money':
      return [
        [['1500000'], 1_500_000],
        [['1 500 000'], 1_500_000],
        [['1\u00a0500\u202f000'], 1_500_000],
        [['1.500.000 F CFA'], 1_500_000],
        [['1,500,000'], 1_500_000],
        [["1’500'000".replaceAll("'", '’')], 1_500_000],
        [['1 500 000 FCFA'], 1_500_000],
        [['1 500 000 francs CFA'], 1_500_000],
        [['1 500 000 francs'], 1_500_000],
        [['1500000 CFA'], 1_500_000],
        [['1500000f'], 1_500_000],
        [['1500000 XOF'], 1_500_000],
        [['0'], 0],
        [['9999999999999'], 9_999_999_999_999],
      ];
    case 'month':
      return [
        [['03/2027'], '2027-03'],
        [['3/2027'], '2027-03'],
        [['2027-03'], '2027-03'],
        [['12.2027'], '2027-12'],
        [['mars 2027'], '2027-03'],
        [['Août 2027'], '2027-08'],
        [['AOUT 2027'], '2027-08'],
        [['décembre 2027'], '2027-12'],
      ];
    case 'year':
      return [
        [['2015'], '2015'],
        [[' 1962 '], '1962'],
      ];
    case 'contact':
      return [
        [['+228 90 00 00 00'], '+22890000000'],
        [['00 33 (0)6 12 34 56 78'], '+33612345678'],
        [[' association@exemple.org '], 'association@exemple.org'],
        [[`${'a'.repeat(64)}@${'b'.repeat(185)}.org`], `${'a'.repeat(64)}@${'b'.repeat(185)}.org`],
      ];
    case 'code':
      return [
        [[CODE], CODE],
        [[spokenCode(CODE)], CODE],
        [[` ${spokenCode(CODE).toLowerCase().replaceAll(' ', '-')} `], CODE],
      ];
    case 'project':
      return [
        [['un-forage'], 'un-forage'],
        [['https://exemple.org/projets/un-forage/'], 'un-forage'],
        [['exemple.org/projets/un-forage?a=b#aider'], 'un-forage'],
        [[' /projets/Un-Forage '], 'un-forage'],
        [['a'.repeat(120)], 'a'.repeat(120)],
      ];
    case 'choice':
      return field.choices.map(({ value }): Accepted => [[value], value]);
    case 'choices':
      return [
        ...(field.required ? [] : [[[], []] satisfies Accepted]),
        ...field.choices.map(({ value }): Accepted => [[value], [value]]),
        [
          field.choices.map(({ value }) => value).filter((value) => value !== field.alone),
          field.choices.map(({ value }) => value).filter((value) => value !== field.alone),
        ],
        [[field.choices[0]?.value ?? '', field.choices[0]?.value ?? ''], [field.choices[0]?.value ?? '']],
      ];
    case 'tags':
      return [
        [['soudure, gestion de projet;pédiatrie\néwé'], ['soudure', 'gestion de projet', 'pédiatrie', 'éwé']],
        [
          ['soudure', 'gestion'],
          ['soudure', 'gestion'],
        ],
        [[' , soudure,, soudure , '], ['soudure']],
        [[tagsOf(field.max).join(',')], tagsOf(field.max)],
        [[long(field.maxLength)], [long(field.maxLength)]],
      ];
    case 'consent':
      return [
        [['oui'], true],
        [['on'], true],
        [['TRUE'], true],
        [['1'], true],
        ...(field.required
          ? []
          : ([
              [[], false],
              [['non'], false],
              [['false'], false],
              [['0'], false],
            ] as const)),
      ];
  }
}

const tagsOf = (count: number) => Array.from({ length: count }, (_, index) => `mot ${index + 1}`);

const WITH_NUL = ['a\u0000b'];
const HALF_A_LETTER = ['a\ud800b'];

/**
 * Answers that must be refused, under the code of the message they must get. A test fails when a field has a message
 * without an answer here, or an answer here without a message.
 */
export function refusedAnswers(field: Field): Record<string, (readonly string[])[]> {
  return {
    unstorable: [WITH_NUL, HALF_A_LETTER, ['Kossi', 'a\udc00']],
    ...(field.required
      ? { missing: [[], [''], ['  \n '], ['\u200b'], ...(field.kind === 'consent' ? [['non']] : [])] }
      : {}),
    ...refusedForKind(field),
  };
}

function refusedForKind(field: Field): Record<string, (readonly string[])[]> {
  switch (field.kind) {
    case 'text':
      return {
        repeated: [['Kossi', 'Ama']],
        multiline: [['Kossi\nAma'], ['Kossi\rAma']],
        tooLong: [['é'.repeat(field.maxLength + 1)], [TALL.repeat(field.maxLength + 1)]],
      };
    case 'long-text':
      return { repeated: [['Un', 'Deux']], tooLong: [[TALL.repeat(field.maxLength + 1)]] };
    case 'email':
      return {
        repeated: [['a@exemple.org', 'b@exemple.org']],
        format: [
          ['kossi'],
          ['kossi@exemple'],
          ['@exemple.org'],
          ['kossi@exemple.o'],
          ['kossi exemple@exemple.org'],
          ['a@b@exemple.org'],
          ['Kossi <kossi@exemple.org>'],
          ['a@exemple.org, b@exemple.org'],
          [`${'a'.repeat(65)}@exemple.org`],
          [`${'a'.repeat(64)}@${'b'.repeat(186)}.org`],
        ],
      };
    case 'phone':
      return {
        repeated: [['+22890000000', '+22890000001']],
        format: [
          ['90 00 00 00'],
          ['0612345678'],
          ['+0612345678'],
          ['+123456'],
          ['+1234567890123456'],
          ['+228 90 00 00 00 poste 3'],
          ['+228 90 00 00 00 / +228 91 00 00 00'],
          ['appelez-moi'],
        ],
      };
    case 'url':
      return {
        repeated: [['https://a.org', 'https://b.org']],
        format: [
          ['mon site'],
          ['exemple'],
          ['https://'],
          ['https:exemple.org'],
          ['https:/exemple.org'],
          ['https://exemple .org'],
          ['javascript:alert(1)'],
          ['data:text/html,a.b'],
          ['ftp://exemple.org'],
          ['mailto:a@exemple.org'],
          [`https://exemple.org/${'a'.repeat(281)}`],
        ],
      };
    case 'money':
      return {
        repeated: [['1', '2']],
        format: [
          ['beaucoup'],
          ['-5'],
          ['12,50'],
          ['1 500,50 F'],
          ['1e6'],
          ['10000000000000'],
          ['F CFA'],
          ['1.5.00'],
        ],
      };
    case 'month':
      return {
        repeated: [['03/2027', '04/2027']],
        format: [
          ['2027'],
          ['13/2027'],
          ['0/2027'],
          ['01/03/2027'],
          ['marsouin 2027'],
          ['bientôt'],
          ['03/27'],
        ],
      };
    case 'year':
      return {
        repeated: [['2015', '2016']],
        format: [['15'], ['20155'], ['1815'], ['depuis 2015'], ['03/2015'], ['2O15']],
      };
    case 'contact':
      return {
        repeated: [['+22890000000', 'kossi@exemple.org']],
        format: [
          ['90 00 00 00'],
          ['kossi@exemple'],
          ['+228 90 00 00 00 ou kossi@exemple.org'],
          ['https://exemple.org'],
          ['appelez-moi'],
          [`${'a'.repeat(64)}@${'b'.repeat(186)}.org`],
        ],
      };
    case 'code':
      return {
        repeated: [[CODE, OTHER_CODE]],
        format: [
          ['retirez-moi'],
          [CODE.slice(4)],
          [`${CODE}A`],
          // One sign for another, and two neighbours exchanged.
          [`${CODE.startsWith('A') ? 'C' : 'A'}${CODE.slice(1)}`],
          [CODE.replace(/(.)(?!\1)(.)/, '$2$1')],
          [CODE.replace(/.$/, 'O')],
        ],
      };
    case 'project':
      return {
        repeated: [['un-forage', 'une-ecole']],
        format: [
          ['Un forage'],
          ['https://exemple.org/associations/les-amis/'],
          ['https://exemple.org/projets/'],
          ['un--forage'],
          ['forage à Kara'],
          ['a'.repeat(121)],
        ],
      };
    case 'choice':
      return {
        repeated: [[field.choices[0]?.value ?? '', field.choices[1]?.value ?? '']],
        unknown: [['ailleurs'], [`${field.choices[0]?.value ?? ''}x`], ['__proto__']],
      };
    case 'choices':
      return {
        unknown: [['ailleurs'], [field.choices[0]?.value ?? '', 'ailleurs']],
        ...(field.alone === undefined ? {} : { alone: [[field.choices[0]?.value ?? '', field.alone]] }),
      };
    case 'tags':
      return {
        tooMany: [[tagsOf(field.max + 1).join(',')], tagsOf(field.max + 1)],
        tooLong: [['é'.repeat(field.maxLength + 1)], [`soudure, ${TALL.repeat(field.maxLength + 1)}`]],
      };
    case 'consent':
      return {};
  }
}
