// What is said, once checked, as readers and search engines get it.
import { expect, test } from 'vitest';
import { publisherSchema } from '../../src/domain/publisher.ts';
import { RUMOUR_VERDICTS, rumourSchema } from '../../src/domain/rumours/rumour.ts';
import { listFiles, readYaml } from '../../src/loaders/read-content.ts';
import { attribute, elementsOf, hasClass, pageAt, textOf } from '../support/dist.ts';

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
