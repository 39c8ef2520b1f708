import { parse } from 'yaml';
import navigationText from '../../content/navigation.yml?raw';
import publisherText from '../../content/editeur.yml?raw';
import { navigationSchema } from '../domain/navigation.ts';
import { publisherSchema } from '../domain/publisher.ts';

/** The menu, for components. */
export const navigation = navigationSchema.parse(parse(navigationText));

/** Who publishes the site, for components. */
export const publisher = publisherSchema.parse(parse(publisherText));
