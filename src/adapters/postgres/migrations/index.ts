// The migrations in their order. One that has been released is never edited; a change is a new one.

import type { Migration } from 'kysely/migration';
import * as base from './001-base.ts';
import * as people from './002-people.ts';
import * as casework from './003-casework.ts';
import * as drafts from './004-drafts.ts';
import * as docket from './005-docket.ts';
import * as clock from './006-clock.ts';
import * as sealed from './007-sealed.ts';
import * as changes from './008-changes.ts';
import * as counts from './009-counts.ts';
import * as intake from './010-intake.ts';
import * as noticeCodes from './011-notice-codes.ts';
import * as doors from './012-doors.ts';
import * as log from './013-log.ts';
import * as evidence from './014-evidence.ts';
import * as oversight from './015-oversight.ts';
import * as reports from './016-reports.ts';
import * as selfAudit from './017-self-audit.ts';
import * as keysOfRecipients from './018-keys-of-recipients.ts';
import * as twoPeople from './019-two-people.ts';
import * as nextStep from './020-next-step.ts';
import * as search from './021-search.ts';
import * as barred from './023-barred.ts';
import * as desk from './024-desk.ts';
import * as receipt from './025-receipt.ts';
import * as countedInTime from './026-counted-in-time.ts';
import * as thresholdOfTwo from './027-threshold-of-two.ts';
import * as receiptLighter from './029-receipt-lighter.ts';
import * as held from './030-held.ts';
import * as openingsByCommitment from './031-openings-by-commitment.ts';
import * as entriesTogether from './032-entries-together.ts';
import * as claimedEntries from './033-claimed-entries.ts';
import * as entered from './034-entered.ts';

export const migrations: Record<string, Migration> = {
  '001-base': base,
  '002-people': people,
  '003-casework': casework,
  '004-drafts': drafts,
  '005-docket': docket,
  '006-clock': clock,
  '007-sealed': sealed,
  '008-changes': changes,
  '009-counts': counts,
  '010-intake': intake,
  '011-notice-codes': noticeCodes,
  '012-doors': doors,
  '013-log': log,
  '014-evidence': evidence,
  '015-oversight': oversight,
  '016-reports': reports,
  '017-self-audit': selfAudit,
  '018-keys-of-recipients': keysOfRecipients,
  '019-two-people': twoPeople,
  '020-next-step': nextStep,
  '021-search': search,
  '023-barred': barred,
  '024-desk': desk,
  '025-receipt': receipt,
  '026-counted-in-time': countedInTime,
  '027-threshold-of-two': thresholdOfTwo,
  '029-receipt-lighter': receiptLighter,
  '030-held': held,
  '031-openings-by-commitment': openingsByCommitment,
  '032-entries-together': entriesTogether,
  '033-claimed-entries': claimedEntries,
  '034-entered': entered,
};
