import { describe, expect, test } from 'vitest';
import { addressOf, navigationSchema, pagesOf, placeOf } from '../../src/domain/navigation.ts';

const navigation = navigationSchema.parse({
  sections: [
    {
      id: 'guide',
      label: 'Guide',
      link: '/guide/',
      description: 'Vos papiers, pas à pas.',
      groups: [
        { label: 'Papiers', pages: ['guide/passeport', 'guide/carte'] },
        { label: 'Famille', pages: ['guide/naissance'] },
      ],
    },
    {
      id: 'projets',
      label: 'Projets',
      link: '/projets/',
      description: 'Des projets pour le Togo.',
      links: [{ label: 'Tous', link: '/projets/' }],
    },
  ],
  footer: [{ label: 'Sources', link: '/sources/' }],
});

describe('the menu', () => {
  test.each([
    ['guide/passeport', '/guide/passeport/'],
    ['guide/index', '/guide/'],
    ['guide/famille/naissance', '/guide/famille/naissance/'],
    ['guide/reindex', '/guide/reindex/'],
  ])('the page %s is at %s', (id, address) => {
    expect(addressOf(id)).toBe(address);
  });

  test('names its pages in reading order, through sections and groups', () => {
    expect(pagesOf(navigation)).toEqual(['guide/passeport', 'guide/carte', 'guide/naissance']);
  });

  test('knows in which section and group a page stands', () => {
    expect(placeOf(navigation, 'guide/naissance')).toMatchObject({
      section: { id: 'guide' },
      group: 'Famille',
    });
    expect(placeOf(navigation, 'guide/inconnue')).toBeUndefined();
  });

  test('a section may do without groups or without links', () => {
    expect(navigation.sections[0]?.links).toEqual([]);
    expect(navigation.sections[1]?.groups).toEqual([]);
  });

  test.each(['/guide', 'guide/', 'https://example.org/', '//example.org/', '/Guide/', '/guide/?a', '/é/'])(
    'a link written « %s » is refused: only the site’s own addresses, with a final slash',
    (link) => {
      const result = navigationSchema.safeParse({ ...navigation, footer: [{ label: 'Lien', link }] });
      expect(result.error?.issues[0]?.path).toEqual(['footer', 0, 'link']);
    },
  );
});
