// Passkeys: WebAuthn ceremonies by @simplewebauthn/server, with user verification always, one site, and challenges given to us.

import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Passkey, Passkeys } from '../../app/people/ports.ts';

const OFFICE = 'Rogatory';
const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const known = (passkeys: readonly Passkey[]) =>
  passkeys.map(({ id, transports }) => ({ id, transports: [...transports] }));

export const webAuthn: Passkeys = {
  registration: (site, who, challenge, already) =>
    generateRegistrationOptions({
      rpName: OFFICE,
      rpID: site.rpId,
      userName: who.loginName,
      userDisplayName: who.name,
      userID: bytesOf(who.id.replaceAll('-', '')),
      challenge: bytesOf(challenge),
      attestationType: 'none',
      excludeCredentials: known(already),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    }),

  verifyRegistration: async (site, answer, challenge) => {
    const response = parsed(answer) as RegistrationResponseJSON | undefined;
    if (response === undefined) return undefined;
    const result = await quietly(() =>
      verifyRegistrationResponse({
        response,
        expectedChallenge: base64url(challenge),
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        requireUserVerification: true,
      }),
    );
    if (!result?.verified) return undefined;
    const { credential, credentialDeviceType } = result.registrationInfo;
    return {
      id: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      deviceBound: credentialDeviceType === 'singleDevice',
    };
  },

  assertion: (site, challenge, allowed) =>
    generateAuthenticationOptions({
      rpID: site.rpId,
      challenge: bytesOf(challenge),
      userVerification: 'required',
      ...(allowed.length > 0 && { allowCredentials: known(allowed) }),
    }),

  claimed: (answer) => (parsed(answer) as AuthenticationResponseJSON | undefined)?.id,

  verifyAssertion: async (site, answer, challenge, passkey) => {
    const response = parsed(answer) as AuthenticationResponseJSON | undefined;
    if (response === undefined) return undefined;
    const result = await quietly(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: base64url(challenge),
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        requireUserVerification: true,
        credential: {
          id: passkey.id,
          publicKey: new Uint8Array(passkey.publicKey),
          counter: passkey.counter,
          transports: passkey.transports as AuthenticatorTransport[],
        },
      }),
    );
    return result?.verified
      ? { counter: result.authenticationInfo.newCounter, signature: response.response.signature }
      : undefined;
  },
};

/** An answer as the browser's script put it into a form field; the library checks each part that it reads. */
function parsed(answer: string): object | undefined {
  try {
    const value: unknown = JSON.parse(answer);
    const { id, response } = (value ?? {}) as { id?: unknown; response?: unknown };
    return typeof id === 'string' && typeof response === 'object' && response !== null ? (value as object) : undefined;
  } catch {
    return undefined;
  }
}

/** The library throws at what does not hold; to us that is an answer like any other. */
async function quietly<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}
