import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  FORM_END,
  FORM_START,
  INTRO_END,
  INTRO_START,
  renderCheck,
  renderForm,
} from '../../src/components/forms/render.tsx';
import type { CheckState } from '../../src/components/forms/Check.tsx';
import type { FormState } from '../../src/components/forms/Form.tsx';
import { FOLLOW_UP_END, FOLLOW_UP_START, renderFollowUp } from '../../src/components/follow-up/render.tsx';
import { isWrong, titleOf, type FollowUpState } from '../../src/components/follow-up/state.ts';
import { LETTER_END, LETTER_START, renderLetterPage } from '../../src/components/letters/render.tsx';
import { titleOf as titleOfLetter, type LetterPageState } from '../../src/components/letters/state.ts';
import { LETTER_PAGE } from '../../src/domain/letters/answer.ts';
import type { LetterHead } from '../../src/domain/letters/letter.ts';
import { FOLLOW_UP_PAGE, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import {
  contentSecurityPolicy,
  inlineScriptsOf,
  SECURITY_HEADERS,
} from '../../src/domain/security/headers.ts';
import { frenchTypography } from '../../src/domain/typography.ts';
import { log } from './log.ts';

const REFERENCE = /<!--reference-->.*?<!--\/reference-->/s;
const HIDDEN_NOTE = /<p [^>]*data-note="(\w+)"[^>]*>/g;

/** For answers that are not pages. */
const NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'";

/** The built pages the functions fill in, shipped with them by `included_files`. */
export interface Pages {
  /** The form's own page with what was typed, its errors or a notice. */
  form(form: Form, state: FormState, status: number): Promise<Response>;
  /** The same page with every answer shown again, before anything is stored. */
  check(form: Form, state: CheckState, status: number): Promise<Response>;
  /** What the build calls itself: a commit, or `local`. */
  version(): Promise<string>;
  /** What tells which requests this site answers (docs/decisions on automatic publication); none without a database. */
  mark(): Promise<string | undefined>;
  /** The thank-you page with the reference, and those of its notes that are true of this sending. */
  thanks(form: Form, reference: string, notes: readonly string[]): Promise<Response>;
  /** The follow-up page in one of its states. */
  followUp(state: FollowUpState, status: number): Promise<Response>;
  /** The page that answers letters in one of its states. */
  letter(state: LetterPageState, status: number): Promise<Response>;
  /** What the site says of itself. */
  head(): Promise<LetterHead>;
}

/**
 * Pages read from a built site.
 *
 * @param dist the folder of the built site; on a machine that puts new sites online by itself, `SITE_FOLDER` names it
 */
export function builtPages(dist = process.env['SITE_FOLDER'] ?? join(process.cwd(), 'dist')): Pages {
  const read = cachedReader(dist);
  return {
    version: async () => (await readVersion(dist)).version,
    mark: async () => (await readVersion(dist)).mark,
    async form(form, state, status) {
      const page = await read(form.page);
      const name = isBlank(state) ? `${form.slug} ${status} ${JSON.stringify(state)}` : undefined;
      const drawn = name === undefined ? undefined : page.drawn.get(name);
      if (drawn !== undefined) return htmlResponse(page, drawn, status);
      const html = replaceBetween(page.html, FORM_START, FORM_END, renderForm(form, state));
      const wrong = state.notice !== undefined || state.errors.length > 0;
      const titled = wrong ? withTitle(html, 'Erreur') : html;
      if (name !== undefined) page.drawn.set(name, titled);
      return htmlResponse(page, titled, status);
    },
    async check(form, state, status) {
      const rendered = renderCheck(form, state);
      const page = await read(form.page);
      const introduced = replaceBetween(page.html, INTRO_START, INTRO_END, rendered.intro);
      const html = replaceBetween(introduced, FORM_START, FORM_END, rendered.form);
      return htmlResponse(page, withTitle(html, state.notice ? 'Erreur' : 'Vérifiez vos réponses'), status);
    },
    async thanks(form, reference, notes) {
      const page = await read(thanksPageOf(form));
      const html = page.html.replace(REFERENCE, () => reference);
      return htmlResponse(
        page,
        html.replace(HIDDEN_NOTE, (tag, note: string) =>
          notes.includes(note) ? tag.replace(' hidden', '') : tag,
        ),
        200,
      );
    },
    async followUp(state, status) {
      const page = await read(FOLLOW_UP_PAGE);
      const html = replaceBetween(page.html, FOLLOW_UP_START, FOLLOW_UP_END, renderFollowUp(state));
      return htmlResponse(page, withWholeTitle(html, titleOf(state), isWrong(state)), status);
    },
    async letter(state, status) {
      const page = await read(LETTER_PAGE);
      const html = replaceBetween(page.html, LETTER_START, LETTER_END, renderLetterPage(state));
      const wrong = state.step === 'ask' && state.alert !== undefined;
      return htmlResponse(page, withWholeTitle(html, titleOfLetter(state), wrong), status);
    },
    async head() {
      return JSON.parse(await readFile(join(dist, 'site.json'), 'utf8')) as LetterHead;
    },
  };
}

async function readVersion(dist: string): Promise<{ version: string; mark?: string }> {
  return JSON.parse(await readFile(join(dist, 'version.json'), 'utf8')) as { version: string; mark?: string };
}

/** A page of the built site. */
interface Template {
  html: string;
  /** The scripts that it may run: its own, never one that what was typed would bring. */
  policy: string;
  /** What it was filled in with that holds nothing of anybody: a flood of junk must cost next to nothing. */
  drawn: Map<string, string>;
}

/** Reads a page once per build: the modification time tells a new build. */
function cachedReader(dist: string): (address: string) => Promise<Template> {
  const cache = new Map<string, { modified: number; page: Template }>();
  return async (address) => {
    const file = join(dist, address, 'index.html');
    const { mtimeMs } = await stat(file).catch((error: unknown) => {
      log({ event: 'template-missing', code: address });
      throw error;
    });
    const known = cache.get(file);
    if (known?.modified === mtimeMs) return known.page;
    const html = await readFile(file, 'utf8');
    const page = { html, policy: policyOf(html), drawn: new Map<string, string>() };
    cache.set(file, { modified: mtimeMs, page });
    return page;
  };
}

function policyOf(html: string): string {
  const hashes = inlineScriptsOf(html).map(
    (code) => `sha256-${createHash('sha256').update(code).digest('base64')}`,
  );
  return contentSecurityPolicy(hashes);
}

/** A refusal of what was not read: the same page for everybody. */
function isBlank({ values, errors, notice, idempotencyKey, ...more }: FormState): boolean {
  const isNobodys = Object.keys(values).length === 0 && errors.length === 0 && idempotencyKey === undefined;
  return isNobodys && notice !== undefined && !('link' in notice) && Object.keys(more).length === 0;
}

/** Puts another title in the place of the page's own. */
function withWholeTitle(html: string, words: string, wrong: boolean): string {
  const title = `${wrong ? 'Erreur\u00a0: ' : ''}${frenchTypography(words)}`;
  return html.replace(/<title>[^|<]*[^|<\s]/, `<title>${title}`);
}

/** Says first, in the title, what the page is about now. */
function withTitle(html: string, words: string): string {
  return html.replace('<title>', `<title>${words}\u00a0: `);
}

function replaceBetween(page: string, start: string, end: string, replacement: string): string {
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  // A form closed at build time leaves no markers: its page already says so.
  if (from < 0 || to < 0) return page;
  return page.slice(0, from) + replacement + page.slice(to + end.length);
}

function htmlResponse({ policy }: Pick<Template, 'policy'>, html: string, status: number): Response {
  return new Response(html, {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'Content-Security-Policy': policy,
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    },
  });
}

/** A page without the site around it: for when the site's own pages can not be read. */
export function barePage(title: string, lines: readonly string[], status: number): Response {
  const words = [title, ...lines].map((text) => escaped(frenchTypography(text)));
  const [heading, ...texts] = words;
  return htmlResponse(
    { policy: policyOf('') },
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Erreur\u00a0: ${heading}</title></head><body><main><h1>${heading}</h1>${texts.map((text) => `<p>${text}</p>`).join('')}</main></body></html>`,
    status,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** A JSON answer with the site's security headers. */
export function jsonResponse(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'Content-Security-Policy': NOTHING_ALLOWED,
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      ...headers,
    },
  });
}

/** Data to keep, in a file that people can read too. */
export function jsonFile(body: unknown, name: string): Response {
  const { headers } = jsonResponse({}, 200, { 'Content-Disposition': `attachment; filename="${name}"` });
  return new Response(`${JSON.stringify(body, null, 2)}\n`, { status: 200, headers });
}

/** A redirection after a form was stored, with the site's security headers. */
export function seeOther(location: string): Response {
  return emptyResponse(location, 303);
}

/** The same news for the page's own script, which then goes to that address itself. */
export function storedAt(location: string, status: 200 | 201): Response {
  return emptyResponse(location, status);
}

function emptyResponse(location: string, status: number): Response {
  return new Response(null, {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'Content-Security-Policy': NOTHING_ALLOWED,
      Location: location,
      'Cache-Control': 'no-store',
    },
  });
}
