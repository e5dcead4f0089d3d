// What is known about the case and who says so: the request, an officer, people's judgement, or this node's register.

import { knownFacts, type Known } from '../../app/casework/assessing.ts';
import { seenBy } from '../../app/casework/blinding.ts';
import { keyOf, nameOf } from '../../app/casework/drafts.ts';
import type { Assessed } from '../../app/assess-request.ts';
import { say } from '../../kernel/language.ts';
import { valueText } from '../check/words.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { questionPath } from './paths.ts';

export function knownPart(desk: CaseDesk, assessed: Assessed): Html {
  const { t } = desk.page;
  const known = knownFacts(desk.work.law, seenBy(desk.file, desk.actor), assessed);
  return html`<details class="fold case-fold" id="known"><summary>${t('assessment.known', { count: known.length })}</summary>
<dl class="known">${known.map((one) => knownRow(desk, one))}</dl></details>`;
}

function knownRow(desk: CaseDesk, known: Known): Html {
  const { page, file } = desk;
  const { spec, value, origin } = known;
  const changeable =
    !file.closed &&
    ((origin.is === 'judgement' && can(desk, 'assessment.answer')) ||
      (origin.is === 'officer' && can(desk, 'assessment.state')));
  return html`<div><dt>${say(spec.label, page.language)}</dt><dd><b>${valueText(page, spec, value)}</b></dd>
<dd class="cite">${originText(desk, known)}${changeable && html` · <a class="ds-link" href="${questionPath(file.reference, spec.id)}">${page.t('check.change')}<span class="ds-sr-only"> ${say(spec.label, page.language)}</span></a>`}</dd></div>`;
}

export function originText(desk: CaseDesk, { origin }: Pick<Known, 'origin'>): Fragment {
  const { t } = desk.page;
  switch (origin.is) {
    case 'request':
      return t.rich('assessment.from.request', {
        place: html`<a class="ds-link" href="${casePath(desk.file.reference)}#f-${nameOf(origin.pointer)}">${placeText(desk, origin.pointer)}</a>`,
      });
    case 'officer':
      return t.rich('assessment.from.officer', { name: bdi(desk.nameOf(origin.by)), basis: bdi(origin.basis) });
    case 'judgement':
      return t.rich('assessment.from.judgement', {
        names: html`${origin.answers.map(({ by }, i) => [i > 0 && ' · ', bdi(desk.nameOf(by))])}`,
      });
    case 'register':
      return t('assessment.from.register');
  }
}

/** A place in the request in words of its form: "Provision, offence 1". */
function placeText({ page: { t } }: CaseDesk, pointer: string): Fragment {
  const parts = nameOf(pointer).split('.');
  const words = parts.flatMap((part, at): Fragment[] => {
    const key = keyOf(`/${parts.slice(0, at + 1).join('/')}`);
    if (/^\d+$/.test(part))
      return t.has(`request.item.${key}`) ? [t(`request.item.${key}`, { n: Number(part) + 1 })] : [];
    const last = at === parts.length - 1;
    return (last || at === 0) && t.has(`request.field.${key}`) ? [t(`request.field.${key}`)] : [];
  });
  return words.length === 0 ? bdi(pointer) : html`${words.map((word, i) => [i > 0 && ' › ', word])}`;
}
