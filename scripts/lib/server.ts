// The whole service on one machine, in one process, on one port. Used by `npm start`, `npm run dev`, the tests
// and the benchmarks: all of them measure and exercise the same thing.
import { spawn, type ChildProcess } from 'node:child_process';
import { request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, connect } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { ASTRO, buildMessage, buildSite } from './build.ts';
import { ROOT } from './bootstrap.mjs';
import { type Keys, lockDataFolder, readKeys } from './data-folder.ts';
import { type EmbeddedDatabase, openDatabase } from './database.ts';
import { readDataDir, readEnvironment, readPort } from './environment.ts';
import { type Functions, openFunctions } from './functions.ts';
import { type LocalRequest, closeHttp, createHttp, listen } from './http.ts';
import { readProtectionKeys } from './local-keys.ts';
import { type OnlineSite, openOnlineSite } from './online-site.ts';
import { beginBuild, confirmBuild, publishByItself } from './publication.ts';
import { UserError, complain, say, step } from './terminal.mjs';

export interface StartOptions {
  /** The project; the tests give throwaway ones. */
  root?: string;
  /** 0: any free port. */
  port?: number;
  dataDir?: string;
  /** false: serve dist/ as it is. */
  build?: boolean;
  quiet?: boolean;
  /** Astro's development server instead of a build. */
  dev?: boolean;
  /** Builds again by itself when something was published, withdrawn or erased. */
  publish?: boolean;
  /** Added to the environment, as if set by the person. */
  env?: NodeJS.ProcessEnv;
  /** For tests that need several client addresses. */
  trustForwardedFor?: boolean;
}

export interface RunningServer {
  url: string;
  port: number;
  dataDir: string;
  keys: Keys;
  /** undefined when SUPABASE_URL names a Supabase elsewhere. */
  database: EmbeddedDatabase | undefined;
  functions: Functions;
  /** The environment the build and the functions were given. */
  env: NodeJS.ProcessEnv;
  stop: () => Promise<void>;
}

const WAITING = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3"><title>Le site se prépare</title></head>
<body><main><h1>Le site se prépare</h1><p>Cette page s’ouvrira d’elle-même dans quelques instants.</p></main></body></html>
`;

function waiting(): Response {
  return new Response(WAITING, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '3', 'cache-control': 'no-store' },
  });
}

const isSupabase = (pathname: string): boolean => /^\/(?:rest|auth)\/v1(?:\/|$)/u.test(pathname);

function askSupabase(
  database: EmbeddedDatabase,
  { method, url, headers, body, signal }: LocalRequest,
): Promise<Response> {
  const bodiless = method === 'GET' || method === 'HEAD' || body.length === 0;
  return database.fetch(
    new Request(url, { method, headers, signal, body: bodiless ? null : (body as Uint8Array<ArrayBuffer>) }),
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createTcpServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

interface Astro {
  port: number;
  proxy: (request: LocalRequest, raw: IncomingMessage, response: ServerResponse) => Promise<undefined>;
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  stop: () => void;
}

/** `astro dev` on an inner port, reached through ours. */
async function startAstro(
  root: string,
  env: NodeJS.ProcessEnv,
  onExit: (error: UserError) => void,
): Promise<Astro> {
  const port = await freePort();
  const progress = step('Démarrage d’Astro en développement');
  const child: ChildProcess = spawn(
    process.execPath,
    [ASTRO, 'dev', '--host', '127.0.0.1', '--port', String(port)],
    {
      cwd: root,
      env: { ...env, NODE_ENV: 'development', ASTRO_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let ready = false;
  let stopping = false;
  const listenTo = (chunk: Buffer): void => {
    if (ready) process.stdout.write(chunk);
    else output += chunk.toString('utf8');
  };
  child.stdout?.on('data', listenTo);
  child.stderr?.on('data', listenTo);
  child.once('exit', () => {
    if (!stopping)
      onExit(new UserError('Astro s’est arrêté ; voici ce qu’il dit :', { details: buildMessage(output) }));
  });
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null) {
      stopping = true;
      progress.fail();
      throw new UserError('Astro n’a pas démarré ; voici ce qu’il dit :', { details: buildMessage(output) });
    }
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
    if (open) break;
    if (tries > 600)
      throw new UserError('Astro n’a pas démarré en deux minutes.', { details: buildMessage(output) });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  ready = true;
  progress.done('Astro prêt');
  return {
    port,
    proxy: ({ method, url, body, signal }, raw, response) =>
      new Promise((resolve, reject) => {
        const inner = httpRequest(
          { host: '127.0.0.1', port, method, path: url.pathname + url.search, headers: raw.headers, signal },
          (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
            answer.pipe(response);
            answer.once('end', () => {
              resolve(undefined);
            });
          },
        );
        inner.once('error', reject);
        inner.end(body);
      }),
    upgrade(request, socket, head) {
      const inner = connect(port, '127.0.0.1', () => {
        const lines = [`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/1.1`];
        for (let index = 0; index < request.rawHeaders.length; index += 2) {
          lines.push(`${request.rawHeaders[index] ?? ''}: ${request.rawHeaders[index + 1] ?? ''}`);
        }
        inner.write(`${lines.join('\r\n')}\r\n\r\n`);
        inner.write(head);
        inner.pipe(socket).pipe(inner);
      });
      inner.on('error', () => socket.destroy());
      socket.on('error', () => inner.destroy());
    },
    stop() {
      stopping = true;
      child.kill('SIGTERM');
    },
  };
}

export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const root = options.root ?? ROOT;
  const quiet = options.quiet ?? false;
  const tell = (text: string): void => {
    if (!quiet) say(text);
  };
  const outside = readEnvironment(root, { ...process.env, ...options.env });
  const wantedPort = options.port ?? readPort(outside);
  const dataDir = options.dataDir ?? readDataDir(root, outside);
  const hosted = outside.SUPABASE_URL ?? '';

  const closers: (() => void | Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      for (const close of closers.reverse()) {
        try {
          await close();
        } catch {
          // Whatever one part says while it closes, the others must close too, the database above all.
        }
      }
    })());

  try {
    closers.push(lockDataFolder(dataDir, `http://localhost:${String(wantedPort)}`));
    const keys = await readKeys(dataDir);

    // The port first: nothing is worth preparing behind a door that won't open.
    let database: EmbeddedDatabase | undefined;
    let functions: Functions | undefined;
    let site: OnlineSite | undefined;
    let astro: Astro | undefined;
    const make = (): Server =>
      createHttp(
        async (request, raw, response) => {
          if (isSupabase(request.url.pathname) && hosted === '') {
            return database === undefined ? waiting() : askSupabase(database, request);
          }
          if (functions === undefined || (site === undefined && astro === undefined)) return waiting();
          const answer = await functions.handle(request);
          if (answer !== undefined) return answer;
          if (astro !== undefined) return astro.proxy(request, raw, response);
          return site?.handle(request.method, request.url, request.headers);
        },
        {
          trustForwardedFor: options.trustForwardedFor ?? false,
          upgrade(request, socket, head) {
            if (astro === undefined) socket.destroy();
            else astro.upgrade(request, socket, head);
          },
        },
      );
    const { port, servers } = await listen(make, wantedPort, outside.HOST);
    closers.push(() => closeHttp(servers));
    const url = `http://localhost:${String(port)}`;

    const env: NodeJS.ProcessEnv = {
      ...outside,
      SITE_URL: (outside.SITE_URL ?? '') === '' ? url : outside.SITE_URL,
      DO_NOT_TRACK: '1',
    };
    if (hosted === '') {
      const progress = step('Démarrage de la base Supabase embarquée', quiet);
      try {
        database = await openDatabase({ root, dataDir, url, keys, quiet });
      } catch (error) {
        progress.fail();
        throw error;
      }
      const opened = database;
      closers.push(() => opened.close());
      progress.done('Base Supabase embarquée prête');
      if (opened.applied.length > 0) tell(`  ${String(opened.applied.length)} migration(s) appliquée(s)`);
      if (opened.seeded) tell('  données de démonstration chargées (supabase/seed.sql)');
      if (opened.edited.length > 0) {
        tell(
          `  Attention : modifiée(s) après avoir été appliquée(s) ici : ${opened.edited.join(', ')}. Pour repartir d’une base neuve, supprimez « ${dataDir} ».`,
        );
      }
      env.SUPABASE_URL = url;
      env.SUPABASE_PUBLISHABLE_KEY = keys.publishable;
      env.SUPABASE_SECRET_KEY = keys.secret;
      // Never with a database elsewhere: answers sealed to this machine's key would be lost for its officers.
      Object.assign(env, await readProtectionKeys(dataDir));
    } else {
      tell(
        `ℹ SUPABASE_URL désigne ${hosted} : la base embarquée n’est pas démarrée, les envois iront là-bas.`,
      );
    }

    const publish = (options.publish ?? false) && options.dev !== true ? database : undefined;
    if (options.dev !== true) {
      const build = options.build ?? true;
      if (build) {
        if (publish !== undefined) await beginBuild(publish);
        await buildSite(root, env, quiet);
      }
      site = await openOnlineSite(root, dataDir);
      const opened = site;
      closers.push(() => opened.close());
      if (publish !== undefined && build) await confirmBuild(publish, opened.pages);
    }

    const progress = step('Assemblage des fonctions', quiet);
    try {
      functions = await openFunctions({
        root,
        target: path.join(dataDir, 'fonctions'),
        env: site === undefined ? env : { ...env, SITE_FOLDER: site.pages },
        watch: options.dev === true,
        quiet,
      });
    } catch (error) {
      progress.fail();
      throw error;
    }
    const openedFunctions = functions;
    closers.push(() => openedFunctions.close());
    progress.done(`Fonctions prêtes : ${String(openedFunctions.names().length)}`);

    if (options.dev === true) {
      astro = await startAstro(root, env, (error) => {
        process.stderr.write(`\n${error.message}\n${error.details}\n`);
        void stop().then(() => process.exit(1));
      });
      const started = astro;
      closers.push(() => {
        started.stop();
      });
    }

    if (publish !== undefined && site !== undefined) {
      const online = site;
      const rebuild = async (signal: AbortSignal): Promise<void> => {
        await online.replace((to) => buildSite(root, env, quiet, { to, signal }));
        await confirmBuild(publish, online.pages);
      };
      const tellFailure = quiet ? () => undefined : complain;
      closers.push(publishByItself({ database: publish, rebuild, complain: tellFailure }));
    }

    return {
      url,
      port,
      dataDir,
      keys,
      database,
      functions: openedFunctions,
      env,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
