// Use case: a copy of a whole case that outsiders can read and check, of docs/spec/case-export.md. Handing it out is a step too.

import type { CaseEvent, CaseFile, Recorded, Reference } from '../../domain/docket/case-file.ts';
import { noteExport } from '../../domain/docket/decide.ts';
import type { By, PersonId } from '../../domain/registry/person.ts';
import { may } from '../../domain/registry/policy.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import type { Language } from '../../kernel/language.ts';
import { Defect } from '../../kernel/outcome.ts';
import { type Acted, step } from './act.ts';
import type { Casework } from './casework.ts';
import type { CaseExport, ExportFile, ExportPorts, OpenedStep } from './export-ports.ts';
import type { Actor, Document } from './ports.ts';
import { placedSteps } from './step-receipt.ts';

export type Exported =
  | {
      readonly is: 'exported';
      /** The name of the archive's one folder. */
      readonly folder: Reference;
      /** SHA-256 of case.json, as the case has it on record. */
      readonly sha256: string;
      /** The archive (tar) as it is made. */
      readonly archive: AsyncIterable<Uint8Array>;
    }
  | Exclude<Acted, { readonly is: 'done' }>;

/** Who takes the copy: a person of the office, or the operator at the machine, who may open nothing that is sealed. */
export type Taker = Actor | 'operator';

/** The case may move on while the copy is made; then it is made anew. */
const TRIES = 3;

/** Endings by which a reader's machine knows what to open a document with; whatever else it is, is data. */
const ENDINGS: { readonly [mediaType: string]: string } = {
  'application/pdf': 'pdf',
  'application/json': 'json',
  'text/plain': 'txt',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

/**
 * Makes the copy and puts on record who took it. Absent and sealed to whoever asks look alike. Of a reader from oversight the
 * reading is recorded, and the node notes the step: oversight itself writes in no case.
 */
export async function exportCase(
  work: Casework,
  ports: ExportPorts,
  taker: Taker,
  reference: Reference,
  language: Language,
): Promise<Exported> {
  if (taker !== 'operator' && !may(taker.roles, 'case.export')) return { is: 'not-allowed' };
  const by: By = taker === 'operator' ? 'clock' : taker.id;
  const writes = taker !== 'operator' && !may(taker.roles, 'oversight.read');
  let acted: Acted = { is: 'absent' };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const file = await read(work, taker, reference);
    if (file === undefined) return { is: 'absent' };
    const copy = { by: taker === 'operator' ? null : taker.id, steps: file.version };
    const refused = noteExport(file, { ...copy, sha256: '' });
    if (!refused.ok) return { is: 'refused', refusals: refused.faults };
    const made = await copyOf(work, ports, by, file);
    const text = canonicalJson(made as unknown as Json);
    const sha256 = work.world.hash(text);
    acted = await step(work, writes ? by : 'clock', { reference, version: file.version }, (now) =>
      noteExport(now, { ...copy, sha256 }),
    );
    if (acted.is === 'conflict') continue;
    if (acted.is !== 'done') return acted;
    const files = filesOf(work, ports, made, text, by, language);
    return { is: 'exported', folder: reference, sha256, archive: ports.archive(reference, files) };
  }
  return acted;
}

/** The name of exactly this act: a copy of this case. */
export const exportingHash = ({ world }: Pick<Casework, 'world'>, { id, reference }: CaseFile): string =>
  world.hash(canonicalJson({ act: 'case.export', id, reference }));

/** The case for whoever takes it: for the operator as the clock sees it, and not opened where it is sealed. */
const read = (work: Casework, taker: Taker, reference: Reference): Promise<CaseFile | undefined> =>
  taker === 'operator'
    ? work.store.transaction('clock', (tx) => tx.load(reference))
    : work.store.read(taker.id, reference, 'export');

async function copyOf(work: Casework, ports: ExportPorts, by: By, file: CaseFile): Promise<CaseExport> {
  const steps = await placedSteps(ports, by, file);
  const documents = await documentsOf(work, by, file);
  const { name, state } = work.office();
  return {
    form: 'rogatory/case-export/v1',
    exportedAt: work.world.now(),
    office: { name, state },
    case: { id: file.id, reference: file.reference, sealed: file.sealed },
    length: steps.length,
    steps,
    people: await work.store.names(peopleIn(steps, documents)),
    documents,
    log: ports.log ? { vkey: ports.log.vkey } : null,
  };
}

/** One after the other, so that no more than one of them is in memory. */
async function documentsOf(work: Casework, by: By, { id: caseId }: CaseFile): Promise<CaseExport['documents']> {
  const found: CaseExport['documents'][number][] = [];
  for (const one of await work.store.documents(by, caseId)) {
    const there = (await work.files.get(one.sha256, { by, caseId })) !== undefined;
    found.push({ ...one, path: there ? `documents/${one.sha256}.${ENDINGS[one.mediaType] ?? 'bin'}` : null });
  }
  return found;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Everybody who acted or is named; ids of other things have no name and fall out. */
function peopleIn(steps: readonly OpenedStep[], documents: readonly Document[]): PersonId[] {
  const found = new Set(steps.flatMap(({ actor, body }) => [actor as string, ...(body.match(UUID) ?? [])]));
  for (const { addedBy } of documents) if (addedBy !== null) found.add(addedBy);
  found.delete('clock');
  return [...found] as PersonId[];
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function filesOf(
  work: Casework,
  ports: ExportPorts,
  made: CaseExport,
  text: string,
  by: By,
  language: Language,
): ExportFile[] {
  const { page, css } = ports.readable(made, made.steps.map(recorded), language);
  const whole = (path: string, content: string): ExportFile => ({ path, bytes: async () => utf8(content) });
  const paths = new Map(made.documents.flatMap(({ path, sha256 }) => (path === null ? [] : [[path, sha256] as const])));
  return [
    whole('case.json', text),
    whole('index.html', page),
    whole('export.css', css),
    ...[...paths].map(
      ([path, sha256]): ExportFile => ({
        path,
        bytes: async () => {
          const bytes = await work.files.get(sha256, { by, caseId: made.case.id as CaseFile['id'] });
          if (bytes === undefined) throw new Defect(`the file ${sha256} went while it was exported`);
          return bytes;
        },
      }),
    ),
  ];
}

const recorded = ({ seq, at, actor, body }: OpenedStep): Recorded => ({
  seq,
  at,
  by: actor,
  event: JSON.parse(body) as CaseEvent,
});
