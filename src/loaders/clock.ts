/** The day the site is built, or `GUIDE_TODAY` (2026-11-22) to see the site as it will be another day. */
export function today(): Date {
  const chosen = process.env['GUIDE_TODAY'];
  return chosen ? new Date(`${chosen}T00:00:00Z`) : new Date();
}
