// The letters of a case over the web: the list, issuing one, and the printed letter itself as it was kept.

import { Hono } from 'hono';
import type { Casework } from '../../app/casework/act.ts';
import { issueLetter, type Letters } from '../../app/casework/letters.ts';
import { isLanguage } from '../../kernel/language.ts';
import { answered, fieldsOf, one, targetOf } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { caseDesk, type DeskEnv, nothingHere, withNames } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { lettersPage } from './letters-page.ts';

export function lettersRoutes(work: Casework, letters: Letters): Hono<DeskEnv> {
  return new Hono<DeskEnv>()
    .get('/requests/:reference/letters', async (c) => {
      const desk = await caseDesk(c, 'letters');
      if (!desk) return nothingHere(c);
      const documents = await work.store.documents(desk.actor.id, desk.file.id);
      return c.html(lettersPage(desk, { documents, errors: [] }));
    })
    .post('/requests/:reference/letters', async (c) => {
      const { desk } = c.var;
      const fields = await fieldsOf(c);
      const target = targetOf(c, fields);
      const typed = { letter: one(fields, 'letter'), language: one(fields, 'language') };
      const language = isLanguage(typed.language) ? typed.language : 'en';
      const acted = await issueLetter(work, letters, desk.actor, target, { key: typed.letter, language });
      const again = async (errors: readonly FieldError[]) => {
        const now = acted.is === 'conflict' ? await withNames(desk, acted.file) : await caseDesk(c, 'letters');
        if (!now) return '' as never;
        const documents = await work.store.documents(desk.actor.id, now.file.id);
        return lettersPage(now, { documents, errors, typed });
      };
      return answered(c, acted, casePath(target.reference, 'letters'), again, { 'letters.no-cause': 'letter' });
    })
    .get('/requests/:reference/letters/:document', async (c) => {
      const desk = await caseDesk(c, 'letters');
      const letter = desk?.file.letters.find(({ document }) => document === c.req.param('document'));
      if (!desk || !letter) return nothingHere(c);
      const document = (await work.store.documents(desk.actor.id, desk.file.id)).find(
        ({ id }) => id === letter.document,
      );
      const bytes = document && (await work.files.get(document.sha256, { by: desk.actor.id, caseId: desk.file.id }));
      if (!document || !bytes) return nothingHere(c);
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': document.mediaType,
        // The name is made of a reference, a kind and a language: letters, digits and hyphens.
        'content-disposition': `attachment; filename="${document.name}"`,
      });
    });
}
