// `npm test`, once everything is installed: every check and every test, one after the other, and one line at the
// end that a program can read.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './lib/bootstrap.mjs';
import { duration, say } from './lib/terminal.mjs';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Stage {
  title: string;
  /** The tool's script inside node_modules: run by this very Node, no shell between. */
  tool: string;
  args: string[];
  /** A vitest run is counted test by test; any other check counts as one. */
  vitest?: true;
}

const STAGES: Stage[] = [
  {
    title: 'Mise en forme (prettier)',
    tool: 'prettier/bin/prettier.cjs',
    args: ['--check', '.', '--log-level', 'warn'],
  },
  {
    title: 'Types (astro check)',
    tool: 'astro/bin/astro.mjs',
    args: ['check', '--minimumFailingSeverity', 'warning'],
  },
  // After the types: Astro writes those of the content there, and a fresh clone has none to check the rules against.
  { title: 'Règles de code (eslint)', tool: 'eslint/bin/eslint.js', args: ['.', '--max-warnings', '0'] },
  {
    title: 'Tests sans navigateur : domaine, contenu, architecture, base, fonctions, commandes',
    tool: 'vitest/vitest.mjs',
    args: ['run', '--project', 'unit'],
    vitest: true,
  },
  {
    title: 'Tests du site construit et du service complet, dans un navigateur',
    tool: 'vitest/vitest.mjs',
    // These tests wait more than they work: for a page, for an answer, for the time a person takes to read.
    args: ['run', '--project', 'built', '--maxWorkers=3'],
    vitest: true,
  },
];

function runTool({ tool, args }: Stage, extra: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', tool), ...args, ...extra], {
      cwd: ROOT,
      env: { ...process.env, CI: process.env.CI ?? 'true', NO_UPDATE_NOTIFIER: '1' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    current = child;
    child.once('error', (error) => {
      say(error.message);
      resolve(1);
    });
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** A file that breaks before its first test counts as one failure: it must not pass for an empty one. */
function readReport(file: string, code: number): Tally {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    // Vitest also fails for reasons that belong to no test, such as an error nobody caught.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

let current: ReturnType<typeof spawn> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    current?.kill(signal);
    process.exit(130);
  });
}
if (process.connected) {
  process.on('disconnect', () => {
    current?.kill('SIGTERM');
    process.exit(1);
  });
}

const total: Tally = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
const reports = mkdtempSync(path.join(tmpdir(), 'guide-report-'));
const beganAll = Date.now();
for (const [index, stage] of STAGES.entries()) {
  say();
  say(`── ${String(index + 1)}/${String(STAGES.length)}  ${stage.title}`);
  const began = Date.now();
  const file = path.join(reports, `${String(index)}.json`);
  const extra = stage.vitest ? ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`] : [];
  const code = await runTool(stage, extra);
  const tally = stage.vitest
    ? readReport(file, code)
    : { passed: Number(code === 0), failed: Number(code !== 0), skipped: 0 };
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  const line = `${tally.failed === 0 ? '✔' : '✘'} ${stage.title} (${duration(Date.now() - began)})`;
  summary.push(line);
  say(line);
}
rmSync(reports, { recursive: true, force: true });

say();
say(`En tout : ${duration(Date.now() - beganAll)}`);
for (const line of summary) say(`  ${line}`);
say();
process.stdout.write(
  `${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped\n`,
);
process.exit(total.failed === 0 ? 0 : 1);
