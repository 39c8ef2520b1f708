import type { StoredValue } from '../../src/domain/forms/field.ts';
import { fieldsOf, type FieldError, type Form } from '../../src/domain/forms/form.ts';
import type { Store } from './store.ts';

const UNKNOWN_PROJECT =
  'Nous ne trouvons pas ce projet dans le catalogue. Copiez l’adresse de sa page, ou revenez à cette page et utilisez son bouton.';

/**
 * What is wrong with the projects that answers name: they must be in the catalogue. When the database does not answer,
 * nothing is: storing will say so.
 */
export async function projectErrors(
  form: Form,
  values: Readonly<Record<string, StoredValue>>,
  store: Pick<Store, 'hasProject'>,
): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  for (const { kind, name } of fieldsOf(form)) {
    const slug = values[name];
    if (kind !== 'project' || typeof slug !== 'string') continue;
    if ((await store.hasProject(slug)) === false) errors.push({ field: name, message: UNKNOWN_PROJECT });
  }
  return errors;
}
