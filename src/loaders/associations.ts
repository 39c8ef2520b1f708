import type { Loader } from 'astro/loaders';
import {
  associationFromRow,
  publishedAssociationRow,
  type Association,
} from '../domain/associations/association.ts';
import { isListed } from '../domain/associations/listing.ts';
import { today } from './clock.ts';
import { readPublished } from './published-rows.ts';

/** The directory: what officers published in Supabase, less the associations nobody confirmed for too long. */
export function associationsLoader(): Loader {
  return {
    name: 'associations',
    async load({ store, parseData, logger }) {
      const published = await readPublishedAssociations(process.env);
      const now = today();
      const listed = [...published].filter(([, association]) => isListed(association, now));
      store.clear();
      for (const [id, association] of listed) {
        store.set({ id, data: await parseData({ id, data: association }) });
      }
      logger.info(
        `${listed.length} associations (${published.size - listed.length} sans confirmation récente, non montrées)`,
      );
    },
  };
}

/**
 * Reads every published association: see {@link readPublished}.
 *
 * @throws Error in French naming what failed
 */
export function readPublishedAssociations(env: NodeJS.ProcessEnv): Promise<Map<string, Association>> {
  return readPublished(env, {
    view: 'published_associations',
    whole: 'L’annuaire des associations',
    one: 'association',
    many: 'associations',
    risk: 'un annuaire vide',
    read: (row) => {
      const published = publishedAssociationRow.parse(row, { reportInput: true });
      return [published.slug, associationFromRow(published)];
    },
  });
}
