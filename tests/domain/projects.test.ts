import { readdirSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  facetsOf,
  newestFirst,
  pageTitles,
  type CatalogueEntry,
} from '../../src/domain/projects/catalogue.ts';
import { formatFrancs, hostOf, moneyOf, paragraphsOf } from '../../src/domain/projects/presentation.ts';
import { projectFromRow, publishedRowSchema, RESERVED_SLUGS } from '../../src/domain/projects/project.ts';
import { readPublishedProjects } from '../../src/loaders/projects.ts';
import { startLite } from '../support/lite.ts';

type Row = ReturnType<typeof publishedRowSchema.parse>;

/** A row as PostgREST sends it. */
function row(changes: Partial<Row> = {}): Row {
  return {
    slug: 'forage-tone',
    title: 'Un forage pour la Tône',
    summary: 'Trois villages, un forage.',
    description: 'Un puits à sec.\n\nUn forage.',
    sector: 'water',
    region: 'savanes',
    prefecture: 'Tône',
    commune: null,
    stage: 'study',
    holder_type: 'association',
    holder_name: 'De l’eau pour demain',
    residence_country: 'FR',
    budget_total: 32_000_000,
    amount_raised: 4_500_000,
    needs: ['funding', 'skills'],
    skills_sought: ['Hydrogéologie'],
    start_wanted: '2027-01',
    duration_band: '1_to_2_years',
    locality_agreement: 'yes',
    website: null,
    published_at: '2026-05-15T09:00:00+00:00',
    is_example: false,
    ...changes,
  };
}

const entry = (id: string, changes: Partial<Row> = {}): CatalogueEntry => ({
  id,
  data: projectFromRow(row({ slug: id, ...changes })),
});

describe('the order of the catalogue', () => {
  test('the latest published project comes first, and titles of one day follow the French alphabet', () => {
    const entries = [
      entry('old', { published_at: '2025-01-01T00:00:00Z', title: 'Ancien' }),
      entry('z', { title: 'Zone verte' }),
      entry('e', { title: 'Éclairer le marché' }),
      entry('new', { published_at: '2026-11-22T00:00:00Z', title: 'Récent' }),
    ];
    expect(newestFirst(entries).map(({ id }) => id)).toEqual(['new', 'e', 'z', 'old']);
    expect(entries[0]?.id).toBe('old');
  });
});

describe('the titles of the pages', () => {
  test('two projects with one name in one place have two different titles', () => {
    const titles = pageTitles([
      entry('un'),
      entry('deux'),
      entry('trois', { prefecture: 'Oti' }),
      entry('quatre', { title: 'Un forage' }),
    ]);
    expect(new Set(titles.values()).size).toBe(4);
    expect(titles.get('un')).toBe('Un forage pour la Tône (projet, Tône) · un');
    expect(titles.get('quatre')).toBe('Un forage (projet, Tône)');
  });

  test('a project named like another page of the site keeps a title of its own', () => {
    expect(pageTitles([entry('a', { title: 'Le guide, de A à Z' })]).get('a')).not.toBe('Le guide, de A à Z');
  });

  test('titles that only become one in French typography are told apart too', () => {
    const titles = pageTitles([entry('a', { title: 'Agir !' }), entry('b', { title: 'Agir\u00a0!' })]);
    expect(new Set(titles.values()).size).toBe(2);
  });
});

describe('a published row', () => {
  test('becomes a project of the catalogue, sent by its holder', () => {
    const project = projectFromRow(publishedRowSchema.parse(row()));
    expect(project).toMatchObject({
      title: 'Un forage pour la Tône',
      holderName: 'De l’eau pour demain',
      budgetTotal: 32_000_000,
      publishedOn: '2026-05-15',
      origin: 'submitted',
      sources: [],
    });
  });

  test('may hold 120 letters that take two units of memory each, as the form and the database count them', () => {
    expect(projectFromRow(row({ title: '𞤀'.repeat(120) })).title).toHaveLength(240);
    expect(() => projectFromRow(row({ title: 'a'.repeat(121) }))).toThrow();
  });

  test.each<[string, Partial<Row>]>([
    ['an unknown sector', { sector: 'gambling' }],
    ['an unknown region', { region: 'atlantique' }],
    ['an unknown prefecture', { prefecture: 'Paris' }],
    ['a need nobody knows', { needs: ['wealth'] }],
    ['a script as a web site', { website: 'javascript:alert(1)' }],
    ['a fraction of a franc', { budget_total: 0.5 }],
    ['a negative sum', { amount_raised: -1 }],
    ['a month that does not exist', { start_wanted: '2027-13' }],
    ['no date', { published_at: 'hier' }],
    ['an empty title', { title: '' }],
  ])('is refused with %s', (_, changes) => {
    expect(() => projectFromRow(row(changes))).toThrow();
  });

  test.each([...RESERVED_SLUGS, '../guide', 'a/b', 'Majuscule', ''])(
    'is refused at the address « %s »',
    (slug) => {
      expect(publishedRowSchema.safeParse(row({ slug })).success).toBe(false);
    },
  );

  test('may have any address but those of the site’s own pages', () => {
    const pages = readdirSync('src/pages/projets')
      .map((name) => name.replace(/\.astro$/, ''))
      .filter((name) => name !== 'index' && !name.startsWith('['));
    const lists = facetsOf([]).map(({ address }) => address.split('/')[2]);
    expect(RESERVED_SLUGS).toEqual(expect.arrayContaining([...pages, ...lists, 'pays']));
  });
});

describe('what a project page prints', () => {
  test('money has French thousands separators and never breaks across lines', () => {
    expect(formatFrancs(18_500_000)).toBe('18\u202f500\u202f000\u00a0FCFA');
  });

  test('what remains is the budget less what was raised, never below zero', () => {
    const money = (budgetTotal: number | null, amountRaised: number | null, stage = 'ongoing') =>
      moneyOf({ budgetTotal, amountRaised, stage });
    expect(money(100, 40)).toMatchObject({ remaining: 60, percent: 40 });
    expect(money(100, 140)).toMatchObject({ remaining: 0, percent: 100 });
    expect(money(1000, 999)).toMatchObject({ percent: 99 });
  });

  test('nothing is said to remain when the sum raised is unknown, or when the work is done', () => {
    expect(moneyOf({ budgetTotal: 100, amountRaised: 0, stage: 'idea' })).toMatchObject({
      raised: null,
      remaining: null,
    });
    expect(moneyOf({ budgetTotal: 100, amountRaised: 90, stage: 'delivered' }).remaining).toBeNull();
    expect(moneyOf({ budgetTotal: null, amountRaised: 90, stage: 'idea' }).remaining).toBeNull();
    expect(moneyOf({ budgetTotal: 0, amountRaised: null, stage: 'idea' })).toMatchObject({
      budget: 0,
      percent: null,
    });
  });

  test('a submitted text is cut on blank lines and stays what it was, tags and marks included', () => {
    expect(paragraphsOf('  Un\r\n\r\n \nDeux\ntrois\n\n\n<b>**x**</b> [^a]\n')).toEqual([
      ['Un'],
      ['Deux', 'trois'],
      ['<b>**x**</b> [^a]'],
    ]);
  });

  test('a web site is called by its host', () => {
    expect(hostOf('https://www.example.org/mangues?x=1')).toBe('example.org');
  });
});

describe('a build that can’t read a configured Supabase fails', () => {
  let server: Server | undefined;

  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((done) => (server ? server.close(done) : done(undefined)));
    server = undefined;
  });

  /** The environment of a build whose Supabase answers like this. */
  async function answering(listener: RequestListener) {
    server = createServer(listener);
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return { SUPABASE_URL: `http://127.0.0.1:${port}`, SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_test' };
  }
  const sending = (body: string, status = 200) =>
    answering((_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  const STOPS = /La construction s’arrête/;

  test('without an address the catalogue only holds the editors’ files', async () => {
    expect((await readPublishedProjects({})).size).toBe(0);
  });

  test('when the key is missing', async () => {
    await expect(readPublishedProjects({ SUPABASE_URL: 'http://127.0.0.1:9' })).rejects.toThrow(
      /pas SUPABASE_PUBLISHABLE_KEY : la construction s’arrête/,
    );
  });

  test('when the connection is refused', async () => {
    const env = await sending('[]');
    await new Promise((done) => server?.close(done));
    await expect(readPublishedProjects(env)).rejects.toThrow(/connexion refusée/);
    await expect(readPublishedProjects(env)).rejects.toThrow(STOPS);
  });

  test.each([
    ['when it answers 503', 503, '{}', /a répondu 503/],
    ['when it answers 401', 401, '{"message":"No API key"}', /a répondu 401/],
    ['when the JSON is cut short', 200, '[{"slug":"a"', /n’est pas du JSON/],
    ['when a web page comes instead', 200, '<!doctype html>', /n’est pas du JSON/],
    ['when the answer is not a list', 200, '{"message":"paused"}', /n’est pas une liste/],
  ])('%s', async (_, status, body, reason) => {
    const env = await sending(body, status);
    await expect(readPublishedProjects(env)).rejects.toThrow(reason);
    await expect(readPublishedProjects(env)).rejects.toThrow(STOPS);
  });

  test('when a column is missing, and the message names the project and the column', async () => {
    const { sector, ...rest } = row();
    const env = await sending(JSON.stringify([{ ...rest, secteur: sector }]));
    await expect(readPublishedProjects(env)).rejects.toThrow(
      /projet « forage-tone », champ « sector » : ce champ manque/,
    );
  });

  test('when one row among good ones does not fit the catalogue', async () => {
    const env = await sending(JSON.stringify([row({ slug: 'bon' }), row({ sector: 'gambling' })]));
    await expect(readPublishedProjects(env)).rejects.toThrow(
      /projet « forage-tone », champ « sector » : valeur inconnue/,
    );
  });

  test('when the address is not one', async () => {
    await expect(
      readPublishedProjects({ SUPABASE_URL: 'supabase', SUPABASE_PUBLISHABLE_KEY: 'k' }),
    ).rejects.toThrow(/n’est pas une adresse/);
  });

  test('when it breaks off on the second page', async () => {
    const env = await answering((request, response) => {
      if (request.url?.includes('slug=gt.')) response.writeHead(500).end('{}');
      else response.end(JSON.stringify([row()]));
    });
    await expect(readPublishedProjects(env)).rejects.toThrow(/a répondu 500/);
  });

  test('every page is read, even from a server that sends fewer rows than asked', async () => {
    const slugs = ['a', 'b', 'c', 'd', 'e'];
    const keys = new Set<string | string[] | undefined>();
    const env = await answering((request, response) => {
      keys.add(request.headers['apikey']);
      const after = /slug=gt\.([a-z]+)/.exec(request.url ?? '')?.[1] ?? '';
      const page = slugs.filter((slug) => slug > after).slice(0, 2);
      response.end(JSON.stringify(page.map((slug) => row({ slug }))));
    });
    expect([...(await readPublishedProjects(env)).keys()]).toEqual(slugs);
    expect([...keys]).toEqual(['sb_publishable_test']);
  });

  test('a server that ignores what it is asked does not make the build turn forever', async () => {
    const env = await sending(JSON.stringify([row()]));
    expect((await readPublishedProjects(env)).size).toBe(1);
  });

  test('the view of the real migrations sends exactly the columns the catalogue reads', async () => {
    const lite = await startLite({ seed: true, listen: true });
    try {
      const env = { SUPABASE_URL: lite.url, SUPABASE_PUBLISHABLE_KEY: lite.keys.publishable };
      const projects = await readPublishedProjects(env);
      expect(projects.size).toBeGreaterThan(0);
      expect([...projects.values()].every((project) => project.isExample)).toBe(true);
      const { data } = await lite.anon.from('published_projects').select('*').limit(1);
      expect(Object.keys(data?.[0] ?? {}).sort()).toEqual(Object.keys(publishedRowSchema.shape).sort());
    } finally {
      await lite.stop();
    }
  });
});
