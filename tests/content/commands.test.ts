import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openRoom, ROOT, runNode, type Outcome, type Room } from './room.ts';

let room: Room;
beforeAll(() => void (room = openRoom()));
beforeEach(() => room.reset());
afterAll(() => room.close());

const fraicheur = (...args: string[]): Promise<Outcome> =>
  runNode(room.root, [path.join(ROOT, 'scripts/freshness.ts'), ...args], { GUIDE_TODAY: '2026-11-22' });

describe('npm run fraicheur', () => {
  const entry = (output: string, field: string) =>
    output.split('\n\n').find((one) => one.startsWith(`content/essai.yml, champ « ${field} »`));
  const facts = {
    old: { value: 'Une vieille réponse', sources: ['alpha'], asOf: '2011-05' },
    undated: { value: 'Une réponse sans date', sources: ['alpha'], asOf: 'inconnue' },
    recent: { value: ['Une réponse', 'récente'], sources: ['alpha', 'beta'], asOf: '2026-01-02' },
    expired: { value: 'Une réponse périmée', sources: ['beta'], asOf: '2026', validUntil: '2026-11-01' },
    soon: { value: 'Bientôt périmée', sources: ['beta'], asOf: '2026', checkedOn: '2026-11-01', validUntil: '2027-05-31' },
    disputed: { value: 'Une réponse', sources: ['beta'], asOf: '2026', disputed: 'L’un dit oui, l’autre non.' },
    confirmed: { value: 'Une réponse', sources: ['beta'], asOf: '2012', checkedOn: '2026-11-01' },
    unknown: { notFound: 'Demandez à votre ambassade.' },
  };
  const writeFacts = () => {
    room.write('content/essai.yml', stringify(facts));
  };

  test('tells of each fact its file, its field, its first words, its age and why it must be checked', async () => {
    writeFacts();
    const { code, output } = await fraicheur();
    expect(code).toBe(0);
    expect(entry(output, 'old')).toBe(
      [
        'content/essai.yml, champ « old »',
        '    « Une vieille réponse »',
        '    source de mai 2011, il y a 15 ans (alpha)',
        '    à revoir : ancienne, jamais confirmée auprès du service',
      ].join('\n'),
    );
    expect(entry(output, 'undated')).toContain('à revoir : date inconnue, jamais confirmée');
    expect(entry(output, 'recent')).toContain('« Une réponse ; récente »');
    expect(entry(output, 'recent')).toContain('à revoir : jamais confirmée auprès du service');
    expect(entry(output, 'expired')).toContain('à revoir : périmée, jamais confirmée');
    expect(entry(output, 'disputed')).toContain('à revoir : contestée, jamais confirmée');
    for (const field of ['confirmed', 'soon', 'unknown']) expect(entry(output, field)).toBeUndefined();
  });

  test('puts unknown dates first, then the oldest', async () => {
    writeFacts();
    const { output } = await fraicheur();
    const places = ['undated', 'old', 'recent', 'expired'].map((field) => output.indexOf(`champ « ${field} »`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('shows what will be out of date by another day', async () => {
    writeFacts();
    const { code, output } = await fraicheur('--jusqua', '2027-06-01');
    expect(code).toBe(0);
    expect(output).toContain('Au 1er juin 2027 :');
    expect(entry(output, 'soon')).toContain('à revoir : périmée');
    expect(entry((await fraicheur('--jusqua=2027-05-31')).output, 'soon')).toBeUndefined();
  });

  test('names the rumours whose verdict is no longer shown, by the day asked for', async () => {
    const line = '  content/rumeurs/inscription-loterie-dv-2027.yml : ';
    expect((await fraicheur()).output).not.toContain('Verdict masqué');
    expect((await fraicheur('--jusqua', '2027-02-22')).output).not.toContain(line);
    const { output } = await fraicheur('--jusqua', '2027-02-23');
    expect(output).toMatch(/Verdict masqué : \d+ rumeurs? à revérifier\./);
    expect(output).toContain(line);
    expect(output).not.toContain('content/rumeurs/visa-promis.yml : ');
  });

  test('names every source that nothing cites, and no other', async () => {
    room.write('content/essai.yml', stringify({ old: { ...facts.old, sources: ['citee-ici'] } }));
    for (const id of ['citee-ici', 'citee-dans-un-texte', 'jamais-citee']) {
      room.write(`content/sources/${id}.yml`, stringify({ title: 'Un document' }));
    }
    room.write('content/guide/essai.md', '---\ntitle: Essai\n---\nOui[^citee-dans-un-texte].\n');
    const { output } = await fraicheur();
    const unused = /Jamais citées : .*\n((?: {2}.*\n)+)/.exec(output)?.[1] ?? '';
    expect(unused).toContain('  content/sources/jamais-citee.yml\n');
    expect(unused).not.toMatch(/citee-ici|citee-dans-un-texte/);
  });

  test('accounts for every source of the real content: cited somewhere, or named as never cited', async () => {
    const { code, output } = await fraicheur();
    expect(code).toBe(0);
    const named = new Set([...output.matchAll(/^ {2}content\/sources\/(.*)\.yml$/gm)].map((match) => match[1]));
    const text = readdirSync(path.join(room.root, 'content'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(md|yml)$/.test(file) && !file.startsWith('sources'))
      .map((file) => room.read(path.join('content', file)))
      .join('\n');
    const sources = readdirSync(path.join(room.root, 'content/sources')).map((file) => path.basename(file, '.yml'));
    // A citation is the whole name, between characters that no name holds.
    const lost = sources.filter((id) => !named.has(id) && !new RegExp(`(?<![a-z0-9-])${id}(?![a-z0-9-])`).test(text));
    expect(lost).toEqual([]);
  });

  test.each([
    [['--jusqua', 'demain'], '« demain » n’est pas une date : écrivez-la comme 2027-06-01.'],
    [['--jusqua', '2027-02-30'], '« 2027-02-30 » n’est pas une date : écrivez-la comme 2027-06-01.'],
    [['--tout'], 'Écrivez « npm run fraicheur », ou « npm run fraicheur -- --jusqua 2027-06-01 ».'],
  ])('%j gets one sentence and no stack', async (args, sentence) => {
    expect(await fraicheur(...args)).toEqual({ code: 1, output: `\n${sentence}\n` });
  });

  test('a file it can’t read gets one sentence and no stack', async () => {
    room.write('content/guide/passeport.md', '---\ntitle: [\n---\n');
    expect(await fraicheur()).toEqual({
      code: 1,
      output: '\ncontent/guide/passeport.md ne peut pas être lu : lancez « npm run check » pour savoir pourquoi.\n',
    });
  });
});

describe('npm run check', () => {
  const check = () => runNode(room.root, [path.join(ROOT, 'scripts/check.ts')]);

  test('stops on what editors must mend, in French and without a stack', async () => {
    room.write('content/sources/essai.yml', stringify({ title: 'Un document' }));
    const { code, output } = await check();
    expect(code).toBe(1);
    expect(output).toContain('à corriger dans le dossier « content » :');
    expect(output).toContain('  • content/sources/essai.yml, champ « publisher » : ce champ manque. Ajoutez-le.');
    expect(output).not.toMatch(/^\s+at /m);
    expect(output).not.toContain('astro check');
  });
});
