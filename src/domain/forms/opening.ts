/**
 * Whether the forms take answers. In Netlify's production context they stay closed until the declaration to
 * Togo's data protection authority (IPDCP, law 2019-014) has a number.
 *
 * @param env `CONTEXT` is set by Netlify; `IPDCP_DECLARATION` by the publisher
 */
export function formsAreOpen(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['CONTEXT'] !== 'production' || Boolean(env['IPDCP_DECLARATION']?.trim());
}
