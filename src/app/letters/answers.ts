// The two first answers to a request: it has arrived; it has to be completed.

import type { Block } from './document.ts';
import type { Acknowledgement, ReturnLetter } from './letter.ts';
import { aboutFields, byDay, heading, heldBlocks, type Pen, paragraph, statement, under } from './pen.ts';

export function acknowledgement(letter: Acknowledgement, pen: Pen): readonly Block[] {
  return [
    statement(pen, 'acknowledgement.lead', {
      day: pen.day(letter.about.receivedOn),
      reference: letter.reference,
    }),
    ...aboutFields(pen, letter.about),
    heading(pen, 'heading.next'),
    paragraph(pen, `acknowledgement.next.${letter.next}`),
    ...heldBlocks(pen, letter.held),
    ...byDay(pen, 'acknowledgement.answerBy', letter.answerBy),
    paragraph(pen, 'acknowledgement.noDecision'),
  ];
}

export function returned(letter: ReturnLetter, pen: Pen): readonly Block[] {
  return [
    statement(pen, 'return.lead', { day: pen.day(letter.about.receivedOn) }),
    ...aboutFields(pen, letter.about),
    ...under(
      pen,
      'heading.missing',
      letter.missing.length === 0
        ? []
        : [
            {
              block: 'list',
              items: letter.missing.map(({ what, help }) => ({
                text: [what, help]
                  .filter((part) => part.trim() !== '')
                  .map(pen.data)
                  .join('\n'),
              })),
            },
          ],
    ),
    ...pen.paragraphs(letter.remark),
    heading(pen, 'heading.next'),
    paragraph(pen, 'return.clock', { day: pen.day(letter.clockPausedOn) }),
    ...byDay(pen, 'replyBy', letter.replyBy),
    ...heldBlocks(pen, letter.held),
    paragraph(pen, 'return.noRefusal'),
  ];
}
