// What the office is called towards a person concerned, and how they reach it: as in its letters.

import { type Language, say } from '../../kernel/language.ts';
import type { Casework } from '../casework/casework.ts';
import { authorityOf } from '../casework/letter-head.ts';

type Needs = Pick<Casework, 'law' | 'office'>;

export function officeName(work: Needs, language: Language): string {
  const authority = authorityOf(work);
  return authority ? say(authority.title, language) : work.office().name;
}

/** One line; empty where the profile of the State says nothing. */
export const officeReach = (work: Needs): string => authorityOf(work)?.reach ?? '';
