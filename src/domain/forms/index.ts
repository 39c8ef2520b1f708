import { avis } from './avis.ts';
import type { Form } from './form.ts';
import { inscription } from './inscription.ts';
import { projet } from './projet.ts';

/** Every form of the site. */
export const FORMS: readonly Form[] = [inscription, projet, avis];

/** The form that answers at `/api/formulaires/<slug>`. */
export function formBySlug(slug: string): Form | undefined {
  return FORMS.find((form) => form.slug === slug);
}
