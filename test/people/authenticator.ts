// A security key in software: makes passkeys and signs challenges as a device would, and as a dishonest one might.

import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** RFC 8949, as much as an attestation needs: maps in the order given, small integers, text and bytes. */
type Cbor = number | string | Uint8Array | readonly (readonly [number | string, Cbor])[];
function cbor(value: Cbor): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24
      ? Buffer.of((major << 5) | n)
      : n < 256
        ? Buffer.of((major << 5) | 24, n)
        : Buffer.of((major << 5) | 25, n >> 8, n & 255);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.length), ...value.flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}

export type Authenticator = {
  readonly id: string;
  readonly create: (challenge: string) => string;
  readonly get: (challenge: string, options?: { origin?: string; verified?: boolean }) => string;
};

/** `synced`: it says that it may leave the device. Challenges are base64url, as they stand in the options. */
export function authenticator(site: { origin: string; rpId: string }, { synced = false } = {}): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const rawId = randomBytes(16);
  const id = rawId.toString('base64url');
  let counter = 0;
  const authData = (attested: Buffer, verified = true): Buffer => {
    const flags = 0x01 | (verified ? 0x04 : 0) | (synced ? 0x18 : 0) | (attested.length > 0 ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(synced ? 0 : ++counter);
    return Buffer.concat([sha256(site.rpId), Buffer.of(flags), count, attested]);
  };
  const client = (type: string, challenge: string, origin: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const answer = (response: object): string =>
    JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });

  return {
    id,
    create: (challenge) => {
      const cose = cbor([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, rawId.length), rawId, cose]);
      const attestation = cbor([
        ['fmt', 'none'],
        ['attStmt', []],
        ['authData', authData(attested)],
      ]);
      return answer({
        clientDataJSON: client('webauthn.create', challenge, site.origin).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['usb'],
      });
    },
    get: (challenge, { origin = site.origin, verified = true } = {}) => {
      const data = authData(Buffer.alloc(0), verified);
      const clientData = client('webauthn.get', challenge, origin);
      const signature = createSign('sha256').update(data).update(sha256(clientData)).sign(privateKey);
      return answer({
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      });
    },
  };
}
