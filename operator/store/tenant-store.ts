import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Tier } from '../../deployment/limits';
import type { TenantState } from '../../lambda/directory/tenant-state';
import { withLastUse } from '../../lambda/store/credential-uses';
import { type Item, itemFormat } from '../../lambda/store/items';
import {
  credentialUseKey,
  type DirectoryKey,
  tenantKey,
  tenantLabelKey,
  tenantStateKey,
} from '../../lambda/store/keys';
import { call, callConditional, getItem, type Tables } from '../../lambda/store/tables';
import { listTenants, toTenant } from '../../lambda/store/tenant-items';
import { readTenantState, toTenantState } from '../../lambda/store/tenant-state';
import { type TransactAction, transact } from '../../lambda/store/transact';
import type { ClientRecord } from '../../lambda/tenants/client';
import { labelPattern, type Tenant, type TenantStatus, type TokenRecord } from '../../lambda/tenants/tenant';
import type { StateChange, TenantStore, TokenRoom } from '../tenants/tenant-services';

/** The tenant items (`TENANT`, tenantId) and the claims that keep labels unique (`TENANT-LABEL#label`, `CLAIM`). */
export class DynamoTenantStore implements TenantStore {
  constructor(private readonly tables: Tables) {}

  create(tenant: Tenant): Promise<boolean> {
    const { tenantId, tokens, clients, ...attributes } = tenant;
    const credentials = { tokens: Object.fromEntries(tokens), clients: Object.fromEntries(clients) };
    const item = { ...tenantKey(tenantId), ...attributes, ...credentials, format: itemFormat };
    // Readers of the directory may not read tenants: the state tells them that there is one.
    const state = { ...tenantStateKey(tenantId), created: tenant.created, format: itemFormat };
    return this.transact([
      { Put: { TableName: this.tables.directory, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
      this.claim(tenant.label, tenantId),
      { Put: { TableName: this.tables.directory, Item: state, ConditionExpression: 'attribute_not_exists(pk)' } },
    ]);
  }

  async get(tenantId: string): Promise<Tenant | undefined> {
    const item = await this.read(tenantKey(tenantId));
    return item && withLastUse(this.tables, toTenant(item));
  }

  async findByLabel(label: string): Promise<Tenant | undefined> {
    if (!labelPattern.test(label)) return undefined;
    const claim = await this.read(tenantLabelKey(label));
    return claim && this.get(String(claim.id));
  }

  list(): AsyncIterable<Tenant> {
    return listTenants(this.tables);
  }

  withLastUse(tenant: Tenant): Promise<Tenant> {
    return withLastUse(this.tables, tenant);
  }

  rename(tenant: Tenant, label: string): Promise<boolean> {
    const update = {
      TableName: this.tables.directory,
      Key: tenantKey(tenant.tenantId),
      UpdateExpression: 'SET label = :new',
      ConditionExpression: 'label = :old',
      ExpressionAttributeValues: { ':new': label, ':old': tenant.label },
    };
    // A label that differs only in case keeps its claim.
    if (tenantLabelKey(label).pk === tenantLabelKey(tenant.label).pk) return this.update(update);
    return this.transact([{ Update: update }, this.claim(label, tenant.tenantId), this.release(tenant.label)]);
  }

  setState(tenantId: string, state: TenantStatus): Promise<boolean> {
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'SET #state = :state',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': state },
    });
  }

  setTier(tenantId: string, tier: Tier): Promise<boolean> {
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'SET tier = :tier',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':tier': tier },
    });
  }

  addToken(tenantId: string, tokenId: string, token: TokenRecord, room: TokenRoom): Promise<boolean> {
    // DynamoDB cannot count live tokens. But an expired token stays expired: as long as all of these still
    // exist, the others are the live ones.
    const expired = room.expired.map((id, index): [string, string] => [`#expired${index}`, id]);
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'SET tokens.#token = :token',
      ConditionExpression: [
        '#state = :enabled',
        'size(tokens) < :room',
        'attribute_not_exists(tokens.#token)',
        ...expired.map(([name]) => `attribute_exists(tokens.${name})`),
      ].join(' AND '),
      ExpressionAttributeNames: { '#state': 'state', '#token': tokenId, ...Object.fromEntries(expired) },
      ExpressionAttributeValues: { ':enabled': 'enabled', ':token': token, ':room': room.limit + expired.length },
    });
  }

  endToken(tenantId: string, tokenId: string, expires: string): Promise<boolean> {
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'SET tokens.#token.expires = :expires',
      ConditionExpression: 'tokens.#token.expires > :expires',
      ExpressionAttributeNames: { '#token': tokenId },
      ExpressionAttributeValues: { ':expires': expires },
    });
  }

  removeToken(tenantId: string, tokenId: string): Promise<boolean> {
    return this.removeCredential(tenantId, 'tokens', tokenId);
  }

  addClient(tenantId: string, clientId: string, client: ClientRecord, limit: number): Promise<boolean> {
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'SET clients.#client = :client',
      ConditionExpression: '#state = :enabled AND size(clients) < :limit AND attribute_not_exists(clients.#client)',
      ExpressionAttributeNames: { '#state': 'state', '#client': clientId },
      ExpressionAttributeValues: { ':enabled': 'enabled', ':client': client, ':limit': limit },
    });
  }

  changeClient(tenantId: string, clientId: string, client: ClientRecord): Promise<boolean> {
    const { lastUse: _, ...changed } = client;
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'SET clients.#client = :client',
      ConditionExpression: 'clients.#client.version = :version',
      ExpressionAttributeNames: { '#client': clientId },
      ExpressionAttributeValues: {
        ':version': client.version,
        ':client': { ...changed, version: client.version + 1 },
      },
    });
  }

  removeClient(tenantId: string, clientId: string): Promise<boolean> {
    return this.removeCredential(tenantId, 'clients', clientId);
  }

  async markDeleted(tenantId: string, now: string): Promise<string> {
    const command = new UpdateCommand({
      TableName: this.tables.directory,
      Key: tenantStateKey(tenantId),
      UpdateExpression: 'SET deleted = if_not_exists(deleted, :now), #format = :format',
      ExpressionAttributeNames: { '#format': 'format' },
      ExpressionAttributeValues: { ':now': now, ':format': itemFormat },
      ReturnValues: 'ALL_NEW',
    });
    const { Attributes } = await call(() => this.tables.client.send(command));
    return String(Attributes?.deleted);
  }

  readState(tenantId: string): Promise<TenantState> {
    return readTenantState(this.tables, tenantId);
  }

  async changeState(tenantId: string, fields: StateChange): Promise<TenantState | undefined> {
    const names = Object.keys(fields) as (keyof StateChange)[];
    const [set, removed] = [
      names.filter((name) => fields[name] !== undefined),
      names.filter((name) => fields[name] === undefined),
    ];
    const command = new UpdateCommand({
      TableName: this.tables.directory,
      Key: tenantStateKey(tenantId),
      UpdateExpression: [
        `SET ${['format', ...set].map((name) => `#${name} = :${name}`).join(', ')}`,
        ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
      ].join(' '),
      ConditionExpression: 'attribute_not_exists(#deleted)',
      ExpressionAttributeNames: Object.fromEntries(['format', 'deleted', ...names].map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ':format': itemFormat,
        ...Object.fromEntries(set.map((name) => [`:${name}`, fields[name]])),
      },
      ReturnValues: 'ALL_NEW',
    });
    const output = await callConditional(() => this.tables.client.send(command));
    return output?.Attributes && toTenantState(output.Attributes);
  }

  remove(tenant: Tenant): Promise<boolean> {
    return this.transact([
      {
        Delete: {
          TableName: this.tables.directory,
          Key: tenantKey(tenant.tenantId),
          ConditionExpression:
            '#state = :disabled AND size(tokens) = :none AND size(clients) = :none AND label = :label',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':disabled': 'disabled', ':none': 0, ':label': tenant.label },
        },
      },
      this.release(tenant.label),
    ]);
  }

  /** Removes a credential from the tenant item, and when it was last used. Returns false if it is not listed. */
  private removeCredential(tenantId: string, list: 'tokens' | 'clients', id: string): Promise<boolean> {
    const TableName = this.tables.directory;
    const update = {
      TableName,
      Key: tenantKey(tenantId),
      UpdateExpression: `REMOVE ${list}.#id`,
      ConditionExpression: `attribute_exists(${list}.#id)`,
      ExpressionAttributeNames: { '#id': id },
    };
    return this.transact([{ Update: update }, { Delete: { TableName, Key: credentialUseKey(tenantId, id) } }]);
  }

  private claim(label: string, tenantId: string) {
    const Item = { ...tenantLabelKey(label), id: tenantId, format: itemFormat };
    return { Put: { TableName: this.tables.directory, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  }

  private release(label: string) {
    return { Delete: { TableName: this.tables.directory, Key: tenantLabelKey(label) } };
  }

  private async read(key: DirectoryKey): Promise<Item | undefined> {
    return getItem(this.tables, this.tables.directory, key);
  }

  /** Returns false if the condition of the update failed. */
  private async update(input: UpdateCommandInput): Promise<boolean> {
    return (await callConditional(() => this.tables.client.send(new UpdateCommand(input)))) !== undefined;
  }

  /** Returns false if a condition of the transaction failed. */
  private async transact(actions: readonly TransactAction[]): Promise<boolean> {
    return (await transact(this.tables, actions)).length === 0;
  }
}
