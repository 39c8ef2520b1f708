// Throwaway projects for the tests of the commands: small enough to start in a second or two.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const ROOT = path.resolve(HERE, '../..');

export interface Project {
  root: string;
  write: (file: string, content: string) => void;
  remove: () => void;
}

const BASE: Record<string, string> = {
  'package.json': '{ "name": "essai", "type": "module", "private": true }',
  'tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "react" } }',
  'netlify.toml': `[build]
  publish = "dist"
[functions]
  directory = "functions"
[[headers]]
  for = "/*"
  [headers.values]
    X-Essai = "oui"
[[redirects]]
  from = "/ancien/"
  to = "/guide/"
  status = 301
`,
  'dist/index.html': '<!doctype html><title>Accueil</title>',
  'dist/guide/index.html': `<!doctype html><title>Guide</title>${'<p>Une page du guide.</p>'.repeat(100)}`,
  'dist/404.html': '<!doctype html><title>Page introuvable</title>',
  'supabase/migrations/20260101000000_create_notes.sql': `create table public.notes (id int primary key, body text not null);
alter table public.notes enable row level security;
create policy "readers read" on public.notes for select to anon using (true);
`,
  'supabase/seed.sql': "insert into public.notes values (1, 'exemple');",
};

export function makeProject(): Project {
  const root = mkdtempSync(path.join(tmpdir(), 'guide-essai-'));
  const write = (file: string, content: string): void => {
    const full = path.join(root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content);
  };
  for (const [file, content] of Object.entries(BASE)) write(file, content);
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  return {
    root,
    write,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/**
 * A folder where an empty database is made once: copying it takes a tenth of making it, and these tests need several.
 */
export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

export interface Process {
  child: ChildProcess;
  /** What was printed so far, both streams. */
  output: () => string;
  /** The address, once ready. */
  ready: Promise<{ url: string; keys: { publishable: string; secret: string } }>;
  ended: Promise<number>;
  kill: (signal: NodeJS.Signals) => Promise<number>;
}

/** The local server in a process of its own, that a test can kill. */
export function startProcess(options: Record<string, unknown>): Process {
  const child = spawn(process.execPath, [path.join(HERE, 'serve.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, PORT: '', DATA_DIR: '', SUPABASE_URL: '', SITE_URL: '', NODE_ENV: '' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? -1);
    });
  });
  const ready = new Promise<{ url: string; keys: { publishable: string; secret: string } }>(
    (resolve, reject) => {
      child.once('message', (message) => {
        resolve(message as { url: string; keys: { publishable: string; secret: string } });
      });
      void ended.then((code) => {
        reject(new Error(`stopped with code ${String(code)}:\n${output}`));
      });
    },
  );
  ready.catch(() => undefined);
  return {
    child,
    output: () => output,
    ready,
    ended,
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
