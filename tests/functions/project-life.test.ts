import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerFollowUp } from '../../functions/_lib/follow-up.ts';
import { linkHash } from '../../functions/_lib/follow-up-link.ts';
import { openedSubmission } from '../../functions/_lib/opened-submission.ts';
import { supabaseStore } from '../../functions/_lib/store.ts';
import { answerSubmission, type Services } from '../../functions/_lib/submission.ts';
import type { SubmissionExport } from '../../src/domain/follow-up/export.ts';
import { aide } from '../../src/domain/forms/aide.ts';
import { nouvelle } from '../../src/domain/forms/nouvelle.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { newAddress, post, servicesOnLite, SITE } from '../support/service.ts';

let lite: TestLite;
let services: Services;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  lite = await startLite({ listen: true });
  const made = servicesOnLite(lite);
  // The real question to the catalogue: other tests are told that their made-up project is there.
  services = {
    ...made,
    store: supabaseStore(made.environment, { totalDeadline: 60_000, attemptDeadline: 30_000 }),
  };
});
afterAll(async () => {
  await lite.stop();
  vi.restoreAllMocks();
});
beforeEach(() => lite.sql('delete from public.projects'));

/** What is asked for with a link. */
function ask(body: Record<string, string | readonly string[]>): Promise<Response> {
  const lists = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, [value].flat()]));
  return answerFollowUp(
    new Request(`${SITE}/api/suivi`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: urlencoded(lists),
    }),
    newAddress(),
    services,
  );
}

const seen = async (cle: string) => (await (await ask({ cle, action: 'voir' })).json()) as SubmissionExport;

/** A project in the catalogue: its address, and the secret of its link. */
async function published(): Promise<{ slug: string; cle: string }> {
  const slug = `projet-${randomBytes(4).toString('hex')}`;
  const response = await post(services, { slug: projet.slug, body: urlencoded(goodAnswers(projet, slug)) });
  const { reference, followUp } = (await response.json()) as { reference: string; followUp: string };
  await lite.sql(
    `update public.projects set status = 'published', quarantined_at = null, slug = '${slug}', published_at = now() where reference = '${reference}'`,
  );
  return { slug, cle: followUp.split('#')[1] ?? '' };
}

describe('news sent with the link of a project', () => {
  test('pass the rules of their form, are seen again by the same link and in its export, and can be taken back', async () => {
    const { cle } = await published();
    const answers = { ...goodAnswers(nouvelle), stage: 'ongoing', amount_spent: '1 000' };
    const told = (await (await ask({ ...answers, cle, action: 'nouvelles' })).json()) as SubmissionExport;
    expect(told.updates).toMatchObject([
      { status: 'received', answers: { stage: 'ongoing', amount_received: 1_500_000, amount_spent: 1000 } },
    ]);
    const again = (await (await ask({ ...answers, cle, action: 'nouvelles' })).json()) as SubmissionExport;
    expect(again.updates).toHaveLength(1);
    const file = (await (await ask({ cle, action: 'exporter' })).json()) as SubmissionExport;
    expect(file.updates).toEqual(told.updates);
    await ask({ cle, action: 'retirer-nouvelles', nouvelle: told.updates[0]!.reference });
    expect((await seen(cle)).updates).toEqual([]);
  });

  test('that are wrong are refused with the words of the form, and nothing is stored', async () => {
    const { cle } = await published();
    const answers = { ...goodAnswers(nouvelle), amount_received: '10', amount_spent: '20', body: '' };
    const response = await ask({ ...answers, cle, action: 'nouvelles' });
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).toEqual(['body', 'amount_spent']);
    expect((await seen(cle)).updates).toEqual([]);
  });

  test('of a project that is not in the catalogue are refused, in words that say why', async () => {
    const { cle, slug } = await published();
    await lite.sql(`update public.projects set status = 'accepted' where slug = '${slug}'`);
    const response = await ask({ ...goodAnswers(nouvelle), cle, action: 'nouvelles' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'no_news' });
    expect((await ask({ cle, action: 'nouvelles', etape: 'ouvrir' })).status).toBe(409);
  });

  test('are no form of their own: nobody sends them without a link', async () => {
    const response = await post(services, { slug: nouvelle.slug, body: urlencoded(goodAnswers(nouvelle)) });
    expect(response.status).toBe(404);
    expect((await ask({ ...goodAnswers(nouvelle), cle: 'x'.repeat(43), action: 'nouvelles' })).status).toBe(
      404,
    );
  });
});

describe('an offer of help', () => {
  const offer = (project: string, email: string, step: Record<string, string[]> = {}) =>
    post(services, {
      slug: aide.slug,
      body: urlencoded({ ...goodAnswers(aide), ...step, project: [project], email: [email] }),
    });

  test('reaches the holder with the address of the helper once it is let through, and never the other way round', async () => {
    const { slug, cle } = await published();
    const email = `aide-${slug}@example.org`;
    const response = await offer(`${SITE}/projets/${slug}/`, email);
    expect(response.status).toBe(201);
    const { reference, followUp } = (await response.json()) as { reference: string; followUp: string };
    expect(await offersTo(cle)).toEqual([]);
    await lite.sql(
      `update public.help_offers set status = 'accepted', quarantined_at = null where reference = '${reference}'`,
    );
    expect(await offersTo(cle)).toMatchObject([{ reference, email, confirmed: false }]);
    // The helper sees their own answers, and nothing of the holder.
    const helper = JSON.stringify(await seen(followUp.split('#')[1] ?? ''));
    expect(helper).not.toContain(`essai-${slug}@example.org`);
    // The export of a project is its holder's own data: other people's addresses are not in it.
    expect(JSON.stringify(await seen(cle))).not.toContain(email);
  });

  test.each([{}, { etape: ['verifier'] }])(
    'for a project that nobody can find is refused beside its question, before anything is stored: %o',
    async (step: Record<string, string[]>) => {
      const response = await offer('projet-inconnu', 'ama@example.org', step);
      expect(response.status).toBe(422);
      const { errors } = (await response.json()) as { errors: { field: string; message: string }[] };
      expect(errors).toEqual([
        { field: 'project', message: expect.stringMatching(/^Nous ne trouvons pas ce projet/) },
      ]);
      expect(await lite.sql(`select 1 from public.help_offers where project = 'projet-inconnu'`)).toEqual([]);
    },
  );

  test('corrected towards a project that nobody can find stays as it was', async () => {
    const { slug } = await published();
    const response = await offer(slug, 'ama@example.org');
    const { followUp } = (await response.json()) as { followUp: string };
    const cle = followUp.split('#')[1] ?? '';
    const corrected = await ask({
      ...goodAnswers(aide),
      project: 'projet-inconnu',
      cle,
      action: 'corriger',
      revision: '0',
    });
    expect(corrected.status).toBe(422);
    expect(await seen(cle)).toMatchObject({ revision: 0 });
  });

  test('opens from the page of its project with the project filled in, without JavaScript', async () => {
    const { slug } = await published();
    const response = await answerSubmission(
      new Request(`${SITE}/api/formulaires/${aide.slug}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        body: urlencoded({ etape: ['modifier'], project: [slug] }),
      }),
      { slug: aide.slug, context: 'dev', address: newAddress() },
      services,
    );
    expect(await response.json()).toEqual({ stored: false });
  });
});

/** The offers that the page of a link shows: programs are not given other people's addresses. */
async function offersTo(cle: string) {
  const followed = await services.followUps.see({ hash: linkHash(cle), limiter: null });
  if (followed.outcome !== 'found') throw new Error(followed.outcome);
  return openedSubmission(followed.record, services.keys).offers;
}
