/** Inserts one row with whatever runs SQL: a pool, or one role's request. */
export function insertRow<Result>(
  sql: (text: string, params: unknown[]) => Promise<Result>,
  table: string,
  row: Record<string, unknown>,
): Promise<Result> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  return sql(
    `insert into public.${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  );
}
