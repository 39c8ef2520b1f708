import { labelOf } from '../vocabularies/choice.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import type { Project } from './project.ts';
import { lastNewsOn } from './silence.ts';

/** Where a project is published, and by whom. */
export interface Publication {
  /** The full address of its page. */
  url: string;
  /** Who publishes the site, and its full address. */
  publisher: { name: string; url: string };
}

/**
 * The page of a project as search engines read it: https://schema.org/WebPage. The project itself is only what the page
 * is about: the site does not speak in its name. Nor does it name a person: a search engine cannot be called back.
 */
export function projectPageOf(project: Project, { url, publisher }: Publication) {
  const { holderType, holderName, prefecture, commune } = project;
  const place = [commune, prefecture, labelOf(REGIONS, project.region), 'Togo'].filter(Boolean).join(', ');
  return {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    url,
    name: project.title,
    description: project.summary,
    inLanguage: 'fr',
    datePublished: project.publishedOn,
    dateModified: lastNewsOn(project),
    publisher: { '@type': 'Organization', name: publisher.name, url: publisher.url },
    about: {
      '@type': 'Project',
      name: project.title,
      description: project.summary,
      location: { '@type': 'Place', name: place },
      ...(holderType === 'person'
        ? {}
        : { parentOrganization: { '@type': 'Organization', name: holderName } }),
      ...(project.website === null ? {} : { url: project.website }),
    },
  };
}
