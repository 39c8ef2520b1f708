// What anyone may take away from the site: the tables, and the feeds as a real XML parser reads them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FEED_LENGTH, rssOf, type FeedItem } from '../../src/domain/open-data/feed.ts';
import { listFiles } from '../../src/loaders/read-content.ts';
import { launchChromium } from '../support/chromium.ts';
import { readCsv } from '../support/csv.ts';
import { attribute, DIST, distPages, elementsOf, pageAt, textOf } from '../support/dist.ts';

const file = (address: string) => readFileSync(path.join(DIST, address), 'utf8');
interface Table {
  nombre: number;
  date: string;
  licence: { nom: string };
  schema: { nom: string; description: string }[];
  donnees: { identifiant: string; page: string }[];
}
const tableOf = (id: string) => JSON.parse(file(`donnees/${id}.json`)) as Table;

describe.each(['projets', 'associations'])('the table of %s', (id) => {
  const table = tableOf(id);
  const [titles, ...lines] = readCsv(file(`donnees/${id}.csv`));

  test('says the same in both files, column by column', () => {
    expect(titles).toEqual(table.schema.map(({ nom }) => nom));
    expect(lines).toHaveLength(table.nombre);
    expect(lines.map(([first]) => first)).toEqual(table.donnees.map(({ identifiant }) => identifiant));
    expect(lines.every((line) => line.length === titles?.length)).toBe(true);
  });

  test('names only pages that exist, and no invented example', () => {
    for (const { page, identifiant } of table.donnees) {
      expect(existsSync(path.join(DIST, new URL(page).pathname, 'index.html')), page).toBe(true);
      expect(identifiant).not.toMatch(/^exemple/);
    }
  });

  test('is explained on /donnees/: licence, each column, both files', () => {
    const page = pageAt('/donnees/');
    const text = textOf(page.document);
    expect(text).toContain('CC BY-SA 4.0');
    for (const { nom } of table.schema) expect(text).toContain(nom);
    const links = elementsOf(page.document, 'a').map((link) => attribute(link, 'href'));
    expect(links).toEqual(expect.arrayContaining([`/donnees/${id}.json`, `/donnees/${id}.csv`]));
  });
});

test('the table of projects holds every project that editors wrote', () => {
  const ids = tableOf('projets').donnees.map(({ identifiant }) => identifiant);
  const written = listFiles('content/projets', '.md').map((name) => path.basename(name, '.md'));
  expect(ids).toEqual(expect.arrayContaining(written));
});

test('neither table nor feed tells an address to write to', () => {
  const addresses = ['projets', 'associations'].flatMap((id) => [
    `donnees/${id}.json`,
    `donnees/${id}.csv`,
    `${id}/flux.xml`,
  ]);
  expect(addresses.filter((address) => /[\w.]@[\w]|mailto:|\+\d{8}/u.test(file(address)))).toEqual([]);
});

describe('the feeds, read by a browser’s XML parser,', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  /** What a strict parser finds; it throws on what is not XML. */
  async function parsed(xml: string) {
    const tab = await browser.newPage();
    try {
      return await tab.evaluate((text) => {
        const document = new DOMParser().parseFromString(text, 'application/xml');
        const fault = document.querySelector('parsererror');
        if (fault) throw new Error(fault.textContent);
        const all = (name: string, from: ParentNode = document) =>
          [...from.querySelectorAll(name)].map((node) => node.textContent);
        const root = document.documentElement;
        return {
          root: `${root.tagName} ${root.getAttribute('version') ?? ''}`,
          channel: ['title', 'link', 'description'].map(
            (name) =>
              [...document.querySelectorAll('channel > *')].filter((node) => node.tagName === name).length,
          ),
          titles: all('item > title'),
          texts: all('item > description'),
          links: all('item > link'),
          guids: all('item > guid'),
          dates: all('item > pubDate'),
          self: [...document.querySelectorAll('channel > *')]
            .filter((node) => node.getAttribute('rel') === 'self')
            .map((node) => node.getAttribute('href')),
        };
      }, xml);
    } finally {
      await tab.close();
    }
  }

  test.each(['projets', 'associations'])(
    '%s/flux.xml is RSS 2.0 whose lines lead to pages',
    async (section) => {
      const feed = await parsed(file(`${section}/flux.xml`));
      expect(feed.root).toBe('rss 2.0');
      expect(feed.channel).toEqual([1, 1, 1]);
      expect(feed.self.map((address) => new URL(address ?? '').pathname)).toEqual([`/${section}/flux.xml`]);
      const lines = Math.min(FEED_LENGTH, tableOf(section).nombre);
      for (const list of [feed.titles, feed.texts, feed.links, feed.guids, feed.dates])
        expect(list).toHaveLength(lines);
      expect(feed.guids).toEqual(feed.links);
      for (const link of feed.links) {
        expect(existsSync(path.join(DIST, new URL(link).pathname, 'index.html')), link).toBe(true);
      }
      const days = feed.dates.map((date) => Date.parse(date));
      expect(days).toEqual(days.toSorted((a, b) => b - a));
    },
  );

  const item = (index: number, changes: Partial<FeedItem> = {}): FeedItem => ({
    title: `Projet ${index}`,
    link: `https://example.org/projets/p-${index}/?a=1&b=2`,
    text: 'Un texte.',
    publishedOn: `2026-01-${String(index).padStart(2, '0')}`,
    categories: ['Eau & assainissement'],
    ...changes,
  });
  const about = {
    title: 'Projets & cie',
    description: 'Les derniers.',
    link: 'https://example.org/projets/',
    self: 'https://example.org/projets/flux.xml',
  };

  test('stay XML whatever people type, and give it back as text', async () => {
    const nasty = '</title><b>&amp; "x" \u0000\u000b\ud800 ]]> é 𞤀';
    const feed = await parsed(rssOf(about, [item(1, { title: nasty, text: nasty })]));
    expect(feed.titles).toEqual(['</title><b>&amp; "x"  ]]> é 𞤀']);
    expect(feed.texts).toEqual(feed.titles);
    expect(feed.links).toEqual(['https://example.org/projets/p-1/?a=1&b=2']);
    expect(feed.dates).toEqual(['Thu, 01 Jan 2026 00:00:00 GMT']);
  });

  test('hold what was published last, newest first, and are feeds even when empty', async () => {
    const feed = await parsed(
      rssOf(
        about,
        Array.from({ length: 31 }, (_, index) => item(index + 1)),
      ),
    );
    expect(feed.titles).toHaveLength(FEED_LENGTH);
    expect(feed.titles[0]).toBe('Projet 31');
    expect((await parsed(rssOf(about, []))).titles).toEqual([]);
  });
});

test('the pages of each section announce its feed', () => {
  for (const section of ['projets', 'associations']) {
    const announced = distPages()
      .filter((page) => page.address.startsWith(`/${section}/`))
      .filter((page) =>
        elementsOf(page.document, 'link').some(
          (link) =>
            attribute(link, 'type') === 'application/rss+xml' &&
            attribute(link, 'href') === `/${section}/flux.xml`,
        ),
      );
    expect(announced.map((page) => page.address)).toContain(`/${section}/`);
  }
});
