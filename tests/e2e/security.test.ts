import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { FORMS } from '../../src/domain/forms/index.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { retour } from '../../src/domain/forms/retour.ts';
import { SECURITY_HEADERS } from '../../src/domain/security/headers.ts';
import {
  fillByLabels,
  newAddress,
  onTheSite,
  open,
  readAgain,
  searchFor,
  sendAndBeThanked,
  sendButton,
  unfold,
  unique,
  watch,
  type Watched,
} from '../support/browser.ts';
import { desktop, launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { sending } from './answers.ts';
import { everyPage, oneOfEachKind } from './kinds-of-pages.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('the headers of every answer', () => {
  const ask = (address: string, init: RequestInit = {}) =>
    fetch(new URL(address, inject('server').baseUrl), { redirect: 'manual', ...init });
  const sendTo = (slug: string, accept: string, body: string, headers: Record<string, string> = {}) =>
    ask(`/api/formulaires/${slug}`, {
      method: 'POST',
      body,
      headers: {
        Accept: accept,
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-Forwarded-For': newAddress(),
        ...headers,
      },
    });

  function expectSafe(response: Response, what: string) {
    const sent = Object.fromEntries(
      Object.keys(SECURITY_HEADERS).map((name) => [name, response.headers.get(name)]),
    );
    expect(sent, what).toEqual(SECURITY_HEADERS);
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    expect(policy, what).toContain("default-src 'none'");
    expect(policy, what).toContain("frame-ancestors 'none'");
    expect([...response.headers.values()].join('\n'), what).not.toMatch(
      /unsafe-inline|'unsafe-eval'|unsafe-hashes/,
    );
    expect(response.headers.get('Set-Cookie'), what).toBeNull();
    expect(response.headers.get('X-Powered-By'), what).toBeNull();
  }

  test('are all there on every page of the site, on the page of an address that does not exist, and on a page not modified', async () => {
    const addresses = [...new Set([...(await everyPage()), ...(await oneOfEachKind())])];
    expect(addresses.length).toBeGreaterThan(30);
    for (const address of addresses) {
      const response = await ask(address);
      expect([200, 404], address).toContain(response.status);
      expectSafe(response, address);
    }
    const etag = (await ask('/')).headers.get('etag') ?? '';
    const unmodified = await ask('/', { headers: { 'If-None-Match': etag } });
    expect(unmodified.status).toBe(304);
    expectSafe(unmodified, 'not modified');
  });

  test('are all there on styles, scripts, images and the files of the search', async () => {
    const assets: string[] = [];
    for (const address of await oneOfEachKind()) {
      const html = await (await ask(address)).text();
      for (const [, asset = ''] of html.matchAll(/(?:src|href)="(\/[^"]+\.(?:css|js|svg|png|webp|jpg))"/g))
        assets.push(asset);
    }
    expect(assets.some((address) => address.endsWith('.css'))).toBe(true);
    for (const address of [
      ...new Set(assets),
      '/pagefind/pagefind.js',
      '/pagefind/pagefind-entry.json',
      '/sitemap-0.xml',
    ]) {
      const response = await ask(address);
      expect(response.status, address).toBe(200);
      expectSafe(response, address);
    }
  });

  test('are all there on whatever the functions answer, pages and JSON alike', async () => {
    const html = 'text/html';
    const json = 'application/json';
    for (const form of FORMS) {
      const good = () => urlencoded(goodAnswers(form, unique('en-tetes')));
      const answers: [number, Promise<Response>][] = [
        [303, sendTo(form.slug, html, good())],
        [201, sendTo(form.slug, json, good())],
        [422, sendTo(form.slug, html, '')],
        [422, sendTo(form.slug, json, '')],
        [
          403,
          sendTo(form.slug, html, good(), {
            Origin: 'https://ailleurs.example',
            'Sec-Fetch-Site': 'cross-site',
          }),
        ],
        [413, sendTo(form.slug, html, `a=${'a'.repeat(70_000)}`)],
        [413, sendTo(form.slug, json, `a=${'a'.repeat(70_000)}`)],
        [415, sendTo(form.slug, html, 'a', { 'Content-Type': 'text/plain' })],
        [405, ask(`/api/formulaires/${form.slug}`, { headers: { Accept: html } })],
        [200, ask(`${form.page}merci/${form.slug.charAt(0).toUpperCase()}-WWYH-FVQ6`)],
        [303, ask(`${form.page}merci/pas-une-reference`)],
        [405, ask(`${form.page}merci/P-WWYH-FVQ6`, { method: 'POST' })],
      ];
      for (const [status, answer] of answers) {
        const response = await answer;
        expect(response.status, `${form.slug} ${response.url}`).toBe(status);
        expectSafe(response, `${form.slug} ${status}`);
      }
    }
    const unknown = await sendTo('inconnu', html, '');
    expect(unknown.status).toBe(404);
    expectSafe(unknown, 'unknown form');
    const health = await ask('/api/sante');
    expect(health.status).toBe(200);
    expectSafe(health, 'health');
  });

  test('no page allows a script or a style in line, nor carries one that is not allowed', async () => {
    for (const address of await oneOfEachKind()) {
      const response = await ask(address);
      const html = await response.text();
      expect(html, address).not.toMatch(/\sstyle="/);
      expect(html, address).not.toMatch(/\son[a-z]+="/);
      expect(html, address).not.toMatch(/<style\b/);
      expect(html, address).not.toMatch(/http-equiv="Content-Security-Policy"/i);
    }
  });

  test('the secret key is in no file that is served', async () => {
    const { secretKey } = inject('server');
    const dist = path.resolve('dist');
    for (const file of await readdir(dist, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const text = await readFile(path.join(file.parentPath, file.name), 'latin1');
      expect(text.includes(secretKey) || text.includes('sb_secret_'), file.name).toBe(false);
    }
  });
});

describe('in the browser', () => {
  let context: BrowserContext;
  let page: Page;
  let watched: Watched;

  async function start(make: typeof phone) {
    context = await make(browser, onTheSite());
    watched = await watch(context);
    page = await context.newPage();
  }

  test('the watch itself sees a script in line, a request to another site and an error', async () => {
    await start(phone);
    await open(page, '/');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "pirate"';
      document.body.append(script);
      document.body.setAttribute('style', 'color: red');
      void fetch('https://ailleurs.example/').catch(() => undefined);
      setTimeout(() => {
        throw new Error('une erreur');
      });
    });
    await expect.poll(() => watched.problems.join('\n'), { timeout: 10_000 }).toMatch(/une erreur/);
    expect(watched.problems.join('\n')).toMatch(/CSP script-src-elem inline/);
    expect(watched.problems.join('\n')).toMatch(/CSP style-src-attr inline/);
    expect(watched.problems.join('\n')).toMatch(/CSP connect-src https:\/\/ailleurs\.example/);
    expect(await page.title()).not.toBe('pirate');
    await context.close();
  });

  test.each([
    ['telephone', phone],
    ['computer', desktop],
  ] as const)(
    'on a %s, no page breaks the policy, logs an error, sets a cookie or asks anything of another site',
    async (_name, make) => {
      await start(make);
      for (const address of await oneOfEachKind()) {
        await page.goto(address, { waitUntil: 'load' });
        const theme = page.locator('button.mode:visible').first();
        await theme.click();
        await theme.click();
        await unfold(page);
      }
      expect(watched.problems).toEqual([]);
      expect(await context.cookies()).toEqual([]);
      await context.close();
    },
  );

  test('search, menu, theme, boxes, a form in error and a form sent break nothing either', async () => {
    await start(phone);
    await open(page, '/');
    await searchFor(page, 'passeport');
    await page.getByRole('button', { name: 'Voir plus de résultats' }).click();
    await searchFor(page, 'xyzxyzxyz');
    await page.getByRole('navigation', { name: 'Raccourcis' }).getByText('Rubriques').click();
    await page.locator('footer button.mode').click();
    await open(page, '/recherche/?q=passeport');
    await page.locator('.search-results li').first().waitFor();
    await open(page, '/cette-page-n-existe-pas/');
    await searchFor(page, 'visa');
    await open(page, '/guide/passeport/');
    await page.locator('.ticks input').first().check();
    await page.locator('a[href^="#source-"]').first().click();
    for (const form of FORMS) {
      await open(page, form.page);
      await sendButton(page).click();
      await page.locator('.form-alert').waitFor();
      await fillByLabels(page, form, sending(form, unique('csp')).typed);
      await readAgain(page);
    }
    for (const form of [inscription, retour]) {
      await open(page, form.page);
      await fillByLabels(page, form, sending(form, unique('csp')).typed);
      await sendAndBeThanked(page, form);
      await page.locator('[data-copy]').waitFor();
      await page.getByRole('button', { name: 'Imprimer ou garder en PDF' }).click();
      await page.getByRole('button', { name: 'Effacer cette copie' }).click();
    }
    expect(watched.problems).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  test('without JavaScript either: an error page and a thank-you page made by the functions break nothing', async () => {
    await start(withoutJavaScript);
    await open(page, inscription.page);
    await sendButton(page).click();
    await page.locator('.form-alert').waitFor();
    await fillByLabels(page, inscription, sending(inscription, unique('csp-sans-js')).typed);
    await sendAndBeThanked(page, inscription);
    expect(watched.problems).toEqual([]);
    await context.close();
  });
});
