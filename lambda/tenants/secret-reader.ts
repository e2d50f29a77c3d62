import {
  type GetSecretValueCommandOutput,
  InvalidRequestException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Exchange, exchangeOf, secretsManager } from '../exchange';
import type { Json } from '../scim/json';
import type { CredentialSecret, SecretReader, SecretReading } from './credential-secret';
import { isCredentialSecret } from './stored-shapes';

/** The name of a credential's secret, which roles rely on. */
export const secretName = (prefix: string, tenantId: string, credentialId: string) =>
  `${prefix}/${tenantId}/${credentialId}`;

/** Reads the secrets of credentials from Secrets Manager. */
export class SecretsManagerReader implements SecretReader {
  private readonly exchange: Exchange;

  constructor(
    client: SecretsManagerClient,
    private readonly prefix: string,
  ) {
    this.exchange = exchangeOf(client, secretsManager);
  }

  async read(tenantId: string, credentialId: string): Promise<SecretReading> {
    const SecretId = secretName(this.prefix, tenantId, credentialId);
    try {
      const found: Partial<GetSecretValueCommandOutput> = await this.exchange('GetSecretValue', { SecretId });
      const secret = JSON.parse(found.SecretString ?? '') as Json;
      return isCredentialSecret(secret)
        ? { kind: 'found', secret: secret as Json & CredentialSecret }
        : unreadable(SecretId, credentialId);
    } catch (cause) {
      if (cause instanceof SyntaxError) return unreadable(SecretId, credentialId);
      // A secret that is scheduled for deletion causes InvalidRequestException.
      const absent = cause instanceof ResourceNotFoundException || cause instanceof InvalidRequestException;
      return absent ? { kind: 'absent' } : { kind: 'unavailable', cause };
    }
  }
}

function unreadable(name: string, credentialId: string): SecretReading {
  const cause = new Error(
    `The secret ${name} cannot be read; it was edited by hand: revoke the credential ${credentialId} and make another.`,
  );
  return { kind: 'unreadable', cause };
}
