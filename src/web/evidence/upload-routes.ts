// Parts of an upload over HTTP: each a PUT with Content-Range (RFC 9110) and Content-Digest (RFC 9530). For the script of the page.

import { type Context, Hono } from 'hono';
import { beginUpload, dropUpload, takePart } from '../../app/evidence/uploading.ts';
import type { ObjectId } from '../../app/evidence/reading.ts';
import type { Reference } from '../../domain/docket/case-file.ts';
import type { DeskEnv } from '../casework/context.ts';
import type { EvidenceRoutePorts } from './ports.ts';

const PATH = '/requests/:reference/evidence/uploads';
const ID = ':id{[0-9a-f-]{36}}';
const STATUS = { absent: 404, 'not-allowed': 404, 'too-large': 413, 'too-many': 429 } as const;

export function uploadRoutes({ work, evidence, sha256 }: EvidenceRoutePorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const reference = (c: Context<DeskEnv>) => c.req.param('reference') as Reference;
  const id = (c: Context<DeskEnv>) => c.req.param('id') as ObjectId;

  app.post(PATH, async (c) => {
    const body = (await c.req.json().catch(() => null)) as { size?: unknown } | null;
    const begun = await beginUpload(work, evidence, c.var.desk.actor, reference(c), Number(body?.size));
    if (begun.is !== 'begun') return c.json({ is: begun.is }, STATUS[begun.is]);
    return c.json(begun.upload, 201);
  });
  app.get(`${PATH}/${ID}`, async (c) => {
    const upload = await evidence.uploads.find(c.var.desk.actor.id, id(c));
    return upload ? c.json(upload) : c.json({ is: 'absent' }, 404);
  });
  app.put(`${PATH}/${ID}`, async (c) => {
    const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(c.req.header('content-range') ?? '');
    const digest = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(c.req.header('content-digest') ?? '');
    const part = new Uint8Array(await c.req.arrayBuffer());
    const [from, to] = [Number(range?.[1]), Number(range?.[2])];
    if (!range || !digest || to - from + 1 !== part.length) return c.json({ is: 'unreadable' }, 400);
    const said = Buffer.from(digest[1] ?? '', 'base64').toString('hex');
    const taken = await takePart(evidence, c.var.desk.actor, id(c), from, part, { sha256: said, is: sha256(part) });
    const status = { taken: 200, 'out-of-order': 409, damaged: 422, 'other-file': 409, absent: 404 } as const;
    return c.json(taken, status[taken.is]);
  });
  app.delete(`${PATH}/${ID}`, async (c) =>
    (await dropUpload(work, evidence, c.var.desk.actor, id(c))) ? c.body(null, 204) : c.json({ is: 'absent' }, 404),
  );
  return app;
}
