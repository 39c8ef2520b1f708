import { randomUUID } from 'node:crypto';
import type { CheckState } from '../../src/components/forms/Check.tsx';
import type { StoredValue } from '../../src/domain/forms/field.ts';
import { hasFollowUp, type Form } from '../../src/domain/forms/form.ts';
import { formBySlug } from '../../src/domain/forms/index.ts';
import { formsAreOpen } from '../../src/domain/forms/opening.ts';
import { checkForm, type RawValues } from '../../src/domain/forms/schema.ts';
import { HIDDEN, STEPS } from '../../src/domain/forms/steps.ts';
import type { Environment } from './environment.ts';
import { linkHash, tokenOf } from './follow-up-link.ts';
import type { FollowUpStore } from './follow-up-store.ts';
import { bodyKindOf, isForeign, isFromPage, readBody } from './guards.ts';
import type { Keys } from './keys.ts';
import { projectErrors } from './known-project.ts';
import { lastResort } from './last-resort.ts';
import { log } from './log.ts';
import type { LetterStore } from './mail/letter-store.ts';
import type { MailSettings } from './mail/settings.ts';
import type { Pages } from './pages.ts';
import { protect } from './protection.ts';
import { reasonsToPutAside, type QuarantineReason } from './quarantine.ts';
import { valuesFromForm, valuesFromJson } from './raw-values.ts';
import { readingToken } from './reading-token.ts';
import { jsonRefusal, replies, type Sent } from './replies.ts';
import { REFUSALS, tooMany, UNAVAILABLE_RETRY_SECONDS } from './sentences.ts';
import type { Payload, Store } from './store.ts';

/** What a submission needs from outside. */
export interface Services {
  environment: Environment;
  store: Store;
  followUps: FollowUpStore;
  pages: Pages;
  /** Absent when they are not set: nothing may then be stored. */
  keys: Keys | undefined;
  letters: LetterStore;
  /** Absent when no mail server is set: no letter is then written. */
  mail: MailSettings | undefined;
  now(): Date;
}

/** Where a submission comes from. */
export interface Sender {
  /** The form's slug, from the address. */
  slug: string;
  /** Netlify's deploy context: `production`, `deploy-preview`, `branch-deploy` or `dev`. */
  context: string;
  /** The network address, only ever used as a keyed hash. */
  address: string | undefined;
}

/**
 * Answers `POST /api/formulaires/<slug>`: cheap refusals first, then the declaration's rules, then what was asked for:
 * to see the answers again, to come back to the questions or, without a step, one row.
 *
 * @returns always an answer of the contract, as a page or as JSON
 */
export async function answerSubmission(
  request: Request,
  sender: Sender,
  services: Services,
): Promise<Response> {
  const started = Date.now();
  const form = formBySlug(sender.slug);
  const response = await answer(request, sender, services).catch((error: unknown) =>
    lastResort(request, error, REFUSALS.crashed, async () => {
      if (!form) throw new Error('a form that does not exist has no page');
      return replies(request, form, services.pages).refuse(REFUSALS.crashed);
    }),
  );
  log({
    event: 'submission',
    form: form?.slug ?? '',
    status: response.status,
    milliseconds: Date.now() - started,
  });
  return response;
}

async function answer(request: Request, sender: Sender, services: Services): Promise<Response> {
  const form = formBySlug(sender.slug);
  if (!form) return jsonRefusal(REFUSALS.unknownForm);
  const { environment, keys } = services;
  const reply = replies(request, form, services.pages);
  if (request.method !== 'POST')
    return reply.refuse(REFUSALS.method, undefined, { headers: { Allow: 'POST' } });
  const { IPDCP_DECLARATION, SITE_URL } = environment;
  if (!formsAreOpen({ CONTEXT: sender.context, IPDCP_DECLARATION })) return reply.refuse(REFUSALS.closed);
  if (isForeign(request, SITE_URL)) return reply.refuse(REFUSALS.foreign);
  const kind = bodyKindOf(request);
  if (!kind) return reply.refuse(REFUSALS.mediaType);
  const body = await readBody(request);
  if (body === undefined) return reply.refuse(REFUSALS.tooLarge);
  const raw = kind === 'json' ? valuesFromJson(body) : valuesFromForm(body);
  if (!raw) return reply.refuse(REFUSALS.unreadable);

  const step = raw[HIDDEN.step]?.[0];
  const trap = raw[HIDDEN.trap]?.find((text) => text !== '');
  const hidden = { idempotencyKey: givenKey(request, raw) ?? randomUUID(), ...(trap ? { trap } : {}) };
  const questions = { ...hidden, values: raw };
  if (step === STEPS.mend) return reply.questions(questions);
  const checked = checkForm(form, raw);
  if (!checked.ok) return reply.errors({ ...questions, errors: checked.errors });
  const { values } = checked;
  const unknown = await projectErrors(form, values, services.store);
  if (unknown.length > 0) return reply.errors({ ...questions, errors: unknown });
  if (!keys) return reply.refuse(REFUSALS.unprotected, { questions });

  const now = services.now();
  const content = contentOf(form, values);
  const answers = { ...hidden, typed: raw, values };
  if (step === STEPS.check) return reply.check({ ...answers, token: readingToken(content, now, keys) });

  const fromPage = isFromPage(request, SITE_URL);
  const reasons = reasonsToPutAside({ form, raw, values, content, fromPage }, now, keys);
  if (reasons.length > 0) log({ event: 'put-aside', form: form.slug, code: reasons.join(' ') });
  const sending = { form, values, key: hidden.idempotencyKey, sender, now, reasons };
  return store(sending, pageOf(raw, answers, questions), reply, services, keys);
}

/** Stores a sending, and says what became of it on the page it was sent from. */
async function store(
  sending: Sending,
  sent: Sent,
  reply: ReturnType<typeof replies>,
  services: Services,
  keys: Keys,
): Promise<Response> {
  const { form, key } = sending;
  const payload = await payloadOf(sending, keys);
  const receipt = services.mail ? { _mail: true } : {};
  const stored = await services.store.submit(form.slug, { ...payload, ...receipt });
  switch (stored.outcome) {
    case 'stored': {
      const { linkKey } = stored;
      const token = linkKey === null ? null : tokenOf(form, linkKey, payload.content_hash, keys);
      return reply.thanks({ ...stored, token });
    }
    case 'limited': {
      const { whose, retryAfterSeconds: seconds } = stored;
      return reply.refuse(tooMany(whose, seconds), sent, { headers: { 'Retry-After': String(seconds) } });
    }
    case 'unavailable': {
      const headers = { 'Retry-After': String(UNAVAILABLE_RETRY_SECONDS) };
      if (stored.done === 'no') return reply.refuse(REFUSALS.refused, sent, { headers });
      const token = hasFollowUp(form) ? tokenOf(form, key, payload.content_hash, keys) : null;
      return reply.refuse(REFUSALS.unavailable, sent, { headers, token });
    }
  }
}

/** The key the page or the program gave, when it is one. */
function givenKey(request: Request, raw: RawValues): string | undefined {
  const key = request.headers.get('idempotency-key') ?? raw[HIDDEN.key]?.[0] ?? '';
  return /^[\x21-\x7e]{8,200}$/.test(key) ? key : undefined;
}

/** The page from which these answers came: only the one that shows them again carries a token. */
function pageOf(raw: RawValues, answers: Omit<CheckState, 'token'>, questions: object): Sent {
  const token = raw[HIDDEN.token]?.[0];
  return token ? { answers: { ...answers, token } } : { questions };
}

type Answers = Readonly<Record<string, StoredValue>>;

/** A form and its answers as they are stored, always written the same way. */
function contentOf(form: Form, values: Answers, ...more: string[]): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([form.slug, sorted, ...more]);
}

interface Sending {
  form: Form;
  values: Answers;
  key: string;
  sender: Sender;
  now: Date;
  reasons: QuarantineReason[];
}

async function payloadOf(
  { form, values, key, sender, now, reasons }: Sending,
  keys: Keys,
): Promise<Payload & { content_hash: string }> {
  const moment = now.toISOString();
  const row = await protect(form, values, keys);
  // Of the answers as they were typed: sealing the same one twice gives two different texts.
  const content = keys.contentHash(contentOf(form, values, ...(form.anonymous ? [key] : [])));
  return {
    // An optional answer left empty takes the column's default.
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    ...(hasFollowUp(form) ? { follow_up_hash: linkHash(tokenOf(form, key, content, keys)) } : {}),
    ...(reasons.length > 0 ? { quarantined_at: moment, quarantine_reasons: reasons } : {}),
    content_hash: content,
    idempotency_key: key,
    form_version: form.version,
    consent_at: moment,
    // The day makes the same address another fingerprint tomorrow.
    ...(sender.address ? { _limiter: keys.limiter(`${moment.slice(0, 10)} ${sender.address}`) } : {}),
  };
}
