// The real functions on a real PostgreSQL, with a clock that the visits move: ninety minutes pass in no time.
import type { Services } from '../../functions/_lib/submission.ts';
import type { Form } from '../../src/domain/forms/form.ts';
import { startLite } from './lite.ts';
import { startPostgres } from './postgres.ts';
import { servicesOnLite } from './service.ts';
import { templatePages } from './visit.ts';

export interface GuardedService {
  services: Services;
  /** Lets time pass on the server. */
  pass(milliseconds: number): void;
  /** Why a stored sending was put aside: nothing when it was not, `undefined` when there is no such row. */
  asideOf(form: Form, reference: string): Promise<string[] | undefined>;
  stop(): Promise<void>;
}

export async function startGuardedService(): Promise<GuardedService> {
  const postgres = await startPostgres({ bootstrap: false, migrate: false });
  const lite = await startLite({ listen: true, postgresUrl: postgres.url });
  const { pages, remove } = templatePages();
  let now = Date.now();
  return {
    services: { ...servicesOnLite(lite), pages, now: () => new Date(now) },
    pass: (milliseconds) => void (now += milliseconds),
    async asideOf(form, reference) {
      const [row] = await lite.sql<{ reasons: string[] }>(
        `select case when quarantined_at is null then '{}' else quarantine_reasons end as reasons
         from public.${form.table} where reference = '${reference}'`,
      );
      return row?.reasons;
    },
    async stop() {
      remove();
      await lite.stop();
      await postgres.stop();
    },
  };
}
