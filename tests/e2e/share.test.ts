import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onTheSite, open, watch } from '../support/browser.ts';
import { desktop, launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { DIST } from '../support/dist.ts';

const FICHE = '/guide/passeport/';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('« Envoyer par WhatsApp »', () => {
  test('is a plain link, without JavaScript, with the title, one line and the address', async () => {
    const context = await withoutJavaScript(browser, onTheSite());
    const page = await context.newPage();
    await open(page, FICHE);
    const link = page.getByRole('link', { name: 'Envoyer par WhatsApp' });
    expect(await link.getAttribute('rel')).toBe('noreferrer');
    const { origin, searchParams } = new URL((await link.getAttribute('href')) ?? '');
    expect(origin).toBe('https://wa.me');
    const lines = (searchParams.get('text') ?? '').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(await page.locator('h1').innerText());
    expect(lines[2]).toBe(await page.locator('link[rel=canonical]').getAttribute('href'));
    expect(lines.join('\n').length).toBeLessThan(400);
    expect(await page.getByRole('button', { name: 'Partager' }).count()).toBe(0);
    await context.close();
  });

  test('its target and that of « Partager » are at least 44 pixels high and wide, on a phone', async () => {
    const context = await phone(browser, onTheSite());
    await context.addInitScript(() => {
      navigator.share = () => Promise.resolve();
    });
    const page = await context.newPage();
    await open(page, FICHE);
    for (const one of [
      page.getByRole('link', { name: 'Envoyer par WhatsApp' }),
      page.getByRole('button', { name: 'Partager' }),
    ]) {
      const box = await one.boundingBox();
      expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(44);
    }
    await context.close();
  });
});

describe('« Partager »', () => {
  test('opens the share sheet of the device with the page’s own address, and closing it is no error', async () => {
    const context = await phone(browser, onTheSite());
    const watched = await watch(context);
    await context.addInitScript(() => {
      navigator.share = (data) => {
        (window as unknown as { shared: unknown }).shared = data;
        return Promise.reject(new DOMException('Closed', 'AbortError'));
      };
    });
    const page = await context.newPage();
    await open(page, `${FICHE}?de=ici#documents`);
    await page.getByRole('button', { name: 'Partager' }).click();
    const shared = await page.evaluate(() => (window as unknown as { shared: ShareData }).shared);
    expect(shared.url).toBe(await page.locator('link[rel=canonical]').getAttribute('href'));
    expect(shared.text).toContain(await page.locator('h1').innerText());
    expect(watched.problems).toEqual([]);
    await context.close();
  });

  test('is not there where the device has no share sheet', async () => {
    const context = await desktop(browser, onTheSite());
    await context.addInitScript(() => {
      delete (Navigator.prototype as { share?: unknown }).share;
    });
    const page = await context.newPage();
    await open(page, FICHE);
    expect(await page.getByRole('button', { name: 'Partager' }).count()).toBe(0);
    await context.close();
  });

  test('costs 500 bytes at most', () => {
    const html = readFileSync(path.join(DIST, FICHE, 'index.html'), 'utf8');
    const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/gu)].map((match) => match[1] ?? '');
    const own = scripts.filter((code) => code.includes('data-share'));
    expect(own).toHaveLength(1);
    expect(brotliCompressSync(Buffer.from(own[0] ?? '')).length).toBeLessThanOrEqual(500);
  });
});

describe('on paper', () => {
  test('a fiche has its sources with their addresses, its dates and its own address, and no control', async () => {
    const context = await desktop(browser, onTheSite({ colorScheme: 'dark' }));
    const page = await context.newPage();
    await open(page, FICHE);
    await page.evaluate(() => {
      localStorage.setItem('theme', 'dark');
      document.documentElement.dataset['mode'] = 'dark';
    });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const shown = await page.locator('body').innerText();
    expect(shown).toMatch(/Page imprimée le \d{1,2}(?:er)?\s\p{L}+\s\d{4}\. Page mise à jour le/u);
    expect(shown).toContain(
      `Adresse de cette page\u00a0: ${await page.locator('link[rel=canonical]').getAttribute('href')}`,
    );
    for (const hidden of [
      'Envoyer par WhatsApp',
      'Sur cette page',
      'Rubriques',
      'Aller au contenu',
      'Urgence',
    ]) {
      expect(shown).not.toContain(hidden);
    }
    const source = page.locator('.sources li a').first();
    const printed = await source.evaluate((link) => getComputedStyle(link, '::after').content);
    expect(printed).toContain((await source.getAttribute('href')) ?? '?');
    const box = page.locator('.ticks input').first();
    expect(await box.evaluate((input) => getComputedStyle(input).appearance)).toBe('none');
    // Black on white, even for who reads in the dark.
    const colours = await page.locator('.brief').evaluate((one) => {
      const { color, backgroundColor } = getComputedStyle(one);
      return [color, backgroundColor];
    });
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    expect(await page.locator('.weave').count()).toBe(1);
    await context.close();
  });
});
