// Nobody's words are on this site but those a real person agreed to publish.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listFiles } from '../../src/loaders/read-content.ts';
import { attribute, elementsOf, pageAt, textOf } from '../support/dist.ts';

const files = existsSync('content/voix') ? listFiles('content/voix', '.yml') : [];
const page = pageAt('/migration/voix/');

test('without a testimony, the page says that there is none and that none is invented', () => {
  const told = elementsOf(page.document, 'blockquote');
  expect(told.length).toBeLessThanOrEqual(files.length);
  if (told.length === 0)
    expect(textOf(page.document).replaceAll(/\s+/gu, ' ')).toContain(
      'aucun témoignage ici pour le moment. Nous n’en inventons pas.',
    );
});

test('the page leads to the withdrawal, which asks for one code and nothing else', () => {
  const links = elementsOf(page.document, 'a').map((link) => attribute(link, 'href'));
  expect(links).toContain('/migration/voix/retirer/');
  const form = elementsOf(pageAt('/migration/voix/retirer/').document, 'form').find(
    (one) => attribute(one, 'action') === '/api/formulaires/retrait-voix',
  );
  const asked = elementsOf(form!, 'input').filter(
    (input) => attribute(input, 'type') === 'text' && attribute(input, 'tabindex') !== '-1',
  );
  expect(asked.map((input) => attribute(input, 'name'))).toEqual(['code']);
});
