// A person's journey through a form without a browser: pages are read as a browser reads them, and sent back with
// exactly the controls it would send. The pages are filled in by the functions' own code in bare templates, so that no
// build is needed.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'parse5';
import { builtPages, type Pages } from '../../functions/_lib/pages.ts';
import { answerSubmission, type Services } from '../../functions/_lib/submission.ts';
import { renderFollowUp } from '../../src/components/follow-up/render.tsx';
import { FORM_END, FORM_START, INTRO_END, INTRO_START } from '../../src/components/forms/render.tsx';
import { renderLetterPage } from '../../src/components/letters/render.tsx';
import { FOLLOW_UP_PAGE, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { LETTER_PAGE } from '../../src/domain/letters/answer.ts';
import { attribute, elementsOf, textOf, type Document, type Element } from './dist.ts';
import { newAddress, SITE } from './service.ts';

/** The notes of the thank-you page, as its component writes them. */
const NOTES = readFileSync('src/components/forms/ThanksPage.astro', 'utf8')
  .match(/<p class="note" data-note[\s\S]*?<\/p>/g)
  ?.join('\n');

/** Bare pages of every form, of the follow-up and of letters, and their removal. */
export function templatePages(): { pages: Pages; remove: () => void } {
  const dist = mkdtempSync(path.join(tmpdir(), 'guide-pages-'));
  const write = (address: string, body: string) => {
    mkdirSync(path.join(dist, address), { recursive: true });
    const html = `<!doctype html><html lang="fr"><head><title>Essai | Guide</title></head><body>${body}</body></html>`;
    writeFileSync(path.join(dist, address, 'index.html'), html);
  };
  for (const form of FORMS) {
    write(form.page, `${INTRO_START}<h1>${form.title}</h1>${INTRO_END}${FORM_START}${FORM_END}`);
    write(thanksPageOf(form), `<!--reference-->—<!--/reference-->${NOTES}`);
  }
  write(FOLLOW_UP_PAGE, renderFollowUp());
  write(LETTER_PAGE, renderLetterPage());
  return { pages: builtPages(dist), remove: () => rmSync(dist, { recursive: true }) };
}

/** What a browser shows after one request. */
export interface Shown {
  status: number;
  title: string;
  /** Every word of the page. */
  text: string;
  /** Where a redirection leads. */
  location: string | null;
  document: Document;
}

/** What a visitor's browser says of itself. */
export interface Visitor {
  address?: string;
  headers?: Record<string, string>;
}

/** A browser on one of the site's pages. */
export function browserHeaders(): Record<string, string> {
  return {
    Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'Content-Type': 'application/x-www-form-urlencoded',
    Origin: SITE,
    'Sec-Fetch-Site': 'same-origin',
  };
}

/** Sends a list of controls, as a browser without JavaScript does. */
export async function sendControls(
  services: Services,
  form: Form,
  controls: readonly (readonly [string, string])[],
  { address = newAddress(), headers = {} }: Visitor = {},
): Promise<Shown> {
  const body = new URLSearchParams();
  // What a browser does with the line breaks of any control.
  for (const [name, value] of controls) body.append(name, value.replace(/\r\n?|\n/g, '\r\n'));
  const request = new Request(`${SITE}/api/formulaires/${form.slug}`, {
    method: 'POST',
    // An empty header is one that this browser does not send.
    headers: Object.entries({ ...browserHeaders(), ...headers }).filter(([, value]) => value !== ''),
    body: body.toString(),
  });
  return shown(await answerSubmission(request, { slug: form.slug, context: 'dev', address }, services));
}

/** Reads an answer as a browser does. */
export async function shown(response: Response): Promise<Shown> {
  const document = parse(await response.text());
  const [title] = elementsOf(document, 'title');
  return {
    status: response.status,
    title: title ? textOf(title) : '',
    text: textOf(document).replace(/\s+/g, ' '),
    location: response.headers.get('Location'),
    document,
  };
}

/** The form of a page that a function answers, not the search in its header. */
export function formOf({ document }: Pick<Shown, 'document'>): Element {
  const form = elementsOf(document, 'form').find((one) => attribute(one, 'action')?.startsWith('/api/'));
  if (!form) throw new Error('no form in this page');
  return form;
}

/** The form of a page, with what a browser would send of it if that button were pressed. */
export function controlsIn(page: Shown, button?: { name: string; value: string }): [string, string][] {
  const form = formOf(page);
  const controls = elementsOf(form).flatMap((control): [string, string][] => {
    const name = attribute(control, 'name');
    if (name === undefined || attribute(control, 'disabled') !== undefined) return [];
    return valuesOfControl(control).map((value) => [name, value]);
  });
  return [...controls, ...(button ? [[button.name, button.value] as [string, string]] : [])];
}

function valuesOfControl(control: Element): string[] {
  switch (control.tagName) {
    case 'textarea':
      return [textOf(control)];
    case 'select':
      return elementsOf(control, 'option')
        .filter((option) => attribute(option, 'selected') !== undefined)
        .map((option) => attribute(option, 'value') ?? '')
        .slice(0, 1);
    case 'input':
      if (['checkbox', 'radio'].includes(attribute(control, 'type') ?? ''))
        return attribute(control, 'checked') === undefined ? [] : [attribute(control, 'value') ?? 'on'];
      return [attribute(control, 'value') ?? ''];
    default:
      return [];
  }
}
