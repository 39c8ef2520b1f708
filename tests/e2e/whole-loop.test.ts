// The whole loop of a project, on a service of its own that puts online by itself: proposed without JavaScript, sent
// back for more by an officer, completed by its link, published, found, told of, silent, withdrawn, gone. Nothing is
// made up but the day of the last builds.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/bootstrap.mjs';
import { type RunningServer, startServer } from '../../scripts/lib/server.ts';
import { nouvelle } from '../../src/domain/forms/nouvelle.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { SHORTEST_READING } from '../../src/domain/forms/steps.ts';
import { inlineScriptsOf } from '../../src/domain/security/headers.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import {
  fillByLabels,
  newAddress,
  readAgain,
  referenceAfter,
  searchFor,
  sendButton,
  unfold,
  unique,
} from '../support/browser.ts';
import { desktop, launchChromium, withoutJavaScript } from '../support/chromium.ts';
import { type Account, createAccount } from '../support/desk.ts';
import { sending } from './answers.ts';

const MARK = unique('boucle');
const DAY_MS = 86_400_000;

let dataDir: string;
let server: RunningServer;
let browser: Browser;
let officer: Account;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'guide-boucle-'));
  // The site that is served first was built before, and its desk carries the key of that time.
  const built = readFileSync(path.join(ROOT, 'dist/gestion/index.html'), 'utf8');
  const [, publishable = ''] = /data-key="([^"]+)"/.exec(built) ?? [];
  const jwtSecret = randomBytes(32).toString('hex');
  const secret = `sb_secret_${randomBytes(16).toString('hex').slice(0, 31)}`;
  writeFileSync(path.join(dataDir, 'keys.json'), JSON.stringify({ publishable, secret, jwtSecret }));
  server = await startServer({
    port: 0,
    dataDir,
    build: false,
    publish: true,
    quiet: true,
    trustForwardedFor: true,
    env: { SANS_DOTENV: '1', SUPABASE_URL: '', SITE_URL: '' },
  });
  const { url: baseUrl, keys } = server;
  officer = await createAccount(
    { baseUrl, publishableKey: keys.publishable, secretKey: keys.secret, dataDir },
    'publisher',
  );
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const onThisSite = () => ({ baseURL: server.url, extraHTTPHeaders: { 'X-Forwarded-For': newAddress() } });
const press = (page: Page, words: string) =>
  page.getByRole('button', { name: fr(words), exact: true }).click();
const get = (address: string) => fetch(server.url + address);
const sql = async <Row>(text: string) => (await server.database!.connection.driver.query<Row>(text)).rows;

/** Everything online that names the project, by its path: pages, lists, feed, data, maps, pieces of the search index. */
function filesThatName(...words: string[]): string[] {
  const folder = path.join(dataDir, 'sites/en-ligne');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
      return words.some((word) => file.includes(word) || text.includes(word));
    })
    .map((file) => path.relative(folder, file));
}

/** Waits for the site to be as it should, while readers go on reading: each page whole, with headers that allow it. */
async function waitOnline(what: string, isThere: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; !(await isThere());) {
    if (Date.now() > end)
      throw new Error(`${what}: ${JSON.stringify(await sql('select * from private.builds'))}`);
    for (const address of ['/', '/projets/', '/gestion/', '/guide/passeport/']) {
      const response = await get(address);
      const html = await response.text();
      expect(response.status, address).toBe(200);
      expect(html, address).toContain('</html>');
      const policy = response.headers.get('content-security-policy') ?? '';
      for (const code of inlineScriptsOf(html))
        expect(policy, address).toContain(createHash('sha256').update(code).digest('base64'));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const allOnline = async () => (await sql('select 1 from private.build_requests')).length === 0;

test('a project goes from a form without JavaScript to a page that is found, then is gone everywhere', async () => {
  const visitor = await withoutJavaScript(browser, onThisSite());
  const holder = await visitor.newPage();
  await holder.goto(projet.page);
  await fillByLabels(holder, projet, sending(projet, MARK).typed);
  await readAgain(holder);
  // Reading takes longer than that: what is sent faster is put aside.
  await holder.waitForTimeout(SHORTEST_READING + 200);
  await sendButton(holder).click();
  const reference = await referenceAfter(holder, projet);
  const link = holder.url();
  const title = sending(projet, MARK).typed['title'] as string;

  // An officer asks for more.
  const office = await desktop(browser, onThisSite());
  const desk = await office.newPage();
  await desk.goto('/gestion/');
  await desk.getByLabel('Adresse électronique').fill(officer.email);
  await desk.getByLabel('Mot de passe').fill(officer.password);
  await press(desk, 'Entrer');
  const openFile = async (part: string, file = reference, queue = 'projet') => {
    await desk.locator('.desk-menu').waitFor();
    await desk.goto(`/gestion/#/${queue}/${part}/${file}`);
    await desk.locator('.desk-head .desk-ref', { hasText: file }).waitFor();
  };
  const form = desk.locator('form.desk-decision');
  await openFile('a-relire');
  await press(desk, 'Demander une précision');
  await form.getByLabel('Raison').selectOption('unclear');
  await form.getByLabel('Votre question à la personne').fill('Qui garde le forage, une fois fini ?');
  await form.getByRole('button', { name: 'Demander une précision' }).click();
  await desk.getByText(`${reference} : précision demandée`).first().waitFor();

  // The holder completes it by the link, still without JavaScript.
  const openOwnFile = async () => {
    await holder.goto('/suivi/');
    await holder.getByLabel('Votre lien de suivi').fill(link);
    await press(holder, 'Ouvrir mon dossier');
  };
  await openOwnFile();
  expect(await holder.locator('main').innerText()).toContain('Qui garde le forage');
  await press(holder, 'Corriger mes réponses');
  await unfold(holder);
  await holder.getByRole('textbox', { name: 'Commune ou village' }).fill('Zio 2');
  await press(holder, 'Enregistrer la correction');
  await holder.locator('.done', { hasText: 'C’est enregistré.' }).waitFor();

  await openFile('a-relire');
  await press(desk, 'Accepter');
  await desk.getByText(`${reference} : accepté`).first().waitFor();
  expect(await sql('select 1 from private.build_requests')).toEqual([]);
  await openFile('acceptes');
  await press(desk, 'Publier');
  const slug = await form.getByLabel('Fin de l’adresse de la page').inputValue();
  await form.getByRole('button', { name: 'Publier' }).click();
  await desk.getByText(`${reference} : publié`).first().waitFor();

  // Online by itself, and the desk says so.
  await desk.locator('.desk-online', { hasText: 'Mise en ligne demandée à' }).waitFor();
  await waitOnline('published', async () => (await get(`/projets/${slug}/`)).ok);
  await waitOnline('confirmed', allOnline);
  await desk.locator('.desk-online', { hasText: 'En ligne depuis' }).waitFor();
  for (const address of [
    `/projets/${slug}/`,
    '/projets/',
    '/projets/flux.xml',
    '/donnees/projets.json',
    '/sitemap-0.xml',
  ])
    expect(await (await get(address)).text(), address).toContain(slug);
  expect(await (await get(`/projets/${slug}/`)).text()).toContain('Zio 2');
  const named = filesThatName(slug, MARK);
  expect(named).toContain('donnees/projets.csv');
  expect(named.filter((file) => file.startsWith('pagefind/fragment/'))).not.toEqual([]);
  const reader = await (await desktop(browser, onThisSite())).newPage();
  await reader.goto('/recherche/');
  await searchFor(reader, MARK);
  expect(await reader.locator(`.search-results a[href*="/projets/${slug}/"]`).count()).toBeGreaterThan(0);

  // Its holder tells where it has got; a hundred days after, the page says that nobody told anything since.
  const news = `La pompe est posée, dit ${MARK}.`;
  await openOwnFile();
  await press(holder, 'Donner des nouvelles');
  await holder.getByLabel('Que s’est-il passé ?').fill(news);
  await press(holder, nouvelle.submit);
  await holder.locator('.done', { hasText: 'Vos nouvelles sont envoyées.' }).waitFor();
  server.env['GUIDE_TODAY'] = new Date(Date.now() + 100 * DAY_MS).toISOString().slice(0, 10);
  const [sent] = await sql<{ reference: string }>(
    `select reference from public.project_updates where body like '%${MARK}%'`,
  );
  await openFile('a-relire', sent!.reference, 'nouvelle');
  await press(desk, 'Accepter');
  await desk.getByText(`${sent!.reference} : accepté`).first().waitFor();
  await waitOnline('told', allOnline);
  const told = await (await get(`/projets/${slug}/`)).text();
  expect(told).toContain(news);
  expect(told).toMatch(/Pas de nouvelles depuis le/);

  // Withdrawn by whoever sent it, and gone.
  await openOwnFile();
  await unfold(holder);
  await press(holder, 'Retirer mon envoi');
  await holder.locator('.done', { hasText: 'Votre envoi est retiré.' }).waitFor();
  await waitOnline('withdrawn', async () => (await get(`/projets/${slug}/`)).status === 404);
  await waitOnline('confirmed', allOnline);
  expect(filesThatName(slug, MARK, title)).toEqual([]);
  await reader.reload();
  await searchFor(reader, MARK);
  expect(await reader.locator(`.search-results a[href*="/projets/${slug}/"]`).count()).toBe(0);

  // A build that fails is told, and the site stays.
  const { mark } = (await (await get('/version.json')).json()) as { mark: string };
  const key = server.env['SUPABASE_PUBLISHABLE_KEY'];
  server.env['SUPABASE_PUBLISHABLE_KEY'] = 'sb_publishable_nobody';
  await sql(`insert into private.build_requests (reason) values ('published')`);
  const failed = `select 1 from private.builds where outcome = 'failed' and code = 'build_failed'`;
  await waitOnline('failed', async () => (await sql(failed)).length === 1);
  server.env['SUPABASE_PUBLISHABLE_KEY'] = key;
  await desk.reload();
  await desk.locator('.desk-notice', { hasText: 'a échoué' }).waitFor();
  expect(await (await get('/version.json')).json()).toMatchObject({ mark });
}, 240_000);
