// What the page of the office's settings shows.

import type { OfficeChange, Standing } from '../../app/office/ports.ts';
import type { TypedOffice } from '../../app/office/read-office.ts';
import type { ThresholdNow } from '../../app/reporting/threshold.ts';
import type { FieldError } from '../components/error-summary.ts';

export type SettingsView = {
  readonly standing: Standing;
  readonly typed: TypedOffice;
  readonly errors: readonly FieldError[];
  /** Whether whoever reads may change anything here; oversight may not. */
  readonly mayChange: boolean;
  readonly changes: readonly OfficeChange[];
  /** Of public figures: two people set it, elsewhere. */
  readonly threshold: ThresholdNow;
  readonly nameOf: (person: string | null) => string;
  /** Who is an approver, and whether they have a passkey that cannot leave its device. */
  readonly approvers: readonly { readonly name: string; readonly withKey: boolean }[];
  /** How much of the open cases is counted anew, from 0 to 1; undefined when nothing is. */
  readonly counted: number | undefined;
  readonly saved: boolean;
};
