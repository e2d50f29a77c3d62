import { QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { isObject, type Json, type JsonObject } from '../scim/json';
import type { TenantStore, TokenRoom } from '../tenants/services';
import type { Tenant, TenantState, TokenRecord } from '../tenants/tenant';
import { type Item, isPresentFormat, itemFormat, unreadable } from './items';
import { call, callConditional, getItem, type Tables } from './tables';
import { type TransactAction, transact } from './transact';

const partition = 'TENANT';

/** A tenant as the directory table has it. */
interface TenantItem extends Omit<Tenant, 'tenantId' | 'tokens'>, Item {
  readonly sk: string;
  readonly tokens: Readonly<Record<string, TokenRecord>>;
}

/** The tenant items (`TENANT`, tenantId) and the claims that keep labels unique (`TENANT-LABEL#label`, `CLAIM`). */
export class DynamoTenantStore implements TenantStore {
  constructor(private readonly tables: Tables) {}

  create(tenant: Tenant): Promise<boolean> {
    const { tenantId, tokens, ...attributes } = tenant;
    const item = { ...tenantKey(tenantId), ...attributes, tokens: Object.fromEntries(tokens), format: itemFormat };
    return this.transact([
      { Put: { TableName: this.tables.directory, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
      this.claim(tenant.label, tenantId),
    ]);
  }

  async get(tenantId: string): Promise<Tenant | undefined> {
    const item = await this.read(tenantKey(tenantId));
    if (!item) return undefined;
    if (!isTenantItem(item)) throw unreadable(item, expected);
    return fromItem(item);
  }

  async findByLabel(label: string): Promise<Tenant | undefined> {
    const claim = await this.read(labelKey(label));
    return claim && this.get(String(claim.id));
  }

  async *list(): AsyncIterable<Tenant> {
    let start: Item | undefined;
    let broken: Item | undefined;
    do {
      const command = new QueryCommand({
        TableName: this.tables.directory,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
        ConsistentRead: true,
        ...(start ? { ExclusiveStartKey: start } : {}),
      });
      const { Items = [], LastEvaluatedKey } = await call(() => this.tables.client.send(command));
      for (const item of Items) {
        if (isTenantItem(item)) yield fromItem(item);
        else broken ??= item;
      }
      start = LastEvaluatedKey;
    } while (start);
    if (broken) throw unreadable(broken, expected);
  }

  rename(tenant: Tenant, label: string): Promise<boolean> {
    const update = {
      TableName: this.tables.directory,
      Key: tenantKey(tenant.tenantId),
      UpdateExpression: 'SET label = :new',
      ConditionExpression: 'label = :old',
      ExpressionAttributeValues: { ':new': label, ':old': tenant.label },
    };
    // Another letter case of the same label keeps its claim.
    if (labelKey(label).pk === labelKey(tenant.label).pk) return this.update(update);
    return this.transact([{ Update: update }, this.claim(label, tenant.tenantId), this.release(tenant.label)]);
  }

  setState(tenantId: string, state: TenantState): Promise<boolean> {
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'SET #state = :state',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': state },
    });
  }

  addToken(tenantId: string, tokenId: string, token: TokenRecord, room: TokenRoom): Promise<boolean> {
    // DynamoDB cannot count live tokens. But no expired token comes to life again: as long as all of these are still
    // there, the live ones are the rest.
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
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'REMOVE tokens.#token',
      ConditionExpression: 'attribute_exists(tokens.#token)',
      ExpressionAttributeNames: { '#token': tokenId },
    });
  }

  remove(tenant: Tenant): Promise<boolean> {
    return this.transact([
      {
        Delete: {
          TableName: this.tables.directory,
          Key: tenantKey(tenant.tenantId),
          ConditionExpression: '#state = :disabled AND size(tokens) = :none AND label = :label',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':disabled': 'disabled', ':none': 0, ':label': tenant.label },
        },
      },
      this.release(tenant.label),
    ]);
  }

  recordUse(tenantId: string, tokenId: string, hour: string): Promise<unknown> {
    return this.update({
      TableName: this.tables.directory,
      Key: tenantKey(tenantId),
      UpdateExpression: 'SET tokens.#token.lastUse = :hour',
      ConditionExpression:
        'attribute_exists(tokens.#token) AND (attribute_not_exists(tokens.#token.lastUse) OR tokens.#token.lastUse < :hour)',
      ExpressionAttributeNames: { '#token': tokenId },
      ExpressionAttributeValues: { ':hour': hour },
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  private claim(label: string, tenantId: string) {
    const Item = { ...labelKey(label), id: tenantId, format: itemFormat };
    return { Put: { TableName: this.tables.directory, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  }

  private release(label: string) {
    return { Delete: { TableName: this.tables.directory, Key: labelKey(label) } };
  }

  private async read(key: { readonly pk: string; readonly sk: string }): Promise<Item | undefined> {
    return getItem(this.tables, this.tables.directory, key);
  }

  /** Whether the update met its condition. */
  private async update(input: UpdateCommandInput): Promise<boolean> {
    return (await callConditional(() => this.tables.client.send(new UpdateCommand(input)))) !== undefined;
  }

  /** Whether all conditions of the transaction were met. */
  private async transact(actions: readonly TransactAction[]): Promise<boolean> {
    return (await transact(this.tables, actions)).length === 0;
  }
}

const tenantKey = (tenantId: string) => ({ pk: partition, sk: tenantId });

const labelKey = (label: string) => ({ pk: `${partition}-LABEL#${label.toLowerCase()}`, sk: 'CLAIM' });

const expected = 'a tenant with its tokens';

function isTenantItem(item: Item): item is TenantItem {
  const { label, profile, state, created, tokens } = item;
  return (
    isPresentFormat(item) &&
    [label, profile, created].every((text) => typeof text === 'string') &&
    (state === 'enabled' || state === 'disabled') &&
    isObject(tokens as Json | undefined) &&
    Object.values(tokens as JsonObject).every(
      (token) => isObject(token) && isTime(token.created) && isTime(token.expires),
    )
  );
}

function isTime(value: Json | undefined): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function fromItem({ sk, label, profile, state, created, tokens }: TenantItem): Tenant {
  return { tenantId: sk, label, profile, state, created, tokens: new Map(Object.entries(tokens)) };
}
