// The forms of a case as its pages send them: with the version at which the case stands.

import assert from 'node:assert/strict';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { openFrontDoor, Page, Visitor } from './front-door.ts';

type Door = Awaited<ReturnType<typeof openFrontDoor>>;
type Fields = { readonly [name: string]: string };

/** What a form says an item of the requests of these tests is. */
export const ITEM = JSON.stringify(['intruder@mail.example', 'content']);

/** For a door that `before` opens, and somebody who may read the case whoever sends the form. */
export function formsOf(opened: () => { readonly door: Door; readonly reader: Visitor }) {
  /** The case as it is now. */
  const now = async ({ reference }: CaseFile): Promise<CaseFile> => {
    const { door, reader } = opened();
    const file = await door.front.store.read(reader.id, reference, 'test');
    assert(file);
    return file;
  };
  /** `act` is the address of the form below its case; a field may name another version. */
  const send = async (who: Visitor, file: CaseFile, act: string, fields: Fields): Promise<Page> => {
    const { version } = await now(file);
    return who.post(`/requests/${file.reference}/${act}`, { no: '0', version: String(version), ...fields });
  };
  /** The case afterwards; the form must have been taken. */
  const goes = async (...args: Parameters<typeof send>): Promise<CaseFile> => {
    const answer = await send(...args);
    assert.ok([200, 303].includes(answer.status), /error-summary[\s\S]{0,900}/.exec(answer.text)?.[0] ?? answer.text);
    return now(args[1]);
  };
  return { now, send, goes };
}
