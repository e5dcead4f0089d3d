// The texts of a package, of docs/spec/evidence.md: what is in it, its custody, the decision and the conditions, each with
// the steps of the case that say so and what opens their commitments. What is not for the recipient goes as a hash alone.

import { standing } from '../../domain/decisions/decision.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { EvidenceObject } from '../../domain/evidence/evidence.ts';
import { objectOf } from '../../domain/evidence/evidence.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { PlacedStep } from '../casework/export-ports.ts';
import { caseUco } from './case-uco.ts';
import type { PackageDraft } from './package-draft.ts';
import type { BagObject, BagText } from './ports.ts';

export const PACKAGE_FORM = 'rogatory/evidence/v1';

export type PackageTexts = {
  readonly folder: string;
  readonly info: readonly (readonly [string, string])[];
  readonly texts: readonly BagText[];
  readonly objects: readonly BagObject[];
};

/** Everything of a package but the objects themselves. */
export function packageTexts(file: CaseFile, steps: readonly PlacedStep[], draft: PackageDraft): PackageTexts {
  const held = draft.objects
    .map((id) => objectOf(file.evidence, id))
    .map((one) => one ?? missing())
    .sort((a, b) => a.no - b.no);
  const objects = held.map((one) => ({ path: pathOf(one), id: one.object, size: one.size, sha256: one.sha256 }));
  const theCase = { id: file.id, reference: file.reference };
  const head = { form: PACKAGE_FORM, case: theCase };
  const custody = custodySteps(file, held, steps, draft);
  const decision = decisionSteps(file, steps);
  const conditions = steps.filter(({ type }) => CONDITION_STEPS.test(type));
  const withPeople = (kept: readonly SentStep[], more: object): string =>
    text({ ...head, ...more, steps: kept, people: rolesOf(kept, draft.roles) });
  const shown = [...custody, ...decision, ...conditions];
  const receipts = new Map(shown.flatMap(({ seq, log }) => (log ? [[seq, log.receipt] as const] : [])));
  return {
    folder: `${file.reference}-${draft.no}`,
    info: [
      ['Source-Organization', `${draft.office.name} (${draft.office.state})`],
      ['External-Identifier', file.reference],
      ['Internal-Sender-Identifier', draft.id],
      ['Bagging-Date', draft.madeAt.slice(0, 10)],
      ['External-Description', `Evidence for ${draft.recipient.name}`],
      ['Bag-Software-Agent', 'Rogatory'],
      ['Rogatory-Package', PACKAGE_FORM],
    ],
    texts: [
      { path: 'data/package.json', text: text(packageJson(file, held, draft)) },
      { path: 'data/custody.json', text: withPeople(custody, {}) },
      { path: 'data/decision.json', text: withPeople(decision, { decision: decisionWords(file) }) },
      { path: 'data/conditions.json', text: withPeople(conditions, conditionWords(file)) },
      { path: 'data/case-uco.jsonld', text: text(caseUco(file, held, draft)) },
      ...[...receipts].map(([seq, receipt]) => ({ path: `data/receipts/${seq}.tlog-proof`, text: receipt })),
    ],
    objects,
  };
}

const text = (value: object): string => canonicalJson(value as unknown as Json);
const missing = (): never => {
  throw new Defect('a package names an object that is not in its case');
};

/** A step as the recipient gets it: without its words where they are not for them. */
type SentStep = Omit<PlacedStep, 'body'> & { readonly body: string | null };
const withheld = (step: PlacedStep): SentStep => ({ ...step, body: null });

const rolesOf = (steps: readonly SentStep[], roles: PackageDraft['roles']) =>
  Object.fromEntries(
    [...new Set(steps.map(({ actor }) => actor))].filter((id) => id !== 'clock').map((id) => [id, roles[id] ?? []]),
  );

/** Where an object lies in the bag: its number, and as much of its name as any file system takes. */
function pathOf({ no, name }: EvidenceObject): string {
  const plain = name
    .replace(/[^A-Za-z0-9.-]+/g, '_')
    .replace(/[._]{2,}/g, '_')
    .slice(-40)
    .replace(/^[._-]+/, '');
  return `data/objects/${String(no).padStart(4, '0')}-${plain === '' ? 'object' : plain}`;
}

function packageJson(file: CaseFile, held: readonly EvidenceObject[], draft: PackageDraft) {
  return {
    form: PACKAGE_FORM,
    id: draft.id,
    no: draft.no,
    case: { id: file.id, reference: file.reference },
    theirReference: file.request.content.caseReference ?? '',
    madeAt: draft.madeAt,
    madeBy: draft.madeBy,
    office: draft.office,
    recipient: draft.recipient,
    purpose: draft.purpose,
    asOf: file.version,
    timeStamp: draft.stamped ? 'timestamp.tsr' : null,
    objects: held.map((one) => ({
      id: one.object,
      no: one.no,
      path: pathOf(one),
      name: one.name,
      mediaType: one.mediaType,
      size: one.size,
      sha256: one.sha256,
      source: sourceOf(file, one),
      receivedFrom: one.receivedFrom,
      receivedBy: one.receivedBy,
      receivedAt: one.receivedAt,
      covers: one.covers,
      flags: one.flags,
    })),
  };
}

function sourceOf({ evidence }: CaseFile, { source }: EvidenceObject) {
  if (source.kind === 'task') return { kind: 'task', task: source.task, decision: source.decisionNo };
  const from = objectOf(evidence, source.of) ?? missing();
  return {
    kind: 'redaction',
    of: { id: from.object, no: from.no, sha256: from.sha256 },
    removed: source.removed,
  };
}

/** The steps that concern what is in the package, or what it was made from. What went to somebody else goes as a hash. */
function custodySteps(
  { evidence }: CaseFile,
  held: readonly EvidenceObject[],
  steps: readonly PlacedStep[],
  { recipient }: PackageDraft,
): SentStep[] {
  const ids = new Set<string>();
  const include = (one: EvidenceObject): void => {
    ids.add(one.object);
    const from = one.source.kind === 'redaction' ? objectOf(evidence, one.source.of) : undefined;
    if (from) include(from);
  };
  held.forEach(include);
  const packages = evidence.packages.filter(({ objects }) => objects.some((id) => ids.has(id)));
  const forThem = new Set(packages.filter((one) => one.recipient.name === recipient.name).map((one) => one.package));
  const found: SentStep[] = [];
  for (const step of steps) {
    if (!step.type.startsWith('evidence.')) continue;
    const said = JSON.parse(step.body) as { readonly object?: string; readonly package?: string };
    if (said.object !== undefined && ids.has(said.object)) found.push(step);
    else if (said.package !== undefined && packages.some((one) => one.package === said.package))
      found.push(forThem.has(said.package) ? step : withheld(step));
  }
  return found;
}

function decisionSteps({ decisions }: CaseFile, steps: readonly PlacedStep[]): SentStep[] {
  const no = standing(decisions)?.no;
  return steps.flatMap((step) => {
    if (step.type === 'decision.countersigned')
      return (JSON.parse(step.body) as { no: number }).no === no ? [step] : [];
    if (step.type !== 'decision.proposed') return [];
    const { proposal } = JSON.parse(step.body) as { proposal: { no: number; contraryReasons: string } };
    if (proposal.no !== no) return [];
    // Why an office departs from the advice of its assessment is for oversight, and for nobody abroad.
    return [proposal.contraryReasons === '' ? step : withheld(step)];
  });
}

function decisionWords({ decisions }: CaseFile) {
  const made = standing(decisions);
  if (!made) throw new Defect('a package is made without a decision');
  const { no, disposition, items, conditions, grounds, reasons, by, countersigned, hash } = made;
  return {
    no,
    disposition,
    items,
    conditions,
    grounds,
    reasons,
    proposedBy: by,
    countersignedBy: countersigned.by,
    countersignedAt: countersigned.at,
    hash,
  };
}

const CONDITION_STEPS = /^disclosure\.(?:condition|assurance|use-limited)/;

const conditionWords = ({ disclosure }: CaseFile) => ({
  conditions: disclosure.conditions.map(({ no, text: words, status, answeredBy, dueOn }) => ({
    no,
    text: words,
    status,
    answeredBy,
    dueOn,
  })),
  assurances: disclosure.assurances.map(({ no, kind, asked, status, given }) => ({
    no,
    kind,
    asked,
    status,
    signedBy: given?.signedBy ?? '',
  })),
  limits: disclosure.limits.map(({ no, text: words, until }) => ({ no, text: words, until })),
});
