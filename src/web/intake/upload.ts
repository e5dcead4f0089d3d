// A file that came with a form: its name and bytes, no more of it than fits, and nothing of it understood here.

import type { Context } from 'hono';
import type { Uploaded } from '../../app/casework/front-desk.ts';
import type { DeskEnv } from '../casework/context.ts';

/** The most that is taken of an upload; a scanned letter of fifty pages fits. */
export const MAX_UPLOAD = 26_214_400;
/** The addresses that take more than other forms do. */
export const UPLOADS =
  /^\/requests\/(?:new\/(?:file|letter)|[A-Z]{2}-\d{4}-\d{6,}\/(?:supplement\/file|evidence\/uploads\/[0-9a-f-]{36}))$/;

/** The file of the field `file`; undefined when none was chosen. */
export async function uploadedIn(c: Context<DeskEnv>): Promise<Uploaded | undefined> {
  const file = (await c.req.parseBody())['file'];
  if (!(file instanceof File) || file.size === 0) return undefined;
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** What somebody sent us, handed out as a file and never shown: whatever is in it runs nowhere (and not under our name). */
export function asAttachment(c: Context<DeskEnv>, name: string, mediaType: string, bytes: Uint8Array): Response {
  const plain = name.replace(/[^\w. -]/g, '_');
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': mediaType === 'application/json' ? 'application/json; charset=utf-8' : mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
}
