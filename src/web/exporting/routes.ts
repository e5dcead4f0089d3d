// /requests/<reference>/export: the copy of a whole case, for whom the policy lets, after proof of who is there.

import { type Context, Hono } from 'hono';
import type { Casework } from '../../app/casework/casework.ts';
import type { ExportPorts } from '../../app/casework/export-ports.ts';
import { exportCase, exportingHash } from '../../app/casework/exporting.ts';
import { fieldsOf, refusalErrors } from '../casework/answers.ts';
import { can, caseDesk, type CaseDesk, type DeskEnv, nothingHere, signedIn } from '../casework/context.ts';
import { prover } from '../deciding/step-up.ts';
import type { AccessPorts } from '../session.ts';
import { exportPage } from './export-page.ts';

type Ports = { readonly work: Casework; readonly exporting: ExportPorts; readonly access: AccessPorts };

const AT = '/requests/:reference/export';

export function exportRoutes({ work, exporting, access }: Ports): Hono<DeskEnv> {
  const prove = prover(access);
  const deskOf = async (c: Context<DeskEnv>): Promise<CaseDesk | undefined> =>
    can(c.var.desk, 'case.export') ? caseDesk(c, 'export') : undefined;
  return new Hono<DeskEnv>()
    .use(AT, signedIn(work))
    .get(AT, async (c) => {
      const desk = await deskOf(c);
      return desk ? c.html(exportPage(desk, { hash: exportingHash(work, desk.file), errors: [] })) : nothingHere(c);
    })
    .post(AT, async (c) => {
      const desk = await deskOf(c);
      if (desk === undefined) return nothingHere(c);
      const hash = exportingHash(work, desk.file);
      const wrong = await prove(c, await fieldsOf(c), hash);
      if (wrong.length > 0) return c.html(exportPage(desk, { hash, errors: wrong }), 422);
      const { reference } = desk.file;
      const done = await exportCase(work, exporting, desk.actor, reference, desk.page.language);
      switch (done.is) {
        case 'exported':
          return new Response(streamOf(done.archive), {
            headers: {
              'content-type': 'application/x-tar',
              // A reference is letters, digits and hyphens.
              'content-disposition': `attachment; filename="${done.folder}.tar"`,
              'cache-control': 'no-store',
            },
          });
        case 'refused':
          return c.html(exportPage(desk, { hash, errors: refusalErrors(desk, done.refusals) }), 422);
        case 'conflict': {
          const errors = [{ field: '', message: desk.page.t('casework.conflict') }];
          return c.html(exportPage({ ...desk, file: done.file }, { hash, errors }), 409);
        }
        case 'absent':
        case 'not-allowed':
          return nothingHere(c);
      }
    });
}

/** Each piece is made when the reader is ready for it. A defect on the way breaks the download off: it has no manifest then. */
function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const all = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await all.next();
      if (next.done) controller.close();
      else if (next.value.length > 0) controller.enqueue(next.value);
    },
  });
}
