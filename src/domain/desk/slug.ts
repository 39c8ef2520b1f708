import { plainText } from '../plain-text.ts';

const LONGEST = 60;

/** An address to propose for the page of something with this title: « un-forage-a-tone ». */
export function slugFrom(title: string): string {
  const whole = plainText(title).replaceAll(' ', '-');
  if (whole.length <= LONGEST) return whole;
  const cut = whole.slice(0, LONGEST + 1);
  return cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : whole.slice(0, LONGEST);
}

const CATALOGUES: Readonly<Record<string, string>> = { projet: '/projets/', association: '/associations/' };

/** The address of the public page that a file of this form would have. */
export function publicAddress(form: string, slug: string): string {
  return `${CATALOGUES[form] ?? '/'}${slug}/`;
}
