/** `P-WWYH-FVQ6`: a letter for the form, then eight characters that neither look nor sound alike. */
const REFERENCE = /^[A-Z]-[ACDEFGHJKMNPQRTVWXY34679]{4}-[ACDEFGHJKMNPQRTVWXY34679]{4}$/;

/** Whether a text has the shape of a reference, as the database draws them. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}
