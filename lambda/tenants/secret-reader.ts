import {
  GetSecretValueCommand,
  InvalidRequestException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { SecretReader, SecretReading } from './services';
import type { TokenSecret } from './tenant';

/** The name of a token's secret: a contract with the roles that may read it. */
export const secretName = (prefix: string, tenantId: string, tokenId: string) => `${prefix}/${tenantId}/${tokenId}`;

/** Reads the secrets of tokens from Secrets Manager: all that the authorizer does with it. */
export class SecretsManagerReader implements SecretReader {
  constructor(
    private readonly client: SecretsManagerClient,
    private readonly prefix: string,
  ) {}

  async read(tenantId: string, tokenId: string): Promise<SecretReading> {
    const SecretId = secretName(this.prefix, tenantId, tokenId);
    try {
      const { SecretString = '' } = await this.client.send(new GetSecretValueCommand({ SecretId }));
      return { kind: 'found', secret: JSON.parse(SecretString) as TokenSecret };
    } catch (cause) {
      // A secret marked for deletion is answered as an invalid request.
      const absent = cause instanceof ResourceNotFoundException || cause instanceof InvalidRequestException;
      return absent ? { kind: 'absent' } : { kind: 'unavailable', cause };
    }
  }
}
