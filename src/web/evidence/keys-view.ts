// Keys of recipients on a page: whose they are, who entered them, and how a second person made sure of them.

import { isConfirmed, READ_DIGITS, type RecipientKey } from '../../app/evidence/reading.ts';
import { actForm, type Shown } from '../carrying-out/act-form.ts';
import { mark, record, records } from '../carrying-out/words.ts';
import { can } from '../casework/context.ts';
import { at } from '../casework/moments.ts';
import { hashGroups } from '../components/hash.ts';
import { bdi, type Html, html } from '../html.ts';

/** What the recipient types to have the digits that they read. */
const FINGERPRINT_COMMAND = `printf %s "age1..." | sha256sum | cut -c1-${READ_DIGITS}`;

export function keysPart(shown: Shown): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { keys } = desk.file.evidence;
  return html`<p>${t('evidence.keysLead')}</p>
${records(
  keys.map((one) => keyRecord(shown, one)),
  t('evidence.noKeys'),
)}
${actForm(shown, {
  act: 'enter-key',
  action: 'evidence.key-enter',
  controls: [
    { id: 'name', kind: 'line', value: desk.file.request.content.requestingAuthority?.name ?? '' },
    { id: 'key', kind: 'text' },
  ],
})}`;
}

function keyRecord(shown: Shown, one: RecipientKey): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { no, name, fingerprint, confirmed } = one;
  const stands = isConfirmed(one);
  const own = one.enteredBy === desk.actor.id;
  // Whoever confirms it types what they hear, and not what stands here.
  const readable = stands || own || !can(desk, 'evidence.key-confirm');
  return record(
    t.rich('evidence.key', { no, name: bdi(name) }),
    stands ? mark(t('evidence.state.key-confirmed'), 'go') : mark(t('evidence.state.key-waits'), 'maybe'),
    [
      t.rich('evidence.keyEntered', { who: bdi(desk.nameOf(one.enteredBy)), at: at(desk, one.enteredAt) }),
      stands && confirmed !== null
        ? t.rich('evidence.keyConfirmed', {
            who: bdi(desk.nameOf(confirmed.by)),
            at: at(desk, confirmed.at),
            how: bdi(confirmed.how),
          })
        : own && t('evidence.keyYours'),
      readable && html`${t('evidence.fingerprint')} ${hashGroups(fingerprint)}`,
      !stands &&
        t.rich('evidence.keyCommand', { command: html`<code dir="ltr" class="hash">${FINGERPRINT_COMMAND}</code>` }),
      html`<details class="act-fold"><summary>${t('evidence.keyWhole')}</summary><code dir="ltr" class="hash">${one.key}</code></details>`,
    ],
    [
      !stands &&
        !own &&
        actForm(shown, {
          act: 'confirm-key',
          action: 'evidence.key-confirm',
          no,
          // Until one is confirmed nothing can be sealed, so this is what waits here.
          primary: !desk.file.evidence.keys.some(isConfirmed),
          controls: [
            { id: 'read', kind: 'line' },
            { id: 'how', kind: 'text' },
          ],
        }),
      actForm(shown, {
        act: 'change-key',
        action: 'evidence.key-enter',
        no,
        controls: [
          { id: 'name', kind: 'line', value: name },
          { id: 'key', kind: 'text' },
        ],
      }),
    ],
  );
}
