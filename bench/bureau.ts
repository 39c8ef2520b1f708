// `npm run bench -- bureau`: a hundred submissions reviewed in a real browser, by keyboard, on the real service.
import type { Report } from '../scripts/bench.ts';
import { inscription } from '../src/domain/forms/inscription.ts';
import { desktop, launchChromium } from '../tests/support/chromium.ts';
import { acceptByKeyboard, createAccount, enterDesk, goInDesk, sendFiles } from '../tests/support/desk.ts';
import { startForTests } from '../tests/support/server.ts';
import { quantile } from './_service.ts';

const FILES = 100;

export default async function (report: Report): Promise<void> {
  const server = await startForTests();
  const browser = await launchChromium();
  try {
    const marks = Array.from({ length: FILES }, (_, index) => `mesure ${index}`);
    await sendFiles(server, inscription, marks);
    const page = await (await desktop(browser, { baseURL: server.baseUrl })).newPage();
    await enterDesk(page, await createAccount(server, 'reviewer'));
    await page.locator('.desk-menu').waitFor();
    await goInDesk(page, '#/inscription/a-relire');
    const accepted = await acceptByKeyboard(page, FILES);
    const times = accepted.map(({ milliseconds }) => milliseconds);
    report({
      figure: 'files-accepted',
      value: new Set(accepted.map(({ reference }) => reference)).size,
      unit: 'files',
      bar: FILES,
    });
    report({
      figure: 'interactions-for-one-accept-at-most',
      value: Math.max(...accepted.map(({ interactions }) => interactions)),
      unit: 'interactions',
      bar: 3,
    });
    report({ figure: 'from-key-to-next-file-median', value: Math.round(quantile(times, 0.5)), unit: 'ms' });
    report({ figure: 'from-key-to-next-file-p95', value: Math.round(quantile(times, 0.95)), unit: 'ms' });
  } finally {
    await browser.close();
    await server.stop();
  }
}
