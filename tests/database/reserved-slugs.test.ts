import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESERVED_SLUGS } from '../../src/domain/projects/project.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { RIGHTS } from './rights.ts';
import { insertRow } from './rows.ts';

let db: TestPostgres;
beforeAll(async () => void (db = await startPostgres()), 60_000);
afterAll(() => db.stop());

const publish = (slug: string, id: string) =>
  insertRow((text, params) => db.pool.query(text, params), 'projects', {
    ...RIGHTS['projects']!.row(id),
    slug,
  });

test('no project can take the address of a page of the site, whoever writes it', async () => {
  for (const [index, slug] of RESERVED_SLUGS.entries()) {
    await expect(publish(slug, `00000000-0000-4000-8000-00000000001${index}`)).rejects.toMatchObject({
      code: '23514',
      constraint: 'projects_slug_not_reserved',
    });
  }
  await publish('financer-un-forage', '00000000-0000-4000-8000-000000000020');
});
