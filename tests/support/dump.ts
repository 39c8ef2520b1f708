import type { Database } from './postgres.ts';

/** Everything a database holds, schema by schema and table by table, as a stolen copy would. */
export async function fullDump({ pool }: Pick<Database, 'pool'>): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await pool.query<{ text: string }>(`select t::text as text from ${name} as t`);
      return [name, ...rows.map(({ text }) => text)].join('\n');
    }),
  );
  return texts.join('\n');
}
