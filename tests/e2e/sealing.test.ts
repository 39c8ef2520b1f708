// What functions sealed must open in an officer's browser, with the very files of src/sealing.
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { LOCAL_KEY_FILE, LOCAL_PASSPHRASE } from '../../scripts/lib/local-keys.ts';
import { desktop, launchChromium } from '../support/chromium.ts';
import { localKeys } from '../support/local-keys.ts';

// Browsers hold names in .localhost for safe, as they do https: without that they have no cryptography.
const ORIGIN = 'http://bureau.localhost';
const PAGE = `<!doctype html><script type="importmap">${JSON.stringify({
  imports: {
    '@hpke/core': '/node_modules/@hpke/core/esm/mod.js',
    '@hpke/common': '/node_modules/@hpke/common/esm/mod.js',
  },
})}</script>
<script type="module">
  import * as keyFile from '/src/sealing/key-file.ts';
  import * as seal from '/src/sealing/seal.ts';
  globalThis.sealing = { ...keyFile, ...seal };
</script>`;

type Sealing = typeof import('../../src/sealing/key-file.ts') & typeof import('../../src/sealing/seal.ts');

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A page that can import the project's files as a browser would: types taken off, nothing else changed. */
async function emptyPage() {
  const context = await desktop(browser);
  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: PAGE });
    const code = readFileSync(path.join(process.cwd(), pathname), 'utf8');
    const body = pathname.endsWith('.ts') ? stripTypeScriptTypes(code) : code;
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  const page = await context.newPage();
  await page.goto(ORIGIN);
  await page.waitForFunction(() => 'sealing' in globalThis);
  return page;
}

test('an officer’s browser opens the key file with its passphrase, then what the functions sealed', async () => {
  const { dataDir } = inject('server');
  const place = { form: 'inscription', field: 'last_name' };
  const { keys } = await localKeys(dataDir);
  const sealed = await keys.seal('d’Almeida-Ɖogbé', place);
  const keyFile = readFileSync(path.join(dataDir, LOCAL_KEY_FILE), 'utf8');

  const page = await emptyPage();
  const opened = await page.evaluate(
    async ({ sealed, keyFile, passphrases, place }) => {
      const { parseKeyFile, unwrapKeyFile, openerWith } = (globalThis as unknown as { sealing: Sealing })
        .sealing;
      const file = parseKeyFile(keyFile);
      const found = [];
      for (const passphrase of passphrases) {
        const key = file && (await unwrapKeyFile(file, passphrase));
        found.push(key ? await (await openerWith([key])).open(sealed, place) : 'closed');
      }
      return found;
    },
    { sealed, keyFile, passphrases: ['une autre phrase', LOCAL_PASSPHRASE], place },
  );
  expect(opened).toEqual(['closed', 'd’Almeida-Ɖogbé']);
});
