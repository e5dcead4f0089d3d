// The code by which a person concerned reads their notice: made once, printed on a letter, and known here by a keyed mark alone.
// Attacker: holds a copy of the database, or tries codes at the door.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { FoundNotice, NoticeCodes } from './notice-ports.ts';
import type { World } from './ports.ts';

/** Letters and digits that nobody takes for one another (Crockford's base 32). */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 24 signs of 5 bits: 120 bits, far beyond guessing. */
const CODE_LENGTH = 24;

/** A code such as `7K2M-...`, from the random bits of two new ids. */
export function newCode(world: Pick<World, 'newId' | 'hash'>): string {
  const digits = BigInt(`0x${world.hash(`${world.newId()} ${world.newId()}`)}`);
  const signs = Array.from({ length: CODE_LENGTH }, (_, n) => SIGNS[Number((digits >> BigInt(5 * n)) & 31n)]);
  return signs.join('').replace(/.{4}(?=.)/g, '$&-');
}

/** The signs of a code however it was typed: without hyphens, and with the letters that it lacks read as the digits they look like. */
const signsOf = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** What is kept of a code: keyed with the vault of this node, so that nothing can be tried against a copy of the database. */
export const markOfCode = (world: Pick<World, 'hash' | 'mark'>, code: string): string =>
  world.hash(world.mark(`code of a notice ${signsOf(code)}`));

/** The letter as it stays in the case shows where the code stood and not what it was. */
export const coveredCode = (code: string): string => code.replaceAll(/[0-9A-Z]/g, '*');

/** Whether this is the code of the last letter of that notice. */
export const isCodeOf = (world: Pick<World, 'hash' | 'mark'>, file: CaseFile, notice: number, code: string): boolean =>
  file.notice.notices.find(({ no }) => no === notice)?.sendings.at(-1)?.codeHash === markOfCode(world, code);

/**
 * The notice that a code stands for. The same work is done for whatever was typed: one mark, one question to the store; and
 * what the store compares is keyed, so that no time it takes says how near a guess came.
 */
export const findNotice = (
  { codes, world }: { readonly codes: NoticeCodes; readonly world: Pick<World, 'hash' | 'mark'> },
  code: string,
): Promise<FoundNotice | undefined> => codes.find(markOfCode(world, code));
