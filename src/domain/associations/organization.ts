import { labelOf } from '../vocabularies/choice.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import type { Association } from './association.ts';

/**
 * An association as search engines read it (schema.org). Only what its page says, and nothing more.
 *
 * @param url the whole address of its page
 */
export function organizationOf(association: Association, url: string): Record<string, unknown> {
  const { name, description, city, country, foundedYear, actionRegions, website } = association;
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name,
    description,
    url: website ?? url,
    mainEntityOfPage: url,
    foundingDate: foundedYear,
    address: { '@type': 'PostalAddress', addressLocality: city, addressCountry: country },
    ...(actionRegions.length > 0
      ? {
          areaServed: actionRegions.map((region) => ({
            '@type': 'AdministrativeArea',
            name: `${labelOf(REGIONS, region)}, Togo`,
          })),
        }
      : {}),
    ...contactOf(association),
  };
}

function contactOf({ publicContact }: Association): Record<string, string> {
  if (publicContact === null) return {};
  return publicContact.startsWith('+') ? { telephone: publicContact } : { email: publicContact };
}
