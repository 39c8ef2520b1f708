import { describe, expect, test } from 'vitest';
import { frenchTypography, frenchTypographyInHtml } from '../../src/domain/typography.ts';

const NB = '\u00a0';
const THIN = '\u202f';

describe('French typography', () => {
  test.each([
    ['a colon', 'Coût : rien', `Coût${NB}: rien`],
    ['a colon at the end', 'Voici :', `Voici${NB}:`],
    ['a semicolon', 'oui ; non', `oui${THIN}; non`],
    ['a question mark', 'Où ?', `Où${THIN}?`],
    ['an exclamation mark', 'Non !', `Non${THIN}!`],
    ['quotation marks', '« oui »', `«${NB}oui${NB}»`],
    ['quotation marks without spaces', '«oui»', `«${NB}oui${NB}»`],
    ['a straight apostrophe', "l'état civil d'aujourd'hui", 'l’état civil d’aujourd’hui'],
    ['thousands', '1 500 000', `1${NB}500${NB}000`],
    ['francs', '30 000 F CFA', `30${NB}000${NB}F${NB}CFA`],
    ['FCFA', '500 FCFA', `500${NB}FCFA`],
    ['days, months and years', '5 jours, 3 mois, 10 ans', `5${NB}jours, 3${NB}mois, 10${NB}ans`],
    ['percentages', '10 %', `10${NB}%`],
  ])('sets %s', (_, typed, printed) => {
    expect(frenchTypography(typed)).toBe(printed);
  });

  test.each([
    'https://example.org:8888/a?b=c!',
    'Rendez-vous à 10:30',
    'Quoi?',
    "1990's",
    '5 anses',
    'Article 3 du code',
    'ƒ ʋ ɖ',
    '',
  ])('leaves « %s » as it is', (text) => {
    expect(frenchTypography(text)).toBe(text);
  });

  test('changes nothing the second time', () => {
    const once = frenchTypography("« L'État » : 30 000 F CFA ; 5 ans ? Oui !");
    expect(frenchTypography(once)).toBe(once);
  });
});

describe('French typography in HTML', () => {
  test('reaches the text, whatever surrounds it', () => {
    expect(frenchTypographyInHtml('<p>Où ? <b>Ici !</b></p>')).toBe(`<p>Où${THIN}? <b>Ici${THIN}!</b></p>`);
  });

  test.each([
    ['an attribute', '<a href="/a ?b" title="l\'eau !">x</a>'],
    ['an attribute that holds « > »', '<img alt="a > b ?" src="x">'],
    ['an attribute in simple quotes', "<a title='« a » > b !'>x</a>"],
    ['a comment', "<!-- l'eau ? > -->"],
    ['a script', "<script>if (a<b) { c = 'l'; d = a ? 1 : 2 }</script>"],
    ['a style sheet', '<style>a :hover { color : red !important }</style>'],
    ['code', '<code>a ? b : c</code>'],
    ['code inside a block', '<pre><code>a ? b</code> ! <code>c ?</code></pre>'],
    ['what a person typed in a box', '<textarea>Quoi ?</textarea>'],
    ['an upper-case element', '<SCRIPT>a ? b : c</SCRIPT>'],
  ])('leaves %s alone', (_, html) => {
    expect(frenchTypographyInHtml(html)).toBe(html);
  });

  test('goes on after an element it left alone, even when a script holds « < »', () => {
    expect(frenchTypographyInHtml('<script>a<b</script><p>Où ?</p><code>?</code> !')).toBe(
      `<script>a<b</script><p>Où${THIN}?</p><code>?</code>${THIN}!`,
    );
  });

  test('keeps entities whole', () => {
    expect(frenchTypographyInHtml('<p>A &amp; B&nbsp;: &lt;oui&gt; &#39;non&#39;</p>')).toBe(
      '<p>A &amp; B&nbsp;: &lt;oui&gt; &#39;non&#39;</p>',
    );
  });
});
