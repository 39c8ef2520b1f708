import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { problemsOf } from '../../src/domain/content-problem.ts';
import {
  checkedOfferCheckSchema,
  offerCheckSchema,
  reasonsOf,
  sourcesOfOfferCheck,
  type OfferCheck,
} from '../../src/domain/offer-check/offer-check.ts';
import { CONCERNS, VERDICTS, verdictOf, type Concern } from '../../src/domain/offer-check/verdict.ts';
import { ROOT } from '../content/room.ts';

const data = (): OfferCheck =>
  offerCheckSchema.parse(parse(readFileSync(path.join(ROOT, 'content/verifier-une-offre.yml'), 'utf8')));
const idsIn = (folder: string) =>
  new Set(readdirSync(path.join(ROOT, folder)).map((file) => path.basename(file, '.yml')));
const sources = idsIn('content/sources');
const lines = idsIn('content/lignes');
const { points, verdicts } = data();

describe('a verdict', () => {
  const states = [...(Object.keys(CONCERNS) as Concern[]), undefined];
  /** Every way to answer six questions, or not to. */
  const everyWay = Array.from({ length: states.length ** 6 }, (_, way) =>
    Array.from({ length: 6 }, (_, place) => states[Math.floor(way / states.length ** place) % states.length]),
  );

  test('is given as soon as one question is answered, and not before', () => {
    expect(verdictOf([undefined, undefined])).toBeUndefined();
    expect(verdictOf([])).toBeUndefined();
    const silent = everyWay.filter((way) => verdictOf(way) === undefined);
    expect(silent).toEqual([Array.from({ length: 6 }, () => undefined)]);
  });

  test('stops the reader for a single grave answer, whatever the others are', () => {
    for (const way of everyWay) {
      const grave = way.filter((one) => one === 'arreter').length;
      if (grave === 1) expect(verdictOf(way)).toBe('un-arret');
      if (grave > 1) expect(verdictOf(way)).toBe('plusieurs-arrets');
      if (grave === 0) expect(verdictOf(way) ?? '').not.toMatch(/arret/);
    }
  });

  test('finds nothing to fear only when every question has a harmless answer', () => {
    const calm = everyWay.filter((way) => verdictOf(way) === 'rien');
    expect(calm).toEqual([Array.from({ length: 6 }, () => 'rien')]);
  });

  test('asks to make things clear before it asks for the missing answers', () => {
    expect(verdictOf(['rien', 'eclaircir', undefined])).toBe('eclaircir');
    expect(verdictOf(['rien', undefined])).toBe('incomplet');
  });

  test('does not depend on the order of the questions', () => {
    for (const way of everyWay) expect(verdictOf(way.toReversed())).toBe(verdictOf(way));
  });
});

describe('the words of the verdicts', () => {
  test('never give an all-clear, a score or a certainty', () => {
    for (const { title, text } of Object.values(verdicts)) {
      const said = `${title} ${text}`;
      expect(said).not.toMatch(
        /\bsûre?s?\b|fiable|sans danger|sans risque|confiance|\d|%|note de|points sur|vraie offre/iu,
      );
      expect(said).not.toMatch(/c’est (une arnaque|faux)/);
    }
    expect(verdicts.rien.title).toMatch(/ne prouve pas que l’offre est vraie/);
    expect(verdicts.rien.text).toMatch(/vérifications/);
  });

  test('say what to do next', () => {
    expect(Object.keys(verdicts).toSorted()).toEqual([...VERDICTS].toSorted());
    for (const { text } of Object.values(verdicts)) expect(text).toMatch(/(ez|Faites)\b/);
  });
});

describe('the rules', () => {
  const harmless = points.map(({ answers }) => answers.find((one) => one.concern === 'rien'));

  test('are right as they are, about a dozen questions', () => {
    const result = checkedOfferCheckSchema(sources, lines).safeParse(data(), { reportInput: true });
    expect(result.success ? [] : problemsOf(result.error, 'f')).toEqual([]);
    expect(points.length).toBeGreaterThanOrEqual(10);
    expect(points.length).toBeLessThanOrEqual(13);
  });

  test('each fires: one worrying answer among harmless ones is enough', () => {
    expect(harmless).not.toContain(undefined);
    let fired = 0;
    for (const [at, { answers }] of points.entries()) {
      for (const { concern } of answers) {
        const verdict = verdictOf(harmless.map((one, place) => (place === at ? concern : one?.concern)));
        expect(verdict).toBe({ arreter: 'un-arret', eclaircir: 'eclaircir', rien: 'rien' }[concern]);
        if (concern !== 'rien') fired += 1;
      }
    }
    expect(fired).toBeGreaterThanOrEqual(30);
  });

  test('any two of them together are at least as grave as each alone', () => {
    const gravity = (verdict: string | undefined) => VERDICTS.findIndex((one) => one === verdict);
    const worst = points.flatMap(({ answers }, at) => answers.map(({ concern }) => ({ at, concern })));
    const judge = (...changes: { at: number; concern: Concern }[]) =>
      gravity(
        verdictOf(
          harmless.map((one, place) => changes.find(({ at }) => at === place)?.concern ?? one?.concern),
        ),
      );
    for (const one of worst)
      for (const other of worst.filter(({ at }) => at > one.at))
        expect(judge(one, other)).toBeLessThanOrEqual(Math.min(judge(one), judge(other)));
  });

  test('hold someone who does not know for someone who must ask', () => {
    const unsure = points
      .flatMap(({ answers }) => answers)
      .filter(({ label }) => /sais pas|pas vérifié|rien vérifié/.test(label));
    expect(unsure.length).toBeGreaterThanOrEqual(5);
    expect(unsure.map(({ concern }) => concern)).not.toContain('rien');
  });

  test('each reason has sources and a date, or says that it is advice', () => {
    const reasons = reasonsOf(data());
    expect(reasons.length).toBeGreaterThanOrEqual(40);
    for (const reason of reasons) {
      if ('advice' in reason) expect(Object.keys(reason)).toEqual(['advice']);
      else expect(reason.sources.length * reason.asOf.length).toBeGreaterThan(0);
    }
  });

  test('each answer says what to ask or to do', () => {
    for (const { answers } of points)
      for (const { concern, reasons, next } of answers) {
        expect(next).toMatch(/(ez|t)\b/);
        if (concern !== 'rien') expect(reasons.length).toBeGreaterThan(0);
      }
  });

  test('cite each source once, in the order in which a reader meets it', () => {
    const cited = sourcesOfOfferCheck(data());
    expect(new Set(cited).size).toBe(cited.length);
    expect(cited[0]).toBe('oit-frais-recrutement-2020');
    expect(cited.at(-1)).toBe('onudc-code-penal-traite-2015');
  });
});

describe('what an editor reads', () => {
  const said = (change: (check: OfferCheck) => void) => {
    const check = data();
    change(check);
    const result = checkedOfferCheckSchema(sources, lines).safeParse(check, { reportInput: true });
    return result.success
      ? []
      : problemsOf(result.error, 'f').map(({ field, message }) => `${field ?? ''} : ${message}`);
  };
  const first = (check: OfferCheck) => check.points[0]!.answers[1]!;

  test.each<[string, (check: OfferCheck) => void, string]>([
    [
      'a concern without a reason',
      (check) => (first(check).reasons = []),
      'points[0].answers[1].reasons : dites pourquoi : un fait avec sa source, ou un conseil (advice).',
    ],
    [
      'an unknown source',
      (check) =>
        (first(check).reasons = [{ value: 'Un fait assez long.', sources: ['perdue'], asOf: '2024' }]),
      'points[0].answers[1].reasons[0].sources : la source « perdue » n’existe pas. Créez content/sources/perdue.yml ou corrigez le nom.',
    ],
    [
      'an unknown source at the end of the page',
      (check) => (check.after = [{ value: 'Un fait assez long.', sources: ['perdue'], asOf: '2024' }]),
      'after[0].sources : la source « perdue » n’existe pas. Créez content/sources/perdue.yml ou corrigez le nom.',
    ],
    [
      'a figure in advice',
      (check) => (first(check).reasons = [{ advice: 'Ne payez jamais plus de 5 000 F CFA.' }]),
      'points[0].answers[1].reasons[0].advice : ce texte contient un chiffre sans source. Écrivez-le dans un fait, avec value, sources et asOf.',
    ],
    [
      'the same name twice',
      (check) => (check.points[1]!.id = check.points[0]!.id),
      `points[1].id : « ${points[0]!.id} » sert déjà. Changez l’un des deux.`,
    ],
    [
      'a question that worries nobody',
      (check) => {
        for (const one of check.points[0]!.answers) one.concern = 'rien';
      },
      'points[0].answers : aucune réponse n’inquiète : cette question ne sert à rien.',
    ],
    [
      'an all-clear',
      (check) => (check.verdicts.rien.title = 'Cette offre est sûre'),
      'verdicts.rien.title : dites aussi que « cela ne prouve pas » que l’offre est vraie.',
    ],
    [
      'an unknown help line',
      (check) => (check.helpLines = ['perdue']),
      'helpLines[0] : la ligne « perdue » n’existe pas. Créez content/lignes/perdue.yml ou corrigez le nom.',
    ],
  ])('names %s', (_what, change, sentence) => {
    expect(said(change)).toEqual([sentence]);
  });
});
