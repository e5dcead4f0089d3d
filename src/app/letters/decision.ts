// What was decided on a request and why: execution, postponement, passing on, refusal.

import type { Block } from './document.ts';
import type { DecisionLetter, Refused } from './letter.ts';
import { aboutFields, byDay, heldBlocks, numbered, type Pen, paragraph, statement, under } from './pen.ts';

export function decision(letter: DecisionLetter | Refused, pen: Pen): readonly Block[] {
  return [
    paragraph(pen, 'decision.examined', { day: pen.day(letter.about.receivedOn) }),
    ...(letter.kind === 'refusal' ? [statement(pen, 'refusal.lead')] : executed(letter, pen)),
    ...aboutFields(pen, letter.about),
    ...(letter.kind === 'refusal' ? [] : produced(letter, pen)),
    ...under(
      pen,
      'heading.grounds',
      letter.grounds.length === 0
        ? []
        : [
            {
              block: 'list',
              items: letter.grounds.map(({ citation, explanation }) => ({
                text: pen.data(explanation),
                citation: pen.data(citation),
              })),
            },
          ],
    ),
    ...under(pen, 'heading.reasons', pen.paragraphs(letter.reasons)),
    ...under(pen, 'heading.wayForward', [
      ...pen.paragraphs(letter.whatWouldFixIt),
      ...byDay(pen, 'replyBy', letter.replyBy),
    ]),
    ...under(
      pen,
      'heading.consultation',
      letter.consultations.flatMap((one) => [
        paragraph(pen, 'decision.consulted', { with: one.with, day: pen.day(one.on) }),
        ...pen.paragraphs(one.result),
      ]),
    ),
    ...under(pen, 'heading.meanwhile', heldBlocks(pen, letter.held)),
    ...under(pen, 'heading.remedy', pen.paragraphs(letter.remedy)),
    ...under(pen, 'heading.whoDecided', [paragraph(pen, 'decision.byPeople')]),
  ];
}

/** The decision in one sentence, with its day or its new addressee. */
const executed = (letter: DecisionLetter, pen: Pen): readonly Block[] => [
  statement(pen, `decision.lead.${letter.disposition}`),
  ...byDay(pen, 'decision.postponedUntil', letter.disposition === 'postpone' ? letter.until : null),
  ...(letter.disposition === 'pass-on' && letter.passedTo.trim() !== ''
    ? [paragraph(pen, 'decision.passedTo', { to: letter.passedTo })]
    : []),
];

/** What will be handed over, and on which conditions. */
const produced = (letter: DecisionLetter, pen: Pen): readonly Block[] => [
  ...under(
    pen,
    'heading.produced',
    letter.items.length === 0
      ? []
      : [
          {
            block: 'table',
            head: [pen.say('field.account'), pen.say('field.data')],
            rows: letter.items.map(({ account, category }) => [pen.data(account), pen.data(category)]),
          },
        ],
  ),
  ...under(
    pen,
    'heading.conditions',
    letter.conditions.length === 0
      ? []
      : [
          paragraph(pen, 'decision.conditions'),
          ...numbered(pen, letter.conditions),
          ...byDay(pen, 'decision.acceptBy', letter.acceptBy),
        ],
  ),
];
