import type { StarlightUserConfig } from '@astrojs/starlight/types';
import type { Navigation } from '../domain/navigation.ts';

/** The menu in Starlight's form: it gives the previous and next page of a path. */
export function starlightSidebar(navigation: Navigation): NonNullable<StarlightUserConfig['sidebar']> {
  return navigation.sections.flatMap((section) =>
    section.groups.map((group) => ({ label: group.label, items: group.pages.map((slug) => ({ slug })) })),
  );
}
