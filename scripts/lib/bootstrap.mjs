// What runs before installation: Node's own modules only, on the machine's Node (20 or later).
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { UserError, complain, step } from './terminal.mjs';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const OLDEST_NODE = 20;

/** @param {string} version */
export function checkNode(version) {
  const major = Number(version.replace(/^v/u, '').split('.')[0]);
  if (major >= OLDEST_NODE) return;
  throw new UserError(
    `Node.js ${String(OLDEST_NODE)} ou plus récent est nécessaire, et cette machine a la version ${version} : ` +
      'installez-en une plus récente depuis https://nodejs.org, puis recommencez.',
  );
}

/** @param {string} root */
export function pinnedNode(root) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(root, 'node_modules', 'node', 'bin', name);
}

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean }} LockedPackage
 * @param {string} file
 * @returns {{ packages?: Record<string, LockedPackage> } | undefined}
 */
function readLock(file) {
  try {
    /** @type {{ packages?: Record<string, LockedPackage> }} */
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return lock;
  } catch {
    return undefined;
  }
}

/**
 * Does node_modules hold what package-lock.json asks for? npm writes what it installed in
 * node_modules/.package-lock.json, so the comparison holds however the installation was done, and a clone whose
 * lockfile changed by a `git pull` is noticed. Optional packages of other platforms are rightly absent.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = readLock(path.join(root, 'package-lock.json'));
  const found = readLock(path.join(root, 'node_modules', '.package-lock.json'));
  if (!wanted?.packages || !found?.packages) return false;
  for (const [where, entry] of Object.entries(wanted.packages)) {
    if (where === '') continue;
    const installed = found.packages[where];
    if (installed === undefined ? !entry.optional && !entry.peer : installed.version !== entry.version)
      return false;
  }
  // An installation cut short can leave everything but the pinned Node, which its own script puts in place.
  return existsSync(pinnedNode(root));
}

/**
 * The one sentence for a failed `npm ci`, from npm's own words.
 * @param {string} output
 */
export function explainInstallFailure(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/u.test(
      output,
    )
  ) {
    return 'Les dépendances n’ont pas pu être téléchargées : le registre npm est injoignable. Vérifiez la connexion à Internet (et le proxy), puis recommencez.';
  }
  if (output.includes('ENOSPC')) {
    return 'Les dépendances n’ont pas pu être installées : le disque est plein. Libérez environ 1 Go, puis recommencez.';
  }
  if (/EACCES|EPERM|EROFS/u.test(output)) {
    return 'Les dépendances n’ont pas pu être installées : le dossier du projet n’est pas accessible en écriture.';
  }
  if (/EUSAGE|in sync|EJSONPARSE/u.test(output)) {
    return 'Les dépendances n’ont pas pu être installées : package.json et package-lock.json ne s’accordent pas. Lancez « npm install », puis enregistrez package-lock.json.';
  }
  if (/E401|E403/u.test(output)) {
    return 'Les dépendances n’ont pas pu être installées : le registre npm a refusé l’accès. Vérifiez la configuration de npm.';
  }
  return 'L’installation des dépendances (« npm ci ») a échoué ; voici les derniers mots de npm.';
}

/**
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-count)
    .join('\n');
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, signal?: AbortSignal }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
    });
    let output = '';
    const listen = (/** @type {Buffer} */ chunk) => {
      const text = chunk.toString('utf8');
      output += text;
      const last = lastLines(text, 1);
      if (last !== '') options.onLine?.(last);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', (error) => {
      resolve({ code: 127, output: `${output}\n${error.message}` });
    });
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

/** @param {string} root */
export async function install(root) {
  if (isInstalled(root)) return;
  const progress = step('Installation des dépendances (quelques minutes la première fois)');
  // npm_execpath is npm itself when we were started by `npm run`: no guess about PATH, no shell.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env };
  // A person's NODE_ENV=production would leave out the build tools, all of them development dependencies.
  delete env.NODE_ENV;
  // `npm ci` erases node_modules first, the pinned Node included: the machine's own Node does the work.
  const inside = path.join(root, 'node_modules') + path.sep;
  env.PATH = (env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !`${folder}${path.sep}`.startsWith(inside))
    .join(path.delimiter);
  const node = process.execPath.startsWith(inside) ? 'node' : process.execPath;
  const options = { cwd: root, env };
  const { code, output } = npm?.endsWith('.js')
    ? await run(node, [npm, ...args], options)
    : await run('npm', args, options);
  if (code !== 0) {
    progress.fail();
    const details = lastLines(output.replace(/^npm error A complete log.*$/gmu, ''), 6);
    throw new UserError(explainInstallFailure(output), { details });
  }
  if (!existsSync(pinnedNode(root))) {
    progress.fail();
    throw new UserError(
      'L’installation est incomplète : le paquet « node » n’a pas posé son programme. Si npm bloque les scripts d’installation (ignore-scripts), autorisez-les pour ce projet, puis relancez « npm ci ».',
    );
  }
  progress.done('Dépendances installées');
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where a Chromium usually is, first found wins. */
export function findChromium(env = process.env) {
  const asked = env.CHROMIUM_PATH;
  if (asked !== undefined && asked !== '') {
    if (isExecutable(asked)) return asked;
    throw new UserError(`CHROMIUM_PATH désigne « ${asked} », qui n’est pas un programme exécutable.`);
  }
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find(isExecutable);
}

/** @returns {Promise<string>} the browser's path */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  const manual =
    'Les tests dans un navigateur demandent Chromium : installez-le (sur Debian ou Ubuntu : « sudo apt-get install chromium »), ou indiquez son chemin par CHROMIUM_PATH.';
  if (!existsSync('/usr/bin/apt-get')) throw new UserError(manual);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) throw new UserError(manual);
  const progress = step('Installation de Chromium (apt-get)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  let output = '';
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const result = isRoot
      ? await run('apt-get', args, { env })
      : await run('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args], { env });
    output += result.output;
    if (result.code !== 0 && args[0] === 'install') {
      progress.fail();
      throw new UserError(`${manual} L’installation automatique a échoué.`, {
        details: lastLines(output, 4),
      });
    }
  }
  const installed = findChromium();
  if (installed === undefined) {
    progress.fail();
    throw new UserError(`${manual} L’installation automatique n’a pas suffi.`);
  }
  progress.done('Chromium installé');
  return installed;
}

/**
 * Installs what is missing, then runs a script on the pinned Node and ends as it ends.
 * @param {string} script path from the project's root
 * @param {{ chromium?: boolean }} [needs]
 */
export async function handOver(script, needs = {}) {
  try {
    checkNode(process.version);
    await install(ROOT);
    const env = { ...process.env };
    if (needs.chromium) env.CHROMIUM_PATH = await ensureChromium();
    env.PATH = `${path.join(ROOT, 'node_modules', '.bin')}${path.delimiter}${env.PATH ?? ''}`;
    // No tool of the chain may report on the person's machine.
    env.DO_NOT_TRACK = '1';
    env.ASTRO_TELEMETRY_DISABLED = '1';
    process.exitCode = await runPinned(script, env);
  } catch (error) {
    complain(error);
    process.exitCode = 1;
  }
}

/**
 * @param {string} script
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function runPinned(script, env) {
  return new Promise((resolve) => {
    // The `ipc` channel is the child's lifeline: it closes when we die, even by kill -9, and the child stops.
    const child = spawn(pinnedNode(ROOT), [path.join(ROOT, script), ...process.argv.slice(2)], {
      cwd: ROOT,
      env,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    // Ctrl-C reaches the whole process group, child included: we only wait. Elsewhere we pass the signal on.
    process.on('SIGINT', () => {
      if (!process.stdin.isTTY) child.kill('SIGINT');
    });
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
      process.on(signal, () => child.kill(signal));
    child.once('error', (error) => {
      complain(
        new UserError(
          `Le Node.js du projet n’a pas pu démarrer : ${error.message}. Supprimez le dossier « node_modules », puis recommencez.`,
        ),
      );
      resolve(1);
    });
    child.once('close', (code, signal) => {
      process.removeAllListeners('SIGINT');
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
