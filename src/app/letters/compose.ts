// Letter -> document: the frame that every letter has, around what its kind says.

import { directionOf } from '../../kernel/language.ts';
import { acknowledgement, returned } from './answers.ts';
import { decision } from './decision.ts';
import type { Block, LetterDocument } from './document.ts';
import type { Letter } from './letter.ts';
import { notice } from './notice.ts';
import { outgoing } from './outgoing.ts';
import { field, type Pen, penFor, signer } from './pen.ts';
import type { Say } from './ports.ts';
import { endOfPreservation, preservationOrder } from './preservation.ts';
import { plain } from './text.ts';

/** The letter in the words of its language. Pure: the same letter and the same catalogue give the same document. */
export function compose(letter: Letter, say: Say): LetterDocument {
  const pen = penFor(letter.language, say);
  const { from, to } = letter;
  const reader = readerOf(letter);
  return {
    kind: letter.kind,
    language: letter.language,
    direction: directionOf(letter.language),
    title: pen.say(titleKey(letter)),
    reference: plain(letter.reference),
    date: letter.date,
    letterhead: {
      state: pen.data(from.state),
      office: pen.data(from.name),
      lines: [...from.address, from.reach].filter((line) => line.trim() !== '').map(pen.data),
    },
    addressee: [to.name, ...to.address].filter((line) => line.trim() !== '').map(pen.data),
    particulars: [
      ...field(pen.say('field.reference'), pen, letter.reference),
      ...field(pen.say('field.theirReference'), pen, letter.theirReference),
      ...field(pen.say('field.date'), pen, pen.day(letter.date)),
      ...field(pen.say('field.subject'), pen, letter.subject),
    ],
    salutation: pen.say(`salutation.${reader}`),
    blocks: blocksOf(letter, pen),
    closing: pen.say(`closing.${reader}`),
    signatures: { block: 'signatures', people: signers(letter, pen) },
    footer: say('letters.footer', { reference: pen.data(letter.reference), page: '{page}', pages: '{pages}' }),
  };
}

/** Whom the letter greets: another authority, whoever holds data, or a person concerned. */
function readerOf({ kind }: Letter): 'authority' | 'holder' | 'person' {
  if (kind === 'notice') return 'person';
  return kind === 'preservation-order' || kind === 'end-of-preservation' ? 'holder' : 'authority';
}

const titleKey = (letter: Letter): string =>
  letter.kind === 'decision' ? `decision.title.${letter.disposition}` : `${letter.kind}.title`;

function blocksOf(letter: Letter, pen: Pen): readonly Block[] {
  switch (letter.kind) {
    case 'acknowledgement':
      return acknowledgement(letter, pen);
    case 'return':
      return returned(letter, pen);
    case 'preservation-order':
      return preservationOrder(letter, pen);
    case 'end-of-preservation':
      return endOfPreservation(letter, pen);
    case 'outgoing-request':
      return outgoing(letter, pen);
    case 'decision':
    case 'refusal':
      return decision(letter, pen);
    case 'notice':
      return notice(letter, pen);
  }
}

/** A decision is signed by the person who prepared it and the one who decided it; every other letter by one. */
function signers(letter: Letter, pen: Pen): LetterDocument['signatures']['people'] {
  if (letter.kind !== 'decision' && letter.kind !== 'refusal') return [signer(pen, '', letter.signedBy)];
  return [
    signer(pen, pen.say('preparedBy'), letter.preparedBy, letter.preparedBy.on),
    signer(pen, pen.say('decidedBy'), letter.decidedBy, letter.decidedBy.on),
  ];
}
