// /notice: for people concerned, without an account, a script, or anything kept of their visit.
// Attacker: tries codes, or has another page send them; floods the office with complaints.

import { type Context, Hono } from 'hono';
import { complain, type NoticeDoor, type Opened, openNotice } from '../../app/notice/door.ts';
import { placesOf, toldFile } from '../../app/notice/told-file.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { WebEnv } from '../context.ts';
import type { Html } from '../html.ts';
import { rateLimit } from '../log/rate-limit.ts';
import { readFields } from '../session.ts';
import { KINDS } from './answer-part.ts';
import { codePage } from './code-page.ts';
import { storyPage } from './story-page.ts';
import type { StoryView } from './story-view.ts';

export type NoticePorts = NoticeDoor & { readonly addressOf: (c: Context) => string };

/** Enough for whoever mistypes, and for a household behind one address. */
const ANSWERS_A_MINUTE = 20;

export function noticeRoutes(door: NoticePorts): Hono<WebEnv> {
  const tooMany = rateLimit(ANSWERS_A_MINUTE, door.timer.now);
  return new Hono<WebEnv>()
    .get('/notice', (c) => c.html(codePage(c.var.page)))
    .post('/notice', async (c) => {
      const { page } = c.var;
      if (tooMany(door.addressOf(c))) {
        const slower = [{ field: '', message: page.t('notice.fault.slower') }];
        return c.html(codePage(page, slower), 429, { 'retry-after': '60' });
      }
      const fields = await readFields(c);
      const code = fields.get('code') ?? '';
      const opened = await openNotice(door, code);
      // One answer, in the same words and after the same time, whatever the reason.
      if (opened === undefined)
        return c.html(codePage(page, [{ field: 'code', message: page.t('notice.fault.nothing') }]), 422);
      const typed = { kind: kindOf(fields.get('kind')), text: fields.get('text') ?? '' };
      switch (fields.get('do')) {
        case 'file':
          return fileOf(door, opened);
        case 'complain':
          return answering(c, door, opened, code, typed);
        case 'stay':
          return c.html(await shown(c, door, opened, { code, typed }));
        default:
          return c.html(await shown(c, door, opened, { code }));
      }
    });
}

type Kind = (typeof KINDS)[number];
const kindOf = (text: string | undefined): Kind => KINDS.find((one) => one === text) ?? 'complaint';

type Part = Pick<StoryView, 'code'> & Partial<Pick<StoryView, 'typed' | 'errors' | 'received'>>;

async function shown(c: Context<WebEnv>, door: NoticeDoor, opened: Opened, part: Part): Promise<Html> {
  return storyPage({
    page: c.var.page,
    work: door.work,
    story: opened.story,
    places: await placesOf(door, opened),
    typed: { kind: 'complaint', text: '' },
    errors: [],
    received: null,
    ...part,
  });
}

async function answering(
  c: Context<WebEnv>,
  door: NoticeDoor,
  opened: Opened,
  code: string,
  typed: { readonly kind: Kind; readonly text: string },
): Promise<Response> {
  const answer = await complain(door, opened, typed);
  if (answer.is === 'received') {
    // What came in is shown from the record, as it now is.
    const now = await openNotice(door, code);
    return c.html(await shown(c, door, now ?? opened, { code, received: answer.no }));
  }
  const errors: FieldError[] = [{ field: 'text', message: c.var.page.t(`notice.fault.${answer.is}`) }];
  return c.html(await shown(c, door, opened, { code, typed, errors }), 422);
}

async function fileOf(door: NoticeDoor, opened: Opened): Promise<Response> {
  return new Response(await toldFile(door, opened), {
    headers: {
      'content-type': 'application/json',
      // A reference is letters, digits and hyphens.
      'content-disposition': `attachment; filename="${opened.story.reference}-notice.json"`,
      'cache-control': 'no-store',
    },
  });
}
