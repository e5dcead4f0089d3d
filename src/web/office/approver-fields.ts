// Whether approvers need a key that cannot leave its device; and whom that would leave without their role today.

import type { Desk } from '../casework/context.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import { sayList } from '../messages.ts';
import type { SettingsView } from './view.ts';

export function approverFields({ page: { t, language, demonstration } }: Desk, view: SettingsView): Html {
  const { typed, approvers } = view;
  const named = (withKey: boolean): string =>
    sayList(
      approvers.filter((one) => one.withKey === withKey).map(({ name }) => name),
      language,
    );
  const line = (key: 'with' | 'without', withKey: boolean): Html | false => {
    const names = named(withKey);
    return names !== '' && html`<li>${t.rich(`office.hardware.${key}`, { names: bdi(names) })}</li>`;
  };
  return html`<section aria-labelledby="approvers-title"><h2 id="approvers-title">${t('office.approvers')}</h2>
<div class="field choices"><label class="choice"><input type="checkbox" name="approvers-need-hardware" value="yes" aria-describedby="hardware-help"${flag('checked', typed.approversNeedHardware)}> <span>${t('office.hardware')}</span></label>
<p class="help" id="hardware-help">${t('office.hardware.help')}</p></div>
<ul>${line('with', true)}${line('without', false)}${approvers.length === 0 && html`<li>${t('office.hardware.nobody')}</li>`}</ul>
${demonstration === true && html`<p class="note">${t('office.hardware.demo')}</p>`}</section>`;
}
