import { association } from './association.ts';
import { avis } from './avis.ts';
import { difficulte } from './difficulte.ts';
import type { Form } from './form.ts';
import { inscription } from './inscription.ts';
import { projet } from './projet.ts';
import { retour } from './retour.ts';
import { retraitVoix } from './retrait-voix.ts';
import { rumeur } from './rumeur.ts';

/** Every form of the site. */
export const FORMS: readonly Form[] = [
  inscription,
  association,
  projet,
  difficulte,
  retour,
  rumeur,
  retraitVoix,
  avis,
];

/** The form that answers at `/api/formulaires/<slug>`. */
export function formBySlug(slug: string): Form | undefined {
  return FORMS.find((form) => form.slug === slug);
}
