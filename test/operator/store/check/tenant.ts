import { randomUUID } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { indexEntries } from '../../../../lambda/directory/index-entries';
import { groupType, resourceTypes, userType } from '../../../../lambda/directory/resource-types';
import type { Collection } from '../../../../lambda/directory/store';
import { dispatch } from '../../../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../../../lambda/gateway/endpoints';
import type { JsonObject } from '../../../../lambda/scim/json';
import { resourceView } from '../../../../lambda/scim/schema/view';
import { DynamoStore } from '../../../../lambda/store/dynamo-store';
import type { Item } from '../../../../lambda/store/items';
import { entryKey, membershipKey, tombstoneBodyKey, tombstoneKey } from '../../../../lambda/store/keys';
import type { Tables } from '../../../../lambda/store/tables';
import { check } from '../../../../operator/store/check';
import type { Difference, EntriesOf } from '../../../../operator/store/check/difference';
import { request, servicesOver, userBody } from '../../../directory/requests';

/** The profile of every tenant here. */
export const profile = 'standard';

const endpoints = [userType, groupType].flatMap(resourceEndpoints);

export const now = new Date();

/** The time of a mark that should have been swept by now. */
export const longAgo = new Date(now.getTime() - 25 * 3600 * 1000).toISOString();

/** A tombstone that expires so many days from now. */
export function tombstone(tenantId: string, id: string, days: number): Item {
  const expires = Math.floor(now.getTime() / 1000) + days * 24 * 3600;
  return { ...tombstoneKey(tenantId, id), deleted: longAgo, expires, format: 1 };
}

/** The body of such a tombstone, whose resource is not kept yet. */
export function tombstoneBody(tenantId: string, id: string, days: number): Item {
  const more = { type: 'User', version: 1, by: { request: 'r' } };
  return { ...tombstone(tenantId, id, days), ...tombstoneBodyKey(tenantId, id), ...more };
}

const entriesOf: EntriesOf = ({ type }, resource) =>
  resourceTypes
    .filter(({ name }) => name === type)
    .flatMap((one) => indexEntries(one, resourceView(profile, type), resource));

/** Makes a tenant with two users and a group that has one of them and a group in it. */
export async function makeTenant(tables: Tables) {
  const tenantId = `t${randomUUID().slice(0, 11).replace('-', '0')}`;
  const send = async (method: string, path: string, body?: JsonObject) => {
    const sent = request(method, path, { tenantId, profile, ...(body && { body }) });
    const { body: answer = {} } = await dispatch(endpoints, sent)(servicesOver(new DynamoStore(tables)), sent);
    return answer;
  };
  const make = async (path: string, body: JsonObject) => String((await send('POST', path, body)).id);
  const anna = await make('/Users', userBody('anna'));
  const bert = await make('/Users', userBody('bert'));
  const inner = await make('/Groups', { displayName: 'Inner' });
  const members = [{ value: anna }, { value: inner, type: 'Group' }];
  const staff = await make('/Groups', { displayName: 'Staff', members });
  const users: Collection = { tenantId, type: 'User' };
  const groups: Collection = { tenantId, type: 'Group' };
  const membership = (group: string, member: string) => ({ ...membershipKey(tenantId, group, member) });
  const claim = (name: string) => entryKey(users, { index: 'userName', value: name, key: name, unique: true }, '');
  return { tenantId, users, groups, anna, bert, inner, staff, send, make, membership, claim };
}

export type Tenant = Awaited<ReturnType<typeof makeTenant>>;

/** Changes items by hand. */
export function byHand({ client, directory, memberships }: Tables) {
  const tableOf = (key: object) => ('group' in key ? memberships : directory);
  return {
    put: (Item: Item) => client.send(new PutCommand({ TableName: tableOf(Item), Item })),
    remove: (key: object) => client.send(new DeleteCommand({ TableName: tableOf(key), Key: { ...key } })),
    read: async (key: object) => (await client.send(new GetCommand({ TableName: tableOf(key), Key: { ...key } }))).Item,
    change: (key: object, name: string, value: unknown) =>
      client.send(
        new UpdateCommand({
          TableName: tableOf(key),
          Key: { ...key },
          UpdateExpression: 'SET #name = :value',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':value': value },
        }),
      ),
  };
}

export type Hand = ReturnType<typeof byHand>;

/** Checks tenants, one difference after the other. */
export function differences(tables: Tables, ...tenants: readonly Tenant[]): AsyncIterable<Difference> {
  const tenantIds = new Set(tenants.map(({ tenantId }) => tenantId));
  return check(tables, { tenantIds, areAll: false, entriesOf, now }, () => {});
}

/** Checks tenants to the end. */
export async function find(tables: Tables, ...tenants: readonly Tenant[]): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for await (const difference of differences(tables, ...tenants)) found.push(difference);
  return found;
}

export const problems = (found: readonly Difference[]) => found.map(({ problem }) => problem);
