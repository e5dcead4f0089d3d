// Cases in which nothing more is judged or decided: closed ones, withdrawn requests.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';

/** Why nothing more is judged or decided here; undefined while the case goes on. */
export function whyAtRest(file: CaseFile): { readonly ok: false; readonly faults: readonly Refusal[] } | undefined {
  if (file.closed) return no('docket.closed');
  if (file.request.withdrawn) return no('requests.withdrawn');
  return undefined;
}
