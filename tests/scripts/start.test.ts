import { createServer, type Server } from 'node:net';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Project, copyFolder, makeProject, startProcess } from './throwaway.ts';

let project: Project;
/** A data folder with the first migration and the demonstration row, made once. */
let made: string;
let copies = 0;

function freshData(): string {
  copies += 1;
  const folder = path.join(project.root, `donnees-${String(copies)}`);
  copyFolder(made, folder);
  return folder;
}

const notes = async (url: string, key: string): Promise<{ id: number; body: string }[]> =>
  (await (await fetch(`${url}/rest/v1/notes?select=*&order=id`, { headers: { apikey: key } })).json()) as {
    id: number;
    body: string;
  }[];

const addNote = (url: string, key: string, id: number): Promise<Response> =>
  fetch(`${url}/rest/v1/notes`, {
    method: 'POST',
    headers: { apikey: key, 'content-type': 'application/json' },
    body: JSON.stringify({ id, body: `note ${String(id)}` }),
  });

/** One sentence, no stack, no English from Node. */
function expectOneSentence(output: string): void {
  expect(output).not.toMatch(/^\s+at /mu);
  expect(output).not.toMatch(/node:internal|Error:/u);
}

beforeAll(async () => {
  project = makeProject();
  made = path.join(project.root, 'donnees');
  const first = startProcess({ root: project.root, port: 0, dataDir: made, build: false });
  await first.ready;
  expect(await first.kill('SIGTERM')).toBe(0);
});

afterAll(() => {
  project.remove();
});

describe('the local service', () => {
  test('applies the migrations, loads the demonstration rows once and keeps what was written', async () => {
    const dataDir = freshData();
    const options = { root: project.root, port: 0, dataDir, build: false };
    const first = startProcess(options);
    const { url, keys } = await first.ready;
    expect(await notes(url, keys.publishable)).toEqual([{ id: 1, body: 'exemple' }]);
    expect((await addNote(url, keys.publishable, 2)).status).toBe(401);
    expect((await addNote(url, keys.secret, 2)).status).toBe(201);
    expect(await first.kill('SIGTERM')).toBe(0);

    const second = startProcess(options);
    const again = await second.ready;
    expect(again.keys).toEqual(keys);
    expect(await notes(again.url, keys.publishable)).toHaveLength(2);
    await second.kill('SIGTERM');
    expect(statSync(path.join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
  });

  test('data survive a kill -9 in the middle of writing', async () => {
    const dataDir = freshData();
    const options = { root: project.root, port: 0, dataDir, build: false };
    const first = startProcess(options);
    const { url, keys } = await first.ready;
    const accepted: number[] = [];
    const writing = (async () => {
      for (let id = 100; ; id += 1) {
        const answer = await addNote(url, keys.secret, id).catch(() => undefined);
        if (answer?.status !== 201) return;
        accepted.push(id);
      }
    })();
    while (accepted.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    await first.kill('SIGKILL');
    await writing;
    expect(existsSync(path.join(dataDir, 'verrou.json'))).toBe(true);

    const second = startProcess(options);
    const again = await second.ready;
    const found = (await notes(again.url, keys.publishable)).map(({ id }) => id);
    for (const id of accepted) expect(found).toContain(id);
    await second.kill('SIGTERM');
  });

  test('a new migration is applied at the next start, without losing the rows', async () => {
    const dataDir = freshData();
    project.write(
      'supabase/migrations/20260102000000_add_colour.sql',
      'alter table public.notes add column colour text;',
    );
    const server = startProcess({ root: project.root, port: 0, dataDir, build: false });
    const { url, keys } = await server.ready;
    expect(await notes(url, keys.publishable)).toEqual([{ id: 1, body: 'exemple', colour: null }]);
    expect(server.output()).toContain('1 migration(s) appliquée(s)');
    await server.kill('SIGTERM');
  });
});

describe('what can go wrong is said in one clear French sentence', () => {
  let taken: Server;
  let port: number;
  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    taken.close();
  });

  test('a taken port', async () => {
    const server = startProcess({ root: project.root, port, dataDir: freshData(), build: false });
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain(`Le port ${String(port)} est déjà pris par un autre programme`);
    expectOneSentence(server.output());
  });

  test('a broken migration: its file, its line and what PostgreSQL says; what was there stays', async () => {
    const dataDir = freshData();
    const broken = 'supabase/migrations/20260103000000_break_things.sql';
    project.write(broken, 'create table public.first_half (id int);\n\ncreate polcy nothing;\n');
    const options = { root: project.root, port: 0, dataDir, build: false };
    const server = startProcess(options);
    expect(await server.ended).toBe(1);
    const output = server.output().replaceAll('\u00a0', ' ');
    expect(output).toContain(`La migration « ${broken} », ligne 3`);
    expect(output).toContain('syntax error at or near "polcy"');
    expectOneSentence(output);

    project.write(broken, 'create table public.first_half (id int);\n');
    const repaired = startProcess(options);
    const { url, keys } = await repaired.ready;
    expect(await notes(url, keys.publishable)).toHaveLength(1);
    await repaired.kill('SIGTERM');
  });

  test('a data folder that is not a folder', async () => {
    const dataDir = path.join(project.root, 'fichier');
    writeFileSync(dataDir, 'pas un dossier');
    const server = startProcess({ root: project.root, port: 0, dataDir, build: false });
    expect(await server.ended).toBe(1);
    expect(server.output().replaceAll('\u00a0', ' ')).toContain(
      `Le dossier de données « ${dataDir} » n’est pas utilisable`,
    );
    expectOneSentence(server.output());
  });

  test('a second service on the same data folder', async () => {
    const dataDir = freshData();
    const options = { root: project.root, port: 0, dataDir, build: false };
    const first = startProcess(options);
    await first.ready;
    const second = startProcess(options);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`processus ${String(first.child.pid)}`);
    expectOneSentence(second.output());
    await first.kill('SIGTERM');
    expect(existsSync(path.join(dataDir, 'verrou.json'))).toBe(false);
  });

  test('a build that fails: its own words', async () => {
    project.write('astro.config.mjs', "throw new Error('La page « essai » est fautive.');");
    const server = startProcess({ root: project.root, port: 0, dataDir: freshData(), build: true });
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain('La construction du site a échoué');
    expect(server.output()).toContain('La page « essai » est fautive.');
    expect(server.output()).not.toMatch(/^\s+at /mu);
  });

  test('a Supabase elsewhere: the embedded one is not started, and it says so', async () => {
    const dataDir = path.join(project.root, 'ailleurs');
    const server = startProcess({
      root: project.root,
      port: 0,
      dataDir,
      build: false,
      env: { SUPABASE_URL: 'https://exemple.supabase.co' },
    });
    const { url } = await server.ready;
    expect(server.output()).toContain('SUPABASE_URL désigne https://exemple.supabase.co');
    expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false);
    // Answers sealed to this machine's key would be lost for the officers of the other one.
    expect(existsSync(path.join(dataDir, 'cle-agents.json'))).toBe(false);
    expect(existsSync(path.join(made, 'cle-agents.json'))).toBe(true);
    expect((await fetch(`${url}/rest/v1/notes`)).status).toBe(404);
    await server.kill('SIGTERM');
    expect(readFileSync(path.join(dataDir, 'keys.json'), 'utf8')).toContain('sb_secret_');
  });
});
