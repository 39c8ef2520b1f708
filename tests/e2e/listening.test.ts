// The page read aloud. The machine of the tests has no voice: a stand-in takes the sentences and says when each ends.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, phone } from '../support/chromium.ts';

const PAGE = '/migration/je-pense-partir/';

interface SpeakingWindow extends Window {
  spoken: string[];
  finish(): void;
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Opens the page on a device with one French voice. */
async function openWith({ local }: { local: boolean }): Promise<Page> {
  const context = await phone(browser, { baseURL: inject('server').baseUrl });
  await context.addInitScript((isLocal) => {
    const spoken: string[] = [];
    let current: EventTarget | undefined;
    Object.assign(globalThis, {
      spoken,
      finish: () => current?.dispatchEvent(new Event('end')),
      SpeechSynthesisUtterance: class extends EventTarget {
        constructor(readonly text: string) {
          super();
        }
      },
    });
    Object.defineProperty(globalThis, 'speechSynthesis', {
      value: {
        getVoices: () => [{ lang: 'fr-FR', localService: isLocal }],
        speak(utterance: EventTarget & { text: string }) {
          current = utterance;
          spoken.push(utterance.text);
        },
        // As browsers do: a sentence that is cut short ends, too.
        cancel: () => current?.dispatchEvent(new Event('end')),
      },
    });
  }, local);
  const page = await context.newPage();
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  return page;
}

const spokenOn = (page: Page) => page.evaluate(() => (window as unknown as SpeakingWindow).spoken);
const finishOn = (page: Page) =>
  page.evaluate(() => {
    (window as unknown as SpeakingWindow).finish();
  });

test('the essential is read sentence by sentence, stops where it was and goes on from there, without a request', async () => {
  const page = await openWith({ local: true });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const points = await page.locator('[data-spoken-first] li').allInnerTexts();

  await page.getByRole('button', { name: 'Écouter l’essentiel' }).click();
  await finishOn(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('En pause.').waitFor();
  expect(await spokenOn(page)).toEqual(points.slice(0, 2));

  await page.getByRole('button', { name: 'Reprendre' }).click();
  expect((await spokenOn(page)).at(-1)).toBe(points[1]);
  for (const _ of points.slice(1)) await finishOn(page);
  await page.getByText('Lecture terminée.').waitFor();
  expect(await page.getByRole('button', { name: 'Pause' }).isVisible()).toBe(false);
  expect(requests).toEqual([]);
  await page.context().close();
});

test('the page is read without the numbers of its sources', async () => {
  const page = await openWith({ local: true });
  await page.getByRole('button', { name: 'Écouter la page' }).click();
  const sentences = Number(
    /sur (\d+)/.exec((await page.locator('[data-listen-state]').textContent()) ?? '')?.[1],
  );
  expect(sentences).toBeGreaterThan(15);
  for (let read = 0; read < sentences; read++) await finishOn(page);
  const spoken = await spokenOn(page);
  expect(spoken[0]).toBe('Je pense partir');
  expect(spoken.join(' ')).toContain('Que faire aujourd’hui');
  expect(spoken.filter((sentence) => /Sources\s*:|\[\^/u.test(sentence))).toEqual([]);
  await page.context().close();
});

test('a voice that would send the text away is not used, and the page says why nothing is heard', async () => {
  const page = await openWith({ local: false });
  await page.getByRole('button', { name: 'Écouter l’essentiel' }).click();
  await page.getByText('Aucune voix française n’est installée sur cet appareil.').waitFor();
  expect(await spokenOn(page)).toEqual([]);
  await page.context().close();
});
