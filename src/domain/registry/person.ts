// Who acts: people by name with the roles an office gives them, and the clock, which acts only where a rule says when.

import type { Instant } from '../../kernel/instant.ts';
import type { Language } from '../../kernel/language.ts';

/** A person of this office; a random UUID that says nothing about them. */
export type PersonId = string & { readonly __brand: 'PersonId' };

/** The roles of an office, in the order in which pages list them. */
export const ROLES = ['duty-officer', 'reviewer', 'approver', 'executing-unit', 'oversight', 'registrar'] as const;
export type Role = (typeof ROLES)[number];
export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

export type Person = {
  readonly id: PersonId;
  readonly name: string;
  readonly language: Language;
  readonly roles: readonly Role[];
  /** Void people keep their name on what they did and can do nothing more. */
  readonly disabledAt: Instant | null;
};

/** Who did something: a person, or the clock when a term ran out. */
export type By = PersonId | 'clock';
