import type { StoredValue } from '../../src/domain/forms/field.ts';
import type { Form } from '../../src/domain/forms/form.ts';
import type { RawValues } from '../../src/domain/forms/schema.ts';
import { HIDDEN } from '../../src/domain/forms/steps.ts';
import type { Keys } from './keys.ts';
import { worthOf, type TokenWorth } from './reading-token.ts';

/** Why a sending is put aside; the database knows the same list. */
export type QuarantineReason =
  'honeypot' | 'no_token' | 'forged_token' | 'young_token' | 'old_token' | 'no_page';

const OF_TOKEN: Record<TokenWorth, QuarantineReason[]> = {
  right: [],
  absent: ['no_token'],
  forged: ['forged_token'],
  young: ['young_token'],
  old: ['old_token'],
};

/** A sending whose answers are right. */
interface Sending {
  form: Form;
  raw: RawValues;
  values: Readonly<Record<string, StoredValue>>;
  /** The form and the answers, always written the same way. */
  content: string;
  /** Whether a page of the site sent it. */
  fromPage: boolean;
}

/**
 * Why this sending is to be put aside: nothing for what people send. What is sent at one press comes from a page that
 * carries no token: there, the browser's own word on where the post comes from stands for it.
 */
export function reasonsToPutAside(
  { form, raw, values, content, fromPage }: Sending,
  now: Date,
  keys: Keys,
): QuarantineReason[] {
  if (form.neverAside) return [];
  const reasons: QuarantineReason[] = [];
  if (raw[HIDDEN.trap]?.some((text) => text !== '')) reasons.push('honeypot');
  const worth = worthOf(raw[HIDDEN.token]?.[0], content, now, keys);
  if (worth !== 'absent' || !form.isOnePress?.(values)) reasons.push(...OF_TOKEN[worth]);
  else if (!fromPage) reasons.push('no_page');
  return reasons;
}
