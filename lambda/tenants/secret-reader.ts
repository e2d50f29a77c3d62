import {
  GetSecretValueCommand,
  InvalidRequestException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { isTier } from '../../deployment/limits';
import { isObject, type Json } from '../scim/json';
import { isScope } from '../scim/scope';
import type { SecretReader, SecretReading, TokenSecret } from './token-secret';

/** The name of a token's secret, which roles rely on. */
export const secretName = (prefix: string, tenantId: string, credentialId: string) =>
  `${prefix}/${tenantId}/${credentialId}`;

/** Reads the secrets of tokens from Secrets Manager. */
export class SecretsManagerReader implements SecretReader {
  constructor(
    private readonly client: SecretsManagerClient,
    private readonly prefix: string,
  ) {}

  async read(tenantId: string, credentialId: string): Promise<SecretReading> {
    const SecretId = secretName(this.prefix, tenantId, credentialId);
    try {
      const { SecretString = '' } = await this.client.send(new GetSecretValueCommand({ SecretId }));
      const secret = JSON.parse(SecretString) as Json;
      return isTokenSecret(secret) ? { kind: 'found', secret } : unreadable(SecretId, credentialId);
    } catch (cause) {
      if (cause instanceof SyntaxError) return unreadable(SecretId, credentialId);
      // A secret that is scheduled for deletion causes InvalidRequestException.
      const absent = cause instanceof ResourceNotFoundException || cause instanceof InvalidRequestException;
      return absent ? { kind: 'absent' } : { kind: 'unavailable', cause };
    }
  }
}

/** An invalid expiry would never be reached. */
function isTokenSecret(secret: Json): secret is Json & TokenSecret {
  if (!isObject(secret)) return false;
  const { hash, profile, expires, state, tier, scope, label } = secret;
  return (
    [hash, profile, state].every((text) => typeof text === 'string') &&
    typeof expires === 'string' &&
    !Number.isNaN(Date.parse(expires)) &&
    isScope(scope) &&
    (label === undefined || typeof label === 'string') &&
    (tier === undefined || isTier(tier))
  );
}

function unreadable(name: string, credentialId: string): SecretReading {
  const cause = new Error(
    `The secret ${name} cannot be read; it was edited by hand: revoke token ${credentialId} and make another.`,
  );
  return { kind: 'unreadable', cause };
}
