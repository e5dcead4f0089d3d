// Our own request to the authority of another State: every field of the form, a group a step.

import type { Block } from './document.ts';
import type { OutgoingRequest } from './letter.ts';
import { byDay, citations, field, fields, type Pen, paragraph, secrecyBlocks, statement, under } from './pen.ts';

export function outgoing(letter: OutgoingRequest, pen: Pen): readonly Block[] {
  return [
    statement(pen, 'outgoing-request.lead', { office: letter.from.name, state: letter.from.state }),
    ...(letter.urgency === 'routine'
      ? []
      : [paragraph(pen, `outgoing-request.${letter.urgency}`), ...pen.paragraphs(letter.urgencyReason)]),
    ...byDay(pen, 'outgoing-request.replyBy', letter.replyBy),
    ...under(pen, 'heading.legalBasis', citations(pen, letter.basis)),
    ...letter.groups.flatMap((group) => {
      const filled = fields(...group.fields.map(({ label, values }) => field(pen.data(label), pen, ...values)));
      return filled.length === 0 ? [] : [{ block: 'heading', text: pen.data(group.title) } as const, ...filled];
    }),
    ...under(pen, 'heading.secrecy', secrecyBlocks(pen, 'outgoing-request.secrecy', letter.secrecy)),
    paragraph(pen, 'outgoing-request.attached', { name: letter.attachment }),
  ];
}
