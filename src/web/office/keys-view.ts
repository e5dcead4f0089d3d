// What the page of keys is drawn from.

import type { ApiKey } from '../../app/people/key-ports.ts';
import type { KeyAsked } from '../../app/people/api-keys.ts';
import type { FieldError } from '../components/error-summary.ts';

export type KeysView = {
  readonly keys: readonly ApiKey[];
  readonly nameOf: (person: string) => string;
  readonly mayChange: boolean;
  readonly typed: KeyAsked;
  readonly errors: readonly FieldError[];
  /** The key that was made just now, and the only time it is shown. */
  readonly made?: { readonly key: ApiKey; readonly secret: string; readonly origin: string };
};

export const NOTHING_TYPED: KeyAsked = { office: '', state: '', days: '365' };
