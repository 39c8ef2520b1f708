import path from 'node:path';
import ts from 'typescript';

/** One import, wherever it stands: static, dynamic, re-export, type, or glob. */
export interface Import {
  /** 1-based. */
  line: number;
  specifier: string;
  typeOnly: boolean;
}

/** The code of a file: an Astro component holds some between its fences and in its scripts. Lines keep their number. */
function codeOf(file: string, text: string): string {
  if (!file.endsWith('.astro')) return text;
  const kept: [number, number][] = [];
  for (const pattern of [/^---\n([\s\S]*?)\n---/g, /<script\b[^>]*>([\s\S]*?)<\/script>/g]) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index + match[0].indexOf(match[1] ?? '');
      kept.push([start, start + (match[1] ?? '').length]);
    }
  }
  return text.replace(/[^\n]/g, (character, at: number) =>
    kept.some(([start, end]) => at >= start && at < end) ? character : ' ',
  );
}

/** Every import of a file. */
export function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(
    `${file}.tsx`,
    codeOf(file, text),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly = false) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ line, specifier: specifier.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node, node.argument.literal, true);
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0]);
      if (node.expression.getText().startsWith('import.meta.glob')) {
        const [first] = node.arguments;
        for (const glob of first && ts.isArrayLiteralExpression(first) ? first.elements : [first])
          add(node, glob);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a folder may import: paths from the root, and packages (`*` for any). */
interface Rule {
  folder: string;
  paths: readonly string[];
  /** Paths whose types may be imported, and nothing that runs. */
  types?: readonly string[];
  packages: '*' | readonly string[];
  why: string;
}

/** The first rule whose folder holds a file is the one that counts. */
const RULES: readonly Rule[] = [
  {
    folder: 'src/domain/',
    paths: ['src/domain/'],
    packages: ['zod'],
    why: 'the domain is pure: it imports zod and itself',
  },
  {
    folder: 'src/sealing/',
    paths: ['src/sealing/'],
    packages: ['@hpke/core'],
    why: 'what seals and opens answers runs in functions and in browsers: it imports the HPKE library and itself',
  },
  {
    folder: 'src/loaders/',
    paths: ['src/domain/', 'src/loaders/', 'content/'],
    packages: '*',
    why: 'loaders bring data to the components: they know the domain and the content only',
  },
  {
    folder: 'src/components/',
    paths: ['src/domain/', 'src/loaders/', 'src/components/', 'src/styles/', 'src/scripts/', 'content/'],
    packages: '*',
    why: 'components know neither pages, nor the build, nor the functions',
  },
  {
    folder: 'src/islands/',
    paths: [
      'src/domain/', 'src/sealing/', 'src/loaders/', 'src/components/', 'src/islands/', 'src/styles/', 'src/scripts/',
    ], // prettier-ignore
    packages: '*',
    why: 'islands know neither pages, nor the build, nor the functions',
  },
  {
    folder: 'src/pages/',
    paths: [
      'src/domain/', 'src/loaders/', 'src/components/', 'src/islands/', 'src/pages/', 'src/styles/', 'src/scripts/',
      'content/',
    ], // prettier-ignore
    packages: '*',
    why: 'pages know all of src/ but the build, and nothing of the functions',
  },
  {
    folder: 'src/build/',
    paths: ['src/domain/', 'src/loaders/', 'src/build/'],
    packages: '*',
    why: 'the build checks and finishes: it knows the domain and the loaders only',
  },
  {
    folder: 'src/scripts/',
    // plain-text.ts: ten lines without imports, so that the build and the browser fold accents the same way.
    paths: ['src/scripts/', 'src/domain/plain-text.ts'],
    types: ['src/domain/'],
    packages: [],
    why: 'what browsers download holds its own code only: of the domain, its types',
  },
  {
    folder: 'src/content.config.ts',
    paths: ['src/domain/', 'src/loaders/'],
    packages: '*',
    why: 'collections are made of the domain and the loaders',
  },
  {
    folder: 'functions/',
    paths: [
      'src/domain/',
      'src/sealing/',
      'src/components/forms/',
      'src/components/follow-up/',
      'src/components/letters/',
      'functions/',
    ],
    packages: '*',
    why: 'functions know the domain, what seals answers, and the components of the pages they fill in',
  },
  {
    folder: 'bench/',
    paths: ['src/', 'scripts/', 'bench/', 'content/', 'tests/support/'],
    packages: '*',
    why: 'a bench may use the helpers of the tests, never a test nor a function',
  },
  { folder: 'tests/', paths: [''], packages: '*', why: 'tests may import anything' },
  {
    folder: '',
    paths: ['src/', 'scripts/', 'bench/', 'content/'],
    packages: '*',
    why: 'only tests may import the functions or the tests',
  },
];

/** What is wrong with the imports of one file, each as « file:line imports this: why not ». */
export function wrongImports(file: string, text: string): string[] {
  const rule = RULES.find(({ folder }) => file.startsWith(folder));
  if (!rule) return [];
  return importsOf(file, text)
    .filter((one) => !isAllowed(file, one, rule))
    .map(({ line, specifier }) => `${file}:${line} imports ${specifier}: ${rule.why}`);
}

function isAllowed(file: string, { specifier, typeOnly }: Import, rule: Rule): boolean {
  const bare = specifier.replace(/\?.*$/, '');
  if (!/^[./]/.test(bare)) {
    return (
      rule.packages === '*' || rule.packages.some((name) => bare === name || bare.startsWith(`${name}/`))
    );
  }
  // An address of the built site, such as Pagefind's, is no file of the project.
  if (bare.startsWith('/') && !bare.startsWith('/content/')) return file.startsWith('src/scripts/');
  const target = bare.startsWith('/') ? bare.slice(1) : path.posix.join(path.posix.dirname(file), bare);
  const allowed = typeOnly ? [...rule.paths, ...(rule.types ?? [])] : rule.paths;
  return allowed.some((prefix) => target.startsWith(prefix));
}
