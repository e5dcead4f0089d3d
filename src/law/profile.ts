// A State profile: what an office sets for itself. It may tighten or relax its own policy, never what binds it anyway.

import type { Day } from '../kernel/calendar.ts';
import type { Text } from '../kernel/language.ts';
import type { Effect, MeasureId, ParameterId, ProvisionId } from './provision.ts';

/** What a profile can say of a policy provision: a safeguard, a ground, a condition. */
export type Setting = 'required' | 'recommended' | 'off' | 'must' | 'may' | 'on';

/** The words that fit each effect; an effect that is not here cannot be changed. */
export const SETTINGS: { readonly [E in Effect]?: readonly Setting[] } = {
  safeguard: ['required', 'recommended', 'off'],
  'refuse-must': ['must', 'may', 'off'],
  'refuse-may': ['must', 'may', 'off'],
  condition: ['on', 'off'],
};

export type Profile = {
  readonly state: string;
  readonly title: Text;
  readonly invented: boolean;
  readonly languages: readonly string[];
  readonly authorities: readonly { readonly role: string; readonly title: Text; readonly reach: string }[];
  /** Where what this State's authorities decide can be challenged, and by whom; letters and notices name them. */
  readonly remedies: readonly {
    readonly for: 'person' | 'requesting-state';
    readonly body: Text;
    readonly how: Text;
    /** Counted from the letter; null where the law sets no time. */
    readonly days: number | null;
    readonly law: string;
  }[];
  readonly reservations: readonly {
    readonly provision: ProvisionId;
    readonly text: Text;
    readonly since: Day;
    readonly source: string;
  }[];
  readonly policy: readonly {
    readonly provision: ProvisionId;
    readonly set: { readonly [measure: MeasureId]: Setting };
    readonly reason: Text;
  }[];
  readonly parameters: readonly {
    readonly id: ParameterId;
    readonly values: readonly { readonly from: Day; readonly value: number }[];
    readonly reason: Text;
  }[];
  readonly relations: readonly Relation[];
  /** Instruments this office counts as another assistance treaty: a question of interpretation, so none unless it says so. */
  readonly countsAsMlaTreaty: readonly string[];
};

/** What a register or a profile knows of one pair of States: bound by an instrument, or by another assistance treaty. */
export type Relation = {
  readonly instrument: string | 'other-mla-treaty';
  readonly states: readonly [string, string];
  readonly from: Day;
  readonly until?: Day;
  /** False only for "we know that no other treaty binds the two". */
  readonly known: boolean;
};

/** The policy an assessment runs under: the packs' own, or a profile's, named by its hash. */
export type Policy = { readonly profile: Profile | null; readonly hash: string | null };

export const DEFAULT_POLICY: Policy = { profile: null, hash: null };

/** The setting a profile gives a policy provision for a measure, if any. */
export function settingOf(policy: Policy, provision: ProvisionId, measure: MeasureId): Setting | undefined {
  let found: Setting | undefined;
  for (const rule of policy.profile?.policy ?? []) {
    if (rule.provision === provision && Object.hasOwn(rule.set, measure)) found = rule.set[measure];
  }
  return found;
}
