import { expect, test } from 'vitest';
import { BUILD_FAILURES, publicationWords, type DeskBuild } from '../../src/domain/publication.ts';

const NOW = new Date('2026-11-22T15:00:00Z');
const at = (hour: string, day = '22') => `2026-11-${day}T${hour}:00Z`;
const build = (id: number, outcome: DeskBuild['outcome'], more: Partial<DeskBuild> = {}): DeskBuild => ({
  id,
  outcome,
  wanted_at: at('14:00'),
  done_at: outcome === 'live' || outcome === 'failed' ? at('14:32') : null,
  code: null,
  ...more,
});
const waiting = (wanted_at: string): DeskBuild => ({ ...build(0, 'waiting', { wanted_at }), id: null });
const words = (...builds: DeskBuild[]) => publicationWords(builds, NOW);

test('says since when the site is online, in the hour of Lomé, with the day when it is another one', () => {
  expect(words(build(1, 'live'))).toEqual({ alert: false, sentences: ['En ligne depuis 14 h 32.'] });
  expect(words(build(1, 'live', { done_at: at('09:05', '20') })).sentences).toEqual([
    'En ligne depuis 09 h 05 le 20 novembre.',
  ]);
});

test('says that a new site was asked for, whether somebody has looked at it or not', () => {
  const sentences = [
    'Mise en ligne demandée à 14 h 50. Elle prend quelques minutes.',
    'En ligne depuis 14 h 32.',
  ];
  expect(words(build(1, 'live'), waiting(at('14:50')))).toEqual({ alert: false, sentences });
  for (const outcome of ['asked', 'started'] as const)
    expect(words(build(2, outcome, { wanted_at: at('14:50') }), build(1, 'live'))).toEqual({
      alert: false,
      sentences,
    });
});

test('alerts when nobody has looked at a request for half an hour', () => {
  expect(words(waiting(at('14:20')))).toEqual({
    alert: true,
    sentences: [
      'La mise en ligne demandée à 14 h 20 n’a pas commencé. Dites-le à la personne qui tient le site.',
    ],
  });
});

test.each(BUILD_FAILURES)('says why it failed (%s), and that the site before is still online', (code) => {
  const { alert, sentences } = words(build(1, 'live'), build(2, 'failed', { code }));
  expect(alert).toBe(true);
  expect(sentences[0]).toMatch(/^La mise en ligne demandée à 14 h 00 a échoué : [^.]+\./);
  expect(sentences.slice(1)).toEqual(['Le site d’avant reste en ligne.', 'En ligne depuis 14 h 32.']);
});

test('a failure that another build mended is no longer said', () => {
  expect(words(build(1, 'failed', { code: 'hook_refused' }), build(2, 'live')).alert).toBe(false);
});

test('before the first build there is nothing to say', () => {
  expect(words()).toEqual({ alert: false, sentences: [] });
});
