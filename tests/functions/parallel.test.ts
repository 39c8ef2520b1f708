import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FORMS } from '../../src/domain/forms/index.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { post, servicesOnLite } from '../support/service.ts';

let postgres: TestPostgres;
let lite: TestLite;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  postgres = await startPostgres({ bootstrap: false, migrate: false });
  const database = await postgres.createDatabase('lite', { bootstrap: false, migrate: false });
  lite = await startLite({ listen: true, postgresUrl: database.url });
});
afterAll(async () => {
  await lite.stop();
  await postgres.stop();
});

test.each(FORMS.map((form) => [form.slug, form] as const))(
  '200 submissions of « %s » in parallel, each sent twice, give 200 rows on PostgreSQL',
  async (slug, form) => {
    const services = servicesOnLite(lite);
    const sendings = Array.from({ length: 200 }, (_, n) => urlencoded(goodAnswers(form, `parallele-${n}`)));
    const responses = await Promise.all(
      [...sendings, ...sendings].map((body, n) =>
        post(services, { slug, body, headers: { 'Idempotency-Key': `cle-numero-${n % 200}` } }),
      ),
    );
    const statuses = responses.map((response) => response.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(200);
    expect(statuses.filter((status) => status === 200)).toHaveLength(200);
    const references = await Promise.all(
      responses.map(async (response) => ((await response.json()) as { reference: string }).reference),
    );
    expect(new Set(references).size).toBe(200);
    const [row] = await lite.sql<{ n: number }>(`select count(*)::int as n from public.${form.table}`);
    expect(row?.n).toBe(200);
  },
  120_000,
);
