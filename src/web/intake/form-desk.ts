// What the pages of a form share: whose form it is, where its pages are, and how far it is.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import { type Begun, pagesOf, type StepProgress } from '../../app/casework/drafts.ts';
import { casePath } from '../casework/tabs.ts';
import type { Desk } from '../casework/context.ts';
import { bdi, type Fragment, html } from '../html.ts';
import { measureText } from './words.ts';
import { stateText } from '../check/words.ts';

/** A person at a form. */
export type FormDesk = Desk & {
  readonly draft: Begun;
  /** The case that it changes. */
  readonly file?: CaseFile;
};

/** Where a form's pages are; the summary is the page of the form itself where it changes a case. */
export const formPath = ({ draft, file }: Pick<FormDesk, 'draft' | 'file'>, page = ''): string => {
  const base = file ? `${casePath(file.reference)}/${draft.purpose}` : `/requests/new/${draft.id}`;
  return `${base}${page === '' ? '' : `/${page}`}`;
};
/** Where everything that was said is read over before it is handed in. */
export const summaryPath = (desk: Pick<FormDesk, 'draft' | 'file'>): string =>
  formPath(desk, desk.file ? '' : 'summary');

export const isIncoming = ({ draft, file }: Pick<FormDesk, 'draft' | 'file'>): boolean =>
  file ? file.direction === 'incoming' : draft.purpose === 'receive';

export const progressOf = (desk: FormDesk): readonly StepProgress[] => pagesOf(desk.work, desk.draft, isIncoming(desk));

/** What the form is, in one line: "Request from Kenya (KE): content data". */
export function formLine({ page, draft, file }: FormDesk): Fragment {
  const { t, language } = page;
  const values = {
    measure: html`<b>${measureText(page, draft.measure)}</b>`,
    state: bdi(stateText(draft.otherState ?? '', language)),
  };
  if (file) return t.rich(`intake.line.${draft.purpose}`, { ...values, reference: bdi(file.reference) });
  return t.rich(`intake.line.${draft.purpose}`, values);
}
