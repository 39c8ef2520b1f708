import type { StoredValue } from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import type { Keys } from './keys.ts';

/**
 * The answers of a form as the database may hold them: what is declared `sealed` or `encrypted` in its closed form,
 * with the index of each encrypted address beside it.
 */
export async function protect(
  form: Form,
  values: Readonly<Record<string, StoredValue>>,
  keys: Keys,
): Promise<Record<string, StoredValue>> {
  const row = { ...values };
  for (const { name, protection } of fieldsOf(form)) {
    const value = row[name];
    if (protection === undefined || value === null || value === undefined) continue;
    // A domain test keeps lists and numbers from being declared so: this is for the day it would not.
    if (typeof value !== 'string') throw new Error(`${form.slug}.${name} cannot be protected`);
    const place = { form: form.slug, field: name };
    if (protection === 'sealed') row[name] = await keys.seal(value, place);
    else {
      row[name] = keys.encrypt(value, place);
      row[`${name}_index`] = keys.emailIndex(value, place);
    }
  }
  return row;
}
