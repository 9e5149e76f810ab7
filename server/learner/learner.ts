// Who a request is from.

const roles = ['learner', 'instructor', 'author', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface Learner {
  id: string;
  name: string;
  /** Null for an anonymous learner. */
  email: string | null;
  anonymous: boolean;
  role: Role;
}

/** A role that the database does not know by that name gives no rights. */
export function parseRole(text: string | null | undefined): Role {
  return roles.find((role) => role === text) ?? 'learner';
}
