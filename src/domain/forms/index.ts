import { aide } from './aide.ts';
import { association } from './association.ts';
import { avis } from './avis.ts';
import { difficulte } from './difficulte.ts';
import type { Form } from './form.ts';
import { inscription } from './inscription.ts';
import { nouvelle } from './nouvelle.ts';
import { projet } from './projet.ts';
import { retour } from './retour.ts';
import { retraitVoix } from './retrait-voix.ts';
import { rumeur } from './rumeur.ts';

/** Every form of the site that has a page of its own. */
export const FORMS: readonly Form[] = [
  inscription,
  association,
  projet,
  aide,
  difficulte,
  retour,
  rumeur,
  retraitVoix,
  avis,
];

/** Everything that people send and officers read: also what is only sent with a follow-up link. */
export const STORED_FORMS: readonly Form[] = [...FORMS, nouvelle];

/** The form of a file of the desk, or of what is stored anywhere. */
export function storedFormBySlug(slug: string): Form | undefined {
  return STORED_FORMS.find((form) => form.slug === slug);
}

/** The form that answers at `/api/formulaires/<slug>`. */
export function formBySlug(slug: string): Form | undefined {
  return FORMS.find((form) => form.slug === slug);
}
