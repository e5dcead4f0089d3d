// To the person concerned: what happened to their data, why they learn of it now, and what they can do.

import type { Block } from './document.ts';
import type { NoticeLetter } from './letter.ts';
import {
  accountTable,
  citations,
  field,
  fields,
  heading,
  numbered,
  type Pen,
  paragraph,
  period,
  statement,
  under,
} from './pen.ts';

export function notice(letter: NoticeLetter, pen: Pen): readonly Block[] {
  return [
    statement(pen, letter.disclosedOn === null ? 'notice.lead.asked' : 'notice.lead.disclosed', {
      state: letter.askedBy.state,
    }),
    paragraph(pen, 'notice.purpose'),
    heading(pen, 'heading.whatHappened'),
    ...fields(
      field(pen.say('field.askedBy'), pen, letter.askedBy.authority, letter.askedBy.state),
      field(pen.say('field.data'), pen, ...letter.data),
      period(pen, letter.period),
      letter.disclosedOn === null ? [] : field(pen.say('field.disclosedOn'), pen, pen.day(letter.disclosedOn)),
    ),
    ...accountTable(pen, letter.accounts),
    ...under(pen, 'heading.legalBasis', citations(pen, letter.legalBasis)),
    ...under(pen, 'heading.whyLate', late(letter, pen)),
    ...under(pen, 'heading.withheld', withheld(letter, pen)),
    ...under(pen, 'heading.remedies', remedies(letter, pen)),
    ...under(pen, 'heading.rights', numbered(pen, letter.rights)),
    heading(pen, 'heading.complaint'),
    paragraph(pen, 'notice.complaint', { body: letter.complaint.body }),
    ...pen.paragraphs(letter.complaint.how),
    ...under(
      pen,
      'heading.follow',
      letter.caseCode === ''
        ? []
        : [
            paragraph(pen, 'notice.code', { address: letter.lookUp }),
            { block: 'code', text: letter.caseCode },
            paragraph(pen, 'notice.keepCode'),
          ],
    ),
    paragraph(pen, 'notice.contact', { reach: letter.from.reach }),
  ];
}

const late = ({ late }: NoticeLetter, pen: Pen): Block[] =>
  late === null
    ? []
    : [
        paragraph(pen, 'notice.late', { from: pen.day(late.from), to: pen.day(late.to) }),
        ...pen.paragraphs(late.reason),
        ...citations(pen, [late.basis]),
      ];

const withheld = (letter: NoticeLetter, pen: Pen): Block[] =>
  letter.withheld.length === 0
    ? []
    : [
        paragraph(pen, 'notice.withheld'),
        {
          block: 'list',
          items: letter.withheld.map(({ what, ground, reviewOn }) => ({
            text: [
              pen.data(what),
              ...(reviewOn === null ? [] : [pen.say('notice.review', { day: pen.day(reviewOn) })]),
            ].join('\n'),
            ...(ground.trim() === '' ? {} : { citation: pen.data(ground) }),
          })),
        },
      ];

const remedies = (letter: NoticeLetter, pen: Pen): Block[] =>
  letter.remedies.length === 0
    ? []
    : [
        {
          block: 'list',
          items: letter.remedies.map(({ court, how, deadline, law }) => ({
            text: [
              pen.data(court),
              ...(how.trim() === '' ? [] : [pen.data(how)]),
              ...(deadline === null ? [] : [pen.say('notice.deadline', { day: pen.day(deadline) })]),
            ].join('\n'),
            ...(law.trim() === '' ? {} : { citation: pen.data(law) }),
          })),
        },
      ];
