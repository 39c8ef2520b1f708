// Testimonies, from their file to what a build publishes. All of them are made up for these tests, in a copy of the
// editors' room: the real one holds none.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { findContentProblems } from '../../src/build/find-problems.ts';
import { formatProblem } from '../../src/domain/content-problem.ts';
import { parseCode } from '../../src/domain/migration/withdrawal-code.ts';
import { readVoices } from '../../src/loaders/voices.ts';
import { openRoom, ROOT, runNode, type Room } from './room.ts';

const DAY = new Date('2026-11-22T12:00:00Z');
const KEY = 'sb_publishable_essai';

const model = parse(readFileSync(path.join(ROOT, 'content/_redaction/modele-voix.yml'), 'utf8')) as {
  consent: Record<string, unknown>;
};
const voice = (consent: Record<string, unknown> = {}) => ({
  ...model,
  consent: { ...model.consent, ...consent },
});

let room: Room;
beforeAll(() => {
  room = openRoom();
});
beforeEach(() => room.reset());
afterAll(() => room.close());

/** Loaders and checks read the current folder, as they do under `astro build`. */
async function inRoom<T>(run: () => T | Promise<T>): Promise<T> {
  process.chdir(room.root);
  try {
    return await run();
  } finally {
    process.chdir(ROOT);
  }
}

const write = (name: string, data: unknown) => room.write(`content/voix/${name}.yml`, stringify(data));

/** A Supabase that only knows which codes were used. */
async function withSupabase<T>(
  answer: (asked: readonly string[]) => { status?: number; body: unknown },
  run: (env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    void text(request).then((question) => {
      const { hashes } = JSON.parse(question) as { hashes: string };
      const { status = 200, body } = request.url?.endsWith('/rpc/withdrawn_among')
        ? answer(hashes.split(','))
        : { status: 404, body: {} };
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await run({ SUPABASE_URL: `http://127.0.0.1:${String(port)}`, SUPABASE_PUBLISHABLE_KEY: KEY });
  } finally {
    server.close();
  }
}

const using = (codes: readonly string[]) => (asked: readonly string[]) => ({
  body: JSON.stringify({ asked: asked.length, withdrawn: asked.filter((hash) => codes.includes(hash)) }),
});

const HASHES = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const published = (env: NodeJS.ProcessEnv, day = DAY) =>
  inRoom(async () => [...(await readVoices(env, day)).keys()]);

describe('what a build publishes', () => {
  beforeEach(() => {
    for (const [index, hash] of HASHES.entries())
      write(`voix-${String(index + 1)}`, voice({ withdrawalCodeHash: hash }));
  });

  test('is every testimony agreed to for this site, for today', async () => {
    write('voix-4', voice({ withdrawalCodeHash: 'd'.repeat(64), scopes: ['radio'] }));
    await withSupabase(using([]), async (env) => {
      expect(await published(env)).toEqual(['voix-1', 'voix-2', 'voix-3']);
      expect(await published(env, new Date('2027-11-22T00:00:00Z'))).toEqual([]);
      expect(await published(env, new Date('2026-11-21T23:00:00Z'))).toEqual([]);
    });
  });

  test('is no longer a testimony whose code was used', async () => {
    await withSupabase(using(['0'.repeat(64), HASHES[0], HASHES[2]]), async (env) => {
      expect(await published(env)).toEqual(['voix-2']);
    });
  });

  test('stops, rather than publish what may have been withdrawn, when the withdrawals can’t be read', async () => {
    const stops = /retraits de témoignages n’a pas pu être lu.*le site déjà en ligne reste en place/;
    await expect(
      published({ SUPABASE_URL: 'http://127.0.0.1:9', SUPABASE_PUBLISHABLE_KEY: KEY }),
    ).rejects.toThrow(stops);
    await expect(published({ SUPABASE_URL: 'http://127.0.0.1:9' })).rejects.toThrow(
      'pour ne pas publier un témoignage retiré',
    );
    const other = JSON.stringify({ asked: 1, withdrawn: [] });
    for (const answer of [{ status: 500, body: '' }, { body: {} }, { body: 'x' }, { body: other }])
      await withSupabase(() => answer, (env) => expect(published(env)).rejects.toThrow(stops));
  });

  test('asks about many testimonies, a few at a time, and about no other', async () => {
    const many = Array.from({ length: 203 }, (_, n) => n.toString(16).padStart(64, '0'));
    many.forEach((hash, index) => write(`voix-${String(index + 10)}`, voice({ withdrawalCodeHash: hash })));
    const questions: number[] = [];
    const answer = using(many.slice(1));
    await withSupabase(
      (asked) => {
        questions.push(asked.length);
        return answer(asked);
      },
      async (env) => expect(await published(env)).toEqual(['voix-1', 'voix-10', 'voix-2', 'voix-3']),
    );
    expect(questions).toEqual([200, 6]);
  });

  test('is nothing as long as nobody could withdraw: without a database, or with the forms closed', async () => {
    expect(await published({})).toEqual([]);
    await withSupabase(using([]), async (env) => {
      expect(await published({ ...env, CONTEXT: 'production' })).toEqual([]);
      expect(await published({ ...env, CONTEXT: 'production', IPDCP_DECLARATION: '123' })).toHaveLength(3);
    });
  });
});

describe('the check of the editors’ room', () => {
  const problems = () =>
    inRoom(() =>
      findContentProblems()
        .map(formatProblem)
        .filter((one) => one.startsWith('content/voix/')),
    );

  test('accepts the model that editors copy', async () => {
    write('voix-1', voice());
    expect(await problems()).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'without the risks explained',
      { risksExplained: false },
      'champ « consent.risksExplained » : écrivez « true » seulement après avoir expliqué les risques à la personne.',
    ],
    [
      'without a withdrawal code',
      { withdrawalCodeHash: 'ACDE FGHJ' },
      'champ « consent.withdrawalCodeHash » : copiez la ligne que donne « npm run retrait-voix ».',
    ],
    [
      'agreed to for longer than two years',
      { until: '2028-11-23' },
      'champ « consent.until » : la fin de l’accord doit venir après son début, et deux ans plus tard au plus.',
    ],
    [
      'agreed to for nowhere',
      { scopes: [] },
      'champ « consent.scopes » : la liste est trop courte : écrivez au moins 1 élément.',
    ],
    [
      'with the address of the person',
      { address: 'Lomé' },
      'champ « consent » : le mot « address » n’est pas connu ici. Retirez-le ou corrigez son orthographe.',
    ],
  ])('refuses a testimony %s, and says where', async (_, consent, message) => {
    write('voix-1', voice(consent));
    expect(await problems()).toEqual([`content/voix/voix-1.yml, ${message}`]);
  });

  test('refuses two testimonies with one code: one would go with the other', async () => {
    write('voix-1', voice());
    write('voix-2', voice());
    expect(await problems()).toEqual([
      'content/voix/voix-2.yml, champ « consent.withdrawalCodeHash » : ce code est déjà celui de content/voix/voix-1.yml. Chaque témoignage a le sien : lancez « npm run retrait-voix ».',
    ]);
  });

  test('leaves it to « npm run fraicheur » to name those whose agreement is over', async () => {
    write('voix-1', voice({ withdrawalCodeHash: HASHES[0] }));
    const freshness = (day: string) =>
      runNode(room.root, [path.join(ROOT, 'scripts/freshness.ts'), '--jusqua', day]);
    expect((await freshness('2027-11-21')).output).not.toContain('Accord terminé');
    expect((await freshness('2027-11-22')).output).toContain(
      'Accord terminé : 1 témoignage. Effacez le fichier.\n  content/voix/voix-1.yml, jusqu’au 22 novembre 2027',
    );
  });
});

describe('npm run retrait-voix', () => {
  const draw = (...args: string[]) => runNode(ROOT, [path.join(ROOT, 'scripts/voice-withdrawal.ts'), ...args]);

  test('prints the fingerprint for the file and the code for the person, another one each time', async () => {
    const drawn = await Promise.all([1, 2].map(() => draw('--site', 'https://guide.example')));
    const codes = drawn.map(({ code, output }) => {
      expect(code).toBe(0);
      expect(output).toContain('https://guide.example/migration/voix/retirer/');
      const written = parseCode(/Mon code : ([A-Z0-9 ]+)/.exec(output)?.[1] ?? '');
      expect(written).toHaveLength(32);
      expect(/withdrawalCodeHash: (\S+)/.exec(output)?.[1]).toBe(
        createHash('sha256').update(written ?? '').digest('hex'),
      );
      return written;
    });
    expect(new Set(codes).size).toBe(2);
  });

  test('asks for the address of the site in one sentence', async () => {
    const { code, output } = await draw();
    expect(code).toBe(1);
    expect(output).toContain('Donnez l’adresse du site');
    expect(output).not.toMatch(/^\s+at /m);
  });
});
