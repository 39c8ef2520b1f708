import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import type { Keys } from './keys.ts';
import { log } from './log.ts';
import { jsonResponse } from './pages.ts';
import type { Store } from './store.ts';
import type { Services } from './submission.ts';

/** Addresses closed again in one column at each run: a scheduled function has thirty seconds. */
const BATCH = 100;

/**
 * Encrypts again every address that an older `DATA_KEY` encrypted, with its index, so that the older key can be
 * taken away. As long as there is one key only, there is nothing to ask of the database.
 */
export async function answerRotation({ keys, store }: Pick<Services, 'keys' | 'store'>): Promise<Response> {
  if (!keys) return jsonResponse({ code: 'closed' }, 503);
  let done = 0;
  let failed = 0;
  for (const { form, field } of encryptedFields()) {
    for (const keyId of keys.olderKeyIds) {
      const rows = await store.closedWith(form.table, field, keyId, BATCH);
      if (!rows) return jsonResponse({ code: 'unavailable' }, 503);
      const replaced = await Promise.all(rows.map((row) => rotate(form, field, row, keys, store)));
      done += replaced.filter(Boolean).length;
      failed += replaced.filter((one) => !one).length;
    }
  }
  log({ event: 'rotation', done, failed });
  return jsonResponse({ done, failed }, 200);
}

function encryptedFields(): { form: Form; field: string }[] {
  return FORMS.flatMap((form) =>
    fieldsOf(form)
      .filter(({ protection }) => protection === 'encrypted')
      .map(({ name }) => ({ form, field: name })),
  );
}

async function rotate(
  form: Form,
  field: string,
  { id, value }: { id: string; value: string },
  keys: Keys,
  store: Store,
): Promise<boolean> {
  const place = { form: form.slug, field };
  let address: string;
  try {
    address = keys.decrypt(value, place);
  } catch {
    // Altered in the database: it stays as it is, and is counted.
    return false;
  }
  const to = { [field]: keys.encrypt(address, place), [`${field}_index`]: keys.emailIndex(address, place) };
  return store.replace(form.table, field, { id, from: value, to });
}
