// What is said, once checked, as readers and search engines get it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { publisherSchema } from '../../src/domain/publisher.ts';
import { RUMOUR_VERDICTS, rumourSchema } from '../../src/domain/rumours/rumour.ts';
import { listFiles, readYaml } from '../../src/loaders/read-content.ts';
import { attribute, DIST, elementsOf, hasClass, pageAt, textOf } from '../support/dist.ts';

const rumours = listFiles('content/rumeurs', '.yml').map((file) => {
  const address = `/migration/rumeurs/${file.replace(/^.*\/|\.yml$/g, '')}/`;
  return { address, page: pageAt(address), rumour: rumourSchema.parse(readYaml(file)) };
});
const tidy = (text: string) => text.replaceAll(/\s+/gu, ' ').trim();

test('there are at least ten, each with its sources, its verdict and its dates', () => {
  expect(rumours.length).toBeGreaterThanOrEqual(10);
  for (const { page, rumour } of rumours) {
    const text = tidy(textOf(page.document));
    expect(text).toContain(rumour.claim);
    expect(text).toContain(RUMOUR_VERDICTS[rumour.verdict].label);
    expect(text).toMatch(/Sources relues le \d/);
    expect(text).toMatch(/Réponse valable jusqu’au \d/);
    expect(
      elementsOf(page.document, 'li').filter((item) => attribute(item, 'id')?.startsWith('source-')).length,
    ).toBeGreaterThan(0);
  }
});

test('the list leads to every one of them, with its verdict in words', () => {
  const list = pageAt('/migration/rumeurs/');
  const items = elementsOf(list.document, 'li').filter((item) => hasClass(item, 'rumour'));
  const shown = items.map((item) => [
    attribute(elementsOf(item, 'a')[0]!, 'href'),
    textOf(elementsOf(item, 'strong')[0]!),
  ]);
  expect(shown.toSorted()).toEqual(
    rumours.map(({ address, rumour }) => [address, RUMOUR_VERDICTS[rumour.verdict].label]).toSorted(),
  );
});

test('each tells search engines of its claim and verdict, at its own full address', () => {
  const publisher = publisherSchema.parse(readYaml('content/editeur.yml'));
  for (const { address, page, rumour } of rumours) {
    const blocks = elementsOf(page.document, 'script').filter(
      (script) => attribute(script, 'type') === 'application/ld+json',
    );
    expect(blocks).toHaveLength(1);
    const written = blocks[0]!.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
    const review = JSON.parse(written) as Record<string, unknown>;
    const canonical = elementsOf(page.document, 'link').find(
      (link) => attribute(link, 'rel') === 'canonical',
    );
    expect(review).toMatchObject({
      '@type': 'ClaimReview',
      url: attribute(canonical!, 'href'),
      claimReviewed: rumour.claim,
      author: { name: publisher.publisher },
      reviewRating: { alternateName: RUMOUR_VERDICTS[rumour.verdict].label },
    });
    expect(new URL(String(review['url'])).pathname).toBe(address);
  }
});

test('each can be sent by WhatsApp without a script, in words that say the verdict and the day', () => {
  for (const { address, page, rumour } of rumours) {
    const link = elementsOf(page.document, 'a').find((one) =>
      attribute(one, 'href')?.startsWith('https://wa.me/?text='),
    );
    const text = tidy(new URL(attribute(link!, 'href')!).searchParams.get('text') ?? '');
    expect(text).toContain(RUMOUR_VERDICTS[rumour.verdict].label);
    expect(text).toContain(rumour.claim.slice(0, 20));
    expect(text).toMatch(/Sources relues le \d/);
    expect(text.endsWith(address)).toBe(true);
  }
});

test('each has an image to share that the page does not load, with its weight said before it is fetched', async () => {
  for (const { address, page, rumour } of rumours) {
    const properties = new Map(
      elementsOf(page.document, 'meta').map((meta) => [
        attribute(meta, 'property') ?? attribute(meta, 'name'),
        attribute(meta, 'content') ?? '',
      ]),
    );
    const file = address.replace(/\/$/, '.png');
    expect(new URL(properties.get('og:image') ?? '').pathname).toBe(file);
    expect(tidy(properties.get('og:image:alt') ?? '')).toContain(rumour.claim.slice(0, 20));
    const image = readFileSync(path.join(DIST, file));
    expect(image.length).toBeLessThanOrEqual(40_000);
    expect(await sharp(image).metadata()).toMatchObject({
      format: 'png',
      width: Number(properties.get('og:image:width')),
      height: Number(properties.get('og:image:height')),
    });
    expect(elementsOf(page.document, 'img')).toEqual([]);
    const link = elementsOf(page.document, 'a').find((one) => attribute(one, 'href') === file);
    expect(tidy(textOf(link!))).toBe(`Télécharger l’image (${String(Math.ceil(image.length / 1000))} ko)`);
  }
});
