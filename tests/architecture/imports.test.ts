import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFunctions } from '@netlify/zip-it-and-ship-it';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { thanksPageOf } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { importsOf, wrongImports } from './imports.ts';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const CODE = /\.(ts|tsx|mts|js|mjs|astro)$/;

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Files below a folder of the project, as paths from its root. */
function filesIn(folder: string, keep: RegExp): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && keep.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

const FOLDERS = readdirSync(ROOT, { withFileTypes: true })
  .filter(
    (entry) => entry.isDirectory() && ['src', 'functions', 'scripts', 'tests', 'bench'].includes(entry.name),
  )
  .map((entry) => entry.name);
const CONFIGURATION = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isFile() && CODE.test(entry.name))
  .map((entry) => entry.name);
const FILES = [...FOLDERS.flatMap((folder) => filesIn(folder, CODE)), ...CONFIGURATION];

describe('imports', () => {
  test('run one way: every one is allowed where it is', () => {
    expect(FILES.length).toBeGreaterThan(100);
    expect(FILES.flatMap((file) => wrongImports(file, read(file)))).toEqual([]);
  });

  test.each([
    ['src/domain/a.ts', "import { readFileSync } from 'node:fs';"],
    ['src/domain/a.ts', "import React from 'react';"],
    ['src/domain/a.ts', "export * from '../loaders/clock.ts';"],
    ['src/domain/forms/a.ts', "type A = import('../../components/forms/Form.tsx').FormState;"],
    ['src/sealing/a.ts', "import { createHmac } from 'node:crypto';"],
    ['src/sealing/a.ts', "import '../domain/forms/index.ts';"],
    ['src/loaders/a.ts', "import '../components/forms/Form.tsx';"],
    ['src/components/a/b.astro', "---\nimport '../../build/sidebar.ts';\n---\n"],
    ['src/components/a/b.astro', "<p>Un</p>\n<script>import '../../pages/index.astro';</script>"],
    ['src/components/a/b.tsx', "const a = await import('../../../functions/_lib/store.ts');"],
    ['src/pages/a.astro', "---\nimport '../build/find-problems.ts';\n---\n"],
    ['src/pages/a.astro', "---\nimport '../../functions/_lib/log.ts';\n---\n"],
    ['src/pages/a.ts', "const a = import.meta.glob('/functions/*.ts');"],
    ['src/build/a.ts', "import '../components/forms/render.tsx';"],
    ['src/scripts/a.ts', "import { parseMoney } from '../domain/forms/text.ts';"],
    ['src/scripts/a.ts', "import { createClient } from '@supabase/supabase-js';"],
    ['functions/_lib/a.ts', "import '../../src/components/layout/Layout.astro';"],
    ['functions/_lib/a.ts', "import '../../src/loaders/sources.ts';"],
    ['functions/_lib/a.ts', "import '../../scripts/lib/database.ts';"],
    ['scripts/a.ts', "import '../functions/_lib/store.ts';"],
    ['astro.config.mjs', "import './tests/support/server.ts';"],
  ])('of the wrong kind are seen, with their line: %s %j', (file, text) => {
    expect(wrongImports(file, text)).toEqual([
      expect.stringMatching(new RegExp(`^${file}:[12] imports .+: .+`)),
    ]);
  });

  test.each([
    ['src/domain/forms/a.ts', "import { z } from 'zod';\nimport '../facts/page.ts';"],
    ['src/scripts/a.ts', "import type { Field } from '../domain/forms/field.ts';\nimport './form.ts';"],
    ['src/scripts/a.ts', "await import('/pagefind/pagefind.js');"],
    [
      'src/pages/a.astro',
      "---\nimport text from '../../content/accueil.yml?raw';\n---\n<p>import '../build/x'</p>",
    ],
    ['functions/_lib/a.ts', "import '../../src/components/forms/render.tsx';\nimport './log.ts';"],
    ['src/sealing/a.ts', "import { CipherSuite } from '@hpke/core';\nimport './encoding.ts';"],
    ['functions/_lib/a.ts', "import '../../src/sealing/seal.ts';"],
    ['tests/functions/a.ts', "import '../../functions/_lib/store.ts';"],
    ['src/domain/a.ts', "// import '../pages/index.astro'\nconst a = \"import '../pages/index.astro'\";"],
  ])('of the right kind are left alone: %s %j', (file, text) => {
    expect(wrongImports(file, text)).toEqual([]);
  });

  test('of the one file of the domain that browsers may download bring nothing else with them', () => {
    expect(importsOf('src/domain/plain-text.ts', read('src/domain/plain-text.ts'))).toEqual([]);
  });

  test('are read in components as well as in plain code', () => {
    const layout = importsOf('src/pages/404.astro', read('src/pages/404.astro'));
    expect(layout.map(({ specifier }) => specifier)).toContain('../components/layout/Layout.astro');
  });
});

describe('what the code says', () => {
  test('names no folder of one machine, and nothing beside the project', () => {
    // Escaped, so that this very file is not one that names them.
    const elsewhere = new RegExp(`\\.\\./shared|["'\`( ]/(${['work', 'root', 'home', 'Users'].join('|')})/`);
    const naming = FILES.flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) => (elsewhere.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
    expect(naming).toEqual([]);
  });

  test('is in files of three hundred lines at most, but for those that only hold data', () => {
    const data =
      /^src\/domain\/vocabularies\/|^src\/domain\/forms\/(inscription|association|projet|difficulte|retour)\.ts$/;
    const long = FILES.filter((file) => /^(src|functions)\//.test(file) && !data.test(file))
      .map((file) => ({ file, lines: read(file).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  test('decides in documents of sixty lines at most', () => {
    const long = filesIn('docs/decisions', /\.md$/).filter(
      (file) => read(file).trimEnd().split('\n').length > 60,
    );
    expect(long).toEqual([]);
  });
});

describe('what Netlify deploys', () => {
  const deployed = () => listFunctions(path.join(ROOT, 'functions'), { parseISC: true });
  const addressesOf = async () =>
    Object.fromEntries(
      (await deployed()).map((one) => [
        one.name,
        one.schedule ?? (one.routes ?? []).map(({ pattern }) => pattern),
      ]),
    );
  const netlify = parseToml(read('netlify.toml')) as {
    functions: { directory: string; included_files: string[] };
  };

  test('is exactly these functions, at these addresses: shared code is not an endpoint', async () => {
    expect(netlify.functions.directory).toBe('functions');
    expect(await addressesOf()).toEqual({
      confirmer: ['/api/confirmer'],
      courrier: '* * * * *',
      formulaires: ['/api/formulaires/:slug'],
      menage: '@hourly',
      merci: expect.any(Array),
      publication: '*/2 * * * *',
      rotation: '@hourly',
      sante: ['/api/sante'],
      suivi: ['/api/suivi'],
    });
  });

  test('answers the thank-you page of every form, and of nothing else', async () => {
    const expected = FORMS.map((form) => `${thanksPageOf(form)}:reference`);
    expect((await addressesOf())['merci']?.toString().split(',').toSorted()).toEqual(expected.toSorted());
  });

  test('comes with the built pages of every form: the functions fill them in', () => {
    for (const form of FORMS) {
      for (const page of [form.page, thanksPageOf(form)]) {
        const file = `dist${page}index.html`;
        const included = netlify.functions.included_files.some((glob) => path.matchesGlob(file, glob));
        expect(included, `netlify.toml, included_files: ${file}`).toBe(true);
      }
    }
  });
});
