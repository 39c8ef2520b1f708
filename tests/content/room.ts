import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A copy of the editors' room that a test may break. */
export interface Room {
  /** The folder that holds `content/`. */
  root: string;
  read: (file: string) => string;
  write: (file: string, text: string) => void;
  remove: (file: string) => void;
  /** Forgets what was broken. */
  reset: () => void;
  close: () => void;
}

/** Copies `content/` into a temporary folder. */
export function openRoom(): Room {
  const root = mkdtempSync(path.join(tmpdir(), 'guide-content-'));
  const touched = new Set<string>();
  const full = (file: string) => path.join(root, file);
  cpSync(path.join(ROOT, 'content'), full('content'), { recursive: true });
  return {
    root,
    read: (file) => readFileSync(full(file), 'utf8'),
    write(file, text) {
      touched.add(file);
      mkdirSync(path.dirname(full(file)), { recursive: true });
      writeFileSync(full(file), text);
    },
    remove(file) {
      touched.add(file);
      rmSync(full(file));
    },
    reset() {
      for (const file of touched) {
        const original = path.join(ROOT, file);
        if (existsSync(original)) cpSync(original, full(file));
        else rmSync(full(file), { force: true });
      }
      touched.clear();
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A page whose front matter is written from data. */
export function markdown(data: unknown, body = 'Un texte sans chiffre.\n'): string {
  return `---\n${stringify(data, { lineWidth: 0 })}---\n\n${body}`;
}

/** The data of a YAML file or of the head of a page. */
export function dataOf(text: string): Record<string, unknown> {
  const head = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? text;
  return parse(head) as Record<string, unknown>;
}

/** What a command of the project printed, both streams, without colours. */
export interface Outcome {
  code: number | null;
  output: string;
}

/** Runs a program on this very Node, in a folder. */
export function runNode(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(SUPABASE_|VITEST|NODE_ENV|SITE_URL)/.test(name));
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...Object.fromEntries(inherited), NO_COLOR: '1', FORCE_COLOR: '0', ASTRO_TELEMETRY_DISABLED: '1', ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    }
    child.once('close', (code) => {
      resolve({ code, output: output.replaceAll('\u00a0', ' ') });
    });
  });
}
