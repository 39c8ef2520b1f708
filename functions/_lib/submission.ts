import { randomUUID } from 'node:crypto';
import type { FormState } from '../../src/components/forms/Form.tsx';
import { checkForm, type RawValues } from '../../src/domain/forms/schema.ts';
import { hasFollowUp, thanksPageOf, type Form } from '../../src/domain/forms/form.ts';
import type { StoredValue } from '../../src/domain/forms/field.ts';
import { formBySlug } from '../../src/domain/forms/index.ts';
import { formsAreOpen } from '../../src/domain/forms/opening.ts';
import type { Environment } from './environment.ts';
import { followUpPath, linkHash, tokenOf } from './follow-up-link.ts';
import type { FollowUpStore } from './follow-up-store.ts';
import { bodyKindOf, isForeign, isFromScript, readBody, wantsJson } from './guards.ts';
import type { Keys } from './keys.ts';
import { log } from './log.ts';
import { jsonResponse, seeOther, storedAt, type Pages } from './pages.ts';
import { protect } from './protection.ts';
import { valuesFromForm, valuesFromJson } from './raw-values.ts';
import { REFUSALS, UNAVAILABLE_RETRY_SECONDS, type Refusal } from './sentences.ts';
import type { Payload, Store } from './store.ts';

/** What a submission needs from outside. */
export interface Services {
  environment: Environment;
  store: Store;
  followUps: FollowUpStore;
  pages: Pages;
  /** Absent when they are not set: nothing may then be stored. */
  keys: Keys | undefined;
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
 * Answers `POST /api/formulaires/<slug>`: cheap refusals first, then the declaration's rules, then one row.
 *
 * @returns always an answer of the contract, as a page or as JSON
 */
export async function answerSubmission(
  request: Request,
  sender: Sender,
  services: Services,
): Promise<Response> {
  const started = Date.now();
  const response = await answer(request, sender, services);
  log({
    event: 'submission',
    form: formBySlug(sender.slug)?.slug ?? '',
    status: response.status,
    milliseconds: Date.now() - started,
  });
  return response;
}

async function answer(request: Request, sender: Sender, services: Services): Promise<Response> {
  const form = formBySlug(sender.slug);
  if (!form) return jsonRefusal(REFUSALS.unknownForm);
  const reply = replies(request, form, services.pages);
  if (request.method !== 'POST') return reply.refuse(REFUSALS.method, {}, { Allow: 'POST' });
  const { IPDCP_DECLARATION } = services.environment;
  if (!formsAreOpen({ CONTEXT: sender.context, IPDCP_DECLARATION })) return reply.refuse(REFUSALS.closed);
  if (isForeign(request, services.environment.SITE_URL)) return reply.refuse(REFUSALS.foreign);
  const kind = bodyKindOf(request);
  if (!kind) return reply.refuse(REFUSALS.mediaType);
  const body = await readBody(request);
  if (body === undefined) return reply.refuse(REFUSALS.tooLarge);
  const raw = kind === 'json' ? valuesFromJson(body) : valuesFromForm(body);
  if (!raw) return reply.refuse(REFUSALS.unreadable);

  const checked = checkForm(form, raw);
  const key = givenKey(request, raw);
  const typed = { values: raw, ...(key ? { idempotencyKey: key } : {}) };
  if (!checked.ok) return reply.errors({ ...typed, errors: checked.errors });

  if (!services.keys) return reply.refuse(REFUSALS.unprotected, typed);

  const { keys } = services;
  const payload = await payloadOf(form, checked.values, key, sender, services.now(), keys);
  const stored = await services.store.submit(form.slug, payload);
  switch (stored.outcome) {
    case 'stored': {
      const { reference, created, linkKey } = stored;
      const token = linkKey === null ? null : tokenOf(form, linkKey, payload.content_hash, keys);
      return reply.thanks(reference, created, token);
    }
    case 'limited':
      return reply.refuse(REFUSALS.limited, typed, { 'Retry-After': String(stored.retryAfterSeconds) });
    case 'unavailable':
      return reply.refuse(REFUSALS.unavailable, typed, { 'Retry-After': String(UNAVAILABLE_RETRY_SECONDS) });
  }
}

/** The key the page or the program gave, when it is one. */
function givenKey(request: Request, raw: RawValues): string | undefined {
  const key = request.headers.get('idempotency-key') ?? raw['idempotency_key']?.[0] ?? '';
  return /^[\x21-\x7e]{8,200}$/.test(key) ? key : undefined;
}

async function payloadOf(
  form: Form,
  values: Readonly<Record<string, StoredValue>>,
  key: string | undefined,
  sender: Sender,
  now: Date,
  keys: Keys,
): Promise<Payload & { content_hash: string }> {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  const moment = now.toISOString();
  const sending = key ?? randomUUID();
  const row = await protect(form, values, keys);
  // Of the answers as they were typed: sealing the same one twice gives two different texts.
  const content = keys.contentHash(JSON.stringify([form.slug, sorted, ...(form.anonymous ? [sending] : [])]));
  return {
    // An optional answer left empty takes the column's default.
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    ...(hasFollowUp(form) ? { follow_up_hash: linkHash(tokenOf(form, sending, content, keys)) } : {}),
    content_hash: content,
    idempotency_key: sending,
    form_version: form.version,
    consent_at: moment,
    // The day makes the same address another fingerprint tomorrow.
    ...(sender.address ? { _limiter: keys.limiter(`${moment.slice(0, 10)} ${sender.address}`) } : {}),
  };
}

/** The two shapes of every answer: a page for a browser, JSON for a program. */
function replies(request: Request, form: Form, pages: Pages) {
  const asJson = wantsJson(request);
  return {
    thanks(reference: string, created: boolean, token: string | null): Response {
      const status = created ? 201 : 200;
      if (asJson) return jsonResponse({ reference, followUp: token && followUpPath(token) }, status);
      // After the sign #: browsers send that part to nobody. Without a link to give, the page must say why.
      const fragment = token ?? (hasFollowUp(form) ? 'deja-recu' : '');
      const address = `${thanksPageOf(form)}${reference}${fragment && `#${fragment}`}`;
      return isFromScript(request) ? storedAt(address, status) : seeOther(address);
    },
    async errors(state: FormState): Promise<Response> {
      return asJson ? jsonResponse({ errors: state.errors }, 422) : pages.form(form, state, 422);
    },
    async refuse(
      refusal: Refusal,
      typed: Partial<FormState> = {},
      headers: Record<string, string> = {},
    ): Promise<Response> {
      if (asJson) return jsonRefusal(refusal, headers);
      const state = {
        values: {},
        errors: [],
        ...typed,
        notice: { title: refusal.title, text: refusal.text },
      };
      const response = await pages.form(form, state, refusal.status);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    },
  };
}

function jsonRefusal(refusal: Refusal, headers: Record<string, string> = {}): Response {
  const message = `${refusal.title}. ${refusal.text}`;
  const body =
    refusal.status === 422 ? { errors: [{ field: '', message }] } : { code: refusal.code, message };
  return jsonResponse(body, refusal.status, headers);
}
