// Time stamps (RFC 3161): asked of any authority over HTTP, and believed only after everything in the answer was checked.
// Attacker: answers in the authority's place, or replays a stamp of something else or of another time.

import { createHash, randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { Stamped } from '../../domain/evidence/evidence.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** Gives a stamp for these bytes: the answer of the authority (TimeStampResp, DER), and what it says. */
export type Stamper = {
  readonly stamp: (bytes: Uint8Array) => Promise<Outcome<{ readonly token: Uint8Array; readonly says: Stamped }>>;
};

export type Expected = {
  readonly bytes: Uint8Array;
  /** Of the request, where the stamp was asked for here. */
  readonly nonce?: Uint8Array;
  /** The policy that the authority must name, where the office set one. */
  readonly policy?: string;
  /** Certificates (DER) that the authority's chain must end in. */
  readonly roots: readonly Uint8Array[];
};

const OID = {
  sha256: '2.16.840.1.101.3.4.2.1',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  signedData: '1.2.840.113549.1.7.2',
  extendedKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  contentType: '1.2.840.113549.1.9.3',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  commonName: '2.5.4.3',
} as const;

const bad = (detail: string) => refuse({ pointer: 'timestamp.tsr', detail });
const arrayBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** A request for a stamp of bytes, in DER. */
export function timeStampRequest(bytes: Uint8Array, nonce: Uint8Array, policy?: string): Uint8Array {
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: arrayBuffer(sha256(bytes)) }),
    }),
    ...(policy === undefined ? {} : { reqPolicy: policy }),
    nonce: new asn1js.Integer({ valueHex: arrayBuffer(nonce) }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** A nonce whose DER is itself: positive, and without a zero in front. */
export function newNonce(): Uint8Array {
  const nonce = randomBytes(16);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

/** What a stamp says, once it was checked: imprint, nonce, policy, signature, the certificate's one use, and its chain. */
export async function readTimeStamp(token: Uint8Array, expected: Expected): Promise<Outcome<Stamped>> {
  try {
    return await checked(token, expected);
  } catch (cause) {
    const { message } = cause as Error;
    return bad(
      cause instanceof pkijs.SignedDataVerifyError ? `does not verify: ${message}` : `cannot be read: ${message}`,
    );
  }
}

async function checked(token: Uint8Array, { bytes, nonce, policy, roots }: Expected): Promise<Outcome<Stamped>> {
  const response = pkijs.TimeStampResp.fromBER(arrayBuffer(token));
  const status: number = response.status.status;
  if (status !== pkijs.PKIStatus.granted && status !== pkijs.PKIStatus.grantedWithMods)
    return bad(`was not granted (status ${status})`);
  const content = response.timeStampToken;
  if (content?.contentType !== OID.signedData) return bad('holds no signed stamp');
  const signed = new pkijs.SignedData({ schema: content.content });
  const encapsulated = signed.encapContentInfo.eContent;
  if (signed.encapContentInfo.eContentType !== OID.tstInfo || !encapsulated) return bad('signs something else');
  const info = pkijs.TSTInfo.fromBER(encapsulated.getValue());

  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  if (hashAlgorithm.algorithmId !== OID.sha256) return bad('uses another hash than SHA-256');
  if (!sameBytes(hashedMessage.valueBlock.valueHexView, sha256(bytes))) return bad('is for other bytes');
  if (nonce && !(info.nonce && sameBytes(info.nonce.valueBlock.valueHexView, nonce)))
    return bad('answers another request');
  if (policy !== undefined && info.policy !== policy) return bad(`is under the policy ${info.policy}`);

  if (signed.signerInfos.length !== 1) return bad('must have one signer');
  const [signer] = signed.signerInfos;
  const attributes = signer?.signedAttrs?.attributes ?? [];
  const ofType = (type: string) => attributes.find((one) => one.type === type)?.values[0];
  const contentType = ofType(OID.contentType) as asn1js.ObjectIdentifier | undefined;
  if (contentType?.valueBlock.toString() !== OID.tstInfo) return bad('signs something else');
  const trustedCerts = roots.map((root) => pkijs.Certificate.fromBER(arrayBuffer(root)));
  if (trustedCerts.length === 0) return bad('cannot be checked: no certificate of an authority is trusted here');
  const verified = await signed.verify({
    signer: 0,
    data: arrayBuffer(bytes),
    trustedCerts,
    checkChain: true,
    extendedMode: true,
  });
  const certificate = verified.signerCertificate;
  if (!verified.signatureVerified || !certificate) return bad('is not signed by whom it names');
  if (!stampsOnly(certificate)) return bad('is signed with a certificate that is not for time stamps alone');
  if (!namesItself(certificate, ofType(OID.signingCertificateV2), ofType(OID.signingCertificate)))
    return bad('does not name the certificate that signed it');
  return accept({ authority: nameOf(certificate), at: info.genTime.toISOString() as Instant });
}

/** RFC 3161, 2.3: the extended key usage is critical and is this one alone. */
function stampsOnly(certificate: pkijs.Certificate): boolean {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === OID.extendedKeyUsage);
  const uses = usage?.parsedValue as pkijs.ExtKeyUsage | undefined;
  return usage?.critical === true && uses?.keyPurposes.length === 1 && uses.keyPurposes[0] === OID.timeStamping;
}

/** Whether the first certificate that the signed attributes name, by its hash, is this one (RFC 5035; RFC 2634 in older stamps). */
function namesItself(certificate: pkijs.Certificate, v2: unknown, v1: unknown): boolean {
  const der = new Uint8Array(certificate.toSchema(true).toBER());
  const firstOf = (attribute: unknown): asn1js.AsnType[] => {
    const certificates = (attribute as asn1js.Sequence | undefined)?.valueBlock.value[0] as asn1js.Sequence | undefined;
    const first = certificates?.valueBlock.value[0] as asn1js.Sequence | undefined;
    return first?.valueBlock.value ?? [];
  };
  const parts = firstOf(v2 ?? v1);
  const hashed = parts.find((part) => part instanceof asn1js.OctetString);
  const named =
    parts[0] instanceof asn1js.Sequence ? (parts[0].valueBlock.value[0] as asn1js.ObjectIdentifier) : undefined;
  const algorithm = v2 === undefined ? 'sha1' : (HASHES[named?.valueBlock.toString() ?? OID.sha256] ?? 'sha256');
  return hashed !== undefined && sameBytes(hashed.valueBlock.valueHexView, createHash(algorithm).update(der).digest());
}
const HASHES: { readonly [oid: string]: string } = {
  [OID.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

function nameOf({ subject }: pkijs.Certificate): string {
  const named = subject.typesAndValues.find(({ type }) => type === OID.commonName) ?? subject.typesAndValues[0];
  return String(named?.value.valueBlock.value ?? '');
}

/** An answer is a few kilobytes; whoever sends more is no authority. */
const MOST_ANSWER = 262_144;
const PATIENCE_MS = 20_000;

/** An authority at an address. `ask` sends a body and gives status and answer. */
export function authorityAt(
  {
    url,
    policy,
    roots,
  }: { readonly url: string; readonly policy?: string | undefined; readonly roots: readonly Uint8Array[] },
  ask: Ask = overHttp,
): Stamper {
  return {
    stamp: async (bytes) => {
      const nonce = newNonce();
      const answer = await ask(url, timeStampRequest(bytes, nonce, policy));
      if (!answer.ok) return answer;
      const token = answer.value;
      const says = await readTimeStamp(token, { bytes, nonce, roots, ...(policy === undefined ? {} : { policy }) });
      return says.ok ? accept({ token, says: says.value }) : says;
    },
  };
}

export type Ask = (url: string, request: Uint8Array) => Promise<Outcome<Uint8Array>>;

const overHttp: Ask = async (url, request) => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Uint8Array.from(request),
      // A stamp comes from the address that was set, and from nowhere it sends us.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok || response.body === null) return bad(`was not given: the authority answered ${response.status}`);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > MOST_ANSWER) return bad('was not given: the answer has no end');
      parts.push(part);
    }
    return accept(Buffer.concat(parts));
  } catch (cause) {
    return bad(`was not given: ${(cause as Error).message}`);
  }
};
