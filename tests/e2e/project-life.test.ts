// The life of a project, by the two people who make it: whoever holds its link, and whoever wants to help.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aide } from '../../src/domain/forms/aide.ts';
import { nouvelle } from '../../src/domain/forms/nouvelle.ts';
import { RIGHTS } from '../database/rights.ts';
import { database, fillByLabels, onTheSite, open, sendAndBeThanked } from '../support/browser.ts';
import { launchChromium, phone, withoutJavaScript } from '../support/chromium.ts';
import { sending } from './answers.ts';

let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => void (browser = await launchChromium()));
afterAll(() => browser.close());
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

async function newPage(context: Promise<BrowserContext>): Promise<Page> {
  contexts.push(await context);
  return (await context).newPage();
}

const press = (page: Page, words: string) =>
  page.getByRole('button', { name: words, exact: true }).first().click();

/** A project in the catalogue, with the secret of its link. */
async function published(): Promise<{ slug: string; secret: string }> {
  const secret = randomBytes(32).toString('base64url');
  const slug = `essai-${randomBytes(4).toString('hex')}`;
  const { error } = await database()
    .from('projects')
    .insert({
      ...RIGHTS['projects']!.row(randomUUID()),
      follow_up_hash: createHash('sha256').update(secret).digest('hex'),
      status: 'published',
      slug,
      published_at: new Date().toISOString(),
    });
  if (error) throw new Error(error.message);
  return { slug, secret };
}

/** What an officer does with a file. One that was read again too quickly, as tests do, is taken back first. */
async function accept(table: string, column: string, value: string): Promise<void> {
  const decided = { status: 'accepted', quarantined_at: null };
  const { error } = await database().from(table).update(decided).eq(column, value);
  if (error) throw new Error(error.message);
}

test('its holder gives news by their link; somebody without JavaScript offers help from a page; the holder then reads it', async () => {
  const { slug, secret } = await published();
  const holder = await newPage(phone(browser, onTheSite()));
  const main = () => holder.locator('main').innerText();
  await holder.goto(`/suivi/#${secret}`);
  await press(holder, 'Donner des nouvelles');
  await holder.getByRole('heading', { level: 1, name: 'Donner des nouvelles du projet' }).waitFor();
  await press(holder, nouvelle.submit);
  await holder.locator('.form-alert').waitFor();
  expect(await main()).toContain('Écrivez ce qui s’est passé, même en une phrase.');
  await fillByLabels(holder, nouvelle, {
    stage: 'En cours',
    body: 'Le puits est creusé.\nIl reste la pompe.',
    amount_received: '2 000 000',
    amount_spent: '1 200 000',
  });
  await press(holder, nouvelle.submit);
  await holder.locator('.done', { hasText: 'Vos nouvelles sont envoyées.' }).waitFor();
  expect(await main()).toContain('à relire par l’équipe');
  expect(await main()).not.toContain('On vous propose de l’aide');

  const helper = await newPage(withoutJavaScript(browser, onTheSite()));
  await open(helper, '/projets/exemple-forage-tone/');
  await press(helper, 'Proposer mon aide');
  expect(await helper.getByLabel('Projet', { exact: true }).inputValue()).toBe('exemple-forage-tone');
  const offer = sending(aide, slug);
  await fillByLabels(helper, aide, { ...offer.typed, project: 'un-projet-qui-n-existe-pas' });
  await helper.locator('form[data-form] .form-end button:not([name])').click();
  await helper.locator('.form-alert').first().waitFor();
  expect(await helper.locator('main').innerText()).toContain(
    'Nous ne trouvons pas ce projet dans le catalogue.',
  );
  await fillByLabels(helper, aide, { project: `https://example.org/projets/${slug}/` });
  const reference = await sendAndBeThanked(helper, aide);
  await accept('help_offers', 'reference', reference);
  await accept('project_updates', 'body', 'Le puits est creusé.\nIl reste la pompe.');

  await holder.goto('/projets/');
  await holder.goto(`/suivi/#${secret}`);
  await holder.getByRole('heading', { name: 'On vous propose de l’aide' }).waitFor();
  expect(await holder.getByRole('link', { name: `${slug}@example.org` }).getAttribute('href')).toBe(
    `mailto:${slug}@example.org`,
  );
  expect(await main()).toContain('publié sur la page du projet');
});
