import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { registryOf, sourcesOfPage } from '../../src/domain/facts/registry.ts';
import type { Source } from '../../src/domain/facts/source.ts';
import { fieldsOf } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { LEGAL_BLOCKS, LEGAL_PAGES, piecesOf, privacyOf, unknownMarks } from '../../src/domain/legal.ts';
import type { Publisher } from '../../src/domain/publisher.ts';

const publisher: Publisher = {
  name: 'Guide',
  shortName: 'Guide',
  publisher: 'Amis & Cie',
  status: 'Site de démonstration',
  statusDetail: 'Ce site n’est pas un site de l’État.',
  host: 'non déterminé',
  reviewDelay: null,
  contact: null,
};

const source = (kind: Source['kind'], publisherName: string, title = 'Un document'): Source => ({
  title,
  publisher: publisherName,
  url: `https://exemple.org/${publisherName}`,
  kind,
  published: '2025',
  accessed: '2026-11-22',
});

const textOf = (html: string, contact: string | null = null) =>
  piecesOf(html, { ...publisher, contact })
    .map((piece) => ('html' in piece ? piece.html : `[${piece.block}]`))
    .join('');

describe('the data the privacy page shows', () => {
  it.each(FORMS.map((form) => [form.slug, form] as const))(
    'holds every field of the form « %s », once',
    (_, form) => {
      const { published, team, consents } = privacyOf(form);
      const shown = [...published, ...team, ...consents].map((field) => field.name);
      expect(shown.toSorted()).toEqual(
        fieldsOf(form)
          .map((field) => field.name)
          .toSorted(),
      );
    },
  );

  it.each(FORMS.map((form) => [form.slug, form] as const))(
    'says why each question of « %s » is asked',
    (_, form) => {
      const { published, team, consents } = privacyOf(form);
      for (const field of [...published, ...team, ...consents])
        expect(field.why, field.name).toMatch(/^\p{Lu}.+\.$/u);
    },
  );

  it.each(FORMS.map((form) => [form.slug, form] as const))(
    'never says that a private answer of « %s » is published',
    (_, form) => {
      const isPublic = (name: string) =>
        fieldsOf(form).find((field) => field.name === name)?.privacy === 'public';
      expect(privacyOf(form).published.every((field) => isPublic(field.name))).toBe(true);
      expect(privacyOf(form).team.some((field) => isPublic(field.name))).toBe(false);
    },
  );

  it.each(FORMS.map((form) => [form.slug, form] as const))(
    'says of each question of « %s » how its answer is closed, and nothing of the others',
    (_, form) => {
      const { published, team, consents } = privacyOf(form);
      for (const { name, protection } of [...published, ...team, ...consents]) {
        const declared = fieldsOf(form).find((field) => field.name === name)?.protection;
        const begin = { sealed: 'Scellé : seuls les agents peuvent l’ouvrir.', encrypted: 'Chiffré : ' };
        if (declared === undefined) expect(protection, name).toBe('');
        else expect(protection, name).toContain(begin[declared]);
      }
    },
  );

  it('does not say « facultatif » twice of an optional question', () => {
    const labels = FORMS.flatMap((form) => privacyOf(form).team.map((field) => field.label));
    expect(labels.filter((label) => label.includes('facultatif'))).toEqual([]);
  });
});

describe('the text of a legal page', () => {
  it('has a place for each thing built from the code', () => {
    expect(piecesOf('<p>Avant</p><p>{{formulaires}}</p><p>Après</p>', publisher)).toEqual([
      { html: '<p>Avant</p>' },
      { block: 'formulaires' },
      { html: '<p>Après</p>' },
    ]);
  });

  it('takes the publisher’s words from one file and escapes them', () => {
    expect(textOf('<p>{{editeur}}</p>')).toBe('<p>Amis &amp; Cie</p>');
  });

  it('says that the contact is to come as long as there is none', () => {
    expect(textOf('<p>{{contact}}</p>')).toContain('sera indiquée ici avant l’ouverture');
  });

  it('makes a link of an e-mail or web address, and plain words of anything else', () => {
    expect(textOf('{{contact}}', 'equipe@exemple.org')).toContain('href="mailto:equipe@exemple.org"');
    expect(textOf('{{contact}}', 'https://exemple.org/ecrire')).toContain(
      'href="https://exemple.org/ecrire"',
    );
    expect(textOf('{{contact}}', 'BP 12, Lomé')).toBe('Pour nous écrire : BP 12, Lomé.');
  });

  it('names the marks that stand for nothing', () => {
    expect(unknownMarks('{{contact}} ou {{adresse}}')).toEqual(['adresse']);
  });

  it('refuses a block in the middle of a sentence, where it could not be built', () => {
    expect(unknownMarks('{{formulaires}}\n\nVoici {{formulaires}}.')).toEqual(['formulaires']);
  });

  it('has no unknown mark in the pages as they are, and each block somewhere', () => {
    const bodies = LEGAL_PAGES.map((id) => readFileSync(`content/legal/${id}.md`, 'utf8'));
    expect(bodies.flatMap(unknownMarks)).toEqual([]);
    for (const block of LEGAL_BLOCKS)
      expect(
        bodies.some((body) => body.includes(`\n{{${block}}}\n`)),
        block,
      ).toBe(true);
  });
});

describe('the registry of sources', () => {
  const sources = new Map([
    ['journal', source('presse', 'Un journal')],
    ['ministere', source('officiel', 'Un ministère')],
    ['agence', source('presse', 'Une agence')],
    ['ambassade', source('officiel', 'Élan')],
  ]);
  const passport = { label: 'Passeport', address: '/guide/passeport/', sources: ['journal', 'ministere'] };
  const visa = { label: 'Visa', address: '/guide/visa/', sources: ['journal'] };

  it('lists every source once', () => {
    const ids = registryOf(sources, [passport, visa]).flatMap((group) =>
      group.entries.map((entry) => entry.id),
    );
    expect(ids.toSorted()).toEqual([...sources.keys()].toSorted());
  });

  it('gives each source the pages that cite it, or none', () => {
    const entries = new Map(
      registryOf(sources, [passport, visa]).flatMap((group) =>
        group.entries.map((entry) => [entry.id, entry.citedBy]),
      ),
    );
    expect(entries.get('journal')).toEqual([passport, visa]);
    expect(entries.get('ministere')).toEqual([passport]);
    expect(entries.get('agence')).toEqual([]);
  });

  it('goes from the strongest kind to the weakest, in French order, with counts in words', () => {
    const groups = registryOf(sources, []);
    expect(groups.map((group) => [group.count, group.entries.map((entry) => entry.id)])).toEqual([
      ['2 sources officielles', ['ambassade', 'ministere']],
      ['2 articles de presse', ['journal', 'agence']],
    ]);
  });

  it('counts one source in the singular', () => {
    expect(registryOf(new Map([['a', source('presse', 'A')]]), [])[0]?.count).toBe('1 article de presse');
  });

  it('reads citations in the facts and in the text of a page, each once', () => {
    const notFound = [{ notFound: 'Demandez à votre ambassade.' }];
    const procedure = {
      forWhom: notFound,
      documents: notFound,
      cost: [{ value: '500 F CFA', sources: ['ministere', 'journal'], asOf: '2025' }],
      delay: notFound,
      validity: notFound,
      where: notFound,
      online: notFound,
      legalBasis: notFound,
      attention: [],
    };
    expect(sourcesOfPage('Cela coûte.[^journal] [^agence]', procedure)).toEqual([
      'ministere',
      'journal',
      'agence',
    ]);
  });
});
