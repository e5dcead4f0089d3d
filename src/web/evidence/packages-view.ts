// Packages on a page: what was made for whom, its hash, its time stamp, and how it left; and the form that makes one.

import {
  isConfirmed,
  type Made,
  objectOf,
  READ_DIGITS,
  releaseOf,
  standsInTheWay,
} from '../../app/evidence/reading.ts';
import { actForm, type Shown } from '../carrying-out/act-form.ts';
import { mark, record, records } from '../carrying-out/words.ts';
import { can } from '../casework/context.ts';
import { casePath } from '../casework/tabs.ts';
import { at } from '../casework/moments.ts';
import { hashGroups } from '../components/hash.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayBytes, sayNumbers } from './bytes.ts';

export function packagesPart(shown: Shown, ready: boolean): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { evidence } = desk.file;
  // What is made and still here is handed over before another one is made.
  const waiting = evidence.packages.findLast((one) => one.handedOver.length === 0);
  const list = records(
    evidence.packages.map((one) => packageRecord(shown, one, one === waiting)),
    t('evidence.noPackages'),
  );
  const release = releaseOf(desk.file);
  const fit = evidence.objects.filter(
    ({ object }) => standsInTheWay(evidence, release, [object], desk.actor.id).length === 0,
  );
  if (!ready || fit.length === 0)
    return html`${list}${ready && evidence.objects.length > 0 && can(desk, 'evidence.package') && html`<p class="cite">${t('evidence.nothingFit')}</p>`}`;
  const keys = evidence.keys.filter(isConfirmed);
  if (keys.length === 0)
    return html`${list}${can(desk, 'evidence.package') && html`<p class="cite">${t('evidence.noConfirmedKey')}</p>`}`;
  return html`${list}<h3>${t('evidence.make')}</h3>${actForm(shown, {
    act: 'make-package',
    action: 'evidence.package',
    primary: evidence.packages.length === 0,
    controls: [
      {
        id: 'objects',
        kind: 'boxes',
        options: fit.map(({ object, no, name }) => ({
          value: object,
          text: t.rich('evidence.object', { no, name: bdi(name) }),
          checked: true,
        })),
      },
      {
        id: 'keys',
        kind: 'boxes',
        options: keys.map(({ no, name, fingerprint }) => ({
          value: fingerprint,
          text: html`${t.rich('evidence.key', { no, name: bdi(name) })} ${hashGroups(fingerprint.slice(0, READ_DIGITS))}`,
          checked: keys.length === 1,
        })),
      },
      { id: 'purpose', kind: 'text' },
    ],
  })}`;
}

function packageRecord(shown: Shown, one: Made, waits: boolean): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { evidence, reference } = desk.file;
  const numbers = one.objects.map((id) => objectOf(evidence, id)?.no).filter((no) => no !== undefined);
  return record(
    t.rich('evidence.package', { no: one.no, to: bdi(one.recipient.name) }),
    one.confirmed
      ? mark(t('evidence.state.confirmed'), 'go')
      : one.handedOver.length > 0
        ? mark(t('evidence.state.handed-over'), 'open')
        : mark(t('evidence.state.made'), 'maybe'),
    [
      t.rich('evidence.madeBy', { who: bdi(desk.nameOf(one.by)), at: at(desk, one.at) }),
      t('evidence.holds', { list: sayNumbers(desk.page, numbers) }),
      html`${t('evidence.field.purpose')}: ${bdi(one.purpose)}`,
      one.timeStamp
        ? t.rich('evidence.stamped', { authority: bdi(one.timeStamp.authority), at: at(desk, one.timeStamp.at) })
        : t('evidence.notStamped'),
      html`${sayBytes(desk, one.size)} · SHA-256 <code dir="ltr" class="hash">${one.sha256}</code>`,
      ...one.handedOver.map(({ to, how, by, at: when }) =>
        t.rich('evidence.handedOver', { to: bdi(to), how: bdi(how), who: bdi(desk.nameOf(by)), at: at(desk, when) }),
      ),
      one.confirmed && t.rich('evidence.confirmed', { who: bdi(one.confirmed.by), at: at(desk, one.confirmed.at) }),
      can(desk, 'evidence.package') &&
        html`<a class="ds-link" href="${casePath(reference, 'evidence')}/packages/${one.no}" download>${t('evidence.download')}</a>`,
    ],
    [
      actForm(shown, {
        act: 'hand-over',
        action: 'evidence.hand-over',
        no: one.no,
        primary: waits,
        controls: [
          { id: 'to', kind: 'line', value: one.recipient.name },
          { id: 'how', kind: 'line' },
        ],
      }),
      one.handedOver.length > 0 &&
        !one.confirmed &&
        actForm(shown, {
          act: 'confirm',
          action: 'evidence.hand-over',
          no: one.no,
          controls: [
            { id: 'sha256', kind: 'line' },
            { id: 'by', kind: 'line' },
          ],
        }),
    ],
  );
}
