import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { STORED_FORMS } from '../../src/domain/forms/index.ts';
import { countWords } from '../../src/domain/transparency.ts';
import { readCounts } from '../../src/loaders/counts.ts';
import { startLite } from '../support/lite.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
});

/** The environment of a build whose Supabase answers like this. */
async function answering(body: unknown, status = 200) {
  server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { SUPABASE_URL: `http://127.0.0.1:${port}`, SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_test' };
}
const line = (at_least: unknown) => ({ what: 'kept', form: 'avis', at_least });
const STOPS = /Le compte des dossiers n’a pas pu être lu.*La construction s’arrête/;

describe('the numbers of the page « Transparence »', () => {
  test('are those of the database, for every form', async () => {
    const lite = await startLite({ seed: true, listen: true });
    try {
      const env = { SUPABASE_URL: lite.url, SUPABASE_PUBLISHABLE_KEY: lite.keys.publishable };
      const counts = await readCounts(env);
      const forms = counts?.filter(({ what }) => what === 'kept').map(({ form }) => form);
      expect(forms?.toSorted()).toEqual(STORED_FORMS.map(({ slug }) => slug).toSorted());
      // The demonstration rows are nobody's.
      expect(new Set(counts?.map((row) => row.at_least))).toEqual(new Set([null]));
    } finally {
      await lite.stop();
    }
  });

  test('are absent without a database, which the page then says', async () => {
    expect(await readCounts({})).toBeUndefined();
  });

  test.each([
    ['is not reached', 503, {}],
    ['has not the view yet', 404, {}],
    ['answers nothing', 200, []],
    ['gives a number that is not rounded', 200, [line(13)]],
    ['gives a number smaller than ten', 200, [line(0)]],
    ['gives more than it should', 200, [{ ...line(10), total: 13 }]],
  ])('stop the build when the database %s', async (_, status, body) => {
    await expect(readCounts(await answering(body, status))).rejects.toThrow(STOPS);
  });

  test('stop the build when the key is missing', async () => {
    await expect(readCounts({ SUPABASE_URL: 'http://127.0.0.1:9' })).rejects.toThrow(
      'pas SUPABASE_PUBLISHABLE_KEY : la construction s’arrête pour ne pas publier une page Transparence vide',
    );
  });

  test('say « moins de 20 », and never a figure that could pass for exact', () => {
    expect(countWords(null)).toBe('moins de 20');
    expect(countWords(40)).toBe('40 ou un peu plus');
  });
});
