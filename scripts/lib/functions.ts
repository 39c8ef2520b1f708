// Runs functions/ as Netlify does: its own bundler and bootstrap, then warm instances that live on.
//
// Why not the functions of @netlify/dev: it bundles again at each request, into a folder it deletes at the end of
// the request although parallel requests share it, and starts a thread per request with no limit. Two hundred
// parallel submissions would not survive that, and nothing measured on it would mean anything.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { zipFunctions, type FunctionResult } from '@netlify/zip-it-and-ship-it';
import { parse as parseToml } from 'smol-toml';
import type { Answer, Invocation, Reply } from './functions-worker.ts';
import { UserError } from './terminal.mjs';

/** Netlify's limit for a synchronous function. */
const TIMEOUT_MS = 60_000;
/** Enough to make two instances race for the same row, few enough for a laptop. */
const INSTANCES = 4;

interface Route {
  pattern: string;
  literal?: string | undefined;
  expression?: string | undefined;
  methods: string[];
}

interface LocalFunction {
  name: string;
  entry: string;
  routes: Route[];
  excluded: Route[];
  scheduled: boolean;
}

interface Match {
  fn: LocalFunction;
  pattern: string | undefined;
}

export interface FunctionRequest {
  method: string;
  url: URL;
  headers: Headers;
  body: Uint8Array;
  ip: string;
}

export interface Functions {
  names: () => string[];
  /** The routes, for the terminal and for tests. */
  routes: () => string[];
  /** undefined: no function answers here. */
  handle: (request: FunctionRequest) => Promise<Response | undefined>;
  close: () => Promise<void>;
}

interface FunctionsOptions {
  root: string;
  target: string;
  env: NodeJS.ProcessEnv;
  watch: boolean;
  quiet: boolean;
}

/** The [functions] table of netlify.toml, in the shape the bundler takes. */
function readSettings(root: string): { folder: string; config: Record<string, Record<string, unknown>> } {
  const file = path.join(root, 'netlify.toml');
  const toml: Record<string, unknown> = existsSync(file) ? parseToml(readFileSync(file, 'utf8')) : {};
  const table = (toml.functions ?? {}) as Record<string, unknown>;
  const build = (toml.build ?? {}) as Record<string, unknown>;
  const folder = table.directory ?? build.functions ?? 'functions';
  const translate = (settings: Record<string, unknown>): Record<string, unknown> => ({
    externalNodeModules: settings.external_node_modules ?? [],
    includedFiles: settings.included_files ?? [],
    includedFilesBasePath: root,
    nodeBundler: settings.node_bundler === 'esbuild' ? 'esbuild' : undefined,
    nodeSourcemap: true,
    processDynamicNodeImports: true,
  });
  const isTable = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const general = Object.fromEntries(Object.entries(table).filter(([, value]) => !isTable(value)));
  const star = isTable(table['*']) ? table['*'] : {};
  const config: Record<string, Record<string, unknown>> = { '*': translate({ ...general, ...star }) };
  for (const [name, value] of Object.entries(table)) {
    if (name !== '*' && isTable(value)) config[name] = translate({ ...general, ...star, ...value });
  }
  return { folder: path.resolve(root, typeof folder === 'string' ? folder : 'functions'), config };
}

/** What esbuild says, without its stack: « fichier:ligne:colonne : message ». */
function describeBundleError(error: unknown): string {
  const list = (
    error as { errors?: { text: string; location?: { file: string; line: number; column: number } | null }[] }
  ).errors;
  if (Array.isArray(list) && list.length > 0) {
    return list
      .map(({ text, location }) =>
        location ? `${location.file}:${String(location.line)}:${String(location.column)} : ${text}` : text,
      )
      .join('\n');
  }
  return error instanceof Error ? error.message : String(error);
}

async function bundle(options: FunctionsOptions, generation: number): Promise<LocalFunction[]> {
  const { folder, config } = readSettings(options.root);
  if (!existsSync(folder)) return [];
  // A new folder each time: a loaded module can't be unloaded, and its files must not change under it.
  const target = path.join(options.target, String(generation));
  let results: FunctionResult[];
  try {
    results = await zipFunctions(folder, target, {
      archiveFormat: 'none',
      basePath: options.root,
      config: config,
      featureFlags: { zisi_pure_esm: true, zisi_pure_esm_mjs: true },
    });
  } catch (error) {
    throw new UserError('Les fonctions (dossier « functions ») n’ont pas pu être assemblées.', {
      details: describeBundleError(error),
      cause: error,
    });
  }
  return results.map((result) => {
    const {
      name,
      path: where,
      entryFilename,
      routes,
      excludedRoutes,
      schedule,
      runtimeAPIVersion,
    } = result as FunctionResult & {
      routes?: Route[];
      excludedRoutes?: Route[];
      schedule?: string;
      runtimeAPIVersion?: number;
    };
    if (runtimeAPIVersion !== 2) {
      throw new UserError(
        `La fonction « ${name} » n’a pas d’export par défaut : chaque fichier .ts du dossier « functions » est une adresse publique ; le code partagé va dans « functions/_lib ».`,
      );
    }
    return {
      name,
      entry: pathToFileURL(path.join(where, entryFilename)).href,
      routes: routes ?? [],
      excluded: excludedRoutes ?? [],
      scheduled: schedule !== undefined && schedule !== '',
    };
  });
}

function matches(route: Route, pathname: string): boolean {
  if (route.literal !== undefined) return route.literal === pathname;
  return route.expression !== undefined && new RegExp(route.expression, 'u').test(pathname);
}

/** Netlify's rules: case and a final slash don't count, a method outside the list is as if there was no route. */
function find(functions: LocalFunction[], method: string, rawPath: string): Match | undefined {
  const byName = /^\/\.netlify\/functions\/([^/]+)/u.exec(rawPath)?.[1];
  if (byName !== undefined) {
    const fn = functions.find(({ name, routes }) => name === byName && routes.length === 0);
    return fn && { fn, pattern: undefined };
  }
  const pathname = (rawPath !== '/' && rawPath.endsWith('/') ? rawPath.slice(0, -1) : rawPath).toLowerCase();
  for (const fn of functions) {
    const route = fn.routes.find(
      (candidate) =>
        (candidate.methods.length === 0 || candidate.methods.includes(method)) &&
        matches(candidate, pathname),
    );
    if (route && !fn.excluded.some((candidate) => matches(candidate, pathname)))
      return { fn, pattern: route.pattern };
  }
  return undefined;
}

interface Job {
  invocation: Invocation;
  resolve: (reply: Reply) => void;
}

/** One thread with the functions it has loaded; `current` is the request it is answering. */
interface Instance {
  worker: Worker;
  current: { job: Job; timer: NodeJS.Timeout } | undefined;
}

/** A fixed number of instances and a queue: each answers one request at a time, as in production. */
class Instances {
  #all = new Set<Instance>();
  #queue: Job[] = [];
  #closed = false;
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  run(invocation: Invocation): Promise<Reply> {
    return new Promise((resolve) => {
      this.#queue.push({ invocation, resolve });
      this.#next();
    });
  }

  #next(): void {
    if (this.#closed || this.#queue.length === 0) return;
    let instance = [...this.#all].find(({ current }) => current === undefined);
    if (instance === undefined) {
      if (this.#all.size >= INSTANCES) return;
      instance = this.#open();
    }
    const job = this.#queue.shift();
    if (job === undefined) return;
    const { timeoutMs } = job.invocation;
    const serving = instance;
    const timer = setTimeout(() => {
      this.#discard(serving, `délai de ${String(timeoutMs / 1000)} s dépassé`);
    }, timeoutMs);
    serving.current = { job, timer };
    serving.worker.postMessage(job.invocation);
  }

  #open(): Instance {
    const worker = new Worker(new URL('functions-worker.ts', import.meta.url), {
      env: this.#env,
      execArgv: ['--enable-source-maps', '--no-warnings'],
    });
    const instance: Instance = { worker, current: undefined };
    this.#all.add(instance);
    worker.on('message', (reply: Reply) => {
      this.#settle(instance, reply);
      this.#next();
    });
    worker.on('error', (error) => {
      this.#discard(instance, error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    worker.on('exit', (code) => {
      this.#discard(instance, `l’instance s’est arrêtée (code ${String(code)})`);
    });
    return instance;
  }

  #settle(instance: Instance, reply: Reply): void {
    const { current } = instance;
    if (current === undefined) return;
    instance.current = undefined;
    clearTimeout(current.timer);
    current.job.resolve(reply);
  }

  #discard(instance: Instance, reason: string): void {
    this.#settle(instance, { error: reason });
    if (!this.#all.delete(instance)) return;
    void instance.worker.terminate();
    this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { resolve } of this.#queue.splice(0)) resolve({ error: 'arrêt du service' });
    await Promise.all([...this.#all].map(({ worker }) => worker.terminate()));
  }
}

function toEvent(request: FunctionRequest, pattern: string | undefined): Invocation['event'] {
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  const requestId = randomUUID();
  headers['x-nf-client-connection-ip'] = request.ip;
  headers['x-nf-request-id'] = requestId;
  headers['x-nf-deploy-context'] = 'dev';
  headers['x-nf-deploy-id'] = '0';
  headers['x-nf-site-id'] = 'local';
  headers['x-nf-account-id'] = 'local';
  headers['x-nf-geo'] = Buffer.from('{}').toString('base64');
  return {
    requestId,
    rawUrl: request.url.href,
    rawQuery: request.url.search.slice(1),
    path: request.url.pathname,
    httpMethod: request.method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: Object.fromEntries(request.url.searchParams),
    multiValueQueryStringParameters: {},
    // Always base64: bytes arrive as they were sent, whatever they are.
    body: request.body.length === 0 ? null : Buffer.from(request.body).toString('base64'),
    isBase64Encoded: request.body.length > 0,
    route: pattern,
  };
}

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

function toResponse(answer: Answer): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.multiValueHeaders)) {
    for (const value of values) headers.append(name, value);
  }
  for (const [name, value] of Object.entries(answer.headers)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  const body = WITHOUT_BODY.has(answer.statusCode) ? null : (answer.body as Uint8Array<ArrayBuffer>);
  return new Response(body, { status: answer.statusCode, headers });
}

/** Code that functions are made of: a change there means a new bundle at the next request. */
const WATCHED = ['functions', 'src/domain', 'src/sealing', 'src/components'];

export async function openFunctions(options: FunctionsOptions): Promise<Functions> {
  rmSync(options.target, { recursive: true, force: true });
  let generation = 0;
  let functions = await bundle(options, generation);
  let instances = new Instances(options.env);
  let stale = false;
  let rebuilding: Promise<void> | undefined;
  const watchers: FSWatcher[] = [];
  if (options.watch) {
    for (const folder of WATCHED) {
      const full = path.join(options.root, folder);
      if (existsSync(full)) {
        watchers.push(
          watch(full, { recursive: true }, () => {
            stale = true;
          }),
        );
      }
    }
  }
  const rebuild = async (): Promise<void> => {
    stale = false;
    generation += 1;
    const previous = instances;
    functions = await bundle(options, generation);
    instances = new Instances(options.env);
    await previous.close();
  };
  const fresh = async (): Promise<void> => {
    if (stale) rebuilding ??= rebuild().finally(() => (rebuilding = undefined));
    await rebuilding;
  };
  return {
    names: () => functions.map(({ name }) => name),
    routes: () => functions.flatMap(({ routes }) => routes.map(({ pattern }) => pattern)),
    async handle(request) {
      if (options.watch) {
        try {
          await fresh();
        } catch (error) {
          stale = true;
          if (!(error instanceof UserError)) throw error;
          if (find(functions, request.method, request.url.pathname) === undefined) return undefined;
          return new Response(`${error.message}\n\n${error.details}\n`, {
            status: 500,
            headers: { 'content-type': 'text/plain; charset=utf-8' },
          });
        }
      }
      const match = find(functions, request.method, request.url.pathname);
      if (match === undefined) return undefined;
      const reply = await instances.run({
        entry: match.fn.entry,
        event: toEvent(request, match.pattern),
        timeoutMs: TIMEOUT_MS,
      });
      if ('answer' in reply) return toResponse(reply.answer);
      // The stack is for whoever runs the server; the reader gets what a reader can use.
      if (!options.quiet) process.stderr.write(`\nFonction « ${match.fn.name} » : ${reply.error}\n`);
      return new Response('Le service a rencontré une erreur. Réessayez dans quelques minutes.\n', {
        status: 500,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      });
    },
    async close() {
      for (const watcher of watchers) watcher.close();
      await instances.close();
    },
  };
}
