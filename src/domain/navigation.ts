import { z } from 'zod';

const link = z.strictObject({
  label: z.string().min(2).describe('Les mots du menu.'),
  link: z
    .string()
    .regex(/^\/([a-z0-9-]+\/)*$/, { message: 'écrivez une adresse du site comme /projets/' })
    .describe('Une adresse du site, qui commence et finit par /.'),
});

const section = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/, { message: 'écrivez un mot en minuscules, sans accent, comme guide' }),
  ...link.shape,
  description: z.string().min(10).describe('Une phrase qui dit ce qu’on y trouve.'),
  groups: z
    .array(
      z.strictObject({
        label: z.string().min(2).describe('Le titre du groupe.'),
        pages: z
          .array(
            z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/, {
              message: 'écrivez le nom d’un fichier de content/, sans .md, comme guide/passeport',
            }),
          )
          .min(1)
          .describe('Des noms de fichiers de content/, sans .md : guide/passeport.'),
      }),
    )
    .default([]),
  links: z.array(link).default([]).describe('Des pages qui ne sont pas des fichiers de content/.'),
});

/** `content/navigation.yml`: the only menu of the site. */
export const navigationSchema = z.strictObject({
  sections: z.array(section).min(1),
  footer: z.array(link).min(1),
});

export type Navigation = z.infer<typeof navigationSchema>;
export type NavigationSection = Navigation['sections'][number];

/** The address of a markdown page, from its id in `content/` (`guide/passeport` gives `/guide/passeport/`). */
export function addressOf(pageId: string): string {
  return `/${pageId.replace(/(^|\/)index$/, '$1').replace(/\/$/, '')}/`;
}

/** Every markdown page id the menu names, in reading order. */
export function pagesOf(navigation: Navigation): string[] {
  return navigation.sections.flatMap((item) => item.groups.flatMap((group) => group.pages));
}

/** The anchor of a group on its section's page: « Papiers d’identité » gives `papiers-d-identite`. */
export function groupAnchor(label: string): string {
  return label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** How many links a list of the menu may hold: it is repeated on every page. */
const LONGEST_LIST = 12;

/**
 * The part of a list that surrounds one entry, so that a menu stays short however long the list grows.
 *
 * @param index the entry in the middle, as far as the ends allow
 */
export function around<Entry>(list: readonly Entry[], index: number): readonly Entry[] {
  const start = Math.min(index - LONGEST_LIST / 2, list.length - LONGEST_LIST);
  return list.slice(Math.max(0, start), Math.max(0, start) + LONGEST_LIST);
}

/** Where a page stands in the menu. */
export interface Place {
  section: NavigationSection;
  /** The title of the group that holds the page. */
  group: string;
}

/** Finds a markdown page in the menu. */
export function placeOf(navigation: Navigation, pageId: string): Place | undefined {
  for (const item of navigation.sections) {
    const group = item.groups.find((candidate) => candidate.pages.includes(pageId));
    if (group) return { section: item, group: group.label };
  }
  return undefined;
}
