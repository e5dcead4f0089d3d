// A time-stamping authority for demonstrations and tests. Its stamps prove nothing: its key is made at the start and kept by nobody.

import { createHash, randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { Instant } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { type Ask, authorityAt, type Stamper } from './timestamp.ts';

/** Under the number that is set aside for examples (RFC 5612): a policy that nobody can have. */
export const TEST_POLICY = '1.3.6.1.4.1.32473.3161';
export const TEST_AUTHORITY = 'Rogatory TEST time stamps, no proof of time';
const TEST_ROOT = 'Rogatory TEST root, trusted by nobody';

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const YEARS = 10;

export type TestAuthority = Stamper & {
  /** The root certificate, DER. */
  readonly root: Uint8Array;
  /** Answers a request (DER) as an authority would over HTTP. */
  readonly answer: (request: Uint8Array) => Promise<Uint8Array>;
};

/** Makes one; `now` is its clock. */
export async function testAuthority(now: () => Instant): Promise<TestAuthority> {
  const [rootKeys, keys] = await Promise.all([generate(), generate()]);
  const from = new Date(now());
  const root = await certificate(TEST_ROOT, TEST_ROOT, rootKeys.publicKey, rootKeys.privateKey, from, AS_ROOT);
  const own = await certificate(TEST_AUTHORITY, TEST_ROOT, keys.publicKey, rootKeys.privateKey, from, AS_AUTHORITY);
  const answer: TestAuthority['answer'] = async (request) =>
    stamped(pkijs.TimeStampReq.fromBER(Uint8Array.from(request).buffer), keys.privateKey, own, root, new Date(now()));
  const rootDer = new Uint8Array(root.toSchema(true).toBER());
  const ask: Ask = async (_, request) => accept(await answer(request));
  return {
    root: rootDer,
    answer,
    stamp: authorityAt({ url: 'test:', policy: TEST_POLICY, roots: [rootDer] }, ask).stamp,
  };
}

const generate = () => crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);

type Extension = readonly [id: string, critical: boolean, value: { toSchema: () => asn1js.AsnType }];
const AS_ROOT: readonly Extension[] = [
  ['2.5.29.19', true, new pkijs.BasicConstraints({ cA: true })],
  ['2.5.29.15', true, { toSchema: () => bits(0x06) }],
];
const AS_AUTHORITY: readonly Extension[] = [
  ['2.5.29.19', true, new pkijs.BasicConstraints({ cA: false })],
  ['2.5.29.15', true, { toSchema: () => bits(0x80) }],
  ['2.5.29.37', true, new pkijs.ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.8'] })],
];
const bits = (value: number) => new asn1js.BitString({ valueHex: Uint8Array.of(value).buffer, unusedBits: 1 });

async function certificate(
  subject: string,
  issuer: string,
  publicKey: CryptoKey,
  signer: CryptoKey,
  from: Date,
  extensions: readonly Extension[],
): Promise<pkijs.Certificate> {
  const made = new pkijs.Certificate();
  const named = (name: string) =>
    new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value: name }) });
  made.version = 2;
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  made.serialNumber = new asn1js.Integer({ valueHex: Uint8Array.from(serial).buffer });
  made.subject.typesAndValues.push(named(subject));
  made.issuer.typesAndValues.push(named(issuer));
  // A clock that a test moves back a little still finds it valid.
  made.notBefore.value = new Date(from.getTime() - 86_400_000);
  made.notAfter.value = new Date(from.getTime() + YEARS * 365 * 86_400_000);
  made.extensions = extensions.map(
    ([extnID, critical, value]) => new pkijs.Extension({ extnID, critical, extnValue: value.toSchema().toBER() }),
  );
  await made.subjectPublicKeyInfo.importKey(publicKey);
  await made.sign(signer, 'SHA-256');
  return pkijs.Certificate.fromBER(made.toSchema(true).toBER());
}

/** The answer: granted, signed, with both certificates, and the certificate named in the signed attributes (RFC 5816). */
async function stamped(
  request: pkijs.TimeStampReq,
  key: CryptoKey,
  own: pkijs.Certificate,
  root: pkijs.Certificate,
  at: Date,
): Promise<Uint8Array> {
  const info = new pkijs.TSTInfo({
    version: 1,
    policy: TEST_POLICY,
    messageImprint: request.messageImprint,
    serialNumber: new asn1js.Integer({ value: Math.floor(at.getTime() / 1000) }),
    genTime: at,
    ...(request.nonce ? { nonce: request.nonce } : {}),
  });
  const content = info.toSchema().toBER();
  const attribute = (type: string, value: asn1js.AsnType) => new pkijs.Attribute({ type, values: [value] });
  const digest = (bytes: ArrayBuffer) =>
    Uint8Array.from(createHash('sha256').update(Buffer.from(bytes)).digest()).buffer;
  const ess = new asn1js.Sequence({
    value: [
      new asn1js.Sequence({
        value: [
          new asn1js.Sequence({
            value: [new asn1js.OctetString({ valueHex: digest(own.toSchema(true).toBER()) })],
          }),
        ],
      }),
    ],
  });
  const signed = new pkijs.SignedData({
    version: 3,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({
      eContentType: '1.2.840.113549.1.9.16.1.4',
      eContent: new asn1js.OctetString({ valueHex: content }),
    }),
    certificates: [own, root],
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: '1.2.840.113549.1.9.16.1.4' })),
            attribute('1.2.840.113549.1.9.5', new asn1js.UTCTime({ valueDate: at })),
            attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: digest(content) })),
            attribute('1.2.840.113549.1.9.16.2.47', ess),
          ],
        }),
      }),
    ],
  });
  await signed.sign(key, 0, 'SHA-256');
  const response = new pkijs.TimeStampResp({
    status: new pkijs.PKIStatusInfo({ status: pkijs.PKIStatus.granted }),
    timeStampToken: new pkijs.ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: signed.toSchema(true) }),
  });
  return new Uint8Array(response.toSchema().toBER());
}
