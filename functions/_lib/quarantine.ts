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
  /** The form and the answers, always written the same way. */
  content: string;
  /** Whether a page of the site sent it. */
  fromPage: boolean;
}

/**
 * Why this sending is to be put aside: nothing for what people send. A form that is sent at the first press has no
 * page that could carry a token: there, the browser's own word on where the post comes from stands for it.
 */
export function reasonsToPutAside(
  { form, raw, content, fromPage }: Sending,
  now: Date,
  keys: Keys,
): QuarantineReason[] {
  const reasons: QuarantineReason[] = [];
  if (raw[HIDDEN.trap]?.some((text) => text !== '')) reasons.push('honeypot');
  if (!form.direct) reasons.push(...OF_TOKEN[worthOf(raw[HIDDEN.token]?.[0], content, now, keys)]);
  else if (!fromPage) reasons.push('no_page');
  return reasons;
}
