// To whoever holds the data: keep them as they are; and later, you need no longer keep them for us.

import type { Block } from './document.ts';
import type { EndOfPreservation, PreservationOrder } from './letter.ts';
import {
  accountTable,
  byDay,
  citations,
  field,
  fields,
  heading,
  type Pen,
  paragraph,
  period,
  secrecyBlocks,
  statement,
  under,
} from './pen.ts';

export function preservationOrder(letter: PreservationOrder, pen: Pen): readonly Block[] {
  return [
    statement(pen, 'preservation-order.lead', { day: pen.day(letter.until) }),
    ...under(pen, 'heading.dataToKeep', [
      ...accountTable(pen, letter.accounts),
      ...fields(field(pen.say('field.data'), pen, ...letter.data), period(pen, letter.period)),
    ]),
    ...under(pen, 'heading.legalBasis', citations(pen, letter.basis)),
    ...under(pen, 'heading.reasons', pen.paragraphs(letter.reasons)),
    heading(pen, 'heading.whatToDo'),
    paragraph(pen, 'preservation-order.how'),
    paragraph(pen, 'preservation-order.noDisclosure'),
    ...byDay(pen, 'preservation-order.confirm', letter.confirmBy),
    ...under(pen, 'heading.secrecy', secrecyBlocks(pen, 'preservation-order.secrecy', letter.secrecy)),
  ];
}

export function endOfPreservation(letter: EndOfPreservation, pen: Pen): readonly Block[] {
  return [
    statement(pen, 'end-of-preservation.lead', {
      reference: letter.order.reference,
      date: pen.day(letter.order.date),
      day: pen.day(letter.endsOn),
    }),
    paragraph(pen, `end-of-preservation.because.${letter.because}`),
    ...accountTable(pen, letter.accounts),
    heading(pen, 'heading.meaning'),
    paragraph(pen, 'end-of-preservation.meaning'),
    paragraph(pen, 'end-of-preservation.others'),
  ];
}
