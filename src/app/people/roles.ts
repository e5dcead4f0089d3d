// Roles as the office gives them: which may not stand together, and what a page may ask about them.

import { isRole, type PersonId, ROLES, type Role } from '../../domain/registry/person.ts';
import { may } from '../../domain/registry/policy.ts';
import { accept } from '../../kernel/outcome.ts';
import { wrong } from './answers.ts';
import type { Answer } from './ports.ts';

export { isRole, may, ROLES };
export type { PersonId, Role };

/**
 * Roles that stand alone. Whoever hands out keys and roles sees no case, and whoever oversees changes nothing:
 * a person with both could give themselves what the other was there to watch.
 */
const ALONE: readonly Role[] = ['registrar', 'oversight'];

/** Reads roles that were typed or ticked; each once, in the order of the office. */
export function readRoles(asked: readonly string[]): Answer<readonly Role[]> {
  const roles = ROLES.filter((role) => asked.includes(role));
  if (roles.length === 0) return wrong('roles-missing', 'roles');
  if (asked.some((one) => !isRole(one))) return wrong('roles-unknown', 'roles');
  if (roles.length > 1 && roles.some((role) => ALONE.includes(role))) return wrong('roles-apart', 'roles');
  return accept(roles);
}
