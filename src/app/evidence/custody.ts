// Use cases of custody: objects taken in, redacted, looked at, copied and answered for, and packages put on record.

import * as evidence from '../../domain/evidence/decide.ts';
import type { Arrived, Package } from '../../domain/evidence/evidence.ts';
import * as keys from '../../domain/evidence/keys.ts';
import type { Asked } from '../../domain/evidence/scope.ts';
import { standing } from '../../domain/decisions/decision.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { act, stepOn, type Step } from '../casework/act.ts';
import { otherThanSigned } from './leaving.ts';
import { releaseOf } from './release.ts';

/** What an object is held against: the request, and the items of the decision that stands. */
export const askedOf = ({ request, decisions }: CaseFile): Asked => ({
  content: request.content,
  items: standing(decisions)?.items ?? [],
});

/** Takes an object in whose bytes are in the store already. */
export const receiveObject: Step<evidence.Receiving & { readonly arrived: Arrived }> = (work, actor, target, input) =>
  act(work, actor, 'evidence.receive', target, (file, at) =>
    evidence.receive(file.evidence, { ...input, execution: file.execution, asked: askedOf(file) }, actor.id, at),
  );

/** Takes in what was made from another object by taking something out. */
export const redactObject: Step<evidence.Redacting & { readonly arrived: Arrived }> = (work, actor, target, input) =>
  act(work, actor, 'evidence.redact', target, (file, at) =>
    evidence.redact(file.evidence, { ...input, asked: askedOf(file) }, actor.id, at),
  );

export const answerFlag = stepOn('evidence.scope', 'evidence', evidence.answerFlag);
export const seeObject = stepOn('evidence.look', 'evidence', evidence.see);

/** Enters the public key of somebody whom packages are for, or another in place of one: confirmed by nobody yet. */
export const enterKey: Step<Omit<keys.Entering, 'fingerprint'>> = (work, actor, target, input) =>
  act(work, actor, 'evidence.key-enter', target, (file) =>
    keys.enterKey(file.evidence, { ...input, fingerprint: work.world.hash(input.key) }),
  );
/** Another person confirms a key, by the fingerprint that the recipient read to them. */
export const confirmKey = stepOn('evidence.key-confirm', 'evidence', keys.confirmKey);

/** A copy leaves the store, once whoever takes it has proved that they are there, over `leavingHash`. */
export const copyObject: Step<evidence.Copying & evidence.Signed> = (work, actor, target, input) =>
  act(
    work,
    actor,
    'evidence.copy',
    target,
    (file, at) =>
      otherThanSigned(work, file, { act: 'evidence.copy', ...input }, input.signed) ??
      evidence.copy(file.evidence, input, actor.id, at),
  );

/** Puts a package on record that has been made; asked again whether it may leave, since making it took a while. */
export const recordPackage: Step<Omit<Package, 'recipient'>> = (work, actor, target, made) =>
  act(
    work,
    actor,
    'evidence.package',
    target,
    (file, at) =>
      otherThanSigned(work, file, { act: 'evidence.package', ...made }, made.signed) ??
      evidence.pack(file.evidence, { made, release: releaseOf(file) }, actor.id, at),
  );

/** A package leaves the office, to somebody and in some way. */
export const handOverPackage: Step<evidence.Handing & evidence.Signed> = (work, actor, target, input) =>
  act(
    work,
    actor,
    'evidence.hand-over',
    target,
    (file) =>
      otherThanSigned(work, file, { act: 'evidence.hand-over', ...input }, input.signed) ??
      evidence.handOver(file.evidence, input, releaseOf(file), actor.id),
  );

export const confirmPackage = stepOn('evidence.hand-over', 'evidence', evidence.confirm);
