import { getEntry } from 'astro:content';
import { navigation } from './site.ts';

/**
 * The words of a link to a page of the site: the title of a markdown page, else its label in the menu.
 *
 * @throws Error in French when no page of content/ and no line of the menu has this address
 */
export async function titleOfAddress(address: string): Promise<string> {
  const page = await getEntry('docs', address.replace(/^\/|\/$/g, ''));
  if (page) return page.data.title;
  const items = navigation.sections.flatMap((section) => [section, ...section.links]);
  const item = [...items, ...navigation.footer].find(({ link }) => link === address);
  if (item) return item.label;
  throw new Error(`« ${address} » n’est ni une page de content/ ni une ligne du menu. Corrigez l’adresse.`);
}
