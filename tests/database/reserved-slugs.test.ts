import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESERVED_SLUGS as ASSOCIATION_SLUGS } from '../../src/domain/associations/association.ts';
import { RESERVED_SLUGS as PROJECT_SLUGS } from '../../src/domain/projects/project.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { RIGHTS } from './rights.ts';
import { insertRow } from './rows.ts';

let db: TestPostgres;
beforeAll(async () => void (db = await startPostgres()), 60_000);
afterAll(() => db.stop());

const publish = (table: string, slug: string, id: string) =>
  insertRow((text, params) => db.pool.query(text, params), table, { ...RIGHTS[table]!.row(id), slug });

test.each([
  ['projects', PROJECT_SLUGS, 'financer-un-forage'],
  ['associations', ASSOCIATION_SLUGS, 'pays-de-kara'],
])(
  'none of the %s can take the address of a page of the site, whoever writes it',
  async (table, slugs, free) => {
    for (const [index, slug] of slugs.entries()) {
      await expect(
        publish(table, slug, `00000000-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`),
      ).rejects.toMatchObject({
        code: '23514',
        constraint: `${table}_slug_not_reserved`,
      });
    }
    await publish(table, free, '00000000-0000-4000-8000-000000000020');
  },
);
