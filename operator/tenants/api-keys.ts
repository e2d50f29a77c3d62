import {
  type APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeysCommand,
  LimitExceededException,
  NotFoundException,
} from '@aws-sdk/client-api-gateway';
import { type Tier, tenantKey, tiers } from '../../deployment/limits';
import type { ApiKeys } from './tenant-services';

/** The API keys of tenants in API Gateway, each in the usage plan of its tier. The name of a key is its value. */
export class ApiGatewayKeys implements ApiKeys {
  readonly refusal =
    'The account has no room for another API key (10,000 per region): delete keys that nothing uses, or ask AWS to raise ' +
    'the quota "API keys per account per Region".';

  constructor(
    private readonly client: APIGatewayClient,
    private readonly plans: Readonly<Record<Tier, string>>,
  ) {}

  async create(tenantId: string, tier: Tier): Promise<boolean> {
    const keyId = await this.createKey(tenantKey(tenantId, tier));
    if (keyId === undefined) return false;
    const { [tier]: usagePlanId } = this.plans;
    try {
      await this.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    } catch (error) {
      // The key is in the plan already.
      if (!(error instanceof ConflictException)) throw error;
    }
    return true;
  }

  async delete(tenantId: string): Promise<void> {
    for (const tier of tiers) {
      const apiKey = await this.find(tenantKey(tenantId, tier));
      if (apiKey !== undefined) await this.deleteKey(apiKey);
    }
  }

  /** The id of the key, new or not; undefined when the account has reached its limit of API keys. */
  private async createKey(name: string): Promise<string | undefined> {
    try {
      const { id } = await this.client.send(new CreateApiKeyCommand({ name, value: name, enabled: true }));
      return id;
    } catch (error) {
      if (error instanceof LimitExceededException) return undefined;
      if (error instanceof ConflictException) return await this.find(name);
      throw error;
    }
  }

  private async find(name: string): Promise<string | undefined> {
    // Finds every key whose name begins so: no tier's name begins with another's.
    const { items = [] } = await this.client.send(new GetApiKeysCommand({ nameQuery: name }));
    return items.find((key) => key.name === name)?.id;
  }

  private async deleteKey(apiKey: string): Promise<void> {
    try {
      await this.client.send(new DeleteApiKeyCommand({ apiKey }));
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
  }
}
