// Routes of the evidence tab: objects that come in, whole or part by part, their answers and copies, and packages.

import { type Context, Hono } from 'hono';
import * as custody from '../../app/evidence/custody.ts';
import { type EvidenceObject, FLAG_ANSWERS, type ObjectId } from '../../app/evidence/reading.ts';
import {
  endReceiving,
  endRedacting,
  type Ended,
  MOST_BYTES,
  type Named,
  takeStream,
} from '../../app/evidence/uploading.ts';
import type { Coverage } from '../../domain/evidence/evidence.ts';
import type { Moment } from '../../domain/calendar/moment.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { may } from '../../domain/registry/policy.ts';
import { controlId, type Typed } from '../carrying-out/act-form.ts';
import { type Reading, reading } from '../carrying-out/reading.ts';
import { itemsFrom } from '../carrying-out/words.ts';
import { answered, type Fields, fieldsOf, one, refusalErrors, targetOf } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { can, caseDesk, type CaseDesk, type DeskEnv, nothingHere, signedIn } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { type Prove, prover } from '../deciding/step-up.ts';
import type { Html } from '../html.ts';
import { evidencePage } from './evidence-page.ts';
import { LEAVING, leave } from './leaving-routes.ts';
import { FLAGS_APART } from './objects-view.ts';
import { previewPage } from './preview-page.ts';
import type { EvidenceRoutePorts } from './ports.ts';
import { uploadRoutes } from './upload-routes.ts';

const PATH = '/requests/:reference/evidence';

export function evidenceRoutes(ports: EvidenceRoutePorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const prove = prover(ports.access);
  app.use('/requests/*', signedIn(ports.work));
  app.get(PATH, async (c) => {
    const desk = await caseDesk(c, 'evidence');
    return desk ? c.html(evidencePage(desk, undefined)) : nothingHere(c);
  });
  app.route('/', uploadRoutes(ports));
  app.post(`${PATH}/preview`, (c) => preview(c, ports));
  app.get(`${PATH}/packages/:no{[0-9]+}`, (c) => download(c, ports));
  app.post(`${PATH}/:act`, (c) => post(c, ports, prove));
  return app;
}

type Step = {
  readonly c: Context<DeskEnv>;
  readonly desk: CaseDesk;
  readonly fields: Fields;
  readonly read: Reading;
  readonly ports: EvidenceRoutePorts;
};
type Handler = (step: Step) => Promise<Ended | undefined>;

const objectAt = ({ file }: CaseDesk, no: number): EvidenceObject | undefined =>
  file.evidence.objects.find((object) => object.no === no);

const ACTS: { readonly [act: string]: Handler } = {
  receive: async ({ c, desk, fields, read, ports }) => {
    const said = {
      task: Number(one(fields, 'task')),
      receivedFrom: read.text('receivedFrom'),
      covers: coversIn(fields),
    };
    const named = namedIn(fields);
    return named && endReceiving(desk.work, ports.evidence, desk.actor, targetOf(c, fields), { ...said, ...named });
  },
  redact: async ({ c, desk, fields, read, ports }) => {
    const of = objectAt(desk, read.no)?.object ?? ('' as ObjectId);
    const said = { of, removed: read.text('removed'), covers: coversIn(fields) };
    const named = namedIn(fields);
    return named && endRedacting(desk.work, ports.evidence, desk.actor, targetOf(c, fields), { ...said, ...named });
  },
  'answer-flag': async ({ c, desk, fields, read }) => {
    const object = objectAt(desk, Math.floor(read.no / FLAGS_APART))?.object ?? ('' as ObjectId);
    const say = read.choice('say', FLAG_ANSWERS);
    if (read.faults.length > 0) return undefined;
    const answer = { object, flag: read.no % FLAGS_APART, say, reasons: read.text('reasons') };
    return custody.answerFlag(desk.work, desk.actor, targetOf(c, fields), answer);
  },
  'enter-key': ({ c, desk, fields, read }) => custody.enterKey(desk.work, desk.actor, targetOf(c, fields), keyIn(read)),
  'change-key': ({ c, desk, fields, read }) =>
    custody.enterKey(desk.work, desk.actor, targetOf(c, fields), { ...keyIn(read), no: read.no }),
  'confirm-key': ({ c, desk, fields, read }) =>
    custody.confirmKey(desk.work, desk.actor, targetOf(c, fields), {
      no: read.no,
      read: read.text('read'),
      how: read.text('how'),
    }),
  confirm: ({ c, desk, fields, read }) =>
    custody.confirmPackage(desk.work, desk.actor, targetOf(c, fields), {
      package: packageAt(desk, read.no),
      sha256: read.text('sha256'),
      by: read.text('by'),
    }),
};

/** A key is pasted with whatever stands around it. */
const keyIn = (read: Reading) => ({ no: null, name: read.text('name'), key: read.lines('key').join('') });
const ofCase = ({ actor, file }: CaseDesk) => ({ by: actor.id, caseId: file.id });
const packageAt = ({ file }: CaseDesk, no: number): string =>
  file.evidence.packages.find((made) => made.no === no)?.package ?? '';

/** Beside which field a refusal stands. */
const FIELD_OF: { readonly [code: string]: string } = {
  'evidence.from-missing': 'receivedFrom',
  'evidence.no-such-task': 'task',
  'evidence.task-not-running': 'task',
  'evidence.covers-missing': 'covers',
  'evidence.dates-half': 'from',
  'evidence.dates-unread': 'from',
  'evidence.dates-reversed': 'from',
  'evidence.empty': 'file',
  'evidence.name-missing': 'file',
  'evidence.already-received': 'file',
  'evidence.no-objects': 'objects',
  'evidence.recipient-key': 'key',
  'evidence.key-known': 'key',
  'evidence.key-name-missing': 'name',
  'evidence.fingerprint-short': 'read',
  'evidence.other-fingerprint': 'read',
  'evidence.no-keys': 'keys',
  'evidence.no-such-key': 'keys',
  'evidence.key-not-confirmed': 'keys',
  'evidence.keys-of-two': 'keys',
  'evidence.keys-mixed': 'keys',
  'evidence.recipient-missing': 'to',
  'evidence.how-missing': 'how',
  'evidence.confirmed-by-missing': 'by',
  'evidence.other-hash': 'sha256',
  'evidence.no-redaction': 'say',
};
/** Fields of reasons, of which a form has one. */
const REASONS = ['reasons', 'removed', 'purpose', 'how'];

async function post(c: Context<DeskEnv>, ports: EvidenceRoutePorts, prove: Prove): Promise<Response> {
  const act = c.req.param('act') ?? '';
  const leaves = Object.hasOwn(LEAVING, act);
  const handler = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
  const desk = handler || leaves ? await caseDesk(c, 'evidence') : undefined;
  if (!desk) return nothingHere(c);
  const fields = await filled(c, desk, act, ports);
  const read = reading(desk, 'evidence', act, fields);
  const typed = (errors: readonly FieldError[]): Typed => ({ act, no: read.no, fields, errors });
  const acted = leaves
    ? await leave(c, ports, prove, act, { desk, fields, read })
    : await handler?.({ c, desk, fields, read, ports });
  if (acted instanceof Response) return acted;
  const at = (id: string): string => controlId(act, read.no, id);
  if (acted === undefined) {
    const missing = { field: at('file'), message: desk.page.t('evidence.fault.file') };
    return c.html(evidencePage(desk, typed(read.faults.length > 0 ? read.faults : [missing])), 422);
  }
  if (acted.is === 'unfinished')
    return c.html(
      evidencePage(desk, typed([{ field: at('file'), message: desk.page.t('evidence.fault.unfinished') }])),
      422,
    );
  const copied = act === 'copy' && acted.is === 'done' ? objectAt(desk, read.no) : undefined;
  const source = copied && (await ports.evidence.objects.open(copied.object, ofCase(desk)));
  // It stands on record to whom and for what before it is given out.
  if (copied && source) return attachment(c, copied.name, source, copied.size);
  return answered(c, acted, casePath(desk.file.reference, 'evidence'), (errors, refusals) =>
    again(c, refusals.length === 0 ? errors : placed(desk, refusals, fields, at), typed),
  );
}

function placed(
  desk: CaseDesk,
  refusals: readonly Refusal[],
  fields: Fields,
  at: (id: string) => string,
): FieldError[] {
  return refusals.flatMap((refusal) => {
    const wanted = refusal.code === 'evidence.reasons-missing' ? REASONS : [FIELD_OF[refusal.code] ?? '', 'recipient'];
    const field = wanted.find((id) => Object.hasOwn(fields, id)) ?? FIELD_OF[refusal.code];
    return refusalErrors(desk, [refusal], field ? { [refusal.code]: at(field) } : {});
  });
}

async function again(
  c: Context<DeskEnv>,
  errors: readonly FieldError[],
  typed: (errors: readonly FieldError[]) => Typed,
): Promise<Html> {
  const desk = await caseDesk(c, 'evidence');
  if (!desk) throw new Error('the case was there a moment ago');
  return evidencePage(desk, typed(errors));
}

/** What an object holds, as the form says it. */
function coversIn(fields: Fields): Coverage[] {
  const day = (id: string): Moment | null => (one(fields, id) === '' ? null : (one(fields, id) as Moment));
  const time = { from: day('from'), to: day('to') };
  const asked = itemsFrom(fields['covers'] ?? []).map(({ target, category }) => ({
    account: target,
    category,
    ...time,
  }));
  const account = one(fields, 'otherAccount').trim();
  const others = fields['otherCategory'] ?? [];
  const beyond = (others.length === 0 && account !== '' ? [''] : others).map((category) => ({
    account,
    category,
    ...time,
  }));
  return [...asked, ...beyond];
}

/** What the form says of a file that arrived: with it now, in parts before it, or with the same form when it could not be done. */
const namedIn = (fields: Fields): Named | undefined =>
  one(fields, 'upload') === ''
    ? undefined
    : {
        upload: one(fields, 'upload') as ObjectId,
        name: one(fields, 'fileName'),
        mediaType: mediaTypeOf(one(fields, 'fileName'), one(fields, 'fileType')),
      };

/** The fields of a form. A file that came with it is in the store, and stands in the fields as one that was uploaded before. */
async function filled(c: Context<DeskEnv>, desk: CaseDesk, act: string, { evidence, sha256 }: EvidenceRoutePorts) {
  const { streamed } = c.var;
  if (streamed === undefined) return fieldsOf(c);
  if (!may(desk.actor.roles, act === 'redact' ? 'evidence.redact' : 'evidence.receive')) return {};
  const arrived: { [name: string]: string[] } = {};
  const most = Number(c.req.header('content-length') ?? MOST_BYTES);
  const fields = await streamed.read(async ({ name, type, bytes }) => {
    const begun = await takeStream(desk.work, evidence, desk.actor, desk.file.reference, bytes, most, sha256);
    if (begun.is !== 'begun') return;
    const { id, size } = begun.upload;
    Object.assign(arrived, { upload: [id], fileName: [name], fileType: [type], fileSize: [String(size)] });
  });
  return { ...fields, ...arrived };
}

/** The kind of a file by the ending of its name where the browser does not know: it decides how it may be previewed, no more. */
const ENDINGS: { readonly [ending: string]: string } = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
  eml: 'message/rfc822',
  mbox: 'application/mbox',
  zip: 'application/zip',
};
const UNKNOWN = 'application/octet-stream';
function mediaTypeOf(name: string, said: string): string {
  if (said !== UNKNOWN && /^[a-z]+\/[\w.+-]{1,80}$/.test(said)) return said;
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  return (Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined) ?? UNKNOWN;
}

async function preview(c: Context<DeskEnv>, { evidence }: EvidenceRoutePorts): Promise<Response> {
  const fields = await fieldsOf(c);
  // Oversight writes in no case: that it looked is a reading, as whatever else it reads.
  const watching = can(c.var.desk, 'oversight.read');
  const before = await caseDesk(c, watching ? 'preview' : 'evidence');
  const object = before && objectAt(before, Number(one(fields, 'no')));
  if (!before || !object) return nothingHere(c);
  if (!watching) {
    const seen = { object: object.object, how: 'preview' } as const;
    // On record first: whoever sees something and breaks off has seen it.
    const acted = await custody.seeObject(before.work, before.actor, targetOf(c, fields), seen);
    if (acted.is !== 'done') return nothingHere(c);
  }
  const source = await evidence.objects.open(object.object, ofCase(before));
  if (source === undefined) return nothingHere(c);
  const made = await evidence.preview(source, object.mediaType, object.size);
  const desk = watching ? before : await caseDesk(c, 'evidence');
  return desk ? c.html(previewPage(desk, object, made)) : nothingHere(c);
}

async function download(c: Context<DeskEnv>, { evidence }: EvidenceRoutePorts): Promise<Response> {
  const desk = await caseDesk(c, 'evidence');
  if (!desk || !may(desk.actor.roles, 'evidence.package')) return nothingHere(c);
  const made = desk.file.evidence.packages.find(({ no }) => no === Number(c.req.param('no')));
  const source = made && (await evidence.packages.open(made.package));
  return made && source
    ? attachment(c, `${desk.file.reference}-${made.no}.tar.age`, source, made.size)
    : nothingHere(c);
}

/** Bytes handed out as a file as they come, whatever their length; they run nowhere. */
function attachment(c: Context<DeskEnv>, name: string, source: AsyncIterable<Uint8Array>, size: number): Response {
  const plain = name.replace(/[^\w. -]/g, '_');
  return c.body(ReadableStream.from(source) as ReadableStream<Uint8Array>, 200, {
    'content-type': 'application/octet-stream',
    'content-length': String(size),
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
}
