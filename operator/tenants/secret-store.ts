import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { CredentialSecret } from '../../lambda/tenants/credential-secret';
import { SecretsManagerReader, secretName } from '../../lambda/tenants/secret-reader';
import { OperatorError } from '../error';
import type { SecretStore } from './tenant-services';

/** How long a new secret may take until it can be read: 5 s. */
const readableWithin = { attempts: 20, pauseMilliseconds: 250 };

/** The secrets of credentials in Secrets Manager: `<prefix>/<tenantId>/<credentialId>`. */
export class SecretsManagerStore extends SecretsManagerReader implements SecretStore {
  constructor(
    private readonly manager: SecretsManagerClient,
    private readonly namePrefix: string,
    /** ARN of the KMS key for the secrets; without one the account's key `aws/secretsmanager`. */
    private readonly KmsKeyId?: string,
    private readonly patience = readableWithin,
  ) {
    super(manager, namePrefix);
  }

  /** @throws OperatorError if Secrets Manager does not return the new secret within 5 s */
  async create(tenantId: string, credentialId: string, secret: CredentialSecret): Promise<void> {
    const Name = secretName(this.namePrefix, tenantId, credentialId);
    const { KmsKeyId } = this;
    await this.manager.send(
      new CreateSecretCommand({ Name, SecretString: JSON.stringify(secret), ...(KmsKeyId ? { KmsKeyId } : {}) }),
    );
    // Secrets Manager is eventually consistent.
    for (let attempt = 1; attempt <= this.patience.attempts; attempt++) {
      if ((await this.read(tenantId, credentialId)).kind !== 'absent') return;
      await sleep(this.patience.pauseMilliseconds);
    }
    throw notReadable(tenantId, credentialId);
  }

  async replace(tenantId: string, credentialId: string, secret: CredentialSecret): Promise<void> {
    const SecretId = secretName(this.namePrefix, tenantId, credentialId);
    await this.manager.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(secret) }));
  }

  async delete(tenantId: string, credentialId: string): Promise<void> {
    const SecretId = secretName(this.namePrefix, tenantId, credentialId);
    try {
      await this.manager.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  }

  async *list(tenantId: string): AsyncIterable<string> {
    const prefix = secretName(this.namePrefix, tenantId, '');
    let next: string | undefined;
    do {
      const { SecretList = [], NextToken } = await this.manager.send(
        new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [prefix] }], ...(next ? { NextToken: next } : {}) }),
      );
      for (const { Name } of SecretList) if (Name?.startsWith(prefix)) yield Name.slice(prefix.length);
      next = NextToken;
    } while (next);
  }
}

function notReadable(tenant: string, token: string): OperatorError {
  return new OperatorError(
    `Secrets Manager does not return the secret of token ${token} yet, so the token may not work: revoke it and create another.`,
    { remedy: { operation: 'replace token', values: { tenant, token } } },
  );
}
