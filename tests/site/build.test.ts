// Other builds of the same sources, in a throwaway copy of the project.
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { isKnown, type Procedure } from '../../src/domain/facts/fact.ts';
import type { Navigation } from '../../src/domain/navigation.ts';
import { splitFrontMatter } from '../../src/loaders/front-matter.ts';
import {
  attribute,
  brotliSize,
  copyProject,
  DIST,
  distPages,
  elementsOf,
  hasClass,
  pageAt,
  type ProjectCopy,
  textOf,
} from '../support/dist.ts';

const ADDED = 40;
let copy: ProjectCopy;

/** Changes a YAML file, or the head of a page. */
function edit(file: string, change: (data: never) => void): void {
  const full = path.join(copy.root, 'content', file);
  const text = readFileSync(full, 'utf8');
  if (file.endsWith('.yml')) {
    const data: unknown = parse(text);
    change(data as never);
    writeFileSync(full, stringify(data));
  } else {
    const { data: read, body } = splitFrontMatter(text);
    const data = structuredClone(read);
    change(data as never);
    writeFileSync(full, `---\n${stringify(data)}---\n${body}`);
  }
}

/** A fingerprint of every file of a folder. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) =>
    path.join(a.parentPath, a.name) < path.join(b.parentPath, b.name) ? -1 : 1,
  )) {
    if (!entry.isFile()) continue;
    const full = path.join(entry.parentPath, entry.name);
    hash.update(full).update(readFileSync(full));
  }
  return hash.digest('hex');
}

beforeAll(async () => {
  copy = copyProject();
  edit('guide/passeport.md', (page: { procedure: Procedure }) => {
    const known = page.procedure.validity.find(isKnown)!;
    known.validUntil = '2030-01-31';
  });
  const model = readFileSync(path.join(copy.root, 'content/guide/laissez-passer.md'), 'utf8');
  const names = Array.from({ length: ADDED }, (_, index) => `essai-${index + 1}`);
  for (const name of names) {
    writeFileSync(
      path.join(copy.root, 'content/guide', `${name}.md`),
      model.replace(/^title: .*$/mu, `title: Page ajoutée ${name}`),
    );
  }
  edit('navigation.yml', (menu: Navigation) => {
    const section = menu.sections.find((one) => one.id === 'guide')!;
    // Half of them make one long group, the others a group each.
    const pages = names.map((name) => `guide/${name}`);
    section.groups.push({ label: 'Groupe ajouté', pages: pages.slice(0, ADDED / 2) });
    for (const page of pages.slice(ADDED / 2))
      section.groups.push({ label: `Groupe ${page.replace('guide/', '')}`, pages: [page] });
  });
  const { code, output } = await copy.build({ GUIDE_TODAY: '2030-02-01' });
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
});

afterAll(() => copy.remove());

test('a fact past its date prints a banner on its page, and nowhere else', () => {
  const words = 'Attention, page à vérifier.';
  const warned = distPages(copy.dist).filter(
    (page) => page.kind !== 'book' && textOf(page.document).includes(words),
  );
  expect(warned.map((page) => page.address)).toEqual(['/guide/passeport/']);
  expect(textOf(warned[0]!.document)).toContain('Une information a dépassé sa date.');
  expect(textOf(warned[0]!.document)).toContain('information périmée, à faire confirmer');
});

test('no page of today’s site is past its date without saying so', () => {
  const late = distPages().filter((page) => page.html.includes('trust expired'));
  expect(late.filter((page) => !textOf(page.document).includes('Attention, page à vérifier.'))).toEqual([]);
});

test('a rumour past its date gives no verdict, neither to readers nor to search engines', () => {
  const address = '/migration/rumeurs/canada-par-le-nigeria/';
  const [now, later] = [pageAt(address), pageAt(address, copy.dist)];
  const verdictOf = (page: typeof now) =>
    elementsOf(page.document, 'strong')
      .filter((one) => hasClass(one, 'verdict'))
      .map((one) => textOf(one));
  expect(verdictOf(now)).toEqual(['Faux']);
  expect(now.html).toContain('application/ld+json');
  expect(verdictOf(later)).toEqual(['À revérifier']);
  expect(later.html).not.toContain('application/ld+json');
  expect(textOf(elementsOf(later.document, 'title')[0]!)).toMatch(/^À revérifier/);
  expect(textOf(later.document).replaceAll(/\s+/gu, ' ')).toContain('nous écrivions : Faux.');
});

test('the menu of a page holds a dozen pages and a dozen themes at most, and leads to the rest', () => {
  const page = pageAt('/guide/essai-10/', copy.dist);
  const menu = elementsOf(page.document, 'nav').find((nav) => hasClass(nav, 'section-menu'))!;
  const links = elementsOf(menu, 'a');
  expect(links.length).toBeLessThanOrEqual(27);
  expect(links.filter((link) => attribute(link, 'aria-current') === 'page').map(textOf)).toEqual([
    'Laissez-passer',
  ]);
  const targets = links.map((link) => attribute(link, 'href'));
  expect(targets).toContain('/guide/#groupe-ajoute');
  expect(targets).toContain('/guide/');
});

test('a page weighs the same however many pages the site has', () => {
  const fiches = ['/guide/laissez-passer/', '/guide/carte-consulaire/', '/inscription/', '/accessibilite/'];
  for (const address of fiches) {
    const before = brotliSize(pageAt(address, DIST).html);
    const after = brotliSize(pageAt(address, copy.dist).html);
    expect({ address, ratio: after / before <= 1.05 }).toEqual({ address, ratio: true });
  }
});

test('a Supabase that can’t be read stops the build, says so in French and leaves the last site up', async () => {
  const before = fingerprint(copy.dist);
  const { code, output } = await copy.build({
    SUPABASE_URL: 'http://127.0.0.1:9',
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_essai',
  });
  expect(code).not.toBe(0);
  expect(output).toContain('n’a pas pu être lu dans Supabase');
  expect(fingerprint(copy.dist)).toBe(before);
});

test('a link that leads nowhere stops the build, names the page and the link, shows no stack and leaves the last site up', async () => {
  const before = fingerprint(copy.dist);
  appendFileSync(
    path.join(copy.root, 'content/guide/essai-1.md'),
    '\n[Une page](/guide/page-absente/), [ce titre](/guide/urgence/#nulle-part) et [le guide](/guide/).\n',
  );
  const { code, output } = await copy.build();
  expect(code).not.toBe(0);
  const points = output
    .slice(output.indexOf('Le site construit a des défauts :'))
    .split('\n')
    .filter((line) => line.startsWith('  • guide/essai-1/'));
  expect(points).toEqual([
    '  • guide/essai-1/index.html : le lien « /guide/page-absente/ » ne mène à aucune page. Corrigez l’adresse.',
    '  • guide/essai-1/index.html : le lien « /guide/urgence/#nulle-part » vise un titre qui n’existe pas dans cette page.',
  ]);
  expect(output).not.toMatch(/^\s+at |stack trace/im);
  expect(fingerprint(copy.dist)).toBe(before);
});
