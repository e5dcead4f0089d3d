// A ministry's identity provider over OpenID Connect: code with PKCE, pushed where the provider can, a nonce, and the subject alone.

import { readFileSync } from 'node:fs';
import * as oidc from 'openid-client';
import type { IdentityProvider } from '../../app/people/ports.ts';

export type ProviderSettings = {
  readonly issuer: string;
  readonly clientId: string;
  /** A file, so that the secret stands neither in the environment nor in a list of processes. */
  readonly clientSecretFile: string;
};

/** ROGATORY_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET_FILE; all of them or none. */
export function providerSettings(env: { readonly [name: string]: string | undefined }): ProviderSettings | undefined {
  const { ROGATORY_OIDC_ISSUER: issuer, ROGATORY_OIDC_CLIENT_ID: clientId } = env;
  const clientSecretFile = env['ROGATORY_OIDC_CLIENT_SECRET_FILE'];
  return issuer && clientId && clientSecretFile ? { issuer, clientId, clientSecretFile } : undefined;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Nothing is asked of the provider until somebody comes to its door, so a node starts while the provider is away. */
export function identityProvider({ issuer, clientId, clientSecretFile }: ProviderSettings): IdentityProvider {
  const address = new URL(issuer);
  let found: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    const secret = readFileSync(clientSecretFile, 'utf8').trim();
    const plain = address.protocol === 'http:' && LOOPBACK.test(address.hostname);
    const options = plain ? { execute: [oidc.allowInsecureRequests] } : {};
    found ??= oidc.discovery(address, clientId, undefined, oidc.ClientSecretBasic(secret), options).catch((error) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  return {
    issuer,
    begin: (redirectUri) =>
      quietly(async () => {
        const config = await configuration();
        const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
        const parameters = {
          redirect_uri: redirectUri,
          scope: 'openid',
          state,
          nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        };
        const pushes = config.serverMetadata().pushed_authorization_request_endpoint !== undefined;
        const url = pushes
          ? await oidc.buildAuthorizationUrlWithPAR(config, parameters)
          : oidc.buildAuthorizationUrl(config, parameters);
        return { address: url.href, state, proof: JSON.stringify({ nonce, verifier }) };
      }),
    finish: (answer, { state, proof }) =>
      quietly(async () => {
        const { nonce, verifier } = JSON.parse(proof) as { nonce: string; verifier: string };
        const tokens = await oidc.authorizationCodeGrant(await configuration(), new URL(answer), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        return tokens.claims()?.sub;
      }),
  };
}

/** A provider that is away, or whose answer does not hold, is an answer to us: nobody comes in by this door. */
async function quietly<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
