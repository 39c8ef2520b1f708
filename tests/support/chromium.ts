// The browser of the end-to-end tests: one Chromium per test file, a fresh profile per context.
//
//   const browser = await launchChromium();
//   const context = await phone(browser, { baseURL: inject('server').baseUrl });
//   …
//   await browser.close();
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: true,
    args: ARGUMENTS,
  });
}

const FRENCH: BrowserContextOptions = { locale: 'fr-FR', timezoneId: 'Africa/Lome' };

/** A small telephone, 360 px wide. */
export function phone(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    ...FRENCH,
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    ...options,
  });
}

/** A computer, 1280 px wide. */
export function desktop(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({ ...FRENCH, viewport: { width: 1280, height: 800 }, ...options });
}

/** The same telephone in dark colours. */
export function dark(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return phone(browser, { colorScheme: 'dark', ...options });
}

/** The same telephone without JavaScript. */
export function withoutJavaScript(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return phone(browser, { javaScriptEnabled: false, ...options });
}
