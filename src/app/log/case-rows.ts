// The rows that the steps of a case make, by table: what stands beside them in the database follows from this and from nothing else.

import { letterName } from '../casework/letters.ts';
import { lineColumns } from '../casework/line-ports.ts';
import { marksOf, project } from '../casework/project.ts';
import type { CaseLine } from '../casework/ports.ts';
import { isUnread } from '../../domain/docket/standing.ts';
import { type CaseFile, evolve, type Recorded } from '../../domain/docket/case-file.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { AuditPorts } from './audit-ports.ts';
import type { Row } from './held-ports.ts';

export type Needs = NonNullable<AuditPorts['casework']>;

/** By what the rows of a table in one case are told apart. */
export const KEYS = {
  case_file: [],
  case_mark: ['mark'],
  deadline: ['key'],
  assessment: ['no'],
  decision: ['no'],
  execution_task: ['id'],
  document: ['id'],
  conflict_of_interest: ['person'],
  case_grant: ['person'],
  case_key: [],
  notice_code: ['notice'],
  evidence_key: ['no'],
  evidence_sealing: ['package_no', 'fingerprint'],
  api_intake: [],
} as const satisfies { readonly [table: string]: readonly string[] };
export type Table = keyof typeof KEYS;

/** The case, its rows, and the words by which it is found; null for no steps at all. With the salts of a case go its keys. */
export function rowsMade(work: Needs, history: readonly Recorded[], erased: boolean) {
  const folded = foldedWith(work, history);
  if (folded === null) return null;
  const { file, marks } = folded;
  const { line, terms, words } = project(work, file);
  const rows: { readonly [T in Table]: readonly Row[] } = {
    case_file: [lineRow(line, file)],
    case_mark: [...marks].map((mark) => ({ mark })),
    deadline: terms.map(({ key, kind, whose, at }) => ({ key, kind, whose, on_at: at })),
    ...fromSteps(history, file),
    case_grant: erased ? [] : grantsFrom(history),
    case_key: file.sealed && !erased ? [{}] : [],
    notice_code: codesOf(file),
    ...recipientsOf(file),
    api_intake: intakeOf(file, history),
  };
  return { file, rows, words };
}

/** The case, and every mark that one of its contents ever had: marks stay. Before it is read it has none. */
function foldedWith(work: Needs, history: readonly Recorded[]): { file: CaseFile; marks: Set<string> } | null {
  let file: CaseFile | null = null;
  const marks = new Set<string>();
  for (const { event, at, by } of history) {
    const before: number = file?.request.contentVersion ?? 0;
    file = evolve(file, event, at, by);
    if (file.request.contentVersion !== before) for (const mark of marksOf(work, file)) marks.add(mark);
  }
  return file && { file, marks: isUnread(file) ? new Set() : marks };
}

const lineRow = (line: CaseLine, file: CaseFile): Row => ({
  ...lineColumns(line, file),
  barred: line.barred.join(' '),
});

/** The rows whose constraints hold the law's answer and the four eyes, and the documents, as the steps tell of them. */
function fromSteps(history: readonly Recorded[], file: CaseFile) {
  const [assessment, conflict_of_interest, document]: [Row[], Row[], Row[]] = [[], [], []];
  for (const { event, at, by } of history) {
    if (event.type === 'assessment.made') assessment.push({ no: event.no, outcome: event.outcome, made_at: at });
    if (event.type === 'conflict.declared' && by !== 'clock')
      conflict_of_interest.push({ person: by, declared_at: at });
    document.push(...documentsOf({ event, by, at }, file.reference));
  }
  const decision = file.decisions.proposals.map(
    (one): Row => ({
      no: one.no,
      disposition: one.disposition,
      assessment_no: one.assessmentNo,
      outcome: one.outcome,
      hash: one.hash,
      state: one.state,
      proposed_by: one.by,
      countersigned_by: one.countersigned?.by ?? null,
      countersigned_hash: one.countersigned ? one.hash : null,
    }),
  );
  const execution_task = file.execution.tasks.map(
    ({ no, decisionNo, status }): Row => ({ id: String(no), decision_no: decisionNo, status }),
  );
  return { assessment, decision, execution_task, conflict_of_interest, document };
}

/** What a step says of documents; one of an earlier version names what came by its id alone. */
function documentsOf({ event, by, at }: Pick<Recorded, 'event' | 'by' | 'at'>, reference: string): Row[] {
  const added_by = by === 'clock' ? null : by;
  switch (event.type) {
    case 'request.drafted':
    case 'request.received':
    case 'request.supplemented': {
      const ids = 'documents' in event ? event.documents : (event.files ?? []).map(({ id }) => id);
      return ids.map((id): Row => {
        const came = event.files?.find((one) => one.id === id);
        const own = { id, kind: 'original', language: null, added_by };
        if (came === undefined) return own;
        return {
          ...own,
          name: came.name,
          media_type: came.mediaType,
          size: came.size,
          sha256: came.sha256,
          added_at: at,
        };
      });
    }
    case 'letter.issued': {
      const { document: id, kind, language, sha256 } = event;
      const name = letterName(reference, event);
      return [{ id, kind, language, sha256, name, media_type: 'application/pdf', added_by }];
    }
    default:
      return [];
  }
}

/** To whom the key of a sealed case was given and not taken away again. A conflict of interest takes the case out of sight, not the key. */
function grantsFrom(history: readonly Recorded[]): Row[] {
  const grants = new Map<string, Row>();
  const give = (person: string, by: Recorded['by'], at: Instant): void => {
    if (!grants.has(person)) grants.set(person, { person, granted_by: by === 'clock' ? null : by, granted_at: at });
  };
  for (const { event, by, at } of history) {
    if (event.type === 'case.sealed') for (const person of event.to) give(person, by, at);
    if (event.type === 'case.entitled') give(event.to, by, at);
    if (event.type === 'case.disentitled') grants.delete(event.from);
    if (event.type === 'case.unsealed') grants.clear();
  }
  return [...grants.values()];
}

/** The code of a notice is that of its last letter. */
const codesOf = ({ notice }: CaseFile): Row[] =>
  notice.notices.flatMap(({ no, sendings }): Row[] => {
    const mark = sendings.findLast(({ codeHash }) => codeHash !== '')?.codeHash;
    return mark === undefined ? [] : [{ notice: no, mark }];
  });

/** Whose key evidence is sealed to, who stands for it, and what was sealed to which: a key as it was when that happened. */
const recipientsOf = ({ evidence: { keys, packages } }: CaseFile) => ({
  evidence_key: keys.map(
    ({ no, fingerprint, enteredBy, confirmed }): Row => ({
      no,
      fingerprint,
      entered_by: enteredBy,
      confirmed_by: confirmed?.by ?? null,
      confirmed_fingerprint: confirmed?.fingerprint ?? null,
    }),
  ),
  evidence_sealing: packages.flatMap(({ no, fingerprints }) =>
    fingerprints.map((fingerprint): Row => ({ package_no: no, fingerprint })),
  ),
});

/** What a program handed in came with its own bytes, by whose hash the same handing in is known again. */
function intakeOf({ request, reference }: CaseFile, history: readonly Recorded[]): Row[] {
  if (request.channel !== 'api') return [];
  const came = history.map(({ event }) => event).find((event) => event.type === 'request.received');
  const body = came?.files?.[0]?.sha256;
  return [{ reference, ...(body === undefined ? {} : { body_sha256: body }) }];
}
