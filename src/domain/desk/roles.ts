/** The roles of officers, each with the rights of those before it. */
export const ROLES = ['reader', 'reviewer', 'publisher', 'admin'] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** Roles as officers read them; the same words as the command that names officers. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  reader: 'lecture',
  reviewer: 'relecture',
  publisher: 'publication',
  admin: 'administration',
};

/** Whether a role has the rights of another one. */
export function hasRightsOf(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Whoever is signed in, with their role. */
export interface Officer {
  id: string;
  email: string;
  role: Role;
}
